"""Deeds on the whole milestone: ask for a later day and answer, say that it is not applicable and that it is again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vekha_portal.execution import permissions
from vekha_portal.execution.actions import decisions, extensions
from vekha_portal.execution.forms import AnswerForm, ExtensionForm, NotApplicableForm
from vekha_portal.execution.models import Milestone
from vekha_portal.execution.proof import Extension
from vekha_portal.execution.views.milestone import Outcome, crumbs_of, get_milestone, title_of
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page


def _acting(request: ScopedRequest) -> dict[str, Any]:
    return {"by": request.user, "scope": request.scope, "at": timezone.now()}


def _demand(predicate: Any, request: ScopedRequest, milestone: Milestone, why: str) -> None:
    if not predicate.test(request.scope, milestone):
        raise NotAllowed(why)


def _page(request: ScopedRequest, milestone: Milestone, form: Any, title: str, verb: str, **more: Any) -> Answer:
    context = {
        "title": title,
        "section": "milestones",
        "crumbs": crumbs_of(milestone, title),
        "subtitle": f"{title_of(milestone)} — {milestone.organisation}",
        "form": form,
        "verb": verb,
        "back_url": reverse("execution_milestone", args=[milestone.pk]),
        **more,
    }
    return Answer(context, UNPROCESSABLE if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_submit_documents)
@page("execution/form.html")
def ask_extension(request: ScopedRequest, milestone_id: int) -> Outcome:
    """A request for a later day."""
    milestone = get_milestone(request, milestone_id)
    _demand(permissions.can_submit, request, milestone, "О продлении просит исполнитель контрольной точки.")
    form = ExtensionForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            extensions.ask_extension(milestone=milestone, **form.cleaned_data, **_acting(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Просьба о продлении отправлена.")
            return redirect("execution_milestone", milestone.pk)
    return _page(request, milestone, form, "Попросить продлить срок", "Попросить")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_decide_documents)
@page("execution/form.html")
def answer_extension(request: ScopedRequest, extension_id: int) -> Outcome:
    """The answer to a request for a later day."""
    extension = Extension.objects.visible_to(request.scope).filter(pk=extension_id).first()
    if extension is None:
        raise Http404
    milestone = get_milestone(request, extension.milestone_id)
    _demand(permissions.can_decide, request, milestone, "На просьбу о продлении отвечает вышестоящий.")
    form = AnswerForm(request.POST or None, initial={"granted_on": extension.wanted_on})
    if form.is_bound and form.is_valid():
        try:
            _answer(request, extension, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Ответ записан: исполнитель его увидит.")
            return redirect("execution_milestone", milestone.pk)
    lines = (
        f"Просят продлить с {extension.due_on:%d.%m.%Y} до {extension.wanted_on:%d.%m.%Y}.",
        f"Причина: {extension.reason}",
    )
    return _page(request, milestone, form, "Ответить на просьбу о продлении", "Записать ответ", lines=lines)


def _answer(request: ScopedRequest, extension: Extension, given: dict[str, Any]) -> None:
    same: dict[str, Any] = {"extension": extension, "reason": given["reason"], **_acting(request)}
    if given["answer"] == "grant":
        extensions.grant_extension(granted_on=given["granted_on"], **same)
    else:
        extensions.refuse_extension(**same)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_decide_documents)
@page("execution/form.html")
def mark_not_applicable(request: ScopedRequest, milestone_id: int) -> Outcome:
    """Nobody has to do it."""
    milestone = get_milestone(request, milestone_id)
    _demand(permissions.can_decide, request, milestone, "Что контрольная точка не требуется, решает вышестоящий.")
    form = NotApplicableForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            decisions.mark_not_applicable(milestone=milestone, **form.cleaned_data, **_acting(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Отмечено: контрольная точка не требуется.")
            return redirect("execution_milestone", milestone.pk)
    return _page(request, milestone, form, "Контрольная точка не требуется", "Отметить")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_decide_documents)
@page("ui/confirm.html", partials=("dialog",))
def end_not_applicable(request: ScopedRequest, milestone_id: int) -> Outcome:
    """It is needed again."""
    milestone = get_milestone(request, milestone_id)
    _demand(permissions.can_decide, request, milestone, "Что контрольная точка снова требуется, решает вышестоящий.")
    reason, error = request.POST.get("reason", "").strip()[:2000], ""
    if request.method == "POST":
        try:
            decisions.end_not_applicable(milestone=milestone, reason=reason, **_acting(request))
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, "Контрольная точка снова требуется.")
            return redirect("execution_milestone", milestone.pk)
    context = {
        "title": "Снова требуется?",
        "section": "milestones",
        "crumbs": crumbs_of(milestone, "Снова требуется"),
        "action": request.path,
        "consequences": ("Исполнитель снова должен будет подать документы в срок.",),
        "asks_reason": True,
        "reason": reason,
        "reason_error": error,
        "verb": "Снова требуется",
        "back_url": reverse("execution_milestone", args=[milestone.pk]),
    }
    return Answer(context, UNPROCESSABLE if error else 200)
