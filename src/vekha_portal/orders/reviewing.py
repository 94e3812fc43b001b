"""What the review page shows, computed from rows already read: lines of measures with their doubts, the source with its marks.

No queries here: a draft of three hundred rows costs as many as one of three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vekha_portal.orders.bridge import Remark, ShownDates, due_dates
from vekha_portal.orders.dates.bridge import Understanding, evidence_title, stage_title, waiting_words
from vekha_portal.orders.models import Measure, Reading, Revision
from vekha_portal.orders.source.places import Place, is_within

#: Below this a reading is doubtful.
CERTAIN = 0.8
_FIELDS = {"text": "текст", "responsibles": "ответственные", "results": "документы", "deadline": "срок"}
_SEVERITIES = {"error": "bad", "warning": "attention", "note": "quiet"}
#: Said anew of the deadline as it stands now, so not repeated from the reading.
_OF_DEADLINES = frozenset(
    {
        "ambiguous-before",
        "ambiguous-cycle-day",
        "calendar-provisional",
        "date-out-of-range",
        "deadline-empty",
        "deadline-misspelled",
        "deadline-not-understood",
        "deadline-partly-understood",
        "deadline-repaired",
        "deadline-same-as-above",
        "deadline-too-long",
        "horizon-cut",
        "impossible-date",
        "no-due-date",
        "year-implausible",
    }
)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A measure on the review page."""

    measure: Measure
    dates: ShownDates
    remarks: tuple[Remark, ...]
    joins: tuple[str, ...]
    anchors: tuple[str, ...]
    where: str
    documents: tuple[tuple[Any, str], ...]
    items: tuple[tuple[str, str], ...]

    @property
    def stage(self) -> str:
        """The stage in words."""
        return stage_title(self.measure.stage)

    @property
    def is_doubtful(self) -> bool:
        """Whether it asks for attention."""
        return any(remark.tone in ("bad", "attention") for remark in self.remarks)

    @property
    def tone(self) -> str:
        """The worst of its remarks."""
        tones = {remark.tone for remark in self.remarks}
        return "bad" if "bad" in tones else "attention" if "attention" in tones else ""

    @property
    def columns(self) -> Mapping[str, Any]:
        """Field → the column of its cell in the source."""
        return {name: cell.get("column", "") for name, cell in self.measure.cells.items() if isinstance(cell, dict)}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A line of a text or a row of a table, its anchor, and the measures that were read from it."""

    anchor: str
    label: str
    cells: tuple[tuple[str, int, int, int, bool], ...]
    measures: tuple[Measure, ...] = ()
    box: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A paragraph (``text``) or a table (``rows``)."""

    text: str = ""
    is_heading: bool = False
    rows: tuple[SourceRow, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page of the source; ``number`` is 0 where the document has no pages, ``has_picture`` where it can be drawn."""

    number: int
    blocks: tuple[SourceBlock, ...]
    has_picture: bool = False
    width: int = 0
    height: int = 0

    @property
    def marked(self) -> tuple[SourceRow, ...]:
        """The rows that measures were read from and whose place on the picture is known: x, y, width, height in thousandths."""
        return tuple(row for block in self.blocks for row in block.rows if row.measures and row.box)


@dataclass(frozen=True, slots=True)
class SourceView:
    """The source as the page shows it."""

    pages: tuple[SourcePage, ...] = ()
    lines: tuple[SourceRow, ...] = ()
    is_cut: bool = False
    anchors: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """How far the review is."""

    count: int
    doubtful: int
    undated: int
    removed: int
    yearless: int = 0


def dates_of(measure: Measure, revision: Revision, understanding: Understanding) -> ShownDates:
    """What the measure's deadline means in the roadmap's year."""
    return due_dates(
        measure.deadline,
        settings=understanding,
        subsidy_year=revision.roadmap.subsidy_year,
        region=revision.region_id or "",
    )


def review_line(
    measure: Measure,
    revision: Revision,
    understanding: Understanding,
    problems: Sequence[Mapping[str, Any]],
    anchors: Sequence[str] = (),
) -> ReviewLine:
    """One measure with everything said about it."""
    known: Any = measure
    dates = dates_of(measure, revision, understanding)
    remarks = (*_reading_remarks(measure), *_found_remarks(measure, problems), *_lacks(measure), *dates.remarks)
    stages = measure.item_stages or [""] * len(measure.items)
    return ReviewLine(
        measure=measure,
        dates=dates,
        remarks=remarks,
        joins=joins_of(measure.place),
        anchors=tuple(anchors),
        where=place_words(measure.place),
        documents=tuple((each, evidence_title(each.evidence_type)) for each in known.documents_now),
        items=tuple(
            (item, stage_title(stage) if stage else "") for item, stage in zip(measure.items, stages, strict=False)
        ),
    )


def summarise(lines: Iterable[ReviewLine]) -> Summary:
    """The counts at the top of the page."""
    lines = list(lines)
    now = [line for line in lines if line.measure.removed_at is None]
    return Summary(
        len(now),
        sum(line.is_doubtful for line in now),
        sum(not line.dates.days for line in now),
        len(lines) - len(now),
        sum(line.dates.waiting == waiting_words("subsidy-year") for line in now),
    )


def _reading_remarks(measure: Measure) -> Iterable[Remark]:
    if measure.uncertain:
        fields = ", ".join(_FIELDS.get(each, each) for each in measure.uncertain)
        yield Remark("attention", f"Прочитано неуверенно: {fields}.", "Сверьте с документом.", "uncertain")
    elif measure.confidence < CERTAIN:
        share = round(measure.confidence * 100)
        yield Remark("attention", f"Уверенность чтения {share} %.", "Сверьте с документом.", "confidence")


def _found_remarks(measure: Measure, problems: Sequence[Mapping[str, Any]]) -> Iterable[Remark]:
    for problem in problems:
        if problem["code"] not in _OF_DEADLINES and _is_about(problem, measure.place):
            yield _remark(problem)


def _lacks(measure: Measure) -> Iterable[Remark]:
    known: Any = measure
    if not known.responsibles_now:
        yield Remark("attention", "Ответственный не указан.", "Впишите, кто отвечает.", "no-responsible")
    if not known.documents_now:
        yield Remark("attention", "Не указан ни один документ.", "Выберите, чем подтвердить результат.", "no-document")


def _remark(problem: Mapping[str, Any]) -> Remark:
    return Remark(_SEVERITIES.get(problem["severity"], "quiet"), problem["message"], problem["hint"], problem["code"])


def _is_about(problem: Mapping[str, Any], place: Place) -> bool:
    where = problem.get("place")
    if not where or not place:
        return False
    return is_within(where, place) or any(is_within(where, part) for part in place.get("parts", []))


def general_remarks(reading: Reading | None) -> list[Remark]:
    """What was noticed about the file as a whole: problems that no measure of it is about."""
    if reading is None or not reading.found:
        return []
    places = [measure["place"] for roadmap in reading.found["roadmaps"] for measure in roadmap["measures"]]
    return [
        _remark(problem)
        for problem in reading.found["problems"]
        if problem["code"] not in _OF_DEADLINES and not any(_is_about(problem, place) for place in places)
    ]


def place_words(place: Place) -> str:
    """A place for people: «стр. 2, строка 7 таблицы».

    >>> place_words({"lines": [35, 38]}), place_words({"page": 2, "table": 1, "rows": [7, 7]}), place_words({})
    ('строки 35–38', 'стр. 2, строка 7 таблицы 1', '')
    """
    words = []
    if place.get("sheet"):
        words.append(f"лист «{place['sheet']}»")
    if place.get("page"):
        words.append(f"стр. {place['page']}")
    for key, tail in (("lines", ""), ("rows", " таблицы")):
        if key in place:
            first, last = place[key]
            span = f"строка {first}" if first == last else f"строки {first}–{last}"
            table = f" {place['table']}" if tail and place.get("table") else ""
            words.append(f"{span}{tail}{table}")
    return ", ".join(words)


def joins_of(place: Place) -> tuple[str, ...]:
    """Where the row of a measure goes on: «строка продолжается на стр. 5»."""
    found = []
    for part in place.get("parts", []):
        if part.get("page") and part.get("page") != place.get("page"):
            found.append(f"строка продолжается на стр. {part['page']}")
        else:
            found.append(f"строка продолжается ниже: {place_words(part)}")
    return tuple(dict.fromkeys(found))


def show_source(reading: Reading | None, measures: Sequence[Measure]) -> SourceView:
    """The source with anchors, and which measures stand where."""
    source = reading.source if reading is not None else None
    if not source:
        return SourceView()
    if "lines" in source:
        return _show_lines(source, measures)
    return _show_blocks(source, measures)


def _spans(measure: Measure) -> Iterable[Mapping[str, Any]]:
    yield measure.place
    yield from measure.place.get("parts", [])


def _show_lines(source: Mapping[str, Any], measures: Sequence[Measure]) -> SourceView:
    lines = source["lines"]
    owners: dict[int, list[Measure]] = {}
    anchors: dict[int, tuple[str, ...]] = {}
    for measure in measures:
        span = measure.place.get("lines")
        if not span:
            continue
        numbers = range(span[0], min(span[1], len(lines)) + 1)
        anchors[measure.pk] = tuple(f"line-{number}" for number in numbers)
        for number in numbers:
            owners.setdefault(number, []).append(measure)
    rows = tuple(
        SourceRow(f"line-{number}", str(number), ((text, 1, 1, 1, False),), tuple(owners.get(number, ())))
        for number, text in enumerate(lines, start=1)
    )
    return SourceView(lines=rows, is_cut=bool(source.get("is_cut")), anchors=anchors)


def _key(place: Mapping[str, Any], row: int) -> tuple[Any, ...]:
    return place.get("page"), place.get("sheet"), place.get("table"), row


def _show_blocks(source: Mapping[str, Any], measures: Sequence[Measure]) -> SourceView:
    owners: dict[tuple[Any, ...], list[Measure]] = {}
    for measure in measures:
        for span in _spans(measure):
            first, last = span.get("rows", (1, 0))
            for row in range(first, min(last, first + 500) + 1):
                owners.setdefault(_key(span, row), []).append(measure)
    anchors: dict[int, list[str]] = {}
    pages: dict[int, list[SourceBlock]] = {}
    for at, block in enumerate(source["blocks"]):
        pages.setdefault(block["place"].get("page") or 0, []).append(_show_block(at, block, owners, anchors))
    sizes = source.get("pages", [])
    numbers = sorted(set(pages) | set(range(1, len(sizes) + 1)))
    shown = tuple(
        SourcePage(
            number,
            tuple(pages.get(number, ())),
            has_picture=0 < number <= len(sizes),
            **({"width": sizes[number - 1][0], "height": sizes[number - 1][1]} if 0 < number <= len(sizes) else {}),
        )
        for number in numbers
    )
    return SourceView(
        pages=shown,
        is_cut=bool(source.get("is_cut")),
        anchors={pk: tuple(dict.fromkeys(each)) for pk, each in anchors.items()},
    )


def _box(shares: Sequence[float] | None) -> tuple[int, int, int, int] | None:
    if not shares or not all(-0.05 <= share <= 1.05 for share in shares):
        return None
    left, top, right, bottom = (round(1000 * share) for share in shares)
    return (left, top, right - left, bottom - top) if right > left and bottom > top else None


def _show_block(
    at: int, block: Mapping[str, Any], owners: Mapping[Any, list[Measure]], anchors: dict[int, list[str]]
) -> SourceBlock:
    if "text" in block:
        return SourceBlock(block["text"], bool(block.get("heading")))
    rows = []
    for row, each in enumerate(block["rows"]):
        anchor, place = f"source-{at}-{row}", each["place"]
        first, last = place.get("rows", (0, 0))
        cited = [measure for number in range(first, last + 1) for measure in owners.get(_key(place, number), ())]
        found = tuple(dict.fromkeys(cited))
        for measure in found:
            anchors.setdefault(measure.pk, []).append(anchor)
        cells = tuple(
            (text, column + 1, col_span, row_span, confidence < CERTAIN)
            for text, column, col_span, row_span, confidence in each["cells"]
        )
        rows.append(SourceRow(anchor, str(first), cells, found, _box(each.get("box"))))
    place = block["place"]
    caption = f"Таблица {place['table']}" if place.get("table") else "Таблица"
    return SourceBlock(
        rows=tuple(rows), caption=f"{caption}, лист «{place['sheet']}»" if place.get("sheet") else caption
    )
