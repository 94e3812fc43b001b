"""Every rule over waves: its page, and one more case each way; what a crash is; that what is found stays the same finding."""

import datetime
from dataclasses import replace

import pytest

from tests.portal.oversight.examples import draw, examples_of
from vekha_portal.oversight.catalogue import WAVE_RULES
from vekha_portal.oversight.facts import WaveFacts
from vekha_portal.oversight.rule import WaveRule, run_wave_rules

DAY = datetime.date

#: Rule, whether it fires, today, the table of the wave: its head and its rows.
CASES = [
    ("EX01", True, DAY(2026, 6, 1), (
        "Центр | Этап | Исполнение | Требуются | Документы",
        "А | Закупки | принято | акт субъекта Российской Федерации | акт субъекта Российской Федерации от 01.02.2026, возвращён",
    )),
    ("EX01", False, DAY(2026, 6, 1), (
        "Центр | Этап | Исполнение | Требуются | Документы",
        "А | Закупки | на проверке | акт субъекта Российской Федерации |",
    )),
    ("EX02", True, DAY(2026, 6, 1), (
        "Этап | Исполнение | Документы",
        "Начало работы | принято | исходящее письмо от 10.02.2026; входящее письмо от 12.02.2026; локальный акт организации от 11.02.2026",
    )),
    ("EX02", False, DAY(2026, 6, 1), (
        "Этап | Исполнение | Документы",
        "Начало работы | принято | исходящее письмо от 10.02.2026; входящее письмо от 10.02.2026; локальный акт организации от 10.02.2026",
    )),
    ("EX02", False, DAY(2026, 6, 1), (
        "Этап | Исполнение | Документы",
        "Дизайн-проект и зонирование | на проверке | исходящее письмо от 10.02.2026; входящее письмо от 02.02.2026, возвращён",
    )),
    ("EX03", True, DAY(2026, 5, 1), (
        "Центр | Этап | По распоряжению | Срок | Исполнение",
        "| Закупки | 01.03.2026 | 01.10.2026 | ничего не подано",
        "А | Начало работы | 01.09.2026 | 01.09.2026 | ничего не подано",
    )),
    ("EX03", False, DAY(2026, 5, 1), (
        "Центр | Этап | По распоряжению | Срок | Исполнение",
        "| Закупки | 01.03.2026 | 01.06.2026 | ничего не подано",
        "А | Начало работы | 01.09.2026 | 01.09.2026 | ничего не подано",
    )),
    ("EX03", False, DAY(2026, 8, 20), (
        "Центр | Этап | По распоряжению | Срок | Исполнение",
        "Б | Закупки | 01.03.2026 | 01.03.2026 | ничего не подано",
        "А | Начало работы | 01.09.2026 | 01.09.2026 | ничего не подано",
    )),
    ("EX04", True, DAY(2026, 6, 1), (
        "Центр | Этап | Срок | Срок региона | Исполнение",
        "А | Закупки | 02.05.2026 | 01.05.2026 | подано не всё",
    )),
    ("EX04", False, DAY(2026, 6, 1), (
        "Центр | Этап | Срок | Срок региона | Исполнение",
        "А | Закупки | 02.05.2026 | 01.05.2026 | принято",
    )),
    ("EX05", True, DAY(2026, 9, 1), (
        "Центр | Этап | Срок | Исполнение",
        "А | Мониторинг хода реализации | 25.08.2026 | ничего не подано",
    )),
    ("EX05", False, DAY(2026, 8, 25), (
        "Центр | Этап | Срок | Исполнение",
        "А | Мониторинг хода реализации | 25.08.2026 | ничего не подано",
    )),
    ("EX05", False, DAY(2026, 9, 1), (
        "Центр | Этап | Срок | Исполнение",
        "А | Закупки | 25.08.2026 | ничего не подано",
    )),
    ("EX06", True, DAY(2026, 9, 1), (
        "Центр | Этап | Документы",
        "Ш 1–10 | Начало работы | публикация в СМИ от 01.09.2026",
        "Ш 11–19 | Начало работы |",
    )),
    ("EX06", False, DAY(2026, 9, 1), (
        "Центр | Этап | Документы",
        "Ш 1–9 | Начало работы | публикация в СМИ от 01.09.2026",
    )),
    ("EX06", False, DAY(2026, 9, 1), (
        "Центр | Этап | Документы",
        "Ш 1–20 | Правовая основа | акт субъекта Российской Федерации от 01.09.2026 общий",
    )),
    ("EX07", True, DAY(2026, 9, 1), (
        "Центр | Этап | Документы",
        "А | Начало работы | публикация в СМИ, файл Я",
        "А | Мониторинг помещений | фотоотчёт, файл Я",
    )),
    ("EX07", False, DAY(2026, 9, 1), (
        "Центр | Этап | Документы",
        "Ш 1–3 | Правовая основа | акт субъекта Российской Федерации, файл Я общий",
    )),
    ("EX07", False, DAY(2026, 9, 1), (
        "Центр | Этап | Документы",
        "А | Начало работы | публикация в СМИ, файл Я",
        "А | Мониторинг помещений | фотоотчёт, файл Я, возвращён",
    )),
    ("EX08", True, DAY(2026, 9, 1), (
        "Центр | Этап | Документы",
        "А | Закупки | извещения о закупках от 02.03.2026",
        "А | Оборудование получено и установлено | документы о приёмке от 01.03.2026",
    )),
    ("EX08", False, DAY(2026, 9, 1), (
        "Центр | Этап | Документы",
        "Б | Закупки | извещения о закупках от 02.03.2026",
        "А | Оборудование получено и установлено | документы о приёмке от 01.03.2026",
    )),
    ("EX09", True, DAY(2026, 11, 20), (
        "Центр | Этап | Срок | Исполнение | Документы",
        "А | Оборудование получено и установлено | 25.08.2026 | принято | документы о приёмке от 10.10.2026",
        "А | Начало работы | 01.09.2026 | возвращено |",
    )),
    ("EX09", False, DAY(2026, 10, 1), (
        "Центр | Этап | Срок | Исполнение | Документы",
        "А | Оборудование получено и установлено | 25.08.2026 | принято | документы о приёмке от 10.06.2026",
        "А | Начало работы | 01.09.2026 | ничего не подано |",
    )),
    ("EX10", True, DAY(2026, 6, 1), (
        "Этап | Срок | Исполнение | Ответственный | Отсутствует",
        "Закупки | 01.07.2026 | подано не всё | Лосева А. | Лосева А. 01.07.2026–01.07.2026, замещает Зимин И.",
    )),
    ("EX10", False, DAY(2026, 6, 1), (
        "Этап | Срок | Исполнение | Ответственный | Отсутствует",
        "Закупки | 01.07.2026 | принято | Лосева А. | Лосева А. 01.07.2026–01.07.2026, замещает Зимин И.",
    )),
    ("EX10", False, DAY(2026, 6, 1), (
        "Этап | Срок | Исполнение | Ответственный | Отсутствует",
        "Закупки | 01.07.2026 | подано не всё | Туманов Б. | Лосева А. 01.07.2026–01.07.2026, замещает Зимин И.",
    )),
    ("EX11", True, DAY(2026, 8, 1), (
        "Этап | Срок | Исполнение | Ответственный",
        "Закупки | 01.07.2026 | ничего не подано | Лосева А. (роль до 15.07.2026)",
    )),
    ("EX11", False, DAY(2026, 6, 1), (
        "Этап | Срок | Исполнение | Ответственный",
        "Закупки | 01.07.2026 | ничего не подано | Лосева А. (роль до 15.06.2026); Зимин И.",
    )),
    ("EX12", True, DAY(2026, 9, 1), (
        "Этап | Документы",
        "Начало работы | публикация в СМИ от 02.09.2026, подан 01.09.2026",
    )),
    ("EX12", False, DAY(2026, 9, 1), (
        "Этап | Документы",
        "Начало работы | публикация в СМИ от 01.09.2026, подан 01.09.2026",
    )),
]  # fmt: skip
BY_CODE = {rule.code: rule for rule in WAVE_RULES}


def found_by(rule: WaveRule, wave: WaveFacts) -> list[str]:
    outcome = run_wave_rules(wave, [rule], version="1")
    assert outcome.crashes == ()
    return [each.message for each in outcome.found]


def test_codes_are_in_order_and_their_own() -> None:
    codes = [rule.code for rule in WAVE_RULES]
    assert codes == sorted(set(codes))
    assert len({rule.slug for rule in WAVE_RULES}) == len(codes)
    assert {code for code, fires, *_ in CASES if fires} == set(codes) == {code for code, fires, *_ in CASES if not fires}


@pytest.mark.parametrize("rule", WAVE_RULES, ids=lambda rule: rule.code)
def test_the_page_of_a_rule_is_true(rule) -> None:
    wrong, right = examples_of(rule)
    assert found_by(rule, wrong), "the rule finds nothing in its own «Нарушение»"
    assert found_by(rule, right) == []


@pytest.mark.parametrize("rule", WAVE_RULES, ids=lambda rule: rule.code)
def test_no_other_rule_objects_to_what_a_page_calls_right(rule) -> None:
    _, right = examples_of(rule)
    others = run_wave_rules(right, WAVE_RULES, version="1").found
    assert [each.rule for each in others if each.severity == "error"] == []


@pytest.mark.parametrize(("code", "fires", "today", "rows"), CASES)
def test_a_rule_fires_where_it_must_and_nowhere_else(code, fires, today, rows) -> None:
    table = "\n".join(f"| {row} |" for row in rows)
    assert bool(found_by(BY_CODE[code], draw(table, today=today))) is fires


@pytest.mark.parametrize("rule", WAVE_RULES, ids=lambda rule: rule.code)
def test_an_empty_wave_is_no_defect(rule) -> None:
    assert found_by(rule, WaveFacts(1, DAY(2026, 1, 1), ())) == []


def test_a_rule_that_crashes_neither_passed_nor_objected_and_stops_no_other() -> None:
    def crash(wave):
        yield from ()
        raise ZeroDivisionError("x")

    broken = replace(WAVE_RULES[0], check=crash)
    wrong, _ = examples_of(BY_CODE["EX04"])
    outcome = run_wave_rules(wrong, [broken, BY_CODE["EX04"]], version="1")
    assert [each.rule for each in outcome.crashes] == ["EX01"]
    assert [each.rule for each in outcome.found] == ["EX04"]


@pytest.mark.parametrize("rule", WAVE_RULES, ids=lambda rule: rule.code)
def test_a_day_later_it_is_the_same_finding(rule) -> None:
    wrong, _ = examples_of(rule)
    again = replace(wrong, day=wrong.day + datetime.timedelta(1))
    before, after = (run_wave_rules(each, [rule], version="1").by_fingerprint() for each in (wrong, again))
    assert list(before) == list(after)
