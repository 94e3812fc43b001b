"""A document → an order: the last step of the intake, where tables, header and cells come together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vekha.intake.columns import Columns, TableKind, find_columns
from vekha.intake.document import Document
from vekha.intake.header import AnnexHeading, OrderData, read_order_data
from vekha.intake.indicator_rows import read_indicators
from vekha.intake.matrix import MatrixReader
from vekha.intake.measures import build_measures
from vekha.intake.programmes import find_programme, find_school_year, find_year
from vekha.intake.quoted_rows import unquote
from vekha.intake.rows import RowReader
from vekha.intake.stitch import StitchedTable, stitch
from vekha.orders.model import Indicator, Order, OrderFile, Programme, Roadmap
from vekha.problems import Problem, Severity
from vekha.text.normalise import collapse

LEAST_UNKNOWN_ROWS, LEAST_UNKNOWN_COLUMNS = 3, 3


@dataclass(frozen=True, slots=True)
class _Found:
    """A stitched table and what its columns say it is."""

    table: StitchedTable
    columns: Columns

    @property
    def first_block(self) -> int:
        return self.table.blocks[0]


def build_order(document: Document) -> OrderFile:
    """Everything a document says, as an order with its roadmaps; problems carry their places, nothing is left out silently."""
    tables = [unquote(table) for table in stitch(document.blocks)]
    found = [_Found(table, find_columns(table.rows)) for table in tables]
    data = [item for item in found if item.columns.kind is not TableKind.OTHER]
    header = read_order_data(document.blocks, {block for item in data for block in item.table.blocks})
    roadmaps, problems = _build_roadmaps(data, header)
    order = header.order
    acquainted = order.acquainted if order is not None else ()
    problems = [*document.problems, *header.problems, *problems, *_unknown_tables(found, acquainted)]
    if order is not None and order.amendments:
        roadmaps = _join_amended_rows(roadmaps)
    if order is not None:
        order = replace(order, annexes_found=_count_annexes(roadmaps, amending=bool(order.amendments)))
        problems.extend(_missing_annexes(order, header))
    if not roadmaps:
        problems.append(_nothing_found(order))
    source = document.source
    return OrderFile(
        source.name,
        source.format.value,
        source.sha256,
        source.pages,
        order,
        tuple(roadmaps),
        tuple(dict.fromkeys(problems)),
    )


def _build_roadmaps(data: Sequence[_Found], header: OrderData) -> tuple[list[Roadmap], list[Problem]]:
    roadmaps: list[Roadmap] = []
    problems: list[Problem] = []
    for item in data:
        heading = header.headings.get(item.first_block)
        body = item.table.rows[item.columns.header_rows :]
        if item.columns.kind is TableKind.INDICATORS:
            indicators, found = read_indicators(item.columns, body)
            _attach(roadmaps, indicators, heading, header)
        elif item.columns.kind is TableKind.MATRIX:
            built, found = _build_matrix(item, heading, header)
            roadmaps.extend(built)
        else:
            roadmap, found = _build_roadmap(item, heading, header)
            roadmaps.append(roadmap)
        problems.extend(found)
    return roadmaps, problems


def _build_roadmap(
    item: _Found, heading: AnnexHeading | None, header: OrderData
) -> tuple[Roadmap, tuple[Problem, ...]]:
    reader = RowReader(item.columns)
    rows = reader.read(item.table.rows[item.columns.header_rows :])
    title = _title(item, heading)
    year = _year(heading, title, header)
    school_year = find_school_year(title) if title and year is None else None
    measures, problems = build_measures(rows, item.columns, year=year, school_year=school_year)
    programme = _programme(heading, title, header)
    if programme is Programme.OTHER:
        programme = find_programme(" ".join(measure.text for measure in measures[:20]))
    return Roadmap(title, programme, year, measures), (*reader.problems, *problems)


def _build_matrix(
    item: _Found, heading: AnnexHeading | None, header: OrderData
) -> tuple[list[Roadmap], tuple[Problem, ...]]:
    """A roadmap for each column that holds measures, in the order of the columns."""
    programmes = MatrixReader(item.columns).read(item.table.rows[item.columns.header_rows :])
    year = _year(heading, _title(item, heading), header)
    roadmaps: list[Roadmap] = []
    problems: list[Problem] = []
    for column, rows in programmes.items():
        if not rows:
            continue
        measures, found = build_measures(rows, item.columns, year=year)
        label = item.columns.labels[column]
        title = label.rpartition(" / ")[2] or None
        programme = find_programme(label)
        if programme is Programme.OTHER:
            programme = find_programme(" ".join(measure.text for measure in measures))
        roadmaps.append(Roadmap(title, programme, year, measures))
        problems.extend(found)
    return roadmaps, tuple(problems)


def _attach(
    roadmaps: list[Roadmap], indicators: tuple[Indicator, ...], heading: AnnexHeading | None, header: OrderData
) -> None:
    """Give a list of indicators to the last roadmap of its programme that has none, or let it stand alone."""
    title = heading.title if heading else None
    programme = _programme(heading, title, header)
    for index in range(len(roadmaps) - 1, -1, -1):
        roadmap = roadmaps[index]
        if not roadmap.indicators and (programme in {roadmap.programme, Programme.OTHER} or len(roadmaps) == 1):
            roadmaps[index] = replace(roadmap, indicators=indicators)
            return
    roadmaps.append(Roadmap(title, programme, _year(heading, title, header), (), indicators))


def _title(item: _Found, heading: AnnexHeading | None) -> str | None:
    if heading is not None and heading.title:
        return heading.title
    return next((caption for caption in item.columns.captions if caption), None)


def _year(heading: AnnexHeading | None, title: str | None, header: OrderData) -> int | None:
    if heading is not None and heading.year is not None:
        return heading.year
    return (find_year(title) if title else None) or header.default_year


def _programme(heading: AnnexHeading | None, title: str | None, header: OrderData) -> Programme:
    if heading is not None and heading.programme is not Programme.OTHER:
        return heading.programme
    programme = find_programme(title) if title else Programme.OTHER
    if programme is Programme.OTHER and header.order is not None and header.order.title:
        programme = find_programme(header.order.title)
    return programme


def _join_amended_rows(roadmaps: Sequence[Roadmap]) -> list[Roadmap]:
    """The rows an amending act quotes one by one («изложить в следующей редакции») as one roadmap without a title."""
    quoted = [roadmap for roadmap in roadmaps if roadmap.title is None and not roadmap.indicators]
    if len(quoted) < 2:
        return list(roadmaps)
    joined = replace(quoted[0], measures=tuple(measure for roadmap in quoted for measure in roadmap.measures))
    return [joined if roadmap is quoted[0] else roadmap for roadmap in roadmaps if roadmap not in quoted[1:]]


def _count_annexes(roadmaps: Sequence[Roadmap], *, amending: bool) -> int:
    """Roadmaps and indicator lists in the file; rows that an amending act quotes are no annex."""
    return sum(
        bool(roadmap.measures) + bool(roadmap.indicators)
        for roadmap in roadmaps
        if not (amending and roadmap.title is None)
    )


def _missing_annexes(order: Order, header: OrderData) -> list[Problem]:
    lacking = order.annexes_declared - order.annexes_found
    if order.annexes_found == 0 or lacking <= 0:
        return []
    declared = [annex for annex in header.annexes if annex.kind in {"roadmap", "indicators"}]
    found = {heading.annex_number for heading in header.headings.values()}
    titles = {collapse(heading.title).casefold() for heading in header.headings.values() if heading.title}
    absent = [
        annex
        for annex in declared
        if annex.number not in found and not any(_same_title(annex.title, title) for title in titles)
    ]
    names = ", ".join(f"№ {annex.number}" for annex in absent if annex.number) if len(absent) == lacking else ""
    return [
        Problem(
            "annex-missing",
            f"Распоряжение утверждает приложений: {order.annexes_declared}, в файле найдено: {order.annexes_found}"
            + (f"; нет приложений {names}." if names else "."),
            Severity.WARNING,
            "Запросите недостающие приложения и загрузите их вместе с распоряжением.",
            absent[0].place if absent else None,
        )
    ]


def _same_title(declared: str, found: str) -> bool:
    one, other = collapse(declared).casefold().split(), found.split()
    shared = sum(1 for word in set(one) if word in set(other))
    return shared * 10 >= 9 * len(set(one)) if one else False


def _unknown_tables(found: Sequence[_Found], acquainted: Sequence[str]) -> list[Problem]:
    """Tables big enough to matter that are neither roadmap nor indicator list; where people sign that they read the order is none."""
    problems = []
    for item in found:
        if item.columns.kind is not TableKind.OTHER or len(item.table.rows) < LEAST_UNKNOWN_ROWS:
            continue
        if len(item.table.rows[0].cells) < LEAST_UNKNOWN_COLUMNS:
            continue
        if any(name in text for name in acquainted for row in item.table.rows for text in row.texts()):
            continue
        place = item.table.rows[0].place.spanning(item.table.rows[-1].place)
        first = collapse(" | ".join(item.table.rows[0].texts()))[:100]
        problems.append(
            Problem(
                "table-not-understood",
                f"Таблица не похожа ни на дорожную карту, ни на перечень показателей: «{first}».",
                Severity.NOTE,
                "Если в ней есть мероприятия, проверьте заголовки столбцов (мероприятие, ответственный, срок).",
                place,
            )
        )
    return problems


def _nothing_found(order: Order | None) -> Problem:
    amending = order is not None and bool(order.amendments)
    return Problem(
        "no-roadmap",
        "В файле не найдено ни одной таблицы мероприятий или показателей.",
        Severity.WARNING if amending else Severity.ERROR,
        "Проверьте, приложена ли дорожная карта; таблица должна иметь столбцы «мероприятие» и «срок».",
    )
