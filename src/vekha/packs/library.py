"""All packs together: the built-in ones and those of the user's folders, and what can be found in them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from vekha.packs.model import Act, IndicatorEdition, NationalProject, Pack, ProgrammeRecord, ReferenceRoadmap, Region
from vekha.packs.read import load_pack, read_pack
from vekha.problems import Problem, Severity
from vekha.text.normalise import fold

_WORD = re.compile(r"\w+(?:-\w+)*")
_SECOND_NAME = re.compile(r"\s[-–—]\s.*|\s*\(.*")
_BUILT_IN = "data"
FOLDER_MISSING = "pack-folder-missing"


@dataclass(frozen=True, slots=True)
class Library:
    """Packs in the order they were read, and what was wrong with them."""

    packs: tuple[Pack, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def national_projects(self) -> tuple[NationalProject, ...]:
        """The national projects of all packs."""
        return tuple(project for pack in self.packs for project in pack.national_projects)

    @property
    def programmes(self) -> tuple[ProgrammeRecord, ...]:
        """The programmes of all packs."""
        return tuple(programme for pack in self.packs for programme in pack.programmes)

    @property
    def roadmaps(self) -> tuple[ReferenceRoadmap, ...]:
        """The reference roadmaps of all packs."""
        return tuple(roadmap for pack in self.packs for roadmap in pack.roadmaps)

    @property
    def editions(self) -> tuple[IndicatorEdition, ...]:
        """The indicator editions of all packs."""
        return tuple(edition for pack in self.packs for edition in pack.editions)

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts of all packs."""
        return tuple(act for pack in self.packs for act in pack.acts)

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions of all packs."""
        return tuple(region for pack in self.packs for region in pack.regions)


def list_packs(folders: Sequence[Path] = ()) -> Library:
    """The built-in packs and every ``*.toml`` of the folders, by name; of two with a common entry the first stays.

    A folder that is not there, a file that is no pack and an entry that repeats are problems of the library.
    """
    built_in = _built_in()
    packs, problems = list(built_in.packs), list(built_in.problems)
    for folder in folders:
        if not folder.is_dir():
            message = f"Папки наборов «{folder}» нет."
            problems.append(Problem(FOLDER_MISSING, message, Severity.ERROR, "Проверьте путь к папке."))
            continue
        for path in sorted(folder.glob("*.toml")):
            pack, found = load_pack(path)
            problems.extend(found)
            if pack is not None:
                packs.append(pack)
    return _without_repeats(packs, problems)


@cache
def _built_in() -> Library:
    folder = resources.files("vekha.packs") / _BUILT_IN
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    packs: list[Pack] = []
    problems: list[Problem] = []
    for file in files:
        pack, found = read_pack(file.read_text(encoding="utf-8"), name=file.name)
        problems.extend(found)
        if pack is not None:
            packs.append(pack)
    return _without_repeats(packs, problems)


def _without_repeats(packs: Iterable[Pack], problems: Iterable[Problem]) -> Library:
    kept: list[Pack] = []
    found = list(problems)
    met: set[tuple[str, ...]] = set()
    for pack in packs:
        repeated = [identity for identity in _identities(pack) if identity in met]
        for kind, *name in repeated:
            message = f"Набор «{pack.id}» не взят: {kind} «{' от '.join(name)}» уже есть в другом наборе."
            hint = "Дайте записи другой идентификатор или уберите повтор."
            found.append(Problem("pack-duplicate", message, Severity.ERROR, hint))
        if not repeated:
            kept.append(pack)
            met.update(_identities(pack))
    return Library(tuple(kept), tuple(found))


def _identities(pack: Pack) -> Iterator[tuple[str, ...]]:
    yield "набор", pack.id
    yield from (("национальный проект", project.id) for project in pack.national_projects)
    yield from (("программа", programme.id) for programme in pack.programmes)
    yield from (("дорожная карта", roadmap.id) for roadmap in pack.roadmaps)
    yield from (("редакция показателей", edition.id) for edition in pack.editions)
    yield from (("акт", act.number, act.date.isoformat()) for act in pack.acts)
    yield from (("субъект", region.code) for region in pack.regions)


def find_programme_record(text: str, library: Library) -> ProgrammeRecord | None:
    """The programme a text names, in whatever grammatical case; the longest name decides, then the first in the text.

    >>> find_programme_record("О создании мобильных технопарков «Кванториум»", list_packs()).id
    'mobile-quantorium'
    """
    words = _words(text)
    best: tuple[int, int, ProgrammeRecord] | None = None
    for programme in library.programmes:
        for name in programme.names:
            wanted = _words(name)
            at = _find_words(words, wanted)
            if at is not None and (best is None or (-len(wanted), at) < best[:2]):
                best = (-len(wanted), at, programme)
    return None if best is None else best[2]


def find_region(text: str, library: Library) -> Region | None:
    """The region with this code, or the one a text names in whatever grammatical case.

    >>> find_region("77", list_packs()).name, find_region("о работе в Республике Адыгее", list_packs()).code
    ('город Москва', '01')
    """
    words = _words(text)
    for region in library.regions:
        if text.strip() == region.code:
            return region
    best: tuple[int, int, Region] | None = None
    for region in library.regions:
        wanted = _words(_SECOND_NAME.sub("", region.name.removeprefix("город ")))
        at = _find_words(words, wanted)
        if at is not None and (best is None or (-len(wanted), at) < best[:2]):
            best = (-len(wanted), at, region)
    return None if best is None else best[2]


def find_act(number: str, date: datetime.date, library: Library) -> Act | None:
    """The act with this number (however spaced and cased) *and* this date."""
    wanted = _act_key(number)
    return next((act for act in library.acts if act.date == date and _act_key(act.number) == wanted), None)


def find_roadmap(identifier: str, library: Library) -> ReferenceRoadmap | None:
    """The reference roadmap with this identifier."""
    return next((roadmap for roadmap in library.roadmaps if roadmap.id == identifier), None)


def find_edition(identifier: str, library: Library) -> IndicatorEdition | None:
    """The indicator edition with this identifier."""
    return next((edition for edition in library.editions if edition.id == identifier), None)


def roadmap_for(programme: str, year: int, library: Library) -> ReferenceRoadmap | None:
    """The latest generation of a programme's reference roadmap that a wave of that subsidy year can follow.

    >>> roadmap_for("school-quantorium", 2023, list_packs()).id
    'school-quantorium-2021'
    """
    fitting = [
        (roadmap.first_year, roadmap)
        for roadmap in library.roadmaps
        if roadmap.roadmap.programme == programme and roadmap.first_year is not None and roadmap.first_year <= year
    ]
    return max(fitting, key=lambda each: each[0])[1] if fitting else None


def project_on(programme: ProgrammeRecord, day: datetime.date, library: Library) -> NationalProject | None:
    """The national project a programme belongs to on a day, following successors; ``None`` outside all known terms.

    >>> programme = find_programme_record("Точка роста", list_packs())
    >>> project_on(programme, datetime.date(2026, 1, 1), list_packs()).name
    'Молодёжь и дети'
    """
    projects = {project.id: project for project in library.national_projects}
    current = projects.get(programme.national_project or "")
    passed: set[str] = set()
    while current is not None and current.id not in passed:
        if current.start <= day <= current.end:
            return current
        passed.add(current.id)
        current = projects.get(current.successor or "")
    return None


def _act_key(number: str) -> str:
    return fold(number).replace(" ", "").removeprefix("№")


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


def _find_words(words: Sequence[str], wanted: Sequence[str]) -> int | None:
    """Where the wanted words stand one after another, grammatical endings aside."""
    for start in range(len(words) - len(wanted) + 1):
        if all(map(_is_same_word, words[start : start + len(wanted)], wanted)):
            return start
    return None


def _is_same_word(word: str, wanted: str) -> bool:
    """Whether two words differ in their endings only: up to two letters of the wanted one and three of the other.

    >>> _is_same_word("технопарков", "технопарк"), _is_same_word("школа", "школьный"), _is_same_word("цос", "цос")
    (True, False, True)
    """
    if len(wanted) <= 3:
        return word == wanted
    stem = wanted[: max(3, len(wanted) - 2)]
    return word.startswith(stem) and len(word) - len(stem) <= 4
