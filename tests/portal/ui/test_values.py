"""Values that components show: deadlines, differences, tables, charts; and the tags that show them."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from vekha_portal.ui.components import CalendarEvent, Chart, Difference, Series, compare_words
from vekha_portal.ui.deadlines import DayOff, ShownDeadline
from vekha_portal.ui.russian import days_left, plural
from vekha_portal.ui.tables import Column, Sorting, turn_to
from vekha_portal.ui.tones import State, Tone

TODAY = date(2026, 8, 20)
COLUMNS = (
    Column("due", "Срок", ("due", "-number")),
    Column("name", "Название", ("name_key",)),
    Column("note", "Примечание"),
)


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("day", "done", "tone"),
    [
        (date(2026, 8, 19), False, Tone.BAD),
        (date(2026, 8, 20), False, Tone.ATTENTION),
        (date(2026, 8, 27), False, Tone.ATTENTION),
        (date(2026, 8, 28), False, Tone.QUIET),
        (date(2026, 8, 1), True, Tone.GOOD),
        (None, False, Tone.WAITING),
    ],
)
def test_a_deadline_has_the_tone_of_its_distance(day: date | None, *, done: bool, tone: Tone) -> None:
    assert ShownDeadline("до срока", day, TODAY, done=done).tone is tone


def test_a_deadline_is_shown_with_its_phrase_and_both_working_days() -> None:
    off = DayOff(date(2026, 7, 31), date(2026, 8, 3), provisional=True)
    deadline = ShownDeadline("до 1 августа 2026 г.", date(2026, 8, 1), TODAY, off, extended_from=date(2026, 7, 1))
    text = render_to_string("cotton/deadline.html", {"deadline": deadline})
    for words in ("до 1 августа 2026 г.", "суббота", "предварительно", "31.07.2026", "03.08.2026", "просрочено"):
        assert words in text


def test_the_year_is_left_out_only_when_it_is_this_one() -> None:
    assert "2026" not in ShownDeadline("", date(2026, 9, 1), TODAY).day
    assert "2027" in ShownDeadline("", date(2027, 9, 1), TODAY).day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_distance_is_always_in_words(day: date) -> None:
    words = days_left(day, today=TODAY)
    assert words.split("\N{NO-BREAK SPACE}")[0] in ("сегодня", "завтра", "через", "просрочено")


@given(st.integers(0, 10_000))
def test_forms_of_nouns_repeat_every_hundred(count: int) -> None:
    forms = ("центр", "центра", "центров")
    assert plural(count, *forms) == plural(count % 100, *forms) == plural(count + 100, *forms)


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_difference_loses_no_letter(before: str, after: str) -> None:
    pieces = compare_words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


def test_long_texts_are_compared_whole() -> None:
    long = "слово " * 3000
    assert [piece.kind for piece in compare_words(long, long + "ещё")] == ["gone", "new"]
    assert [piece.kind for piece in compare_words(long, long)] == ["same"]


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [("а", "б", "изменено"), ("", "б", "добавлено"), ("а", "", "исключено"), ("а", "а", "без изменений")],
)
def test_a_difference_says_what_happened(before: str, after: str, word: str) -> None:
    assert Difference("Срок", before, after).state.label == word


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("sort=due", ("due", "-number", "pk")),
        ("sort=-due", ("-due", "number", "pk")),
        ("sort=name", ("name_key", "pk")),
        ("sort=note", ("due", "-number", "pk")),
        ("sort=password", ("due", "-number", "pk")),
        ("sort=--due", ("due", "-number", "pk")),
        ("", ("due", "-number", "pk")),
    ],
)
def test_only_declared_columns_sort(asked: str, order: tuple[str, ...]) -> None:
    assert Sorting.read(QueryDict(asked), COLUMNS, default="due").order_by == order


def test_a_heading_leads_to_the_other_direction() -> None:
    headings = {heading.column.key: heading for heading in Sorting.read(QueryDict("sort=due"), COLUMNS, "due").headings}
    assert (headings["due"].sort, headings["due"].sorted_word) == ("-due", "ascending")
    assert (headings["name"].sort, headings["name"].sorted_word) == ("name", "none")
    assert headings["note"].sort == ""


@pytest.mark.parametrize(
    ("asked", "number"), [("", 1), ("2", 2), ("99", 3), ("-1", 1), ("1e9", 1), ("²", 1), ("9" * 50, 1)]
)
def test_pages_that_are_not_there_are_the_nearest(asked: str, number: int) -> None:
    assert turn_to(list(range(120)), QueryDict(f"page={asked}"), size=50).number == number


def test_a_badge_is_colour_icon_and_words() -> None:
    text = render("{% badge state %}", state=State("просрочено <1>", Tone.BAD))
    assert "vk-tone-bad" in text
    assert "icons.svg#alert-hexagon" in text
    assert "просрочено &lt;1&gt;" in text


def test_an_icon_nobody_built_is_a_mistake() -> None:
    with pytest.raises(LookupError, match=r"frontend/icons\.txt"):
        render("{% icon 'no-such-icon' %}")
    with pytest.raises(TemplateSyntaxError):
        render("{% icon %}")


def test_numbers_and_days_in_templates() -> None:
    words = render(
        "{{ n|grouped }} {{ n|counted:'центр,центра,центров' }} {{ d|short_day }} {{ d|weekday }} {{ d|long_day }}",
        n=1201,
        d=TODAY,
    )
    assert words.replace("\N{NO-BREAK SPACE}", "_") == "1_201 1_201_центр 20.08.2026 чт 20_августа_2026_г."


def test_a_chart_is_the_same_as_its_table() -> None:
    chart = Chart("Охват", ("I", "II"), (Series("есть", (1, 2)), Series("надо", (3, 4), "line")))
    assert chart.rows == (("I", (1, 3)), ("II", (2, 4)))
    assert chart.data["series"] == [
        {"name": "есть", "kind": "bar", "values": [1, 2]},
        {"name": "надо", "kind": "line", "values": [3, 4]},
    ]


def test_the_end_of_an_event_is_the_day_after_for_the_browser() -> None:
    event = CalendarEvent("Обучение", date(2026, 8, 10), date(2026, 8, 31))
    assert event.data == {"title": "Обучение", "start": "2026-08-10", "end": "2026-09-01"}
