"""The plan as one self-contained page: styles and script inside, nothing asked of any server, readable without the script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import groupby, pairwise
from textwrap import shorten

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from vekha import __version__
from vekha.calendar.working_days import WorkCalendar
from vekha.documents.plan import gantt, matrix, wording
from vekha.documents.plan.model import DueDay, NoDay, Plan, PlanRow, PlanSection
from vekha.orders.model import Measure, Order, Roadmap
from vekha.problems import Severity
from vekha.stages.catalogue import title as stage_title

#: So many measures of one waiting reason are listed above the tables; the tables have them all.
_WAITING_SHOWN = 30


@dataclass(frozen=True, slots=True)
class SectionView:
    """One roadmap with its matrix and charts; ``cut`` says that they do not show every row."""

    number: int
    roadmap: Roadmap
    programme: str
    rows: tuple[PlanRow, ...]
    matrix: tuple[matrix.MatrixYear, ...]
    charts: tuple[gantt.Chart, ...]
    has_results: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of the summary with its caption; ``tone`` is a class of the style sheet."""

    figure: str
    caption: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """The measures that wait for the same thing; ``more`` counts those not listed."""

    reason: str
    advice: str
    rows: tuple[PlanRow, ...]
    more: int


def write_page(plan: Plan, *, calendar: WorkCalendar) -> str:
    """The page as HTML text; the same plan gives the same text."""
    order = plan.order_file.order
    style, script = _resource("plan.css"), _resource("plan.js")
    return _environment().get_template("plan.html.j2").render(
        version=__version__,
        name=wording.order_name(order),
        kind=wording.order_kind(order),
        order=order,
        facts=_facts(plan, order),
        tiles=_tiles(plan),
        waiting=_waiting(plan),
        sections=[_section(section, plan, calendar) for section in plan.sections],
        waves=plan.waves,
        adopted=order.date if order is not None else None,
        wave_class=partial(_wave_class, plan),
        months=wording.MONTHS_SHORT,
        problems=plan.problems,
        people=order is not None and bool(order.approvals or order.acquainted or order.signatory),
        source_name=plan.order_file.source_name,
        sha256=plan.order_file.source_sha256,
        chart_width=gantt.LABELS + gantt.DAYS,
        chart_left=gantt.LABELS,
        chart_head=gantt.HEAD,
        style=Markup(style),  # our own files, checked by a test to hold no closing tag
        script=Markup(script),
        style_hash=_csp_hash(style),
        script_hash=_csp_hash(script),
    )


def _section(section: PlanSection, plan: Plan, calendar: WorkCalendar) -> SectionView:
    order = plan.order_file.order
    return SectionView(
        number=section.number,
        roadmap=section.roadmap,
        programme=wording.PROGRAMMES[section.roadmap.programme],
        rows=section.rows,
        matrix=matrix.build_matrix(section.rows),
        charts=gantt.draw_charts(section.rows, calendar=calendar, waves=plan.waves, adopted=order.date if order else None),
        has_results=any(row.measure.results for row in section.rows),
        cut=len(section.rows) > min(matrix.ROWS, gantt.ROWS_IN_CHART),
    )


def _wave_class(plan: Plan, wave: int | None) -> str:
    """The colour of a wave; what is dated by itself, or the only wave, has the first."""
    return f"wave-{plan.waves.index(wave) % gantt.WAVE_COLOURS}" if wave in plan.waves else "wave-0"


def _facts(plan: Plan, order: Order | None) -> list[tuple[str, str]]:
    facts: list[tuple[str, str | None]] = []
    if order is not None:
        control = order.control
        facts = [
            ("Региональный координатор", order.coordinator),
            ("Контроль исполнения", ", ".join(filter(None, (control.name, control.post))) if control else None),
            ("Подписал", ", ".join(filter(None, (order.signatory.name, order.signatory.post))) if order.signatory else None),
            ("Приложения", _annexes(order)),
        ]
    if plan.waves:
        facts.append(("Год получения субсидии", ", ".join(map(str, plan.waves))))
    return [(term, value) for term, value in facts if value]


def _annexes(order: Order) -> str | None:
    if order.annexes_declared <= order.annexes_found:
        return None
    return f"в распоряжении названо {order.annexes_declared}, в файле найдено {order.annexes_found}"


def _tiles(plan: Plan) -> list[Tile]:
    days, rows = plan.days, plan.rows
    off = sum(day.day_off for day in days)
    waiting = sum(row.no_day is not None and not row.days for row in rows)
    errors = sum(each.problem.severity is Severity.ERROR for each in plan.problems)
    measures = wording.counted(len(rows), "мероприятие", "мероприятия", "мероприятий").split()
    tiles = [Tile(measures[0], measures[1])]
    tiles.append(Tile(str(len(days)), wording.counted(len(days), "срок", "срока", "сроков").split()[1]))
    if days:
        tiles.append(Tile(f"{days[0].due:%d.%m.%Y}", "первый срок"))
        tiles.append(Tile(f"{days[-1].due:%d.%m.%Y}", "последний срок"))
    tiles.append(Tile(str(off), "в нерабочий день", "off" if off else ""))
    tiles.append(Tile(str(waiting), "без дня", "off" if waiting else ""))
    noun = wording.counted(len(plan.problems), "замечание", "замечания", "замечаний").split()[1]
    tiles.append(Tile(str(len(plan.problems)), noun, "error" if errors else ""))
    return tiles


def _waiting(plan: Plan) -> list[WaitingGroup]:
    groups: dict[tuple[NoDay, str], list[PlanRow]] = {}
    for row in plan.rows:
        if row.no_day is not None:
            groups.setdefault((row.no_day, wording.why_no_day(row.no_day, row.measure)), []).append(row)
    order = list(NoDay)
    return [
        WaitingGroup(
            reason[:1].upper() + reason[1:],
            wording.ADVICE[no_day],
            tuple(rows[:_WAITING_SHOWN]),
            max(len(rows) - _WAITING_SHOWN, 0),
        )
        for (no_day, reason), rows in sorted(groups.items(), key=lambda item: order.index(item[0][0]))
    ]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("vekha.documents.plan"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        short=wording.short_date,
        long=wording.long_date,
        tiny=wording.tiny_date,
        digits=lambda day: f"{day:%d.%m.}{day.year:04d}",
        period=wording.period_name,
        stage=stage_title,
        severity=wording.SEVERITIES.__getitem__,
        approval=wording.APPROVALS.__getitem__,
        field=lambda name: wording.FIELDS.get(name, name),
        where=wording.where,
        brief=lambda text, width: shorten(text, width, placeholder="…") if len(text) > width else text,
        figure=figure,
        by_wave=_by_wave,
        no_day=_no_day,
        off_reason=wording.off_reason,
        pieces=split_items,
    )
    return environment


_MARK = re.compile(r"(?:\d+(?:\.\d+)*[.)]|[а-яё]\)|[–—•·*-])\s*$", re.IGNORECASE)


def split_items(measure: Measure) -> list[str]:
    """The wording cut before each sub-item, marks included and nothing lost; whole where the items are not found in it.

    The first piece is what stands before the list, empty if nothing does.
    """
    text, cuts, position = measure.text, [], 0
    for item in measure.items:
        start = text.find(item, position)
        if start < 0:
            return [text]
        mark = _MARK.search(text, position, start)
        cuts.append(mark.start() if mark else start)
        position = start + len(item)
    edges = [0, *cuts, len(text)]
    return [text[start:end].strip() for start, end in pairwise(edges)]


def figure(value: float | None) -> str:
    """A number as Russians write it, a dash for none.

    >>> figure(1500), figure(2.5), figure(None)
    ('1\\xa0500', '2,5', '—')
    """
    if value is None:
        return "—"
    return f"{value:,.10g}".replace(",", "\u00a0").replace(".", ",")


def _by_wave(days: Sequence[DueDay]) -> list[tuple[int | None, list[DueDay]]]:
    ordered = sorted(days, key=lambda day: (day.wave or 0, day.due))
    return [(wave, list(group)) for wave, group in groupby(ordered, key=lambda day: day.wave)]


def _no_day(row: PlanRow) -> str:
    assert row.no_day is not None
    reason = wording.why_no_day(row.no_day, row.measure)
    if row.no_day in (NoDay.SCHEDULE, NoDay.EVENT, NoDay.SUBSIDY_YEAR, NoDay.YEAR):
        return f"ждёт: {reason}"
    return f"далее – {reason}" if row.days else reason


def _resource(name: str) -> str:
    return files("vekha.documents.plan").joinpath("templates", name).read_text(encoding="utf-8")


def _csp_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
