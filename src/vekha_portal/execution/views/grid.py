"""The page «Исполнение: центры × меры», its spreadsheet, and work on the chosen cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vekha_portal.execution import permissions
from vekha_portal.execution.actions import bulk
from vekha_portal.execution.actions.decisions import Decided
from vekha_portal.execution.bulk_reads import Chosen, read_chosen
from vekha_portal.execution.forms import BulkAttachForm, GridForm
from vekha_portal.execution.grid_reads import Filters, Grid, draw_rows, find_application, read_grid
from vekha_portal.execution.grid_sheet import write_sheet
from vekha_portal.execution.models import Application, State
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.ui.frame import Crumb
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 300


def _get_application(request: ScopedRequest, application_id: int) -> Application:
    found = find_application(request.scope, application_id)
    if found is None:
        raise Http404
    return found


def _filters(request: ScopedRequest) -> Filters:
    """What the address asks for; nonsense is as if it did not ask."""
    place, state = request.GET.get("municipality", ""), request.GET.get("state", "")
    return Filters(
        municipality=int(place) if place.isascii() and place.isdigit() and len(place) < 10 else None,
        stage=request.GET.get("stage", "")[:40],
        state=state if state in State.values else "",
        period=request.GET.get("period", "")[:20],
    )


def _title(application: Application) -> str:
    return f"Исполнение: {application.wave}"


def _wave_crumb(application: Application) -> Crumb:
    return Crumb(str(application.wave), reverse("centres_wave", args=[application.wave_id]))


@require_safe
@guarded(permissions.can_view_milestones)
@page("execution/grid.html", partials=("grid",))
def grid_page(request: ScopedRequest, application_id: int) -> Mapping[str, Any]:
    """The grid; with ``choose`` in the address its cells are boxes instead of links."""
    application = _get_application(request, application_id)
    may_choose = permissions.can_work_in_bulk.test(request.scope)
    chosen = request.GET.get("choose", "")[:60] if may_choose else ""
    grid = read_grid(application, request.scope, _filters(request), day=timezone.localdate())
    address = reverse("execution_milestone", args=[0])
    return {
        "title": _title(application),
        "section": "milestones",
        "crumbs": (_wave_crumb(application), Crumb("Исполнение")),
        "application": application,
        "grid": grid,
        "body": draw_rows(grid, address, choosing=bool(chosen), chosen=chosen),
        "form": _form(request, grid),
        "may_choose": may_choose,
        "choosing": bool(chosen),
    }


def _form(request: ScopedRequest, grid: Grid) -> GridForm:
    form = GridForm(initial=request.GET.dict())
    form.offer("municipality", "вся территория", [(str(number), name) for number, name in grid.municipalities])
    form.offer("stage", "все этапы", grid.stages)
    form.offer("period", "ближайший неисполненный", grid.periods)
    return form


@require_safe
@guarded(permissions.can_view_milestones)
def grid_sheet(request: ScopedRequest, application_id: int) -> HttpResponse:
    """The grid as a spreadsheet, with the same filters."""
    application = _get_application(request, application_id)
    now = timezone.localtime()
    grid = read_grid(application, request.scope, _filters(request), day=now.date())
    content = write_sheet(grid, title=_title(application), printed=f"По состоянию на {now:%d.%m.%Y %H:%M}")
    headers = {"Content-Disposition": f'attachment; filename="execution-{application.pk}-{now:%Y-%m-%d}.xlsx"'}
    return HttpResponse(content, content_type=_XLSX, headers=headers)


def _numbers(texts: Sequence[str]) -> list[int]:
    """Numbers that came from a page; what is none is left out."""
    parts = [part for text in texts for part in text.split(",")]
    return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 19]


@require_POST
@guarded(permissions.can_work_in_bulk)
@page("execution/bulk.html")
def bulk_page(request: ScopedRequest, application_id: int) -> Mapping[str, Any] | Answer | HttpResponse:
    """Work on the chosen cells: first it is shown what is chosen, then one verb is carried out."""
    application = _get_application(request, application_id)
    ids = _numbers(request.POST.getlist("m"))
    verb, form, refusal = request.POST.get("verb", ""), BulkAttachForm(), ""
    if verb == "attach":
        form = BulkAttachForm(request.POST, request.FILES)
    if verb and (form.is_valid() or not form.is_bound):
        try:
            done = _carry_out(request, verb, ids, form)
        except NotAllowed:
            raise
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, done)
            return redirect("execution_grid", application.pk)
    chosen = read_chosen(request.scope, ids[: bulk.MOST_AT_ONCE])
    if not chosen.milestones:
        messages.error(request, "Не выбрано ни одной клетки. Отметьте клетки и нажмите «Продолжить».")
        return redirect(f"{reverse('execution_grid', args=[application.pk])}?choose=yes")
    if not verb and chosen.lacking:
        form = BulkAttachForm(initial={"evidence_type": chosen.lacking[0][0]})
    return Answer(_bulk_context(request, application, chosen, form, refusal), UNPROCESSABLE if verb else 200)


def _bulk_context(
    request: ScopedRequest, application: Application, chosen: Chosen, form: BulkAttachForm, refusal: str
) -> dict[str, Any]:
    back = reverse("execution_grid", args=[application.pk])
    return {
        "title": "Работа с выбранными",
        "section": "milestones",
        "crumbs": (_wave_crumb(application), Crumb("Исполнение", back), Crumb("Работа с выбранными")),
        "chosen": chosen,
        "shown": chosen.milestones[:_SHOWN],
        "form": form,
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
        "back_url": back,
    }


def _carry_out(request: ScopedRequest, verb: str, ids: list[int], form: BulkAttachForm) -> str:
    """One verb over the chosen; answers what was done, in a sentence."""
    acting: dict[str, Any] = {"by": request.user, "scope": request.scope, "at": timezone.now()}
    if verb == "attach":
        attached = bulk.attach_to_many(
            milestone_ids=ids,
            card=form.card_of(form.cleaned_data["evidence_type"]),
            file=form.upload("file"),
            signature=form.upload("signature"),
            as_additional=form.cleaned_data["as_additional"],
            **acting,
        )
        return f"Документ «{attached.evidence}» подан к контрольным точкам: {attached.milestones}."
    left_out = set(_numbers(request.POST.getlist("except")))
    proofs = [each for each in _numbers(request.POST.getlist("shown")) if each not in left_out]
    if not proofs:
        raise Refused("Все документы исключены: решать нечего. Снимите хотя бы одно исключение.")
    if verb == "accept":
        return _words("Принято", bulk.accept_many(proof_ids=proofs, **acting))
    if verb == "return":
        reason = request.POST.get("reason", "")[:2000]
        return _words("Возвращено", bulk.return_many(proof_ids=proofs, reason=reason, **acting))
    raise Refused("Неизвестное действие. Обновите страницу.")


def _words(done: str, decided: Decided) -> str:
    words = f"{done} документов: {len(decided.decisions)}."
    if decided.skipped:
        whys = "; ".join(dict.fromkeys(each.why for each in decided.skipped))
        words += f" Пропущено: {len(decided.skipped)} ({whys})"
    return words
