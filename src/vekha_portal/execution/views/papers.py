"""Deeds on one document: accept, return, recall, take a decision back, replace; and its preview."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vekha_portal.execution import permissions
from vekha_portal.execution.actions import decisions, evidence
from vekha_portal.execution.forms import DocumentForm
from vekha_portal.execution.milestone_reads import PREVIEWED, find_evidence, find_proof
from vekha_portal.execution.previews import PLACEHOLDER, draw_preview
from vekha_portal.execution.proof import Proof
from vekha_portal.execution.views.milestone import Outcome, crumbs_of
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page


def _get_proof(request: ScopedRequest, proof_id: int) -> Proof:
    found = find_proof(request.scope, proof_id)
    if found is None:
        raise Http404
    return found


def _acting(request: ScopedRequest) -> dict[str, Any]:
    return {"by": request.user, "scope": request.scope, "at": timezone.now()}


@require_POST
@guarded(permissions.can_decide_documents)
def accept(request: ScopedRequest, proof_id: int) -> HttpResponse:
    """One document is accepted by one press; a mistake is taken back with a reason."""
    proof = _get_proof(request, proof_id)
    try:
        decisions.accept(proof=proof, **_acting(request))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Документ «{proof.evidence}» принят.")
    return redirect("execution_milestone", proof.milestone_id)


def _confirm(
    request: ScopedRequest, proof: Proof, deed: Callable[..., object], done: str, **words: Any
) -> Answer | HttpResponse:
    """Asks before a deed that needs a reason; carries it out when it is given."""
    reason, error = request.POST.get("reason", "").strip()[:2000], ""
    if request.method == "POST":
        try:
            deed(proof=proof, reason=reason, **_acting(request))
        except NotAllowed:
            raise
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, done)
            return redirect("execution_milestone", proof.milestone_id)
    context = {
        "section": "milestones",
        "crumbs": crumbs_of(proof.milestone, words["title"]),
        "action": request.path,
        "asks_reason": True,
        "reason": reason,
        "reason_error": error,
        "back_url": reverse("execution_milestone", args=[proof.milestone_id]),
        **words,
    }
    return Answer(context, UNPROCESSABLE if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_decide_documents)
@page("ui/confirm.html", partials=("dialog",))
def return_document(request: ScopedRequest, proof_id: int) -> Outcome:
    """One document is sent back with a reason."""
    proof = _get_proof(request, proof_id)
    return _confirm(
        request,
        proof,
        decisions.return_document,
        f"Документ «{proof.evidence}» возвращён.",
        title="Вернуть документ?",
        consequences=(
            f"«{proof.evidence}» вернётся исполнителю: {proof.milestone.organisation}.",
            "Остальные документы контрольной точки не изменятся.",
        ),
        verb="Вернуть",
        dangerous=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_decide_documents)
@page("ui/confirm.html", partials=("dialog",))
def reopen(request: ScopedRequest, proof_id: int) -> Outcome:
    """A decision is taken back."""
    proof = _get_proof(request, proof_id)
    return _confirm(
        request,
        proof,
        decisions.reopen,
        "Решение отменено: документ снова на проверке.",
        title="Отменить решение по документу?",
        consequences=(f"«{proof.evidence}» снова будет на проверке. Прежнее решение останется в истории.",),
        verb="Отменить решение",
        dangerous=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_submit_documents)
@page("ui/confirm.html", partials=("dialog",))
def recall(request: ScopedRequest, proof_id: int) -> Outcome:
    """A document is taken back before a decision."""
    proof = _get_proof(request, proof_id)
    return _confirm(
        request,
        proof,
        _recall_for_a_reason,
        f"Документ «{proof.evidence}» отозван.",
        title="Отозвать документ?",
        consequences=(f"«{proof.evidence}» больше не будет на проверке; в истории он останется.",),
        verb="Отозвать",
        dangerous=True,
    )


def _recall_for_a_reason(*, reason: str, **more: Any) -> None:
    evidence.recall(reason=evidence.demand_reason(reason, "Напишите, почему документ отзывается."), **more)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_submit_documents)
@page("execution/replace.html")
def replace(request: ScopedRequest, proof_id: int) -> Outcome:
    """A new version of a document, wherever it is not accepted yet."""
    proof = _get_proof(request, proof_id)
    if not permissions.can_submit.test(request.scope, proof.milestone):
        raise NotAllowed("Новую версию подаёт исполнитель контрольной точки или орган, которому он подведомствен.")
    old = proof.evidence
    initial = {name: getattr(old, name) for name in ("number", "title", "issuer", "dated_on", "reference", "url")}
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DocumentForm(*posted, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            evidence.replace(
                evidence=old,
                card=form.card_of(old.evidence_type),
                file=form.upload("file"),
                signature=form.upload("signature"),
                **_acting(request),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Новая версия подана; прежняя сохранена.")
            return redirect("execution_milestone", proof.milestone_id)
    context = {
        "title": "Новая версия документа",
        "section": "milestones",
        "crumbs": crumbs_of(proof.milestone, "Новая версия"),
        "form": form,
        "old": old,
        "back_url": reverse("execution_milestone", args=[proof.milestone_id]),
    }
    return Answer(context, UNPROCESSABLE if request.method == "POST" else 200)


@require_safe
@guarded(permissions.can_view_milestones)
def preview(request: ScopedRequest, evidence_id: int) -> HttpResponse:
    """A small picture of a document's first page, or of a sheet; the document never changes, so a browser may keep it."""
    found = find_evidence(request.scope, evidence_id)
    if found is None or found.file is None or found.file.media_type not in PREVIEWED:
        raise Http404
    drawn, kind = draw_preview(found.file), "image/jpeg"
    if drawn is None:
        drawn, kind = PLACEHOLDER, "image/svg+xml"
    headers = {
        "Cache-Control": "private, max-age=86400, immutable",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(drawn, content_type=kind, headers=headers)
