"""A pack's TOML → :class:`Pack`, with every flaw as a problem; an entry with an error is left out, the rest is kept."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from vekha.deadlines import parse_deadline
from vekha.orders.addition import OverCentres, OverTime
from vekha.orders.model import ExpectedDocument, Indicator, Measure, Programme, Responsible, ResponsibleKind, Roadmap
from vekha.packs.model import (
    Act,
    ActReference,
    EditionIndicator,
    IndicatorEdition,
    NationalProject,
    Pack,
    ProgrammeRecord,
    ReferenceRoadmap,
    Region,
)
from vekha.packs.reading import Entry, Reading
from vekha.packs.shapes import PACK, SCHEMA, SECTIONS, quote
from vekha.problems import Place, Problem, Severity
from vekha.stages.catalogue import Stage

LARGEST_FILE = 4_000_000
_POSITION = re.compile(r"at line (\d+), column (\d+)")


def load_pack(path: Path) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The pack in a file and what is wrong with it; no pack where the file cannot be read as one."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        message = f"Набор «{path.name}» не открывается: {error.strerror}."
        return _refused("pack-unreadable", message, "Проверьте путь и права.")
    if len(data) > LARGEST_FILE:
        return _refused("pack-too-large", f"Набор «{path.name}» больше 4 МБ.", "Разделите его на несколько файлов.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _refused("pack-unreadable", f"Набор «{path.name}» не в кодировке UTF-8.", "Сохраните файл в UTF-8.")
    return read_pack(text, name=path.name)


def read_pack(text: str, *, name: str) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The pack a TOML text states, and its problems; ``name`` is the file's name in messages.

    >>> pack, problems = read_pack('schema = "vekha.pack/1"', name="мой.toml")
    >>> pack, problems[0].message
    (None, 'В файле «мой.toml» нет ключа «id».')
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _not_toml(name, str(error))
    except RecursionError:
        return _refused("pack-not-toml", f"Набор «{name}» вложен слишком глубоко.", "Проверьте скобки.")
    if data.get("schema") not in (None, SCHEMA):
        message = f"Набор «{name}» имеет неизвестную схему «{quote(data['schema'])}»."
        return _refused("pack-schema-unknown", message, f'Нужна строка schema = "{SCHEMA}".')
    reading = Reading(text, name)
    head = {key: value for key, value in data.items() if key not in SECTIONS}
    if not reading.accepts(head, PACK, entry=f"файле «{name}»", place=None):
        return None, tuple(reading.problems)
    pack = Pack(
        id=data["id"],
        title=data["title"],
        sources=tuple(data["sources"]),
        note=data.get("note"),
        national_projects=tuple(reading.entries(data, "national_project", _national_project)),
        programmes=tuple(reading.entries(data, "programme", _programme)),
        roadmaps=tuple(reading.entries(data, "roadmap", _roadmap)),
        editions=tuple(reading.entries(data, "edition", _edition)),
        acts=tuple(reading.entries(data, "act", _act)),
        regions=tuple(reading.entries(data, "region", _region)),
    )
    return pack, tuple(reading.problems)


def _refused(code: str, message: str, hint: str, place: Place | None = None) -> tuple[None, tuple[Problem, ...]]:
    return None, (Problem(code, message, Severity.ERROR, hint, place),)


def _not_toml(name: str, message: str) -> tuple[None, tuple[Problem, ...]]:
    position = _POSITION.search(message)
    if position is None:
        return _refused("pack-not-toml", f"Набор «{name}» – не TOML: он обрывается.", "Закройте скобки и кавычки.")
    line, column = int(position[1]), int(position[2])
    where = f"строка {line}, знак {column}"
    hint = "Проверьте кавычки, скобки и знак «=» в этой строке."
    return _refused("pack-not-toml", f"Набор «{name}» – не TOML: {where}.", hint, Place(lines=(line, line)))


def _has_term(entry: Entry) -> bool:
    start, end = entry.get("start"), entry.get("end")
    if start is None or end is None or start <= end:
        return True
    entry.report("pack-term-reversed", f"конец {end} раньше начала {start}.", "Поменяйте даты местами.")
    return False


def _national_project(entry: Entry) -> NationalProject | None:
    if not _has_term(entry):
        return None
    return NationalProject(entry["id"], entry["name"], entry["start"], entry["end"], entry.get("successor"))


def _programme(entry: Entry) -> ProgrammeRecord | None:
    if not _has_term(entry):
        return None
    return ProgrammeRecord(
        id=entry["id"],
        name=entry["name"],
        names=tuple(dict.fromkeys((entry["name"], *entry.listed("names")))),
        national_project=entry.get("national_project"),
        federal_project=entry.get("federal_project"),
        start=entry.get("start"),
        end=entry.get("end"),
        successor=entry.get("successor"),
    )


def _roadmap(entry: Entry) -> ReferenceRoadmap | None:
    measures = [_measure(part) for part in entry.parts]
    sound = tuple(measure for measure in measures if measure is not None)
    if len(sound) < len(measures):
        return None
    roadmap = Roadmap(entry["title"], Programme(entry["programme"]), None, sound)
    return ReferenceRoadmap(entry["id"], entry.get("first_year"), roadmap)


def _measure(entry: Entry) -> Measure | None:
    """A measure as a document would hold it: its text is the whole cell, sub-items included."""
    if not entry.is_sound():
        return None
    items = entry.listed("items")
    item_stages = entry.listed("item_stages")
    if item_stages and len(item_stages) != len(items):
        message = f"этапов {len(item_stages)}, а пунктов {len(items)}."
        entry.report("pack-item-stages-wrong", message, "Укажите этап для каждого пункта items.")
        return None
    deadline = None
    if phrase := entry.get("deadline"):
        deadline, problems = parse_deadline(phrase)
        for problem in problems:
            if problem.severity is not Severity.NOTE:
                entry.report("pack-deadline-wrong", f"срок «{quote(phrase)}»: {problem.message}", problem.hint)
                return None
    return Measure(
        number=entry.get("number"),
        text=": ".join((entry["text"], "; ".join(items))) if items else entry["text"],
        items=items,
        responsibles=tuple(_responsible(value) for value in entry.listed("responsibles")),
        results=tuple(ExpectedDocument(text) for text in entry.listed("documents")),
        deadline=deadline,
        stage=Stage(entry["stage"]),
        item_stages=tuple(Stage(stage) for stage in item_stages) or None,
        place=entry.place or Place(),
        section=entry.get("section"),
    )


def _responsible(value: Any) -> Responsible:
    if isinstance(value, str):
        return Responsible(value, ResponsibleKind.ROLE)
    return Responsible(value["name"], ResponsibleKind(value["kind"]))


def _edition(entry: Entry) -> IndicatorEdition | None:
    built = [_indicator(part) for part in entry.parts]
    indicators = tuple(indicator for indicator in built if indicator is not None)
    if len(indicators) < len(built) or not _is_tree(entry, indicators):
        return None
    return IndicatorEdition(
        id=entry["id"],
        title=entry["title"],
        programme=Programme(entry["programme"]),
        indicators=indicators,
        act=_act_reference(entry.get("act")),
    )


def _is_tree(entry: Entry, indicators: tuple[EditionIndicator, ...]) -> bool:
    """Whether numbers are unique and every parent stands above its children."""
    met: set[str] = set()
    sound = True
    for indicator in (each.indicator for each in indicators):
        if indicator.parent is not None and indicator.parent not in met:
            message = f"показатель «{quote(indicator.name)}» подчинён «{indicator.parent}», которого выше нет."
            entry.report("pack-parent-unknown", message, "Поставьте главный показатель выше или исправьте parent.")
            sound = False
        if indicator.number is not None and indicator.number in met:
            entry.report("pack-duplicate", f"номер показателя «{indicator.number}» повторяется.", "Исправьте номера.")
            sound = False
        if indicator.number is not None:
            met.add(indicator.number)
    return sound


def _indicator(entry: Entry) -> EditionIndicator | None:
    if not entry.is_sound():
        return None
    indicator = Indicator(
        number=entry.get("number"),
        name=entry["name"],
        unit=entry.get("unit"),
        opening_year=entry.get("opening_year"),
        following_years=entry.get("following_years"),
        parent=entry.get("parent"),
        place=entry.place or Place(),
        target=entry.get("target"),
    )
    return EditionIndicator(indicator, OverTime(entry["over_time"]), OverCentres(entry["over_centres"]))


def _act(entry: Entry) -> Act | None:
    repealed_by = _act_reference(entry.get("repealed_by"))
    if repealed_by is not None and repealed_by.date < entry["date"]:
        message = f"отменён {repealed_by.date}, раньше своей даты {entry['date']}."
        entry.report("pack-term-reversed", message, "Исправьте одну из дат.")
        return None
    programmes: tuple[str, ...] = entry.listed("programmes")
    return Act(entry["number"], entry["date"], entry["about"], entry.get("kind"), programmes, repealed_by)


def _act_reference(value: dict[str, Any] | None) -> ActReference | None:
    return None if value is None else ActReference(value["number"], value["date"])


def _region(entry: Entry) -> Region:
    return Region(entry["code"], entry["name"], entry.get("federal_district"))
