"""The only door of this app to the engines: stages and their order, official working days, packs of reference data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from vekha.calendar.working_days import official_calendar
from vekha.packs.library import list_packs
from vekha.stages.catalogue import EVIDENCE_TITLES, EvidenceType, Stage, precedes, title

#: Short names of the stages, for the heads of narrow columns.
_SHORT = {
    Stage.LEGAL_BASIS: "Основа", Stage.INFRASTRUCTURE_LIST: "Инфр. лист", Stage.DESIGN_PROJECT: "Дизайн",
    Stage.SUBSIDY_AGREEMENT: "Субсидия", Stage.BASE_EQUIPMENT: "Базовый набор", Stage.PROCUREMENT: "Закупки",
    Stage.INFORMATION_SHEET: "Справка", Stage.ACTIVITY_PLAN: "План центра", Stage.EQUIPMENT_INSTALLED: "Оборуд.",
    Stage.SITE_MONITORING: "Помещения", Stage.UNIFIED_PLAN: "Единый план", Stage.STAFF_TRAINING: "Кадры",
    Stage.LAUNCH: "Открытие", Stage.INDICATOR_MONITORING: "Показ.", Stage.PROGRESS_MONITORING: "Ход работ",
    Stage.OTHER: "Прочее",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StageName:
    """A stage as pages name it: its key, its title, and a short name for the head of a column."""

    key: str
    title: str
    short: str


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year of the official calendar: by which decree, and whether its transfers are known."""

    year: int
    decree: str
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack of reference data: what it is, whence, and what it holds."""

    name: str
    title: str
    sources: tuple[str, ...]
    note: str
    holds: tuple[str, ...]


STAGES = tuple(StageName(stage.value, title(stage), _SHORT[stage]) for stage in Stage)
_TITLES = {each.key: each.title for each in STAGES}
_CALENDAR = official_calendar()


def stage_title(key: str) -> str:
    """The Russian title of a stage; a key of nobody's is shown as it is."""
    return _TITLES.get(key, key)


@cache
def stages_before(key: str) -> frozenset[str]:
    """The stages that must be over before this one can be."""
    known = next((stage for stage in Stage if stage.value == key), None)
    return frozenset() if known is None else frozenset(stage.value for stage in Stage if precedes(stage, known))


def evidence_title(key: str) -> str:
    """The Russian name of a kind of document."""
    return EVIDENCE_TITLES[EvidenceType(key)] if key in set(EvidenceType) else key


def working_days_around(day: datetime.date) -> tuple[datetime.date, datetime.date, bool]:
    """The working days before and after a day off, and whether the calendar of its year is provisional."""
    around = (_CALENDAR.previous_workday(day), _CALENDAR.next_workday(day))
    return (*around, any(_CALENDAR.is_provisional(each.year) for each in around))


def is_day_off(day: datetime.date) -> bool:
    """Whether nobody has to work on the day."""
    return _CALENDAR.is_day_off(day)


def list_years(years: Iterable[int]) -> list[CalendarYear]:
    """What the calendar of each year rests on."""
    return [CalendarYear(year, str(_CALENDAR.decree(year) or ""), _CALENDAR.is_provisional(year)) for year in years]


def list_loaded_packs() -> tuple[Sequence[LoadedPack], Sequence[str]]:
    """The packs that are loaded, and what was wrong with those that are not."""
    library = list_packs()
    kinds = (
        ("программы", "programmes"), ("национальные проекты", "national_projects"), ("образцы дорожных карт", "roadmaps"),
        ("редакции показателей", "editions"), ("акты", "acts"), ("субъекты", "regions"),
    )  # fmt: skip
    packs = [
        LoadedPack(
            pack.id,
            pack.title,
            pack.sources,
            pack.note or "",
            tuple(f"{name}: {len(getattr(pack, part))}" for name, part in kinds if getattr(pack, part)),
        )
        for pack in library.packs
    ]
    return packs, [problem.message for problem in library.problems]
