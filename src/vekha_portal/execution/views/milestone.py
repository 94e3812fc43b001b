"""The page «Контрольная точка»: what is expected, what is there, what is missing; a document is handed in by its one form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vekha_portal.execution import permissions
from vekha_portal.execution.actions import evidence
from vekha_portal.execution.forms import SubmitForm
from vekha_portal.execution.milestone_reads import (
    MilestoneView,
    find_milestone,
    find_same,
    place_of,
    read_milestone,
)
from vekha_portal.execution.models import Milestone
from vekha_portal.execution.proof import Evidence
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders.dates.bridge import period_name, stage_title
from vekha_portal.registry.models import OrganisationKind
from vekha_portal.ui.frame import Crumb
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page

LONGEST_TITLE = 140
Outcome = Mapping[str, Any] | Answer | HttpResponse


def get_milestone(request: ScopedRequest, milestone_id: int) -> Milestone:
    """The milestone the address names, if the role sees it."""
    found = find_milestone(request.scope, milestone_id, day=timezone.localdate())
    if found is None:
        raise Http404
    return found


def crumbs_of(milestone: Milestone, here: str) -> tuple[Crumb, ...]:
    """The way to a page about a milestone: its wave's grid, itself."""
    wave = Crumb(str(milestone.wave), reverse("centres_wave", args=[milestone.wave_id]))
    grid = Crumb("Исполнение", reverse("execution_grid", args=[milestone.application_id]))
    if not here:
        return (wave, grid, Crumb("Контрольная точка"))
    return (wave, grid, Crumb("Контрольная точка", reverse("execution_milestone", args=[milestone.pk])), Crumb(here))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_view_milestones)
@page("execution/milestone.html")
def milestone_page(request: ScopedRequest, milestone_id: int) -> Outcome:
    """One milestone; a POST hands a document in."""
    milestone = get_milestone(request, milestone_id)
    seen = read_milestone(milestone, request.scope, day=timezone.localdate())
    form = _form(request, seen)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = _submit(request, milestone, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Документ «{made}» подан.")
            for words in _copies_elsewhere(request, milestone, made):
                messages.warning(request, words)
            return redirect("execution_milestone", milestone.pk)
    text = text_of(milestone)
    context = {
        "title": title_of(milestone),
        "text": text if len(text) > LONGEST_TITLE else "",
        "section": "milestones",
        "crumbs": crumbs_of(milestone, ""),
        "seen": seen,
        "milestone": milestone,
        "form": form,
        "facts": _facts(seen),
    }
    return Answer(context, UNPROCESSABLE if request.method == "POST" else 200)


def text_of(milestone: Milestone) -> str:
    """The words of the measure, or of its item."""
    measure, item = milestone.measure, milestone.item
    if item is not None and item < len(measure.items):
        return str(measure.items[item])
    return measure.text


def title_of(milestone: Milestone) -> str:
    """The same, short enough for a heading."""
    text = text_of(milestone)
    short = text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1].rstrip()}…"
    return short[:1].upper() + short[1:]


def _form(request: ScopedRequest, seen: MilestoneView) -> SubmitForm | None:
    if not seen.may_submit:
        return None
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    wanted = request.GET.get("for") or (str(seen.missing[0].key or "") if seen.missing else "")
    return SubmitForm(
        *posted,
        expected=[(slot.key, slot.title, slot.kind) for slot in seen.slots if slot.key],
        may_share=seen.milestone.organisation.kind != OrganisationKind.SCHOOL,
        initial={"expected": wanted},
    )


def _submit(request: ScopedRequest, milestone: Milestone, form: SubmitForm) -> Evidence:
    proof = evidence.hand_in(
        milestone=milestone,
        expected_key=form.key,
        card=form.card(),
        is_shared_below=form.cleaned_data.get("is_shared_below", False),
        file=form.upload("file"),
        signature=form.upload("signature"),
        by=request.user,
        scope=request.scope,
        at=timezone.now(),
    )
    return proof.evidence


def _copies_elsewhere(request: ScopedRequest, milestone: Milestone, made: Evidence) -> list[str]:
    if made.file is None:
        return []
    others = [each for each in find_same(request.scope, [made.file.sha256]) if each.evidence_id != made.pk]
    places = [place_of(each) for each in others]
    return [f"Такой же файл уже подан: {place}. Проверьте, тот ли это документ." for place in dict.fromkeys(places[:3])]


def _facts(seen: MilestoneView) -> list[tuple[str, str]]:
    milestone = seen.milestone
    facts = [("Исполнитель", str(milestone.organisation))]
    if milestone.centre is not None:
        facts.append(("Центр", str(milestone.centre)))
    if seen.responsibles:
        facts.append(("Ответственные по распоряжению", "; ".join(seen.responsibles)))
    facts.append(("Этап", stage_title(milestone.stage)))
    if milestone.period:
        facts.append(("Отчётный период", period_name(milestone.period)))
    return facts
