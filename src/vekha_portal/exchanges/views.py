"""Pages of exchanges: the list with its clocks, one exchange, a new one, the draft of the next letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from vekha_portal.exchanges import actions, permissions
from vekha_portal.exchanges.bridge import write_letter
from vekha_portal.exchanges.drafts import draft_letter
from vekha_portal.exchanges.forms import CloseForm, ExchangeFilterForm, LetterForm, NewExchangeForm, ReasonForm
from vekha_portal.exchanges.models import Letter
from vekha_portal.exchanges.queries import Row, find_exchange, list_exchanges
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.ui.frame import Crumb
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page
from vekha_portal.ui.tables import turn_to

Outcome = Mapping[str, Any] | Answer | HttpResponse
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@guarded(permissions.can_list_exchanges)
@page("exchanges/list.html", partials=["exchanges"])
def list_page(request: ScopedRequest) -> Mapping[str, Any]:
    """Exchanges of the role's part of the tree, the longest waiting first."""
    form = ExchangeFilterForm(request.GET)
    rows = list_exchanges(request.scope, form.filters(), day=timezone.localdate())
    return {
        "title": "Переписка",
        "section": "exchanges",
        "form": form,
        "page": turn_to(rows, request.GET),
        "waits_for_us": sum(row.clock.turn == "us" for row in rows),
        "waits_for_them": sum(row.clock.turn == "them" for row in rows),
        "overdue": sum(row.is_overdue for row in rows),
        "may_begin": permissions.can_begin.test(request.scope),
    }


def _get(request: ScopedRequest, exchange_id: int) -> Row:
    found = find_exchange(request.scope, exchange_id, day=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _milestone_of(request: ScopedRequest) -> Milestone | None:
    asked = request.GET.get("milestone", "")
    if not asked:
        return None
    seen = Milestone.objects.visible_to(request.scope).select_related("measure", "organisation")
    found = seen.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 18 else None
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_begin)
@page("exchanges/new.html")
def new(request: ScopedRequest) -> Outcome:
    """Begin an exchange with its first letter."""
    milestone = _milestone_of(request)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    first = {} if milestone is None else {"subject": str(milestone.measure)[:600]}
    form = NewExchangeForm(*posted, scope=request.scope, milestone=milestone, initial=first)
    if form.is_bound and form.is_valid():
        try:
            made = actions.open_exchange(
                organisation=form.cleaned_data["organisation"],
                topic=form.topic(),
                first=form.sheet(),
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Письмо внесено, переписка начата.")
            return redirect("exchanges_card", made.pk)
    context = {
        "title": "Новая переписка",
        "section": "exchanges",
        "form": form,
        "milestone": milestone,
        "crumbs": (Crumb("Переписка", reverse("exchanges_list")), Crumb("Новая")),
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_list_exchanges)
@page("exchanges/card.html")
def card(request: ScopedRequest, exchange_id: int) -> Outcome:
    """One exchange; a POST registers a letter."""
    row = _get(request, exchange_id)
    exchange = row.exchange
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = LetterForm(*posted, with_milestone=exchange.milestone_id is not None, is_turned=row.is_turned)
    if form.is_bound and form.is_valid():
        try:
            actions.register_letter(
                exchange=exchange, sheet=form.sheet(), by=request.user, scope=request.scope, at=timezone.now()
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Письмо внесено.")
            return redirect("exchanges_card", exchange.pk)
    context = {
        "title": exchange.subject,
        "section": "exchanges",
        "row": row,
        "exchange": exchange,
        "form": form,
        "may_write": permissions.can_write_in.test(request.scope, exchange),
        "crumbs": (Crumb("Переписка", reverse("exchanges_list")), Crumb(exchange.subject)),
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


@require_safe
@guarded(permissions.can_begin)
def draft(request: ScopedRequest, exchange_id: int) -> HttpResponse:
    """The draft of the next letter as a DOCX file."""
    row = _get(request, exchange_id)
    if not permissions.can_write_in.test(request.scope, row.exchange):
        raise NotAllowed("Письма этой переписки готовят её стороны.")
    today = timezone.localdate()
    letter = draft_letter(
        exchange=row.exchange, letters=list(row.letters), by=request.user, is_turned=row.is_turned, on=today
    )
    name = quote(f"Проект письма {row.exchange.pk}.docx")
    headers = {
        "Content-Disposition": f"attachment; filename=\"letter-{row.exchange.pk}.docx\"; filename*=UTF-8''{name}"
    }
    return HttpResponse(write_letter(letter), content_type=_DOCX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_begin)
@page("exchanges/form.html")
def end(request: ScopedRequest, exchange_id: int) -> Outcome:
    """End an exchange, or resume an ended one."""
    exchange = _get(request, exchange_id).exchange
    same: dict[str, Any] = {"exchange": exchange, "by": request.user, "scope": request.scope, "at": timezone.now()}
    is_open = exchange.closed_on is None
    form = (
        CloseForm(request.POST or None, initial={"on": timezone.localdate()})
        if is_open
        else ReasonForm(request.POST or None)
    )
    if form.is_bound and form.is_valid():
        try:
            if is_open:
                actions.close_exchange(**same, on=form.cleaned_data["on"], outcome=form.cleaned_data["outcome"])
            else:
                actions.reopen_exchange(**same, reason=form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Переписка завершена." if is_open else "Переписка возобновлена.")
            return redirect("exchanges_card", exchange.pk)
    title, verb = ("Завершить переписку", "Завершить") if is_open else ("Возобновить переписку", "Возобновить")
    return _form(exchange.pk, exchange.subject, form, title, verb)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_begin)
@page("exchanges/form.html")
def annul(request: ScopedRequest, exchange_id: int, letter_id: int) -> Outcome:
    """Say that a letter was registered by mistake."""
    exchange = _get(request, exchange_id).exchange
    letter = Letter.objects.filter(exchange=exchange, pk=letter_id).select_related("exchange").first()
    if letter is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.annul_letter(
                letter=letter,
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
            messages.success(request, "Письмо отмечено как внесённое ошибочно.")
            return redirect("exchanges_card", exchange.pk)
    return _form(exchange.pk, exchange.subject, form, f"Внесено ошибочно: {letter}", "Отметить")


def _form(exchange_id: int, subject: str, form: Any, title: str, verb: str) -> Answer:
    back = reverse("exchanges_card", args=[exchange_id])
    context = {
        "title": title,
        "section": "exchanges",
        "form": form,
        "verb": verb,
        "back_url": back,
        "crumbs": (Crumb("Переписка", reverse("exchanges_list")), Crumb(subject, back), Crumb(title)),
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)
