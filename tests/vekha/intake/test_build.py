"""Whole documents → orders: annexes, several roadmaps, indicators, amending acts, and what is said when something is missing."""

from __future__ import annotations

from datetime import date

from vekha.deadlines.syntax import OnDate, Period
from vekha.intake.reading import read_order_bytes
from vekha.orders.model import OrderFile, Programme
from vekha.problems import Severity

HEADER = "№ п/п\tМероприятие\tОтветственный\tРезультат\tСрок\n"
ROWS = "1\tУтвержден перечень\tКомитет\tприказ\t1 марта 2031 года\n2\tОткрытие\tШкола\tакт\t1 сентября 2031 года\n"
ORDER = "АДМИНИСТРАЦИЯ ЭНСКОЙ ОБЛАСТИ\n\nРАСПОРЯЖЕНИЕ\n\nот 10.01.2031 № 5-р\n\nОб утверждении дорожных карт\n\n"
SIGNED = "\nГубернатор\nЭнской области\n\nИ.И. Обской\n\n"


def read(text: str, name: str = "order.txt") -> OrderFile:
    return read_order_bytes(text.encode(), name)


def codes(order: OrderFile) -> list[str]:
    return [problem.code for problem in order.problems]


def test_missing_annexes_are_named() -> None:
    order = read(
        ORDER
        + "1. Утвердить:\n1.1. дорожную карту по созданию центров «Точка роста» согласно приложению № 1;\n"
        + "1.2. дорожную карту по созданию детских технопарков «Кванториум» согласно приложению № 2.\n"
        + SIGNED
        + "Приложение № 1\n\nДОРОЖНАЯ КАРТА\nпо созданию центров «Точка роста»\n\n"
        + HEADER
        + ROWS
    )
    assert order.order is not None
    assert (order.order.annexes_declared, order.order.annexes_found) == (2, 1)
    (missing,) = [problem for problem in order.problems if problem.code == "annex-missing"]
    assert "№ 2" in missing.message
    assert missing.severity is Severity.WARNING


def test_two_roadmaps_in_one_file_are_two() -> None:
    order = read(
        ORDER
        + SIGNED
        + "Приложение № 1\n\nДОРОЖНАЯ КАРТА по созданию центров «Точка роста» в 2031 году\n\n"
        + HEADER
        + ROWS
        + "\nПриложение № 2\n\nДОРОЖНАЯ КАРТА по внедрению цифровой образовательной среды в 2032 году\n\n"
        + HEADER
        + ROWS
    )
    assert [(roadmap.programme, roadmap.year) for roadmap in order.roadmaps] == [
        (Programme.GROWTH_POINT, 2031),
        (Programme.DIGITAL_ENVIRONMENT, 2032),
    ]


def test_indicators_join_their_roadmap_with_units_minima_and_tree() -> None:
    order = read(
        "ДОРОЖНАЯ КАРТА по созданию центров «Точка роста»\n\n"
        + HEADER
        + ROWS
        + "\nПоказатели центров «Точка роста»\n\n"
        "№\tНаименование показателя\tЕд. изм.\tЗначение в год открытия\tЗначение в последующие годы\n"
        "1\tОбучающиеся, всего:\t\t\t\n1.1\tпо физике\tчел.\t1 200\tне менее 2400\n2\tДоля педагогов (%)\t%\t75,5\t100 %\n"
        "3\tСайт центра\t–\tда\tда\n"
    )
    (roadmap,) = order.roadmaps
    lines = [
        (line.number, line.name, line.unit, line.opening_year, line.following_years, line.parent)
        for line in roadmap.indicators
    ]
    assert lines == [
        ("1", "Обучающиеся, всего:", None, None, None, None),
        ("1.1", "по физике", "чел.", 1200, 2400, "1"),
        ("2", "Доля педагогов", "%", 75.5, 100, None),
        ("3", "Сайт центра", None, None, None, None),
    ]
    assert roadmap.indicators[3].target == "да"
    assert "indicator-value-not-number" in codes(order)


def test_indicators_alone_are_a_roadmap_without_measures() -> None:
    order = read(
        "Показатели центров «Точка роста»\n\n№\tПоказатель\tМинимальное значение\n1\tДети (человек)\t30\n2\tМероприятия (единиц)\t5\n"
    )
    (roadmap,) = order.roadmaps
    assert roadmap.measures == ()
    assert [line.opening_year for line in roadmap.indicators] == [30, 5]


def test_other_tables_are_said_not_dropped() -> None:
    order = read(HEADER + ROWS + "\nПеречень школ\n\n№\tМуниципалитет\tШкола\n1\tЭнск\tСОШ № 1\n2\tОбск\tСОШ № 2\n")
    assert "table-not-understood" in codes(order)
    assert len(order.roadmaps) == 1


def test_a_file_without_a_table_is_an_error_of_the_document() -> None:
    order = read(ORDER + "1. Утвердить дорожную карту.\n" + SIGNED)
    assert order.roadmaps == ()
    (problem,) = [problem for problem in order.problems if problem.code == "no-roadmap"]
    assert problem.severity is Severity.ERROR
    assert problem.hint


def test_an_amending_act_gives_the_rows_it_changes() -> None:
    order = read(
        "ПРИКАЗ\n\nот 20.12.2030 № 7\n\nО внесении изменений в приказ от 10.01.2030 № 5\n\n"
        "1. Внести в дорожную карту следующие изменения:\n1.1. строку 2 изложить в следующей редакции:\n\n"
        "2\tОбъявлены закупки\tШкола\tизвещения\tне позднее 30 августа 2031 года\n\n1.2. дополнить строкой 14:\n\n"
        "14\tПроведена проверка\tКомитет\tакт\tне позднее 1 декабря 2031 года\n\n1.3. строку 9 исключить.\n"
    )
    assert order.order is not None
    assert [amendment.action for amendment in order.order.amendments] == ["replace", "add", "remove"]
    assert [measure.number for roadmap in order.roadmaps for measure in roadmap.measures] == ["2", "14"]
    assert order.order.annexes_found == 0


def test_year_comes_from_the_title_or_from_the_row_above() -> None:
    titled = read(
        "ДОРОЖНАЯ КАРТА на 2031 год\n\n"
        + HEADER
        + "1\tПриказ\tШкола\tприказ\t1 марта\n2\tПлан\tШкола\tплан\t31 января\n"
    )
    assert [due(titled, row) for row in (0, 1)] == [date(2031, 3, 1), date(2031, 1, 31)]
    above = read(
        HEADER + "1\tПриказ\tШкола\tприказ\t29.12.2030\n2\tПлан\tШкола\tплан\t31 января\n3\tАкт\tШкола\tакт\t1 марта\n"
    )
    assert [due(above, row) for row in (0, 1, 2)] == [date(2030, 12, 29), date(2031, 1, 31), date(2031, 3, 1)]
    assert [measure.deadline and measure.deadline.year_inferred for measure in above.roadmaps[0].measures] == [
        False,
        True,
        True,
    ]


def due(order: OrderFile, row: int) -> date | None:
    deadline = order.roadmaps[0].measures[row].deadline
    assert deadline is not None
    return deadline.when.day if isinstance(deadline.when, OnDate) else None


def test_start_and_end_columns_and_marked_quarters_are_periods() -> None:
    pair = read(
        "№\tМероприятие\tКто\tНачало\tОкончание\n1\tРемонт\tШкола\t15.01.2031\t01.03.2031\n2\tПриём\tШкола\t-\t1 апреля 2031 г.\n"
    )
    first, second = (measure.deadline for measure in pair.roadmaps[0].measures)
    assert first is not None
    assert first.when == Period(date(2031, 1, 15), date(2031, 3, 1))
    assert first.text == "15.01.2031 – 01.03.2031"
    assert second is not None
    assert second.when == OnDate(date(2031, 4, 1))
    marked = read(
        "№\tМероприятие\tКто\tI кв. 2031\tII кв. 2031\tIII кв. 2031\tIV кв. 2031\n"
        "1\tЗакупка\tШкола\t\t+\t+\t\n2\tОткрытие\tШкола\t\t\t1 сентября 2031\t\n"
    )
    first, second = (measure.deadline for measure in marked.roadmaps[0].measures)
    assert first is not None
    assert first.when == Period(date(2031, 4, 1), date(2031, 9, 30))
    assert second is not None
    assert second.when == OnDate(date(2031, 9, 1))


def test_other_columns_are_kept_as_notes() -> None:
    order = read("№\tМероприятие\tКто\tСрок\tИсточник финансирования\n1\tЗакупка\tШкола\tмай 2031\tобластной бюджет\n")
    (measure,) = order.roadmaps[0].measures
    assert [(note.label, note.text) for note in measure.notes] == [("Источник финансирования", "областной бюджет")]


def test_a_lost_row_is_noticed() -> None:
    order = read(HEADER + "1\tПриказ\tШкола\tприказ\tмай 2031\n3\tАкт\tШкола\tакт\tиюнь 2031\n")
    (problem,) = [problem for problem in order.problems if problem.code == "numbers-not-contiguous"]
    assert "строки 2" in problem.message


def test_an_unreadable_file_is_an_answer() -> None:
    order = read_order_bytes(b"%PDF-1.7 broken", "приказ.pdf")
    assert (order.order, order.roadmaps, order.source_format) == (None, (), "pdf")
    assert [problem.severity for problem in order.problems] == [Severity.ERROR]
