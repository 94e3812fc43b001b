"""A phrase as a deadline: tidied, read by the grammar, repaired if that is certain, with the year of its context."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vekha.deadlines import notes
from vekha.deadlines.conventions import DEFAULT, Conventions
from vekha.deadlines.drafts import Assembly, Draft, assemble
from vekha.deadlines.grammar import read_clauses
from vekha.deadlines.lexer import Cursor
from vekha.deadlines.repair import is_slip, repair
from vekha.deadlines.settle import settle, share_years
from vekha.deadlines.syntax import (
    Bound,
    Deadline,
    Every,
    NotUnderstood,
    OnDate,
    Period,
    Reason,
    Recurring,
    RelativeDate,
    RelativePeriod,
    YearlessDate,
    YearlessPeriod,
)
from vekha.deadlines.years import ImpossibleDate
from vekha.problems import Problem
from vekha.text.footnotes import strip_footnote_marks
from vekha.text.lines import join_lines
from vekha.text.normalise import collapse

MAX_LENGTH = 2_000
"""A longer phrase is a page of text, not a deadline."""

_MARKS = frozenset("*[⁰¹²³⁴⁵⁶⁷⁸⁹<")
_EMPTY = frozenset(
    {"", "-", "--", "---", "х", "x", "нет", "без срока", "…", "...", "не установлен", "не определен", "не указан"}
    | {f"срок {told}" for told in ("не установлен", "не определен", "не указан")}
    | {f"сроки {told}" for told in ("не установлены", "не определены", "не указаны")}
)
_SAME = frozenset(
    {"тот же срок", "тот же", "то же", "в тот же срок", "в те же сроки", "те же сроки", "аналогично", "-//-", "-\"-", '"',
     "- // -", "//", "-||-", "срок тот же", "там же", "-'-", "〃", "''", "см. выше", "так же", "также"}
)  # fmt: skip
_DATED = (OnDate, YearlessDate, RelativeDate, Period, YearlessPeriod, RelativePeriod, Recurring)
_LONG_STEPS = (Every.QUARTER, Every.HALF_YEAR, Every.YEAR)
_LONGEST_UNSTATED = 24
_PLAUSIBLE = range(1990, 2101)
_WARY = frozenset({"не", "кроме", "если", "либо", "или", "минус", "ранее", "исключая"})


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One reading of one spelling of the phrase."""

    assembly: Assembly
    rest: tuple[str, ...]
    doubts: tuple[tuple[str, str], ...]

    @property
    def is_whole(self) -> bool:
        return bool(self.assembly.drafts) and not self.rest and not self.assembly.unfit


def parse_deadline(
    text: str, *, year: int | None = None, conventions: Conventions = DEFAULT
) -> tuple[Deadline, tuple[Problem, ...]]:
    """What a phrase means, and what is doubtful about it; never raises for a bad phrase.

    ``year`` is the year of the context (the title, the row above); it is used only where the phrase states none.

    >>> deadline, problems = parse_deadline("не позднее 15 сентября 2024года")
    >>> deadline.when, deadline.bound.value, problems
    (OnDate(day=datetime.date(2024, 9, 15)), 'not-later-than', ())
    >>> parse_deadline("31 июня 2024 года")[1][0].code
    'impossible-date'
    """
    phrase = _tidy(text)
    if len(phrase) > MAX_LENGTH:
        return Deadline(phrase, NotUnderstood(Reason.TOO_LONG)), (notes.too_long(phrase),)
    if len(phrase) <= _LONGEST_UNSTATED:
        unstated = _read_unstated(phrase)
        if unstated is not None:
            return unstated
    try:
        attempt = _read(phrase)
        if not attempt.is_whole:
            attempt = _read_repaired(phrase, attempt)
        if not attempt.assembly.drafts:
            return Deadline(phrase, NotUnderstood()), (notes.not_understood(phrase),)
        share_years(attempt.assembly.drafts)
        return _build(phrase, attempt, year, conventions)
    except ImpossibleDate as error:
        return Deadline(phrase, NotUnderstood(Reason.IMPOSSIBLE_DATE)), (notes.impossible_date(phrase, str(error)),)


def _tidy(text: str) -> str:
    phrase = text
    if "\n" in text:
        phrase = join_lines(text.splitlines())
    elif not _is_tidy(text):
        phrase = collapse(text)
    return phrase if _MARKS.isdisjoint(phrase) else strip_footnote_marks(phrase)


def _is_tidy(text: str) -> bool:
    """Whether white space and letters are plain already, as in most cells: asking is cheaper than collapsing."""
    if not text.isprintable() or "  " in text or "\u0306" in text or "\u0308" in text:
        return False
    return not text or (text[0] != " " and text[-1] != " ")


def _read_unstated(phrase: str) -> tuple[Deadline, tuple[Problem, ...]] | None:
    key = phrase.lower().replace("ё", "е").translate(_PLAIN).rstrip(".")
    if key in _EMPTY:
        return Deadline(phrase, NotUnderstood(Reason.EMPTY)), (notes.empty(phrase),)
    if key in _SAME:
        return Deadline(phrase, NotUnderstood(Reason.SAME_AS_ABOVE)), (notes.same_as_above(phrase),)
    return None


_PLAIN = str.maketrans(dict.fromkeys("‐‑‒–—―−⁃", "-") | dict.fromkeys("«»„“”", '"'))


def _read(phrase: str) -> _Attempt:
    cursor = Cursor(phrase)
    reading = read_clauses(cursor)
    return _Attempt(assemble(reading.clauses), reading.rest, tuple(cursor.doubts))


def _read_repaired(phrase: str, attempt: _Attempt) -> _Attempt:
    """The phrase read again with its slips repaired, if that makes sense of all of it; else the first reading."""
    if len(attempt.assembly.drafts) > 1 and not attempt.assembly.unfit and not any(map(is_slip, attempt.rest)):
        return attempt
    repaired = repair(phrase)
    if repaired == phrase:
        return attempt
    again = _read(repaired)
    if again.is_whole or (again.assembly.drafts and not attempt.assembly.drafts):
        return _Attempt(again.assembly, again.rest, (*again.doubts, ("deadline-repaired", repaired)))
    return attempt


def _build(
    phrase: str, attempt: _Attempt, year: int | None, conventions: Conventions
) -> tuple[Deadline, tuple[Problem, ...]]:
    drafts = attempt.assembly.drafts
    parts = tuple(_finish(phrase, draft, year) for draft in drafts)
    main = parts[-1]
    if isinstance(main.when, NotUnderstood):
        return Deadline(phrase, main.when), (notes.not_understood(phrase),)
    problems = () if _is_plain(attempt, parts) else tuple(_list_problems(phrase, attempt, parts, conventions))
    if len(parts) == 1:
        return main, problems
    return Deadline(phrase, main.when, main.bound, main.repeat, main.year_inferred, parts), problems


def _finish(phrase: str, draft: Draft, year: int | None) -> Deadline:
    when, inferred = settle(draft, year)
    return Deadline(phrase, when, draft.bound, draft.repeat, inferred)


def _is_plain(attempt: _Attempt, parts: tuple[Deadline, ...]) -> bool:
    """Whether there is nothing to say, as of most phrases: one whole deadline without «до», guesses and odd years."""
    draft = attempt.assembly.drafts[0]
    if len(parts) > 1 or attempt.doubts or not attempt.is_whole or draft.vague or draft.bound is Bound.BEFORE:
        return False
    return not isinstance(parts[0].when, OnDate | Period) or _year_of(parts[0]) in _PLAUSIBLE


def _list_problems(
    phrase: str, attempt: _Attempt, parts: tuple[Deadline, ...], conventions: Conventions
) -> Iterator[Problem]:
    for code, found in dict.fromkeys(attempt.doubts) if attempt.doubts else ():
        yield notes.guessed(code, phrase, found)
    if attempt.assembly.unfit or _matters(attempt.rest, stages=len(parts) > 1):
        yield notes.partly_understood(phrase, attempt.rest)
    drafts = attempt.assembly.drafts
    if any(
        draft.bound is Bound.BEFORE and not draft.sure and isinstance(part.when, _DATED)
        for draft, part in zip(drafts, parts, strict=True)
    ):
        yield notes.ambiguous_before(phrase, conventions)
    if any(draft.vague and draft.repeat and draft.repeat.every in _LONG_STEPS for draft in drafts):
        yield notes.ambiguous_cycle_day(phrase)
    for part in parts:
        stated = _year_of(part)
        if stated is not None and stated not in _PLAUSIBLE:
            yield notes.implausible_year(phrase, stated)
            break


def _matters(rest: tuple[str, ...], *, stages: bool) -> bool:
    """Whether words left over may change the meaning; beside several dates they are the names of stages."""
    if not rest:
        return False
    return not stages or any(word.lower() in _WARY or word[0].isdigit() for word in rest)


def _year_of(part: Deadline) -> int | None:
    if isinstance(part.when, OnDate):
        return part.when.day.year
    return (part.when.end or part.when.start).year if isinstance(part.when, Period) else None
