"""Automatic numbering of a DOCX made visible: «1.», «2.3.», «а)», «IV», «–», counted as Word counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vekha.intake.readers.docx_package import Element, W
from vekha.intake.readers.docx_styles import ILVL, NUM_ID, VAL, Styles, whole

_LEVELS = 9
# Word's Russian letters of lists: without ё, й, ъ, ы, ь.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACEHOLDER = re.compile(r"%([1-9])")
_BULLET = "–"
_MAX_SHOWN = 100_000


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str | None = None
    start: int = 1
    suffix: str = "tab"
    restart_after: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    """An abstract numbering: its levels, and how far each has been counted in this document."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Use:
    """A numbering instance: its list, its own levels and starts; ``used`` are the levels that have begun."""

    list: _List
    own_levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def level(self, index: int) -> _Level:
        return self.own_levels.get(index) or self.list.levels.get(index) or _Level(text=f"%{index + 1}.")


class Numbering:
    """The lists of one document; every call of :meth:`mark` counts one paragraph further."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._uses: dict[str, _Use] = {}
        if root is None:
            return
        abstract = {item.get(f"{W}abstractNumId", ""): item for item in root.iter(f"{W}abstractNum")}
        instances = {item.get(NUM_ID, ""): item for item in root.iter(f"{W}num")}
        lists = {name: _List(_read_levels(item)) for name, item in abstract.items()}
        for name, item in abstract.items():
            linked = _linked_list(item, styles, instances)
            if linked in lists and linked != name and not lists[name].levels:
                lists[name] = lists[linked]
        for name, item in instances.items():
            target = lists.get(_target(item))
            if target is not None:
                self._uses[name] = _read_use(item, target)

    def mark(self, number: str | None, level: int | None) -> str:
        """The mark of the next paragraph of this numbering and the blank after it; empty where there is none."""
        use = self._uses.get(number or "")
        if use is None:
            return ""
        index = min(max(level or 0, 0), _LEVELS - 1)
        self._count(use, index)
        shown = use.level(index)
        mark = _write(use, index, shown)
        return mark + ("" if shown.suffix == "nothing" else " ") if mark else ""

    def _count(self, use: _Use, index: int) -> None:
        counts = use.list.counts
        if index in use.starts and index not in use.used:
            counts[index] = use.starts[index]
        elif index in counts:
            counts[index] += 1
        else:
            counts[index] = use.starts.get(index, use.level(index).start)
        use.used.add(index)
        for deeper in range(index + 1, _LEVELS):
            after = use.level(deeper).restart_after
            if after is None or (after and index < after):
                counts.pop(deeper, None)


def format_number(number: int, style: str) -> str:
    """A list's number in one of Word's formats; formats without a Russian or Latin form become digits.

    >>> format_number(3, "russianLower"), format_number(14, "upperRoman"), format_number(28, "lowerLetter")
    ('в', 'XIV', 'bb')
    """
    number = min(max(number, 0), _MAX_SHOWN)
    match style:
        case "none":
            return ""
        case "decimalZero":
            return f"{number:02d}"
        case "lowerRoman" | "upperRoman":
            shown = _roman(number)
        case "russianLower" | "russianUpper":
            shown = _letters(number, _RUSSIAN)
        case "lowerLetter" | "upperLetter":
            shown = _letters(number, _LATIN)
        case "ordinal":
            return f"{number}-й"
        case "numberInDash":
            return f"- {number} -"
        case _:
            return str(number)
    return shown.upper() if style.startswith("upper") or style.endswith("Upper") else shown


def _letters(number: int, alphabet: str) -> str:
    if number < 1:
        return ""
    times, index = divmod(number - 1, len(alphabet))
    return alphabet[index] * (times + 1)


def _roman(number: int) -> str:
    shown = ""
    for value, digits in _ROMAN:
        count, number = divmod(number, value)
        shown += digits * count
    return shown


def _write(use: _Use, index: int, shown: _Level) -> str:
    if shown.format == "bullet":
        return _BULLET
    if shown.text is None:
        return ""

    def place(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at > index:
            return ""
        level = use.level(at)
        count = use.list.counts.get(at, level.start)
        return format_number(count, "decimal" if shown.legal and level.format != "none" else level.format)

    return _PLACEHOLDER.sub(place, shown.text).strip()


def _read_levels(item: Element) -> dict[int, _Level]:
    levels = {}
    for element in item.findall(f"{W}lvl"):
        index = _index(element)
        if index is not None:
            levels[index] = _read_level(element)
    return levels


def _read_level(element: Element) -> _Level:
    def value(tag: str, default: str) -> str:
        found = element.find(f"{W}{tag}")
        return default if found is None else found.get(VAL, default)

    text = element.find(f"{W}lvlText")
    return _Level(
        format=value("numFmt", "decimal"),
        text=None if text is None else text.get(VAL, ""),
        start=whole(element.find(f"{W}start"), 1) or 0,
        suffix=value("suff", "tab"),
        restart_after=whole(element.find(f"{W}lvlRestart")),
        legal=element.find(f"{W}isLgl") is not None,
    )


def _read_use(item: Element, target: _List) -> _Use:
    use = _Use(target)
    for override in item.findall(f"{W}lvlOverride"):
        index = _index(override)
        if index is None:
            continue
        start = whole(override.find(f"{W}startOverride"))
        level = override.find(f"{W}lvl")
        if level is not None:
            use.own_levels[index] = _read_level(level)
        if start is not None:
            use.starts[index] = start
    return use


def _index(element: Element) -> int | None:
    try:
        return int(element.get(ILVL, ""))
    except ValueError:
        return None


def _target(item: Element) -> str:
    found = item.find(f"{W}abstractNumId")
    return found.get(VAL, "") if found is not None else ""


def _linked_list(item: Element, styles: Styles, instances: dict[str, Element]) -> str:
    """The abstract numbering behind the list style that this one only points to."""
    link = item.find(f"{W}numStyleLink")
    number = styles.get(link.get(VAL)).numbering if link is not None else None
    instance = instances.get(number or "")
    return _target(instance) if instance is not None else ""
