"""The page of a centre."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vekha_portal.centres.models import Centre
from vekha_portal.centres.permissions import can_change_centre
from vekha_portal.execution.looks import STATES
from vekha_portal.execution.models import Evidence, Milestone, Progress, State
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.overview.bridge import STAGES, evidence_title
from vekha_portal.overview.permissions import can_view_overview
from vekha_portal.overview.queries import centre as queries
from vekha_portal.overview.queries.today import why_returned
from vekha_portal.overview.shown import Row, find_url, show_rows
from vekha_portal.ui.components import Step
from vekha_portal.ui.pages import page
from vekha_portal.ui.russian import long_day, near_day
from vekha_portal.ui.tones import State as Shown
from vekha_portal.ui.tones import Tone

#: What is shown of a stage: the first of these states that one of its milestones is in.
_WORST = (State.OVERDUE, State.RETURNED, State.PART, State.SUBMITTED, State.SOON, State.WAITING, State.AHEAD)


@dataclass(frozen=True, slots=True)
class StageRows:
    """The milestones of one stage."""

    title: str
    rows: list[Row]
    done: int


@require_safe
@guarded(can_view_overview)
@page("overview/centre.html")
def centre(request: ScopedRequest, centre_id: int) -> Mapping[str, Any]:
    """Passport, timeline, what is due this month, milestones by stage, people, documents."""
    scope, day = request.scope, timezone.localdate()
    found = queries.find_centre(scope, centre_id)
    if found is None:
        raise Http404
    milestones = queries.milestones_of(scope, found)
    reasons = why_returned([each for each in milestones if each.progress == Progress.RETURNED])
    rows = show_rows(milestones, today=day, notes=reasons)
    return {
        "title": str(found),
        "section": "waves",
        "centre": found,
        "state": _state(found, day),
        "facts": _facts(found),
        "steps": _steps(milestones, day),
        "month": _this_month(rows, found, day),
        "month_name": f"{day:%m.%Y}",
        "stages": _by_stage(rows),
        "people": queries.people_of(scope, found, day=day),
        "documents": [(each, evidence_title(each.evidence_type), _file_url(each)) for each in queries.documents_of(scope, found)],
        "change_url": find_url("centres_change", found.pk) if can_change_centre.test(scope, found) else "",
        "list_url": f"{reverse('milestones')}?centre={found.pk}",
        "wave_url": find_url("centres_wave", found.wave_id),
    }  # fmt: skip


def _state(centre: Centre, day: datetime.date) -> Shown:
    if centre.removed_at is not None:
        return Shown("исключён из перечня", Tone.QUIET, "ban")
    if centre.closed_on is not None and centre.closed_on <= day:
        return Shown("закрыт", Tone.QUIET, "ban")
    if centre.opened_on is not None and centre.opened_on <= day:
        return Shown("работает", Tone.GOOD)
    return Shown("создаётся", Tone.BUSY)


def _facts(centre: Centre) -> Sequence[tuple[str, str]]:
    school = centre.organisation
    place = ", ".join(str(each) for each in (centre.region, school.municipality) if each)
    people = "" if centre.enrolment is None else str(centre.enrolment)
    if people and centre.enrolment_on:
        people = f"{people} на {centre.enrolment_on:%d.%m.%Y}"
    listed = centre.wave.list_order
    known = (
        ("Программа", str(centre.programme)),
        ("Год субсидии", str(centre.wave.subsidy_year)),
        ("Школа", school.name),
        ("Подчинение", str(school.parent or "")),
        ("Территория", place),
        ("Адрес", centre.address or school.address),
        ("Помещения", centre.rooms),
        ("Обучающихся", people),
        ("Перечень утверждён", str(listed or "")),
        ("Открыт", long_day(centre.opened_on) if centre.opened_on else "ещё не открыт"),
        ("Закрыт", f"{long_day(centre.closed_on)}, {centre.closed_because}" if centre.closed_on else ""),
        ("Исключён из перечня", centre.removed_because),
        ("Продолжает работу как", str(centre.successor or "")),
    )
    return [(label, value) for label, value in known if value]


def _steps(milestones: Iterable[Milestone], day: datetime.date) -> list[Step]:
    """The stages in the order of work; each says its worst state and its next day."""
    stages: dict[str, list[Milestone]] = {}
    for each in milestones:
        stages.setdefault(each.stage, []).append(each)
    return [_step(stage.title, stages[stage.key], day) for stage in STAGES if stage.key in stages]


def _step(title: str, milestones: Sequence[Milestone], day: datetime.date) -> Step:
    states = {each.state_on(day) for each in milestones}
    worst = next((state for state in _WORST if state in states), None)
    days = sorted(each.due_on for each in milestones if each.due_on and not each.is_done)
    done = sum(each.is_done for each in milestones)
    when = f"до {near_day(days[0], today=day)}" if days else ""
    note = f"исполнено {done} из {len(milestones)}" if len(milestones) > 1 else ""
    return Step(title, STATES[worst or State.ACCEPTED], when, note)


def _this_month(rows: Iterable[Row], centre: Centre, day: datetime.date) -> list[Row]:
    """What the school itself still has to hand in by the end of the month, the overdue included."""
    month = (day.year, day.month)
    return [
        row
        for row in rows
        if row.milestone.organisation_id == centre.organisation_id
        and row.milestone.progress in (Progress.NOTHING, Progress.PART, Progress.RETURNED)
        and row.milestone.due_on is not None
        and (row.milestone.due_on.year, row.milestone.due_on.month) <= month
    ]


def _by_stage(rows: Iterable[Row]) -> list[StageRows]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.milestone.stage, []).append(row)
    return [
        StageRows(stage.title, found[stage.key], sum(row.milestone.is_done for row in found[stage.key]))
        for stage in STAGES
        if stage.key in found
    ]


def _file_url(document: Evidence) -> str:
    if document.file_id is not None:
        return find_url("files_download", document.file_id)
    return document.url
