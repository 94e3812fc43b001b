"""One measure of a draft: its line and its editor, each a region of the review page and, without scripts, a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders import permissions, queries
from vekha_portal.orders.actions import measures as verbs
from vekha_portal.orders.actions import parts
from vekha_portal.orders.bridge import due_dates
from vekha_portal.orders.forms.review import DocumentForm, MeasureForm, SplitForm, WordsForm
from vekha_portal.orders.models import ExpectedDocument, Measure, Responsible, Revision
from vekha_portal.orders.reads import settings_for
from vekha_portal.orders.reviewing import review_line, show_source
from vekha_portal.orders.views.found import SECTION, crumbs, demand, order_crumb
from vekha_portal.orders.views.pieces import is_asked, piece
from vekha_portal.orders.views.review import draft_of, reading_of, review_context, review_url, reviewer_of
from vekha_portal.ui.components import Difference
from vekha_portal.ui.pages import UNPROCESSABLE

LINE, EDITOR, SUMMARY = "orders/review_line.html", "orders/review_editor.html", "orders/review_summary.html"
PAGE, DATES = "orders/review_measure.html", "orders/review_dates.html"
LONGEST_PHRASE = 5_000


def measure_of(request: ScopedRequest, measure_id: int) -> Measure:
    """The measure, if the role may review its draft."""
    found = queries.find_measure(request.scope, measure_id)
    if found is None or not queries.sees_draft(request.scope, found.revision):
        raise Http404
    demand(permissions.can_review, request, found.revision)
    return found


def _region(measure: Measure) -> str:
    return f"measure-{measure.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_upload_order)
def measure(request: ScopedRequest, measure_id: int) -> HttpResponse:
    """The editor; posted, what the measure says."""
    found = measure_of(request, measure_id)
    if request.method != "POST":
        return _editor(request, found)
    form = MeasureForm(request.POST, measure=found, prefix=f"measure-{found.pk}")
    if not form.is_valid():
        return _editor(request, found, form=form, status=UNPROCESSABLE)
    try:
        verbs.change_measure(
            measure=found, version=form.cleaned_data["version"], values=form.values(), reviewer=reviewer_of(request)
        )
    except NotAllowed:
        raise
    except verbs.Overtaken as overtaken:
        form.add_error(None, str(overtaken))
        return _overtaken(request, measure_of(request, measure_id), form)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _editor(request, found, form=form, status=UNPROCESSABLE)
    return _line_or_back(request, measure_id)


def _overtaken(request: ScopedRequest, now: Measure, form: MeasureForm) -> HttpResponse:
    """The editor with what the official wrote, beside what somebody else has written meanwhile."""
    fresh = MeasureForm.of(now)
    names = [name for name in fresh.fields if name != "version"]
    differences = [
        Difference(str(fresh.fields[name].label), _word(fresh, name), str(form.cleaned_data.get(name, "")))
        for name in names
        if _word(fresh, name) != str(form.cleaned_data.get(name, "")).replace("\r\n", "\n")
    ]
    data: Any = request.POST.copy()
    data[form.add_prefix("version")] = str(now.version)
    again = MeasureForm(data, measure=now, prefix=form.prefix)
    again.is_valid()
    again.add_error(None, form.non_field_errors()[0])
    return _editor(
        request,
        now,
        form=again,
        status=UNPROCESSABLE,
        differences=differences,
        changed_by=queries.last_change(now),
    )


def _word(form: MeasureForm, name: str) -> str:
    return str(form.get_initial_for_field(form.fields[name], name) or "")


def _editor(
    request: ScopedRequest, found: Measure, *, form: MeasureForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The editor as a region of the review page, or as a page."""
    context = _editor_context(found, form) | more
    if is_asked(request, _region(found)):
        return piece(request, _region(found), EDITOR, context, status=status)
    return render(request, PAGE, context, status=status)


def _editor_context(found: Measure, form: MeasureForm | None) -> dict[str, Any]:
    revision = found.revision
    known: Any = found
    seen = {"version": found.version}
    rows = Measure.objects.filter(revision=revision, removed_at=None).order_by("position", "pk")
    order = list(rows.values_list("pk", "version", "number"))
    at = next((index for index, (pk, _, _) in enumerate(order) if pk == found.pk), None)
    return {
        "title": str(found),
        "section": SECTION,
        "crumbs": crumbs(
            order_crumb(revision.roadmap.order), ("Проверка", review_url(revision.pk)), ("Мероприятие", "")
        ),
        "measure": found,
        "revision": revision,
        "line": _line(found, revision),
        "form": form or MeasureForm.of(found),
        "documents": [(each, DocumentForm.of(each, found)) for each in known.documents_now],
        "new_document": DocumentForm(measure=found, initial=seen, prefix=f"new-{found.pk}"),
        "words": WordsForm(initial=seen, prefix=f"words-{found.pk}"),
        "split": SplitForm(initial={**seen, "first": found.text}, prefix=f"split-{found.pk}"),
        "place": None if at is None else at + 1,
        "count": len(order),
        "above": order[at - 1] if at else None,
    }


def _line(found: Measure, revision: Revision) -> Any:
    reading = reading_of(revision)
    problems = reading.found["problems"] if reading is not None and reading.found else []
    anchors = show_source(reading, [found]).anchors.get(found.pk, ())
    return review_line(found, revision, settings_for(revision.organisation), problems, anchors)


@require_safe
@guarded(permissions.can_upload_order)
def line(request: ScopedRequest, measure_id: int) -> HttpResponse:
    """The measure as a line of the review page again."""
    return _line_or_back(request, measure_id)


def _line_or_back(request: ScopedRequest, measure_id: int) -> HttpResponse:
    """After a change: the line in its place, with the summary; without scripts the whole review at that line."""
    found = measure_of(request, measure_id)
    if not is_asked(request, _region(found)):
        if request.method == "POST":
            messages.success(request, "Записано.")
        return redirect(review_url(found.revision_id, found))
    context = review_context(draft_of(request, found.revision_id))
    mine = next(each for each in context["lines"] + context["removed"] if each.measure.pk == found.pk)
    return piece(request, _region(found), LINE, {**context, "line": mine}, along=SUMMARY)


@require_safe
@guarded(permissions.can_upload_order)
def dates(request: ScopedRequest, measure_id: int) -> HttpResponse:
    """What a phrase means while it is being typed; nothing is written."""
    found = measure_of(request, measure_id)
    typed = request.GET.get(f"measure-{found.pk}-deadline", found.deadline)[:LONGEST_PHRASE]
    revision = found.revision
    shown = due_dates(
        typed,
        settings=settings_for(revision.organisation),
        subsidy_year=revision.roadmap.subsidy_year,
        region=revision.region_id or "",
    )
    return piece(request, f"dates-{found.pk}", DATES, {"dates": shown, "revision": revision})


def _version(request: ScopedRequest, name: str = "version") -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else -1


def _carry_out(request: ScopedRequest, measure_id: int, verb: Callable[[Measure], Any]) -> HttpResponse | None:
    """Do it; what was refused is told on the editor, and nothing else follows."""
    found = measure_of(request, measure_id)
    try:
        verb(found)
    except NotAllowed:
        raise
    except Refused as refusal:
        return _editor(request, measure_of(request, measure_id), status=UNPROCESSABLE, refused=str(refusal))
    return None


def _back_to_editor(request: ScopedRequest, measure_id: int) -> HttpResponse:
    found = measure_of(request, measure_id)
    if is_asked(request, _region(found)):
        return _editor(request, found)
    return redirect("orders_measure", measure_id)


@require_POST
@guarded(permissions.can_upload_order)
def split(request: ScopedRequest, measure_id: int) -> HttpResponse:
    """Make several measures of one: by its sub-items, or at a chosen place of its text."""
    same: Mapping[str, Any] = {"reviewer": reviewer_of(request)}

    def cut(found: Measure) -> None:
        if request.POST.get("by") == "items":
            verbs.split_by_items(measure=found, version=_version(request), **same)
            return
        name = f"split-{found.pk}"
        verbs.split_at(
            measure=found,
            version=_version(request, f"{name}-version"),
            first=request.POST.get(f"{name}-first", ""),
            second=request.POST.get(f"{name}-second", ""),
            **same,
        )

    refused = _carry_out(request, measure_id, cut)
    return refused or _to_review(request, measure_id, "Мероприятие разделено.")


@require_POST
@guarded(permissions.can_upload_order)
def merge(request: ScopedRequest, measure_id: int) -> HttpResponse:
    """Join the measure to the one above it."""
    above = measure_of(request, _version(request, "above"))

    def join(found: Measure) -> None:
        verbs.merge_measures(
            measure=above,
            version=_version(request, "above_version"),
            other=found,
            other_version=_version(request),
            reviewer=reviewer_of(request),
        )

    refused = _carry_out(request, measure_id, join)
    return refused or _to_review(request, above.pk, "Мероприятия соединены.")


@require_POST
@guarded(permissions.can_upload_order)
def move(request: ScopedRequest, measure_id: int) -> HttpResponse:
    """Put the measure at another place."""
    reviewer, to = reviewer_of(request), _version(request, "to")
    refused = _carry_out(
        request,
        measure_id,
        lambda found: verbs.move_measure(measure=found, version=_version(request), to=to, reviewer=reviewer),
    )
    return refused or _to_review(request, measure_id, "Мероприятие переставлено.")


@require_POST
@guarded(permissions.can_upload_order)
def remove(request: ScopedRequest, measure_id: int) -> HttpResponse:
    """Take the measure out, with a reason."""
    reviewer, reason = reviewer_of(request), request.POST.get("reason", "")[:2000]
    refused = _carry_out(
        request,
        measure_id,
        lambda found: verbs.remove_measure(measure=found, version=_version(request), reason=reason, reviewer=reviewer),
    )
    return refused or _to_review(request, None, "Мероприятие исключено; оно осталось внизу страницы.", measure_id)


@require_POST
@guarded(permissions.can_upload_order)
def restore(request: ScopedRequest, measure_id: int) -> HttpResponse:
    """Return a measure that was taken out."""
    reviewer = reviewer_of(request)
    refused = _carry_out(
        request,
        measure_id,
        lambda found: verbs.restore_measure(measure=found, version=_version(request), reviewer=reviewer),
    )
    return refused or _to_review(request, measure_id, "Мероприятие возвращено.")


def _to_review(request: ScopedRequest, measure_id: int | None, words: str, about: int | None = None) -> HttpResponse:
    messages.success(request, words)
    found = measure_of(request, measure_id or about or 0)
    return redirect(review_url(found.revision_id, found if measure_id else None))


@require_POST
@guarded(permissions.can_upload_order)
def add_responsibles(request: ScopedRequest, measure_id: int) -> HttpResponse:
    """Add whoever the words name."""
    reviewer = reviewer_of(request)

    def add(found: Measure) -> None:
        name = f"words-{found.pk}"
        words = request.POST.get(f"{name}-words", "")[:5000]
        version = _version(request, f"{name}-version")
        parts.add_responsibles(measure=found, version=version, words=words, reviewer=reviewer)

    return _carry_out(request, measure_id, add) or _back_to_editor(request, measure_id)


def _part(request: ScopedRequest, model: Any, part_id: int) -> Any:
    found = queries.find_part(model, request.scope, part_id)
    if found is None or not queries.sees_draft(request.scope, found.measure.revision):
        raise Http404
    demand(permissions.can_review, request, found.measure.revision)
    return found


@require_POST
@guarded(permissions.can_upload_order)
def responsible(request: ScopedRequest, responsible_id: int) -> HttpResponse:
    """Take a responsible out, or say that it leads."""
    row: Responsible = _part(request, Responsible, responsible_id)
    verb = parts.name_lead if request.POST.get("do") == "lead" else parts.remove_responsible
    reviewer = reviewer_of(request)
    refused = _carry_out(
        request,
        row.measure_id,
        lambda _: verb(responsible=row, version=_version(request), reviewer=reviewer),
    )
    return refused or _back_to_editor(request, row.measure_id)


@require_POST
@guarded(permissions.can_upload_order)
def add_document(request: ScopedRequest, measure_id: int) -> HttpResponse:
    """Add a document that proves the measure."""
    reviewer = reviewer_of(request)

    def add(found: Measure) -> None:
        form = DocumentForm(request.POST, measure=found, prefix=f"new-{found.pk}")
        _demand_valid(form)
        parts.add_document(measure=found, version=form.cleaned_data["version"], values=form.values(), reviewer=reviewer)

    return _carry_out(request, measure_id, add) or _back_to_editor(request, measure_id)


@require_POST
@guarded(permissions.can_upload_order)
def document(request: ScopedRequest, document_id: int) -> HttpResponse:
    """Change a document, or take it out."""
    row: ExpectedDocument = _part(request, ExpectedDocument, document_id)
    reviewer = reviewer_of(request)

    def change(found: Measure) -> None:
        form = DocumentForm(request.POST, measure=found, prefix=f"document-{row.pk}")
        _demand_valid(form)
        version = form.cleaned_data["version"]
        if request.POST.get("do") == "remove":
            parts.remove_document(document=row, version=version, reviewer=reviewer)
        else:
            parts.change_document(document=row, version=version, values=form.values(), reviewer=reviewer)

    return _carry_out(request, row.measure_id, change) or _back_to_editor(request, row.measure_id)


def _demand_valid(form: Any) -> None:
    """A small form has no room for errors at its fields: they are told in one sentence above the editor."""
    if not form.is_valid():
        told = [
            f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items() if name in form.fields
        ]
        raise Refused("Документ не записан. " + " ".join(told))
