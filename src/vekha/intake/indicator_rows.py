"""Rows of an indicator list → indicators: name and unit apart, two minima, the tree by numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vekha.intake.columns import Columns
from vekha.intake.grid import GridRow
from vekha.intake.header_words import ROMAN_CELL, Role, number_of_cell
from vekha.intake.joints import join_cell
from vekha.orders.model import Indicator
from vekha.problems import Place, Problem, Severity
from vekha.text.normalise import collapse, fold

UNIT_WORDS = (
    r"(?:тыс\.?\s*)?(?:человек(?:о-час\w*)?|чел\.?|единиц\w*|ед\.?|штук\w*|шт\.?|процент\w*|%|руб\w*\.?|млн\.?\s*руб\w*\.?|час\w*|"
    r"учрежден\w+|организац\w+|школ\w*|обучающ\w+ся|комплект\w*|балл\w*|да\s*/\s*нет|дет\w+)"
)
UNIT_TAIL = re.compile(
    rf"\s*(?:\(\s*({UNIT_WORDS}[^()]{{0,40}})\)|,\s*({UNIT_WORDS}(?:\s+в\s+(?:год|квартал|месяц))?))"
    r"\s*(?P<opens>,?\s*(?:(?:в том числе|из них)\s*)?:)?\s*\.?$",
    re.IGNORECASE,
)
FIGURE = re.compile(
    r"^(?:не\s+(?:менее|ниже|более)|от|>=?|≥|≤|<=?)?\s*(\d{1,3}(?:[\s\u00a0]\d{3})+|\d+)(?:[.,](\d+))?\s*(%|[а-яё .]{0,24})?$",
    re.IGNORECASE,
)
NOTHING = re.compile(r"^[\s\-–—.…_xхXХ]*$")
REACHED = re.compile(r"\bбазов|фактич|\bфакт\b|исходн|достигнут|отчетн")
OF_A_KIND = re.compile(r"малокомплектн|прочи[хе]|остальн|городск|сельск|для школ|на (?:один|1) (?:центр|школ)|всего по")
SUB_ITEM = re.compile(r"^(?:[-–—•·*]\s*|в том числе\b|из них\b)", re.IGNORECASE)


def read_indicators(columns: Columns, body: Sequence[GridRow]) -> tuple[tuple[Indicator, ...], tuple[Problem, ...]]:
    """The indicators of one list in order; headings without values have no minima; figures not read stay as ``target``."""
    rows = _whole_rows(columns, body)
    indicators: list[Indicator] = []
    problems: list[Problem] = []
    for number, texts, place in rows:
        name, unit = _name_and_unit(texts.get(Role.INDICATOR, ""), texts.get(Role.UNIT, ""))
        if not name and number is None:
            continue
        opening, following, target = _minima(columns, texts)
        unit = unit or _unit_of_values(columns, texts)
        if _not_by_years(columns):
            opening, following, target = None, None, _labelled_values(columns, texts)
        if target is not None and _not_by_years(columns):
            problems.append(
                Problem(
                    "indicator-values-not-by-year",
                    f"Значения показателя «{name[:80]}» – не год открытия и последующие годы: «{target}».",
                    Severity.NOTE,
                    "Значения сохранены как текст; выберите нужные при рассмотрении.",
                    place,
                )
            )
        elif target is not None:
            problems.append(
                Problem(
                    "indicator-value-not-number",
                    f"Значение показателя «{name[:80]}» не число: «{target}».",
                    Severity.NOTE,
                    "Значение сохранено как текст; проверьте его при рассмотрении.",
                    place,
                )
            )
        indicators.append(
            Indicator(number, name, unit, opening, following, _parent(number, name, indicators), place, target)
        )
    return tuple(indicators), tuple(problems)


def read_figure(text: str) -> float | int | None:
    """A value of a cell as a number, ``None`` if it is none.

    >>> read_figure("1 500"), read_figure("не менее 75,5 %"), read_figure("да")
    (1500, 75.5, None)
    """
    found = FIGURE.match(collapse(text))
    if not found:
        return None
    whole = re.sub(r"\s", "", found[1])
    return float(f"{whole}.{found[2]}") if found[2] else int(whole)


def _whole_rows(columns: Columns, body: Sequence[GridRow]) -> list[tuple[str | None, dict[Role | int, str], Place]]:
    """Rows as texts by role (value columns by index too), those that a page break cut joined."""
    number_column = columns.first(Role.NUMBER)
    rows: list[tuple[str | None, dict[Role | int, str], Place]] = []
    part = 0
    for row in body:
        begins_part = row.part != part
        part = row.part
        number_text = "" if number_column is None else row.cells[number_column].own_text
        number = number_of_cell(number_text)
        texts: dict[Role | int, str] = {}
        for column, role in enumerate(columns.roles):
            cell = row.cells[column]
            if role is not None and role is not Role.NUMBER and not cell.from_left and cell.text.strip():
                texts[column if role is Role.VALUE else role] = cell.text
        if rows and number is None and begins_part and _continues(texts):
            above_number, above, place = rows[-1]
            typeset = row.place.page is not None
            joined = dict(above)
            for key, text in texts.items():
                joined[key] = join_cell(above.get(key, ""), text, Role.TEXT, over_page=True, typeset=typeset)
            rows[-1] = (above_number, joined, place.spanning(row.place))
        elif texts or number is not None:
            if Role.INDICATOR not in texts and len(row.texts()) == 1:
                texts[Role.INDICATOR] = row.texts()[0]
            rows.append((number or (collapse(number_text).rstrip(".)") or None), texts, row.place))
    return rows


def _continues(texts: dict[Role | int, str]) -> bool:
    name = collapse(texts.get(Role.INDICATOR, ""))
    return not name or name[0].islower() or name[0] in "(»)"


def _name_and_unit(cell: str, unit_cell: str) -> tuple[str, str | None]:
    name = collapse(cell)
    unit = collapse(unit_cell)
    found = UNIT_TAIL.search(name)
    if found and (not unit or not NOTHING.match(unit)):
        own = collapse(found[1] or found[2])
        if not unit or own.casefold() == unit.casefold():
            return name[: found.start()].rstrip(" ,") + (found["opens"] or ""), own
    return name, unit if unit and not NOTHING.match(unit) else None


def _minima(
    columns: Columns, texts: dict[Role | int, str]
) -> tuple[float | int | None, float | int | None, str | None]:
    """Both minima and the text of what is no number; a single value column holds for every year."""
    opening_text, following_text = texts.get(Role.OPENING, ""), texts.get(Role.FOLLOWING, "")
    values = [texts.get(column, "") for column in _target_columns(columns)]
    if columns.first(Role.OPENING) is None and values:
        opening_text = values[0]
        if columns.first(Role.FOLLOWING) is None:
            following_text = values[1] if len(values) > 1 else values[0]
    read = [read_figure(text) for text in (opening_text, following_text)]
    unread = [
        collapse(text)
        for text, figure in zip((opening_text, following_text), read, strict=True)
        if figure is None and not NOTHING.match(text)
    ]
    return read[0], read[1], "; ".join(dict.fromkeys(unread)) or None


def _unit_of_values(columns: Columns, texts: dict[Role | int, str]) -> str | None:
    """The unit written behind the figures, if the name has none («75,5 %»); all values must agree."""
    keys: tuple[Role | int, ...] = (Role.OPENING, Role.FOLLOWING, *_target_columns(columns))
    found = [FIGURE.match(collapse(texts[key])) for key in keys if texts.get(key, "").strip()]
    units = {collapse(match[3] or "") for match in found if match}
    unit = units.pop() if len(units) == 1 and all(found) else ""
    return unit if re.fullmatch(UNIT_WORDS, unit, re.IGNORECASE) else None


def _not_by_years(columns: Columns) -> bool:
    """Whether several value columns differ by something else than the year of opening and the later ones, or are three and more."""
    targets = _target_columns(columns)
    if len(targets) < 2 or columns.first(Role.OPENING) is not None:
        return False
    return len(targets) > 2 or any(OF_A_KIND.search(fold(columns.labels[column])) for column in targets)


def _labelled_values(columns: Columns, texts: dict[Role | int, str]) -> str | None:
    """What each value column says, with its name: «2031 – 100; 2032 – 200; 2033 – 300»."""
    found = [
        f"{columns.labels[column].rpartition(' / ')[2]} – {collapse(texts[column])}"
        for column in _target_columns(columns)
        if not NOTHING.match(texts.get(column, ""))
    ]
    return "; ".join(found) or None


def _target_columns(columns: Columns) -> tuple[int, ...]:
    """The value columns that hold targets; what a base year or a report states is no minimum."""
    found = columns.of(Role.VALUE)
    targets = tuple(column for column in found if not REACHED.search(fold(columns.labels[column])))
    return targets or found


def _parent(number: str | None, name: str, above: Sequence[Indicator]) -> str | None:
    numbers = {indicator.number for indicator in above}
    if number is not None:
        parent = number.rpartition(".")[0]
        while parent and parent not in numbers:
            parent = parent.rpartition(".")[0]
        return parent or _heading_above(number, above)
    if SUB_ITEM.match(name):
        return next((indicator.number for indicator in reversed(above) if indicator.number is not None), None)
    return None


def _heading_above(number: str, above: Sequence[Indicator]) -> str | None:
    """The heading with a Roman number («I. Кадры») that a plainly numbered line stands under."""
    if ROMAN_CELL.match(number):
        return None
    return next(
        (line.number for line in reversed(above) if line.number is not None and ROMAN_CELL.match(line.number)), None
    )
