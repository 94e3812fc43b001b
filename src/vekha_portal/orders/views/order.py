"""The card of an order; entering one without a file, correcting, withdrawing, linking it to the act above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders import permissions, reads
from vekha_portal.orders.actions.order import correct_order, enter_order, link_superior, withdraw_order
from vekha_portal.orders.forms.listing import words_of
from vekha_portal.orders.forms.order import CorrectForm, NewOrderForm
from vekha_portal.orders.models import Order, Revision
from vekha_portal.orders.people import names_of_people
from vekha_portal.orders.views.found import SECTION, crumbs, demand, order_crumb, order_of, url_or_nothing
from vekha_portal.orders.words import order_state, revision_state
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page

Outcome = Mapping[str, Any] | Answer | HttpResponse
SHOWN = 50


@require_safe
@guarded(permissions.can_list_orders)
@page("orders/order.html")
def card(request: ScopedRequest, order_id: int) -> Mapping[str, Any]:
    """An order: its requisites, roadmaps, file, the acts above and below it, what was done with it."""
    scope = request.scope
    order = order_of(request, order_id)
    seen = reads.read_orders(scope)
    seen_roadmaps = reads.read_roadmaps(scope).filter(has_approved=True).select_related("order", "programme")
    superior = seen.filter(pk=order.superior_id).first() if order.superior_id else None
    below = seen.filter(superior=order).select_related("organisation")
    amending = seen.filter(amended=order)
    may_change = permissions.can_change_order.test(scope, order) and order.withdrawn_at is None
    names = names_of_people([order.created_by_id, order.withdrawn_by_id])
    return {
        "title": str(order),
        "section": SECTION,
        "crumbs": crumbs((str(order), "")),
        "order": order,
        "state": order_state(order),
        "roadmaps": _roadmaps(request, order),
        "superior": superior,
        "subordinates": below.order_by("organisation__sort_key", "pk")[:SHOWN],
        "below": below.count(),
        "amended": seen.filter(pk=order.amended_id).first() if order.amended_id else None,
        "amendable": seen_roadmaps.filter(order__in=[each.pk for each in reads.propose_amended(scope, order)]),
        "amending": amending.order_by("signed_on", "pk")[:SHOWN],
        "elsewhere": reads.read_revisions(scope)
        .filter(basis=order)
        .exclude(roadmap__order=order)
        .select_related("roadmap__programme", "roadmap__order"),
        "people": {
            "created": names.get(order.created_by_id, ""),
            "withdrawn": names.get(order.withdrawn_by_id or 0, ""),
        },
        "entries": reads.list_entries(scope, order),
        "may_change": may_change,
        "may_see_reading": permissions.can_view_reading.test(scope, order),
    }


def _roadmaps(request: ScopedRequest, order: Order) -> list[dict[str, Any]]:
    """The roadmaps of the order with their revisions as the role sees them."""
    maps = list(reads.read_roadmaps(request.scope).filter(order=order).select_related("programme").order_by("position"))
    revisions: dict[int, list[Revision]] = {each.pk: [] for each in maps}
    for each in reads.read_revisions(request.scope).filter(roadmap__in=maps).order_by("-number"):
        revisions[each.roadmap_id].append(each)
    shown = []
    for roadmap in maps:
        known = revisions[roadmap.pk]
        current, draft = reads.revision_in_force(known), reads.open_draft(known)
        shown.append(
            {
                "roadmap": roadmap,
                "current": current,
                "draft": draft,
                "state": revision_state((draft or current or known[0]), current) if known else None,
                "url": url_or_nothing("roadmap_measures", roadmap.pk) if current or draft else "",
                "review_url": url_or_nothing("orders_review", draft.pk) if draft else "",
            }
        )
    return shown


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_enter_orders)
@page("orders/new.html", partials=["order"])
def enter(request: ScopedRequest) -> Outcome:
    """Type an order in; its roadmaps begin empty or from a reference roadmap."""
    chosen = [each for each in [request.GET.get("reference", "")] if each]
    form = NewOrderForm(
        request.POST if request.method == "POST" else None, scope=request.scope, initial={"references": chosen}
    )
    if form.is_bound and form.is_valid():
        try:
            order = enter_order(
                organisation=form.cleaned_data["organisation"],
                requisites=form.requisites(),
                roadmaps=form.roadmaps(),
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Распоряжение внесено. Проверьте мероприятия и утвердите карту.")
            drafts = list(Revision.objects.filter(basis=order).order_by("roadmap__position"))
            there = url_or_nothing("orders_review", drafts[0].pk) if len(drafts) == 1 else ""
            return redirect(there or reverse("orders_order", args=[order.pk]))
    context = {
        "title": "Внести распоряжение без файла",
        "section": SECTION,
        "crumbs": crumbs(("Внести без файла", "")),
        "form": form,
        "upload_url": url_or_nothing("orders_upload"),
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_enter_orders)
@page("orders/correct.html", partials=["order"])
def correct(request: ScopedRequest, order_id: int) -> Outcome:
    """Correct requisites that were read or typed wrong."""
    order = order_of(request, order_id)
    demand(permissions.can_change_order, request, order)
    form = CorrectForm.of(order, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            correct_order(
                order=order,
                version=form.cleaned_data["version"],
                requisites=form.requisites(),
                reason=form.cleaned_data["reason"],
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Реквизиты записаны.")
            return redirect("orders_order", order.pk)
    context = {
        "title": "Реквизиты распоряжения",
        "section": SECTION,
        "crumbs": crumbs(order_crumb(order), ("Реквизиты", "")),
        "order": order,
        "form": form,
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_enter_orders)
@page("ui/confirm.html", partials=["dialog"])
def withdraw(request: ScopedRequest, order_id: int) -> Outcome:
    """Withdraw an order that was never applied, with a reason."""
    order = order_of(request, order_id)
    demand(permissions.can_change_order, request, order)
    reason, error = request.POST.get("reason", "").strip()[:2000], ""
    if request.method == "POST":
        try:
            withdraw_order(
                order=order,
                version=_whole(request.POST.get("version"), order.version),
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
            messages.success(request, "Распоряжение отозвано; прочитать его по-прежнему можно.")
            return redirect("orders_order", order.pk)
    context = {
        "title": f"Отозвать: {order}?",
        "section": SECTION,
        "action": request.path,
        "consequences": (
            "Отзывают то, что внесено по ошибке или не применялось. Черновики карт будут оставлены, ничего не удаляется.",
            "Если карта уже применена к волне, отозвать распоряжение нельзя: её меняют новой редакцией.",
        ),
        "asks_reason": True,
        "reason": reason,
        "reason_error": error,
        "verb": "Отозвать",
        "dangerous": True,
        "back_url": reverse("orders_order", args=[order.pk]),
    }
    return Answer(context, UNPROCESSABLE if error else 200)


def _whole(text: str | None, otherwise: int) -> int:
    """A number of a form; a dialog that was opened just now carries none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_enter_orders)
@page("orders/superior.html", partials=["found"])
def superior(request: ScopedRequest, order_id: int) -> Outcome:
    """Choose the act of a superior that the order carries out: those it cites first, the rest by search."""
    order = order_of(request, order_id)
    demand(permissions.can_change_order, request, order)
    refused = ""
    if request.method == "POST":
        wanted = request.POST.get("superior", "")
        chosen = reads.find_order(request.scope, int(wanted)) if wanted.isascii() and wanted.isdigit() else None
        try:
            if wanted and chosen is None:
                raise Refused("Этого распоряжения нет или оно вам не видно: выберите другое.")
            link_superior(
                order=order,
                version=_whole(request.POST.get("version"), order.version),
                superior=chosen,
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "Вышестоящий акт записан." if chosen else "Связь с вышестоящим актом снята.")
            return redirect("orders_order", order.pk)
    words = words_of(request.GET.get("q", "")[:200])
    context = {
        "title": "Вышестоящий акт",
        "section": SECTION,
        "crumbs": crumbs(order_crumb(order), ("Вышестоящий акт", "")),
        "order": order,
        "words": request.GET.get("q", "")[:200],
        "proposed": reads.propose_superiors(request.scope, order),
        "found": reads.search_orders(request.scope, words, without=order) if words else [],
        "refused": refused,
    }
    return Answer(context, UNPROCESSABLE if refused else 200)
