"""Layouts of ministries and schools, each met in an invented order once: sections, stages, ditto marks, quotes, marks under months."""

from __future__ import annotations

from datetime import date

import pytest

from vekha.deadlines.syntax import OnDate, Period
from vekha.intake.reading import read_order_bytes
from vekha.orders.model import Control, Measure, OrderFile

HEADER = "№\tМероприятие\tОтветственный\tРезультат\tСрок\n"


def read(text: str) -> OrderFile:
    return read_order_bytes(text.encode(), "order.txt")


def measures(text: str) -> tuple[Measure, ...]:
    (roadmap,) = read(text).roadmaps
    return roadmap.measures


def when(measure: Measure) -> object:
    return measure.deadline and measure.deadline.when


@pytest.mark.parametrize("heading", ["I. Нормативное обеспечение", "1. Нормативное обеспечение", "Раздел 1", "Кадры"])
def test_a_heading_that_lost_its_empty_cells_is_a_section(heading: str) -> None:
    rows = measures(
        f"{HEADER}{heading}\n1.1\tПриказ\tШкола\tприказ\t1 мая 2031 года\n{heading} и далее\n2.1\tРемонт\tШкола\tакт\t1 июня 2031\n"
    )
    assert [row.section for row in rows] == [heading, f"{heading} и далее"]
    assert when(rows[0]) == OnDate(date(2031, 5, 1))


def test_the_rest_of_the_last_cell_is_no_section() -> None:
    rows = measures(
        HEADER.replace("Результат\tСрок", "Срок\tРезультат")
        + "1\tПриказ\tШкола\t1 мая 2031\tПриказ;\nПоложение о центре\n2\tРемонт\tШкола\t1 июня 2031\tАкт\n"
    )
    assert [result.text for result in rows[0].results] == ["Приказ", "Положение о центре"]
    assert rows[1].section is None


def test_roman_numbers_head_the_rows_under_them() -> None:
    rows = measures(
        "I.\tПодготовка\n1.1.\tИздать приказ\tДиректор\t10.01.2031\nII.\tЗакупка\n2.1.\tПровести торги\tДиректор\t15.03.2031\n"
    )
    assert [(row.number, row.section) for row in rows] == [("1.1", "Подготовка"), ("2.1", "Закупка")]


def test_a_column_of_stages_gives_sections() -> None:
    rows = measures(
        "Этап\tСодержание деятельности\tДата\tКто отвечает\nПервый\tАнализ\t01.02.2031\tОбская Л.И.\n"
        "\tЗаявка\t15.02.2031\tОбская Л.И.\nВторой\tНастройка\t20.08.2031\tЛенский Е.Д.\n"
    )
    assert [(row.section, row.text) for row in rows] == [
        ("Первый", "Анализ"),
        ("Первый", "Заявка"),
        ("Второй", "Настройка"),
    ]


@pytest.mark.parametrize("mark", ["-«-", "-//-", '–"–', "то же", "»"])
def test_ditto_marks(mark: str) -> None:
    rows = measures(f"{HEADER}1\tПриказ\tШкола\tприказ\tмай 2031\n2\tПлан\t{mark}\tплан\tиюнь 2031\n")
    assert rows[1].responsibles == rows[0].responsibles


def test_a_result_may_be_called_an_indicator() -> None:
    rows = measures("№\tМероприятие\tСрок\tИсполнители\tПоказатель/результат\n1\tПриказ\t1 мая 2031\tШкола\tприказ\n")
    assert [result.text for result in rows[0].results] == ["приказ"]


def test_measures_named_by_nouns_are_found_without_a_header() -> None:
    rows = measures(
        "№ 1\tНазначение руководителя\tДиректор школы\tфевраль 2031\tприказ\n№ 2\tСоставление сметы\tЗавхоз\tдо 01.03.2031\tсмета\n"
    )
    assert [(row.number, row.text) for row in rows] == [("1", "Назначение руководителя"), ("2", "Составление сметы")]


def test_any_sign_marks_a_month_and_a_date_takes_the_columns_year() -> None:
    marked = measures("№\tМероприятие\tКто\tянварь 2031\tфевраль 2031\tмарт 2031\n1\tРемонт\tШкола\t×\t●\t–\n")
    assert when(marked[0]) == Period(date(2031, 1, 1), date(2031, 2, 28))
    dated = measures(
        "№\tМероприятие\tКто\tIV кв. 2030\tI кв. 2031\n1\tЗакупка\tШкола\t\tдо 1 марта\n2\tРемонт\tШкола\t+\t\n"
    )
    assert when(dated[0]) == OnDate(date(2031, 3, 1))


def test_quoted_rows_of_an_amending_act_lose_their_quotes() -> None:
    order = read(
        "ПРИКАЗ\n\nот 20.12.2030 № 7\n\nО внесении изменений\n\nПРИКАЗЫВАЮ:\n\n1. Внести в дорожную карту изменения:\n"
        "1.1. строку 2 изложить в следующей редакции:\n\n«2.\tОбъявлены закупки «мебели»\tШкола\tакт\tдо 30 мая 2031 года»;\n\n"
        "1.2. строку 9 исключить.\n2. Контроль за исполнением приказа оставляю за собой.\n\nМинистр\n\nА.Б. Обской\n"
    )
    (measure,) = order.roadmaps[0].measures
    assert (measure.number, measure.text) == ("2", "Объявлены закупки «мебели»")
    assert measure.deadline is not None
    assert measure.deadline.text == "до 30 мая 2031 года"
    assert order.order is not None
    assert order.order.signatory is not None
    assert (order.order.signatory.name, order.order.signatory.post) == ("А.Б. Обской", "Министр")
    assert order.order.control == Control("А.Б. Обской", "Министр")
    assert [change.action for change in order.order.amendments] == ["replace", "remove"]


def test_the_title_of_a_bare_table_is_whatever_stands_above_it() -> None:
    (roadmap,) = read(
        "Что делаем до открытия центра в 2031 году\n\n" + HEADER + "1\tПриказ\tШкола\tприказ\tмай\n"
    ).roadmaps
    assert (roadmap.title, roadmap.year) == ("Что делаем до открытия центра в 2031 году", 2031)


def test_people_who_signed_in_a_table_are_no_table_not_understood() -> None:
    order = read(
        "УТВЕРЖДАЮ\nДиректор школы\nА.Б. Обской\n«1» мая 2031 г.\n\nПЛАН\n\n"
        + HEADER
        + "1\tПриказ\tШкола\tприказ\tмай 2031\n\nОзнакомлены:\n\n№\tФ.И.О.\tПодпись\tДата\n1\tЛенская Г.Д.\t\t\n2\tЕнисеев А.К.\t\t\n"
    )
    assert order.order is not None
    assert order.order.acquainted == ("Ленская Г.Д.", "Енисеев А.К.")
    assert "table-not-understood" not in [problem.code for problem in order.problems]


def test_indicator_lists_with_years_bases_units_and_headings() -> None:
    (years,) = read(
        "№\tНаименование показателя, единица измерения\t2031\t2032\n1.\tОбучающиеся, чел.\tне менее 100\t200\n"
        "2.\tМероприятия (единиц в год), в том числе:\t5\t9\n"
    ).roadmaps
    assert [(line.name, line.unit, line.opening_year, line.following_years) for line in years.indicators] == [
        ("Обучающиеся", "чел.", 100, 200),
        ("Мероприятия, в том числе:", "единиц в год", 5, 9),
    ]
    (based,) = read(
        "№\tИндикатор\tЕдиница измерения\tБазовое значение\tЦелевое значение\nI\tКадры\t\t\t\n1\tПедагоги\t%\t40\t65,5\n"
    ).roadmaps
    assert [(line.number, line.opening_year, line.following_years, line.parent) for line in based.indicators] == [
        ("I", None, None, None),
        ("1", 65.5, 65.5, "I"),
    ]


def test_a_date_column_that_stands_first_holds_for_the_rows_below() -> None:
    rows = measures("Дата\tМероприятие\tОтветственный\n11.01.2031\tСовещание\tОбская В.В.\n\tЗакупка\tЛенский П.П.\n")
    assert [when(row) for row in rows] == [OnDate(date(2031, 1, 11))] * 2


def test_rows_whose_automatic_numbers_got_lost_stay_apart() -> None:
    rows = measures(HEADER + "\tПриказ\tШкола\tприказ\tмай 2031\n\tразработка плана\tШкола\tплан\tиюнь 2031\n")
    assert [row.text for row in rows] == ["Приказ", "разработка плана"]


def test_page_numbers_between_rows_belong_to_no_cell() -> None:
    rows = measures(
        HEADER
        + "1\tПриказ\tШкола\tприказ\t1 мая 2031\n12\n2\tПлан\tШкола\tплан\t1 июня 2031\nПродолжение приложения № 1\n3\tАкт\tШкола\tакт\t1 июля 2031\n"
    )
    assert [(row.number, row.section, row.deadline and row.deadline.text) for row in rows] == [
        ("1", None, "1 мая 2031"),
        ("2", None, "1 июня 2031"),
        ("3", None, "1 июля 2031"),
    ]


def test_measures_numbered_inside_their_cells_beside_the_number_of_a_task() -> None:
    rows = measures(
        "№\tЗадачи\tМероприятия\tОтветственные\tСроки\n1.\tНормативная база\t1.1. Приказ\tКомитет\tдо 15.01.2031\n"
        "\t\t1.2. Разработка положения\tКомитет\tдо 30.01.2031\n"
    )
    assert [(row.number, row.text, row.section) for row in rows] == [
        ("1.1", "Приказ", "Нормативная база"),
        ("1.2", "Разработка положения", "Нормативная база"),
    ]


def test_a_plan_for_a_school_year_has_two_calendar_years() -> None:
    rows = measures(
        "План школьного Кванториума на 2031/2032 учебный год\n\n"
        + HEADER
        + "1\tНабор\tШкола\tприказ\tдо 15 сентября\n2\tЗащита\tШкола\tакт\t20 мая\n3\tИюнь\tШкола\tакт\tиюнь 2033\n"
    )
    assert [when(row) for row in rows[:2]] == [OnDate(date(2031, 9, 15)), OnDate(date(2032, 5, 20))]
    assert when(rows[2]) == Period(date(2033, 6, 1), date(2033, 6, 30))


def test_columns_of_places_and_participants_are_notes() -> None:
    (row,) = measures(
        "№\tМероприятие\tСроки\tМесто проведения\tКатегория участников\tОтветственные\n1\tСеминар\tмай 2031\tШкола № 2\tпедагоги\tКомитет\n"
    )
    assert [one.name for one in row.responsibles] == ["Комитет"]
    assert [note.text for note in row.notes] == ["Школа № 2", "педагоги"]


def test_indicator_values_under_one_wide_heading_and_units_behind_figures() -> None:
    (roadmap,) = read(
        "№\tНаименование показателя\tМинимальное значение в год\t\n\t\t2031\t2032 и последующие годы\n1\tДети\t300 чел.\t500 чел.\n"
    ).roadmaps
    assert [(line.unit, line.opening_year, line.following_years) for line in roadmap.indicators] == [("чел.", 300, 500)]
    (plain,) = read("№\tПоказатели\tЗначение показателя\n1\tКружки\t5\n2\tНаличие сайта (да/нет)\tда\n").roadmaps
    assert [(line.name, line.opening_year, line.target) for line in plain.indicators] == [
        ("Кружки", 5, None),
        ("Наличие сайта", None, "да"),
    ]


def test_a_matrix_whose_cells_name_people_in_brackets() -> None:
    order = read(
        "Дата\tСовременная школа\tЦОС\nдо 1 марта 2031\tУтвержден перечень (Обская В.В., Ленский П.П.)\tСогласован лист (отв. – Ленский П.П.)\n"
        "до 1 мая 2031\tЗакупка Ответственный: Обская В.В.\t–\n"
    )
    found = [
        [(row.text, [one.name for one in row.responsibles]) for row in roadmap.measures] for roadmap in order.roadmaps
    ]
    assert found == [
        [("Утвержден перечень", ["Обская В.В.", "Ленский П.П."]), ("Закупка", ["Обская В.В."])],
        [("Согласован лист", ["Ленский П.П."])],
    ]


@pytest.mark.parametrize(
    ("header", "target"),
    [
        (
            "Плановое значение 2031\tПлановое значение 2032\tПлановое значение 2033",
            "Плановое значение 2031 – 1; Плановое значение 2032 – 2; Плановое значение 2033 – 3",
        ),
        (
            "Значение для малокомплектных школ\tЗначение для прочих школ\tПримечание",
            "Значение для малокомплектных школ – 1; Значение для прочих школ – 2",
        ),
    ],
)
def test_values_that_are_not_of_the_two_years_are_kept_as_text(header: str, target: str) -> None:
    order = read(f"№\tНаименование показателя\t{header}\n1\tДети\t1\t2\t3\n2\tПедагоги\t1\t2\t3\n")
    line = order.roadmaps[0].indicators[0]
    assert (line.opening_year, line.following_years, line.target) == (None, None, target)
    assert "indicator-values-not-by-year" in [problem.code for problem in order.problems]


def test_the_last_cell_of_paragraph_cells_may_have_several_lines() -> None:
    rows = measures(
        "№\nМероприятие\nСрок исполнения\nОтветственный\n1\nПриказ\n1 мая 2031 года\nШкола\n"
        "2\nЗакупка\n1 июня 2031 года\nКомитет образования\nШколы\n\nДиректор\n"
    )
    assert [one.name for one in rows[-1].responsibles] == ["Комитет образования", "Школы"]


def test_marks_under_whole_years() -> None:
    rows = measures(
        "№\tМероприятие\tИсполнители\tСроки (годы)\n\t\t\t2031\t2032\t2033\n1\tЗакупка\tКомитет\t+\t+\t\n2\tОткрытие\tШколы\t\t\t+\n"
    )
    assert [when(row) for row in rows] == [
        Period(date(2031, 1, 1), date(2032, 12, 31)),
        Period(date(2033, 1, 1), date(2033, 12, 31)),
    ]


def test_planned_and_actual_dates_under_one_heading() -> None:
    (row,) = measures(
        "№\tМероприятие\tИсполнитель\tСрок исполнения\n\t\t\tПлан\tФакт\n1\tЗакупка\tКомитет\t01.03.2031\t05.03.2031\n"
    )
    assert when(row) == OnDate(date(2031, 3, 1))
    assert [note.text for note in row.notes] == ["05.03.2031"]


def test_milestones_with_codes() -> None:
    rows = measures(
        "Код\tНаименование контрольной точки\tСрок\tОтветственный\nКТ-1\tПеречень утвержден\t01.02.2031\tКомитет\n"
    )
    assert [(row.number, row.text) for row in rows] == [("КТ-1", "Перечень утвержден")]
