"""Rules about acts and projects: a further case each way, beside the ones of their pages."""

import pytest

from tests.vekha.checks.examples import found_by, order, roadmap
from vekha.problems import Severity

ROW = "Объявлены закупки | 1 марта 2027 года | Департамент образования | Извещения"
MINISTRY = "Министерства просвещения Российской Федерации"


def on_basis(act: str, on: str = "15.12.2026") -> str:
    return order(ROW, on=on, basis=f"На основании {act}:")


def test_a_date_without_a_number() -> None:
    assert found_by("RF01", on_basis("приказа Министерства образования Заречной области от 08.12.2026"))
    assert found_by("RF01", on_basis("приказа Министерства образования Заречной области от 08.12.2026 № 5")) == []


@pytest.mark.parametrize(
    ("act", "severity"),
    [
        (f"письма {MINISTRY} от 30.11.2023 № ТВ-2357/02", None),
        (f"письма {MINISTRY} от 30.11.2022 № ТВ-2357/02", Severity.WARNING),
        (f"письма {MINISTRY} от 30.11.2025 № АБ-111/02", Severity.NOTE),
        ("приказа Министерства образования Заречной области от 30.11.2022 № 1357", None),
    ],
)
def test_an_act_is_known_by_number_and_date_together(act: str, severity: Severity | None) -> None:
    assert [finding.severity for finding in found_by("RF02", on_basis(act))] == ([severity] if severity else [])


def test_an_act_in_force_on_the_day_of_the_order_is_no_repealed_one() -> None:
    act = f"распоряжения {MINISTRY} от 17.12.2019 № Р-135"
    assert found_by("RF03", on_basis(act, on="20.12.2021"))
    assert found_by("RF03", on_basis(act, on="20.12.2020")) == []


def test_an_act_of_the_same_day_may_be_cited() -> None:
    act = "приказа Министерства образования Заречной области от {} № 5"
    assert found_by("RF04", on_basis(act.format("15.12.2026"))) == []
    assert found_by("RF04", on_basis(act.format("16.12.2026")))


def test_the_newest_recommendations_beside_older_ones_are_enough() -> None:
    old, new = f"распоряжения {MINISTRY} от 21.12.2020 № Р-181", f"письма {MINISTRY} от 31.05.2022 № ТВ-977/02"
    assert found_by("RF05", on_basis(old))
    assert found_by("RF05", on_basis(f"{old} и {new}")) == []
    assert found_by("RF05", on_basis(old, on="20.12.2021")) == []


@pytest.mark.parametrize(
    ("project", "year", "wrong"),
    [
        ("Образование", 2024, False),
        ("Образование", 2025, True),
        ("Молодёжь и дети", 2024, True),
        ("Молодежь и дети", 2025, False),
        ("Демография", 2027, False),
    ],
)
def test_a_project_runs_in_the_year_of_the_plan(project: str, year: int, wrong: bool) -> None:  # noqa: FBT001 — a column of cases
    title = f"Дорожная карта по созданию центров «Точка роста» в рамках национального проекта «{project}» на {year} год"
    assert bool(found_by("RF06", roadmap(ROW, title=title))) is wrong


def test_the_date_of_the_order_counts_where_no_year_is_stated() -> None:
    row = ROW.replace("1 марта 2027 года", "1 марта года получения субсидии")
    basis = "В целях реализации национального проекта «Образование»:"
    assert found_by("RF06", order(row, on="15.01.2026", basis=basis))
    assert found_by("RF06", order(row, on="15.01.2023", basis=basis)) == []


def test_the_title_of_an_older_act_and_the_past_may_name_the_older_project() -> None:
    act = "распоряжением Министерства образования Заречной области от 08.12.2023 № 184-р «О реализации национального проекта «Образование»»"
    assert found_by("RF06", order(ROW, basis=f"В соответствии с {act}:", title="Дорожная карта на 2027 год")) == []
    past = "2. Учесть центры, созданные в рамках национального проекта «Образование» в 2019–2024 годах."
    assert found_by("RF06", order(ROW, items=past)) == []
    assert found_by("RF06", order(ROW, items="2. Продолжить реализацию национального проекта «Образование»."))
