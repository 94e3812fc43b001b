"""Pages of revisions: approval, abandoning a draft, the next revision, the list with differences."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders import permissions, reads
from vekha_portal.orders.actions.order import enter_order
from vekha_portal.orders.actions.revision import abandon_draft, adopt_draft, approve_revision, begin_revision
from vekha_portal.orders.differences import compare_revisions
from vekha_portal.orders.forms.revision import ApproveForm, BasisForm
from vekha_portal.orders.models import Revision, Roadmap
from vekha_portal.orders.pairs import propose_follows, sides
from vekha_portal.orders.people import names_of_people
from vekha_portal.orders.unresolved import list_unresolved
from vekha_portal.orders.views.found import (
    SECTION,
    crumbs,
    demand,
    order_crumb,
    revision_of,
    roadmap_of,
    url_or_nothing,
)
from vekha_portal.orders.words import revision_state
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page

Outcome = Mapping[str, Any] | Answer | HttpResponse


def _after(revision: Revision) -> str:
    """Where one goes from a revision: its roadmap, or the order where there is no such page."""
    return url_or_nothing("roadmap_measures", revision.roadmap_id) or reverse(
        "orders_order", args=[revision.roadmap.order_id]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_enter_orders)
@page("orders/approve.html")
def approve(request: ScopedRequest, revision_id: int) -> Outcome:
    """What is unresolved in a draft, and the approval."""
    revision = revision_of(request, revision_id)
    demand(permissions.can_approve_revision, request, revision)
    if not revision.is_draft and request.method != "POST":
        return redirect(reverse("orders_revisions", args=[revision.roadmap_id]))
    if revision.approved_at is not None:
        messages.info(request, _approved_already(revision))
        return redirect(_after(revision))
    form = ApproveForm(request.POST if request.method == "POST" else None, initial={"version": revision.version})
    if form.is_bound and form.is_valid():
        try:
            approve_revision(
                revision=revision,
                version=form.cleaned_data["version"],
                is_knowing=form.cleaned_data["is_knowing"],
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Карта утверждена. Теперь её можно применить к волне.")
            return redirect(_after(revision))
    context = {
        "title": "Утвердить дорожную карту",
        "section": SECTION,
        "crumbs": crumbs(order_crumb(revision.basis), ("Утверждение", "")),
        "revision": revision,
        "unresolved": list_unresolved(revision),
        "form": form,
        "review_url": url_or_nothing("orders_review", revision.pk),
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


def _approved_already(revision: Revision) -> str:
    """For whoever approves what another window has approved meanwhile."""
    day = timezone.localtime(revision.approved_at).strftime("%d.%m.%Y %H:%M")
    who = names_of_people([revision.approved_by_id or 0]).get(revision.approved_by_id or 0, "")
    return f"Карта уже утверждена {day}{f' ({who})' if who else ''}. Второй раз утверждать её не нужно."


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_enter_orders)
@page("ui/confirm.html", partials=["dialog"])
def abandon(request: ScopedRequest, revision_id: int) -> Outcome:
    """Leave a draft, with a reason."""
    revision = revision_of(request, revision_id)
    demand(permissions.can_approve_revision, request, revision)
    reason, error = request.POST.get("reason", "").strip()[:2000], ""
    back = reverse("orders_revisions", args=[revision.roadmap_id])
    if request.method == "POST":
        try:
            abandon_draft(
                revision=revision,
                version=revision.version,
                reason=reason,
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, "Черновик оставлен; прочитать его по-прежнему можно.")
            return redirect(back)
    context = {
        "title": "Оставить черновик?",
        "section": SECTION,
        "action": request.path,
        "consequences": (
            f"{revision.roadmap}: {revision} не будет утверждена. Записанное в ней остаётся для чтения.",
            "Действующая редакция карты не меняется.",
        ),
        "asks_reason": True,
        "reason": reason,
        "reason_error": error,
        "verb": "Оставить черновик",
        "dangerous": True,
        "back_url": back,
    }
    return Answer(context, UNPROCESSABLE if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_enter_orders)
@page("orders/revisions_begin.html")
def begin(request: ScopedRequest, roadmap_id: int) -> Outcome:
    """Begin the next revision by an order that is there or is typed in here."""
    roadmap = roadmap_of(request, roadmap_id)
    demand(permissions.can_change_order, request, roadmap)
    wanted = request.GET.get("basis", "")
    basis = (
        reads.find_order(request.scope, int(wanted))
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 19
        else None
    )
    posted = request.POST if request.method == "POST" else None
    form = BasisForm(posted, scope=request.scope, roadmap=roadmap, initial={"basis": basis})
    if form.is_bound and form.is_valid():
        try:
            revision = _begin(request, roadmap, form)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Начат черновик новой редакции: внесите изменения и утвердите его.")
            return redirect(
                url_or_nothing("orders_review", revision.pk) or reverse("orders_revisions", args=[roadmap.pk])
            )
    context = {
        "title": "Новая редакция",
        "section": SECTION,
        "crumbs": crumbs(order_crumb(roadmap.order), ("Новая редакция", "")),
        "roadmap": roadmap,
        "basis": basis,
        "form": form,
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


@transaction.atomic
def _begin(request: ScopedRequest, roadmap: Roadmap, form: BasisForm) -> Revision:
    same: dict[str, Any] = {"by": request.user, "scope": request.scope, "at": timezone.now()}
    basis = form.cleaned_data["basis"]
    if basis is None:
        basis = enter_order(organisation=roadmap.organisation, requisites=form.requisites(), **same)
    return begin_revision(roadmap=roadmap, basis=basis, **same)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_enter_orders)
@page("orders/revisions_adopt.html")
def adopt(request: ScopedRequest, revision_id: int) -> Outcome:
    """Make the draft of an amending order the next revision of the amended roadmap: the pairs of measures are looked at first."""
    draft = revision_of(request, revision_id)
    demand(permissions.can_approve_revision, request, draft)
    targets = _targets(request, draft)
    given = request.POST if request.method == "POST" else request.GET
    target = next((each for each in targets if str(each.pk) == given.get("roadmap", "")), None)
    if target is None and len(targets) == 1:
        target = targets[0]
    refused = ""
    if request.method == "POST" and target is not None:
        try:
            made = adopt_draft(
                draft=draft,
                version=draft.version,
                roadmap=target,
                follows=_chosen(request.POST),
                keeps=_kept(request.POST),
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "Начата новая редакция карты. Посмотрите отличия и утвердите её.")
            return redirect(reverse("orders_revisions", args=[made.roadmap_id]))
    context: dict[str, Any] = {
        "title": "Сделать редакцией изменяемой карты",
        "section": SECTION,
        "crumbs": crumbs(order_crumb(draft.basis), ("Редакция изменяемой карты", "")),
        "draft": draft,
        "targets": targets,
        "target": target,
        "refused": refused,
    }
    if target is not None:
        chosen = _chosen(request.POST) if request.method == "POST" else None
        context |= {"proposal": propose_follows(target, draft, chosen=chosen, kept=_kept(request.POST))}
    return Answer(context, UNPROCESSABLE if refused else 200)


def _targets(request: ScopedRequest, draft: Revision) -> list[Roadmap]:
    """The roadmaps that the draft may become a revision of: of the amended order first, then others of the organisation."""
    rows = reads.read_roadmaps(request.scope).filter(organisation=draft.organisation_id, has_approved=True)
    rows = rows.exclude(pk=draft.roadmap_id).filter(order__withdrawn_at=None).select_related("order", "programme")
    amended = {each.pk for each in reads.propose_amended(request.scope, draft.basis)}
    return sorted(rows.order_by("-pk")[:200], key=lambda each: each.order_id not in amended)


def _chosen(posted: QueryDict) -> dict[int, uuid.UUID]:
    """Which measure continues which: fields «follows-<measure>» with a key; nonsense is left out."""
    found = {}
    for name, value in posted.items():
        number = name.removeprefix("follows-")
        if name != number and number.isascii() and number.isdigit() and isinstance(value, str) and value:
            try:
                found[int(number)] = uuid.UUID(value)
            except ValueError:
                continue
    return found


def _kept(posted: QueryDict) -> frozenset[uuid.UUID]:
    """The measures that stay as they are: fields «keeps» with keys; nonsense is left out."""
    found = set()
    for value in posted.getlist("keeps"):
        with suppress(ValueError):
            found.add(uuid.UUID(value))
    return frozenset(found)


@require_safe
@guarded(permissions.can_list_orders)
@page("orders/revisions.html", partials=["difference"])
def revisions(request: ScopedRequest, roadmap_id: int) -> Outcome:
    """The revisions of a roadmap, and the difference of any two of them."""
    roadmap = roadmap_of(request, roadmap_id)
    known = reads.list_revisions(request.scope, roadmap)
    current = reads.revision_in_force(known)
    before, after = sides(known, request.GET.get("a", ""), request.GET.get("b", ""))
    may_change = permissions.can_change_order.test(request.scope, roadmap)
    for each in (before, after):
        if each is not None:
            each.roadmap, each.organisation = roadmap, roadmap.organisation
    people = names_of_people(
        pk for each in known for pk in (each.created_by_id, each.approved_by_id, each.withdrawn_by_id)
    )
    return {
        "title": "Редакции дорожной карты",
        "section": SECTION,
        "crumbs": crumbs(order_crumb(roadmap.order), ("Редакции", "")),
        "roadmap": roadmap,
        "roadmap_url": url_or_nothing("roadmap_measures", roadmap.pk),
        "revisions": [
            (
                each,
                revision_state(each, current),
                people.get(each.created_by_id, ""),
                people.get(each.approved_by_id or 0, ""),
            )
            for each in known
        ],
        "before": before,
        "after": after,
        "comparison": compare_revisions(before, after) if before and after else None,
        "may_change": may_change,
        "may_begin": may_change and current is not None and reads.open_draft(known) is None,
    }
