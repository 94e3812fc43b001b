"""Pictures drawn on the server: the map of regions, the Gantt chart, the heat grid."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vekha_portal.ui.bridge import region_names
from vekha_portal.ui.gantt import WIDTH, GanttChart, GanttMark, GanttRow, draw_gantt
from vekha_portal.ui.heat import HeatCell, draw_cells
from vekha_portal.ui.tiles import TileValue, draw_tiles, list_places
from vekha_portal.ui.tones import SIGNS, State, Tone

TODAY = date(2026, 8, 20)
STATE = State("принято", Tone.GOOD)


def is_weekend(day: date) -> bool:
    return day.weekday() > 4


def chart(*rows: GanttRow, today: date = TODAY) -> GanttChart:
    drawn = draw_gantt(rows, today=today, is_day_off=is_weekend)
    assert drawn is not None
    return drawn


def test_every_region_has_its_own_tile() -> None:
    places = list_places()
    assert {place.code for place in places} == set(region_names())
    assert len(places) == 89
    assert len({(place.column, place.row) for place in places}) == 89, "two tiles overlap"
    assert len({place.short for place in places}) == 89
    assert all(len(place.short) == 3 for place in places)


def test_every_tile_but_an_exclave_touches_another() -> None:
    taken = {(place.column, place.row) for place in list_places()}
    around = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x, y) != (0, 0)]
    alone = [
        place.code for place in list_places() if not any((place.column + x, place.row + y) in taken for x, y in around)
    ]
    assert set(alone) <= {"39", "51", "83"}


def test_neighbours_on_the_map_are_where_they_are_in_the_country() -> None:
    at = {place.code: place for place in list_places()}
    assert at["39"].column < at["67"].column < at["66"].column < at["25"].column
    assert at["51"].row < at["78"].row < at["77"].row < at["23"].row < at["05"].row


def test_the_map_says_values_and_their_absence() -> None:
    drawn = draw_tiles({"01": TileValue("7 %", Tone.BAD, "сорвано", "открыто 7 %", "/01/")}, names=region_names())
    told = {tile.title for tile in drawn.tiles}
    assert "Республика Адыгея: открыто 7 %" in told
    assert sum(title.endswith("нет данных") for title in told) == 88
    assert all(0 <= tile.x < drawn.width and 0 <= tile.y < drawn.height for tile in drawn.tiles)


def test_a_region_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="00"):
        draw_tiles({"00": TileValue("1", Tone.GOOD, "", "")}, names=region_names())


def test_a_chart_of_nothing_is_none() -> None:
    assert draw_gantt([GanttRow("без срока", waiting="ждёт: график")], today=TODAY, is_day_off=is_weekend) is None


def test_marks_stand_in_time() -> None:
    first, second = GanttMark(date(2026, 8, 1), STATE, day_off=True), GanttMark(date(2026, 8, 31), STATE)
    drawn = chart(GanttRow("1. Мера", (first, second), url="/1/"))
    left, right = drawn.lanes[0].marks
    assert drawn.left < left.x < (drawn.today or 0) < right.x <= WIDTH
    assert left.title.endswith("нерабочий день")
    assert [band.label for band in drawn.months] == ["авг"]


def test_today_outside_the_chart_is_not_drawn() -> None:
    row = GanttRow("1. Мера", (GanttMark(date(2026, 3, 1), STATE),))
    assert chart(row, today=date(2027, 1, 1)).today is None
    assert chart(row, today=date(2026, 3, 31)).today is not None


def test_the_chart_has_every_weekend() -> None:
    row = GanttRow("1. Мера", (GanttMark(date(2026, 8, 3), STATE),))
    assert chart(row).days_off.count("M") == 5  # two half weekends are none: August 2026 begins with a Saturday


def test_a_bar_covers_its_days() -> None:
    drawn = chart(GanttRow("1. Мера", stretches=((date(2026, 8, 1), date(2026, 8, 31)),)))
    ((x, width),) = drawn.lanes[0].bars
    assert x == drawn.left
    assert width == pytest.approx(31 * 8.0)


@given(st.lists(st.dates(date(1990, 1, 1), date(2090, 1, 1)), min_size=1, max_size=12), st.text(max_size=300))
def test_whatever_is_drawn_stays_inside(days: list[date], text: str) -> None:
    rows = [GanttRow(text, tuple(GanttMark(day, STATE) for day in days), ((days[0], days[0] + timedelta(40)),))]
    drawn = chart(*rows)
    for lane in drawn.lanes:
        assert all(drawn.left <= mark.x <= drawn.width for mark in lane.marks)
        assert all(drawn.left <= x and x + width <= drawn.width + 0.1 for x, width in lane.bars)
        assert len(lane.lines) <= 2
    assert all(band.x + band.width <= drawn.width + 0.1 for band in (*drawn.years, *drawn.months))


def test_cells_say_in_words_what_they_show_in_colour() -> None:
    drawn = draw_cells(
        [HeatCell(Tone.BAD, "мера 1: <просрочено>", "/1/?a=1&b=2"), None, HeatCell(Tone.GOOD, "принято", figure="3")]
    )
    assert drawn.count("<td") == 3
    assert "мера 1: &lt;просрочено&gt;" in drawn
    assert 'href="/1/?a=1&amp;b=2"' in drawn
    assert "не требуется" in drawn
    assert ">3<" in drawn


def test_every_tone_has_a_sign() -> None:
    assert set(SIGNS) == set(Tone)
    assert State("так", Tone.BAD).sign == SIGNS[Tone.BAD]
    assert State("так", Tone.BAD, "ban").sign == "ban"
