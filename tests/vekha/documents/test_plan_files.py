"""The spreadsheet and the calendar: read back by other libraries, real dates, no formulas, stable identifiers, same bytes."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.factories import growth_point_file, measure, on_date, order, order_file, relative, roadmap
from vekha.calendar.working_days import official_calendar
from vekha.documents.plan.build import build_plan
from vekha.documents.plan.calendar_file import LONGEST, write_calendar
from vekha.documents.plan.sheets import write_sheets

CALENDAR = official_calendar()
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "{=1}", "\t=1", "http://example.org", "mailto:a@b")


def plan_of(file, *years):
    """The plan of a file for some waves."""
    return build_plan(file, calendar=CALENDAR, subsidy_years=years)


def book_of(file, *years):
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(write_sheets(plan_of(file, *years))))


def column(sheet, heading):
    """The values under a heading."""
    headings = [cell.value for cell in sheet[1]]
    index = headings.index(heading) + 1
    return [sheet.cell(row, index).value for row in range(2, sheet.max_row + 1)]


def events_of(file, *years):
    """The events as another program sees them."""
    return Calendar.from_ical(write_calendar(plan_of(file, *years))).walk("VEVENT")


# --- the spreadsheet --------------------------------------------------------------------------------------------------


def test_sheets_headers_filters_and_print():
    book = book_of(growth_point_file(), 2024)
    assert book.sheetnames == ["Меры", "Сроки", "Показатели", "Замечания"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"


def test_dates_are_dates_with_the_russian_format():
    sheet = book_of(growth_point_file(), 2024, 2025)["Сроки"]
    days = column(sheet, "Срок")
    assert days == sorted(days)
    assert all(isinstance(day, datetime) for day in days)
    assert sheet["A2"].number_format == "dd.mm.yyyy"
    assert set(column(sheet, "Волна")) == {None, 2024, 2025}
    assert column(sheet, "Нерабочий день").count("выходной") >= 2


def test_measures_and_what_they_wait_for():
    sheet = book_of(growth_point_file())["Меры"]
    assert column(sheet, "№") == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert column(sheet, "Чего ждёт")[2] == "график федерального оператора"
    assert str(column(sheet, "Первый срок")[5]) == "2024-09-01 00:00:00"
    assert column(sheet, "Прочитано неуверенно")[4] == "срок"


def test_minima_are_numbers():
    sheet = book_of(growth_point_file())["Показатели"]
    assert column(sheet, "Минимум в последующие годы") == [240, 10, 2.5]


def test_columns_with_nothing_in_them_are_left_out():
    headings = [cell.value for cell in book_of(order_file(roadmap(measure(deadline=on_date(2024, 3, 1)))))["Сроки"][1]]
    assert "Волна" not in headings
    assert "Дорожная карта" not in headings
    two = [cell.value for cell in book_of(order_file(roadmap(measure()), roadmap(measure())))["Меры"][1]]
    assert "Дорожная карта" in two


def test_no_cell_is_a_formula_or_a_link():
    nasty = [measure(text, text, results=[text], deadline=on_date(2024, 3, 1, text)) for text in FORMULAS]
    book = book_of(order_file(roadmap(*nasty)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert column(book["Меры"], "Мероприятие")[0] == "=1+1"


def test_very_long_and_very_old_values_fit():
    file = order_file(roadmap(measure(text="я" * 40_000, deadline=on_date(1812, 9, 7)), measure(deadline=on_date(9999, 12, 31))))
    sheet = book_of(file)["Сроки"]
    assert column(sheet, "Срок")[0] == "07.09.1812, пн"
    assert len(column(sheet, "Мероприятие")[0]) < 32_768


def test_the_same_plan_gives_the_same_workbook():
    assert write_sheets(plan_of(growth_point_file(), 2024)) == write_sheets(plan_of(growth_point_file(), 2024))


# --- the calendar -----------------------------------------------------------------------------------------------------


def test_every_day_is_an_all_day_event():
    events = events_of(growth_point_file(), 2024)
    plan = plan_of(growth_point_file(), 2024)
    assert len(events) == len(plan.days)
    launch = next(event for event in events if "Начало работы" in event["summary"])
    assert launch["dtstart"].dt == date(2024, 9, 1)
    assert launch["dtend"].dt - launch["dtstart"].dt == timedelta(1)
    assert "«1 сентября 2024 года»" in launch["description"]
    assert "пт 30.08 и пн 02.09" in launch["description"]
    assert not [part for event in events for part in event.walk("VALARM")]


def test_the_stamp_is_the_date_of_the_order_and_not_the_clock():
    assert {event["dtstamp"].dt for event in events_of(growth_point_file(), 2024)} == {datetime(2023, 12, 15, tzinfo=UTC)}
    bare = order_file(roadmap(measure(deadline=on_date(2024, 3, 1))))
    assert {event["dtstamp"].dt for event in events_of(bare)} == {datetime(2024, 3, 1, tzinfo=UTC)}


def test_identifiers_are_unique_and_survive_new_dates_and_wording():
    before = order_file(roadmap(measure("1", deadline=relative(1, 3)), measure("1", deadline=relative(1, 4))), order=order())
    identifiers = [event["uid"] for event in events_of(before, 2024, 2025)]
    assert len(set(identifiers)) == 4
    after = order_file(
        roadmap(measure("1", "Иными словами", deadline=relative(5, 3)), measure("1", deadline=relative(1, 4))), order=order()
    )
    again = replace(after, source_sha256="f" * 64)
    assert {event["uid"] for event in events_of(again, 2024, 2025)} == set(identifiers)
    other = order_file(roadmap(measure("1", deadline=relative(1, 3))), order=order(number="119-р"))
    assert not {event["uid"] for event in events_of(other, 2024)} & set(identifiers)


def test_lines_are_folded_and_the_same_plan_gives_the_same_calendar():
    content = write_calendar(plan_of(growth_point_file(), 2024))
    assert content == write_calendar(plan_of(growth_point_file(), 2024))
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    content.decode("utf-8")


def test_a_plan_without_days_is_an_empty_calendar():
    calendar = Calendar.from_ical(write_calendar(plan_of(order_file())))
    assert calendar.walk("VEVENT") == []
    assert calendar["version"] == "2.0"


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=200))
def test_any_text_comes_back_from_the_calendar(text):
    file = order_file(roadmap(measure("7", "Мера", deadline=on_date(2024, 3, 1, text))))
    (event,) = events_of(file)
    assert event["dtstart"].dt == date(2024, 3, 1)
    shown = str(event["description"])
    kept = [letter for letter in text if letter.isalnum()]
    assert [letter for letter in shown if letter.isalnum()][: 14 + len(kept)][14:] == kept


def test_a_calendar_has_no_more_events_than_programs_can_take():
    many = roadmap(*(measure(str(number), "Мера", deadline=on_date(2024, 3, 1)) for number in range(LONGEST + 5)))
    assert write_calendar(plan_of(order_file(many))).count(b"BEGIN:VEVENT") == LONGEST
