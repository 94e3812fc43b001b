"""The only door to the engines for dates: phrases as days, the work calendar of a region, the conventions explained."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache

from vekha.calendar.working_days import WorkCalendar, official_calendar
from vekha.deadlines import Conventions, parse_deadline, resolve
from vekha.deadlines.conventions import explain
from vekha.deadlines.syntax import Deadline, NotUnderstood, Period, Permanent, Reason, RelativePeriod
from vekha.documents.plan.wording import period_name
from vekha.stages.catalogue import CATALOGUE, EVIDENCE_TITLES, EvidenceType, Stage, title

__all__ = [
    "DatedPhrase",
    "DueDay",
    "Understanding",
    "calendar_of",
    "date_phrase",
    "evidence_title",
    "explain_understanding",
    "list_stages",
    "period_name",
    "stage_title",
    "waiting_words",
]

#: Why a phrase gives no day although nothing is awaited.
PERMANENT = "permanent"
NOT_STATED = "not-stated"
NOT_UNDERSTOOD = "not-understood"

_WAITING = {
    "schedule": "ждёт графика федерального оператора",
    "event": "ждёт события",
    "subsidy-year": "ждёт года получения субсидии",
    "year": "год в документе не назван",
    "need": "по необходимости",
    PERMANENT: "выполняется всё время",
    NOT_STATED: "срок не указан",
    NOT_UNDERSTOOD: "срок не понят",
    "unknown": "срок не понят",
}


@dataclass(frozen=True, slots=True)
class Understanding:
    """How an organisation understands debatable deadlines; ``of`` names whose settings these are, empty for the defaults."""

    before_includes_day: bool = True
    warning_days: int = 30
    of: str = ""

    @property
    def conventions(self) -> Conventions:
        """The same for the engines."""
        return Conventions(before_includes_day=self.before_includes_day, warning_days=self.warning_days)


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day on which something is due; ``start`` opens the stated period that ends on it."""

    due: datetime.date
    period: str = ""
    start: datetime.date | None = None
    is_day_off: bool = False


@dataclass(frozen=True, slots=True)
class DatedPhrase:
    """A phrase as days; without any ``waiting`` says why: what is awaited, or one of the reasons above."""

    days: tuple[DueDay, ...] = ()
    waiting: str = ""

    @property
    def waiting_words(self) -> str:
        """Why there is no day, in Russian."""
        return waiting_words(self.waiting)


def waiting_words(waiting: str) -> str:
    """What a deadline without a day waits for, in Russian.

    >>> waiting_words("schedule"), waiting_words("")
    ('ждёт графика федерального оператора', '')
    """
    return _WAITING.get(waiting, "")


@lru_cache(maxsize=8192)
def date_phrase(
    phrase: str, *, subsidy_year: int | None, understanding: Understanding, region: str = ""
) -> DatedPhrase:
    """The days a phrase means for a subsidy year; a date without a year is of that year too.

    >>> [day.due.isoformat() for day in date_phrase("до 1 марта года получения субсидии", subsidy_year=2026,
    ...  understanding=Understanding()).days]
    ['2026-03-01']
    """
    conventions = understanding.conventions
    deadline, _ = parse_deadline(phrase, year=subsidy_year, conventions=conventions)
    calendar = calendar_of(region)
    found = resolve(deadline, calendar=calendar, subsidy_year=subsidy_year, year=subsidy_year, conventions=conventions)
    days = tuple(
        DueDay(day.due, day.period or "", _start(deadline, subsidy_year, day.due), day.day_off) for day in found.dates
    )
    if days:
        return DatedPhrase(days)
    return DatedPhrase((), found.waiting_for.value if found.waiting_for else _why_none(deadline))


def _why_none(deadline: Deadline) -> str:
    match deadline.when:
        case NotUnderstood(Reason.EMPTY):
            return NOT_STATED
        case NotUnderstood():
            return NOT_UNDERSTOOD
        case Permanent():
            return PERMANENT
        case _:
            return NOT_STATED


def _start(deadline: Deadline, subsidy_year: int | None, due: datetime.date) -> datetime.date | None:
    """The first day of the stated period that ends on the due day."""
    for each in (*deadline.parts, deadline):
        match each.when:
            case Period(start, end) if end == due and start <= due:
                return start
            case RelativePeriod(first, _, offset) if subsidy_year is not None and each.repeat is None:
                start = datetime.date(subsidy_year + offset, *first)
                return start if start <= due else None
            case _:
                pass
    return None


@lru_cache(maxsize=128)
def calendar_of(region: str = "") -> WorkCalendar:
    """The official calendar of a region, or of the country."""
    return official_calendar(region=region)


def explain_understanding(understanding: Understanding) -> tuple[str, ...]:
    """The settings as sentences for people."""
    return explain(understanding.conventions)


def list_stages() -> tuple[tuple[str, str], ...]:
    """Every stage with its title, in the order of work."""
    return tuple((stage.value, CATALOGUE[stage].title) for stage in Stage)


@lru_cache(maxsize=64)
def stage_title(stage: str) -> str:
    """The title of a stage; the word itself where it is none.

    >>> stage_title("launch")
    'Начало работы'
    """
    return title(Stage(stage)) if stage in set(Stage) else stage


@lru_cache(maxsize=64)
def evidence_title(kind: str) -> str:
    """What a type of evidence is called; the word itself where it is none."""
    return EVIDENCE_TITLES[EvidenceType(kind)] if kind in set(EvidenceType) else kind
