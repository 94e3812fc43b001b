"""Reading phrases: hostile and random text, contexts, noise; never an exception, never a silent guess."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.patience import within
from vekha.calendar.working_days import official_calendar
from vekha.deadlines import deadline_from_json, deadline_to_json, meaning, parse_deadline, render, resolve
from vekha.deadlines.parse import MAX_LENGTH
from vekha.deadlines.syntax import NotUnderstood, OnDate, Reason
from vekha.deadlines.words import KNOWN
from vekha.problems import Severity
from vekha.text.months import MONTHS, MONTHS_GENITIVE

PIECES = st.one_of(
    st.sampled_from(sorted(KNOWN)),
    st.sampled_from(
        [
            "1",
            "31",
            "10",
            "2024",
            "24",
            "01.03.2024",
            "0",
            "99999999999",
            ",",
            ";",
            "–",
            "(",
            ")",
            ".",
            "/",
            "X",
            "№",
            "\n",
        ]
    ),
    st.text(max_size=6),
)
PHRASES = st.lists(PIECES, max_size=14).map(" ".join)
CALENDAR = official_calendar()


@given(PHRASES)
@settings(max_examples=1500, deadline=None)
@example("1 марта 20000000000 года")
@example("в течение 99999999999 дней со дня")
@example("\x00")
@example("İİİ 1 марта 2024 года")
@example("٣ марта ٢٠٢٤ года")
@example("с с с по по до до не не")
@example("(((((1 марта 2024 года")
@example("со июл ежегод")
def test_any_text_gives_a_deadline_that_can_be_dated_shown_and_exchanged(phrase: str) -> None:
    deadline, problems = parse_deadline(phrase, year=2024)
    assert deadline_from_json(deadline_to_json(deadline)) == deadline
    assert "\n" not in deadline.text
    resolve(
        deadline, calendar=CALENDAR, subsidy_year=2024, year=2024, event=date(2024, 1, 1), schedule=date(2024, 1, 1)
    )
    if isinstance(deadline.when, NotUnderstood):
        assert problems
        assert deadline.when.reason in (Reason.EMPTY, Reason.SAME_AS_ABOVE) or problems[-1].severity is Severity.ERROR
    else:
        assert meaning(parse_deadline(render(deadline))[0]) == meaning(deadline)


@given(st.text(max_size=200))
@settings(max_examples=500, deadline=None)
def test_random_text_never_raises(text: str) -> None:
    parse_deadline(text)


@pytest.mark.parametrize(
    "piece",
    ["1, ", "с 1 ", "до ", "и ", "2024, ", "I, ", "года, предшествующего году ", "в котором ", "далее ", "(", "раз в ",
     "О1.ОЗ.", "а ", "ё", "1 марта 2024 года; ", "последний рабочий день ", "рабочих ", "по плану ", "двадцать "],
)  # fmt: skip
def test_the_longest_phrase_of_one_kind_takes_no_time(piece: str) -> None:
    phrase = (piece * MAX_LENGTH)[: MAX_LENGTH - 1]
    with within(10):
        parse_deadline(phrase)


def test_a_page_of_text_is_refused_at_once() -> None:
    with within():
        deadline, problems = parse_deadline("1 марта " * 1_000_000)
    assert deadline.when == NotUnderstood(Reason.TOO_LONG)
    assert [problem.code for problem in problems] == ["deadline-too-long"]
    assert len(problems[0].message) < 300


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.data())
def test_a_date_reads_the_same_however_it_is_written(day: date, data: st.DataObject) -> None:
    month = MONTHS_GENITIVE[day.month - 1]
    written = data.draw(
        st.sampled_from(
            [
                f"{day.day} {month} {day.year} года",
                f"{day.day:02d} {month} {day.year} г.",
                f"{day.day}{month}{day.year}года",
                f"{day.day}-го {month.upper()} {day.year}",
                f"«{day.day:02d}» {month} {day.year}* г.",
                f"{day.day:02d}.{day.month:02d}.{day.year}",
                f"{day.day}.{day.month}.{day.year % 100:02d}",
                f"{day.day:02d}/{day.month:02d}/{day.year}г.",
                f"{day.day:02d}. {day.month:02d}. {day.year}",
                day.isoformat(),
                f"{day.day}\u00a0{month}\n{day.year} года",
            ]
        )
    )
    deadline, problems = parse_deadline(written)
    assert (deadline.when, problems) == (OnDate(day), ())


@given(st.sampled_from(MONTHS_GENITIVE), st.data())
def test_a_month_with_one_slip_is_that_month_or_unread(month: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(month) - 1))
    slip = data.draw(st.sampled_from(["", "о", "п"]))
    written = month[:place] + slip + month[place + 1 :]
    deadline, problems = parse_deadline(f"5 {written} 2024 года")
    if isinstance(deadline.when, OnDate):
        assert deadline.when.day == date(2024, MONTHS_GENITIVE.index(month) + 1, 5)
        assert written in MONTHS or problems


def test_the_context_year_is_used_only_where_the_phrase_has_none() -> None:
    assert parse_deadline("31 января 2023 года", year=2024)[0].when == OnDate(date(2023, 1, 31))
    inferred, _ = parse_deadline("31 января", year=2024)
    assert (inferred.when, inferred.year_inferred) == (OnDate(date(2024, 1, 31)), True)
    relative, _ = parse_deadline("1 марта года получения субсидии", year=2024)
    assert not relative.year_inferred


def test_dashes_spaces_case_and_letters_do_not_matter() -> None:
    plain = meaning(parse_deadline("1 октября 2024 года, далее – ежеквартально")[0])
    for dash in "-‐‑‒–—―−":
        assert meaning(parse_deadline(f"1 ОКТЯБРЯ 2024 года , Далее {dash}ежеквартально.")[0]) == plain
    latin = "1 oктября 2024 гoда, дaлее – ежеквартaльно"
    assert meaning(parse_deadline(latin)[0]) == plain


def test_a_phrase_is_kept_on_one_line_as_written() -> None:
    deadline, _ = parse_deadline("  не позднее\n25 августа   2024 года ")
    assert deadline.text == "не позднее 25 августа 2024 года"


def test_the_row_above_and_an_empty_cell_are_told_apart() -> None:
    reasons = {text: parse_deadline(text)[0].when for text in ("", " ", "—", "То же", "тот же срок", "«–»")}
    assert reasons[""] == reasons[" "] == reasons["—"] == NotUnderstood(Reason.EMPTY)
    assert reasons["То же"] == reasons["тот же срок"] == NotUnderstood(Reason.SAME_AS_ABOVE)


def test_a_repair_is_made_only_if_the_whole_phrase_then_makes_sense() -> None:
    deadline, problems = parse_deadline("О1.ОЗ.2024")
    assert deadline.when == OnDate(date(2024, 3, 1))
    assert deadline.text == "О1.ОЗ.2024"
    assert [problem.code for problem in problems] == ["deadline-repaired"]
    assert isinstance(parse_deadline("О1.ОЗ.20Z4")[0].when, NotUnderstood)
    assert isinstance(parse_deadline("ОЗ.ОЗ")[0].when, NotUnderstood)


@pytest.mark.parametrize("phrase", ["не ранее, чем будет готово", "кроме 1 марта 2024 года", "если 1 марта 2024 года"])
def test_words_that_may_turn_the_meaning_are_never_dropped_silently(phrase: str) -> None:
    _, problems = parse_deadline(phrase)
    assert {problem.code for problem in problems} & {"deadline-partly-understood", "deadline-not-understood"}
