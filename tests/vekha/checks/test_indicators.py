"""Rules about indicators: a further case each way, beside the ones of their pages."""

import pytest

from tests.vekha.checks.examples import found_by, indicators, order, roadmap
from vekha.problems import Severity

ROW = "Объявлены закупки | 1 марта 2027 года | Департамент образования | Извещения"
QUANTORIUM = "Дорожная карта по созданию школьного Кванториума в 2027 году"
CHILDREN = "Дети на дополнительных программах технической и естественно-научной направленности с оборудованием центра"


def quantorium(*rows: str) -> str:
    return roadmap(ROW, title=QUANTORIUM) + "\nПеречень показателей школьного Кванториума\n\n" + indicators(*rows)


def test_another_programme_has_no_known_edition() -> None:
    text = quantorium(f"1 | {CHILDREN} (человек в год) | 3 | 6").replace(
        "школьного Кванториума", "центра «Точка роста»"
    )
    assert [found_by(code, text) for code in ("IN01", "IN02", "IN03")] == [[], [], []]
    assert len(found_by("IN01", quantorium(f"1 | {CHILDREN} (человек в год) | 3 | 6"))) == 5


def test_an_order_older_than_the_edition_does_not_follow_it() -> None:
    rows = indicators(f"1 | {CHILDREN} (человек в год) | 3 | 6")
    text = order(ROW, on="15.12.2021", title="Дорожная карта по созданию школьного Кванториума").replace(
        "центров «Точка роста»", "школьного Кванториума"
    )
    assert found_by("IN02", f"{text}\n\nПеречень показателей\n\n{rows}") == []
    newer = text.replace("2021", "2026")
    assert found_by("IN02", f"{newer}\n\nПеречень показателей\n\n{rows}")


@pytest.mark.parametrize(
    ("values", "severity"), [("250 | 600", Severity.WARNING), ("400 | 700", Severity.NOTE), ("300 | 600", None)]
)
def test_less_is_a_warning_and_more_a_note(values: str, severity: Severity | None) -> None:
    findings = found_by("IN02", quantorium(f"1 | {CHILDREN} (человек в год) | {values}"))
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


def test_a_unit_in_another_spelling_is_the_same_unit() -> None:
    assert found_by("IN03", quantorium(f"2 | {CHILDREN} (чел. в год) | 300 | 600")) == []
    assert found_by("IN03", quantorium(f"2 | {CHILDREN} (%) | 100 | 100"))


def test_a_part_in_other_units_may_be_any_number() -> None:
    whole = "1 | Численность участников (человек в год) | 10 | 20"
    assert found_by("IN04", indicators(whole, "1.1 | из них мероприятий (единиц в год) | 15 | 30")) == []
    (finding,) = found_by("IN04", indicators(whole, "1.1 | из них старших (человек в год) | 10 | 30"))
    assert "в последующие годы" in finding.message


def test_parts_that_overlap_need_not_add_up() -> None:
    parts = ("1.1 | младших (человек в год) | 60 | 120", "1.2 | старших (человек в год) | 60 | 120")
    assert found_by("IN05", indicators("1 | Численность обученных детей (человек в год) | 100 | 200", *parts)) == []
    assert len(found_by("IN05", indicators("1 | Численность детей, всего (человек в год) | 100 | 200", *parts))) == 2
    assert found_by("IN05", indicators("1 | Численность детей, всего (человек в год) | 120 | 240", *parts)) == []


def test_equal_minima_do_not_fall() -> None:
    assert found_by("IN06", indicators("1 | Доля обученных педагогов (%) | 100 | 100")) == []
    assert found_by("IN06", indicators("1 | Доля обученных педагогов (%) | 100 | 50"))


def test_a_goal_in_words_and_a_heading_need_no_number() -> None:
    rows = (
        "1 | Мероприятия центра, в том числе: | |",
        "1.1 | для учеников (единиц в год) | 5 | 10",
        "2 | Страница | создана | обновляется",
    )
    assert found_by("IN07", indicators(*rows)) == []
    (finding,) = found_by("IN07", indicators(*rows, "3 | Численность обученных (человек в год) | | "))
    assert "Численность обученных" in finding.message
