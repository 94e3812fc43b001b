"""The review of a draft: the source beside the measures, and the forms of what is not a measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders import permissions, queries
from vekha_portal.orders.actions.measures import Reviewer, add_measure
from vekha_portal.orders.actions.parts import INDICATOR_FIELDS, change_indicator, change_roadmap, remove_indicator
from vekha_portal.orders.forms.review import AddForm, IndicatorForm, RoadmapForm
from vekha_portal.orders.models import ListedIndicator, Measure, Reading, Revision
from vekha_portal.orders.reads import settings_for
from vekha_portal.orders.reviewing import general_remarks, review_line, show_source, summarise
from vekha_portal.orders.views.found import SECTION, crumbs, demand, order_crumb
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page

Outcome = Mapping[str, Any] | Answer | HttpResponse


def reviewer_of(request: ScopedRequest) -> Reviewer:
    """Whoever changes the draft now."""
    return Reviewer(request.user, request.scope, timezone.now())


def draft_of(request: ScopedRequest, revision_id: int) -> Revision:
    """The revision, if the role may review it; 404 where it is not seen, 403 where it is only read."""
    found = queries.find_revision(request.scope, revision_id)
    if found is None:
        raise Http404
    demand(permissions.can_review, request, found)
    return found


def reading_of(revision: Revision) -> Reading | None:
    """The reading a draft came of."""
    return revision.basis.reading or revision.roadmap.order.reading


def review_url(revision_id: int, measure: Measure | None = None) -> str:
    """The review page, at a measure."""
    anchor = f"#measure-{measure.pk}" if measure is not None else ""
    return f"{reverse('orders_review', args=[revision_id])}{anchor}"


@require_safe
@guarded(permissions.can_list_orders)
@page("orders/review.html")
def review(request: ScopedRequest, revision_id: int) -> Mapping[str, Any] | HttpResponse:
    """The page on which a draft becomes what the document says."""
    revision = draft_of(request, revision_id)
    if not revision.is_draft:
        messages.info(request, "Эта редакция уже не черновик: она не меняется.")
        return redirect("orders_order", revision.basis_id)
    return review_context(revision)


def review_context(revision: Revision) -> dict[str, Any]:
    """Everything of the review page; as many queries for three hundred measures as for three."""
    reading = reading_of(revision)
    measures = queries.list_reviewed(revision)
    source = show_source(reading, measures)
    understanding = settings_for(revision.organisation)
    problems = reading.found["problems"] if reading is not None and reading.found else []
    lines = [
        review_line(measure, revision, understanding, problems, source.anchors.get(measure.pk, ()))
        for measure in measures
    ]
    return {
        "title": revision.roadmap.title or str(revision.roadmap),
        "section": SECTION,
        "crumbs": crumbs(order_crumb(revision.basis), ("Проверка", "")),
        "revision": revision,
        "order": revision.basis,
        "reading": reading,
        "lines": [line for line in lines if line.measure.removed_at is None],
        "removed": [line for line in lines if line.measure.removed_at is not None],
        "summary": summarise(lines),
        "source": source,
        "remarks": general_remarks(reading),
        "indicators": queries.list_indicators(revision),
        "understanding": understanding,
        "add_form": AddForm(prefix="add"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_upload_order)
@page("orders/review_roadmap.html")
def roadmap(request: ScopedRequest, revision_id: int) -> Outcome:
    """The programme, the year and the title of a roadmap."""
    revision = draft_of(request, revision_id)
    form = RoadmapForm(request.POST) if request.method == "POST" else RoadmapForm.of(revision.roadmap, revision.version)
    if form.is_bound and form.is_valid():
        try:
            change_roadmap(
                revision=revision,
                version=form.cleaned_data["version"],
                values=form.values(),
                reviewer=reviewer_of(request),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Записано.")
            return redirect("orders_review", revision.pk)
    return _form_page(revision, form, "Дорожная карта: программа и год")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_upload_order)
@page("orders/review_roadmap.html")
def add(request: ScopedRequest, revision_id: int) -> Outcome:
    """A measure that the document has and the reading lost."""
    revision = draft_of(request, revision_id)
    after = request.GET.get("after", "")
    initial = {"after": int(after)} if after.isascii() and after.isdigit() and len(after) < 18 else {}
    form = AddForm(request.POST or None, prefix="add", initial=initial)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        above = Measure.objects.filter(pk=given["after"], revision=revision).first() if given["after"] else None
        try:
            added = add_measure(
                revision=revision, after=above, text=given["text"], deadline=given["deadline"], reviewer=reviewer_of(request)
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Мероприятие добавлено. Укажите ответственных и документы.")
            return redirect(review_url(revision.pk, added))
    return _form_page(revision, form, "Добавить мероприятие")


def _form_page(revision: Revision, form: Any, title: str) -> Answer:
    context = {
        "title": title,
        "section": SECTION,
        "crumbs": crumbs(order_crumb(revision.basis), ("Проверка", review_url(revision.pk)), (title, "")),
        "revision": revision,
        "form": form,
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


def _indicator_of(request: ScopedRequest, indicator_id: int) -> ListedIndicator:
    found = queries.find_indicator(request.scope, indicator_id)
    if found is None or not queries.sees_draft(request.scope, found.revision):
        raise Http404
    demand(permissions.can_review, request, found)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_upload_order)
@page("orders/review_roadmap.html")
def indicator(request: ScopedRequest, indicator_id: int) -> Outcome:
    """A line of the indicator list."""
    found = _indicator_of(request, indicator_id)
    revision = draft_of(request, found.revision_id)
    form = IndicatorForm(request.POST) if request.method == "POST" else IndicatorForm.of(found)
    if form.is_bound and form.is_valid():
        values = {name: form.cleaned_data[name] for name in INDICATOR_FIELDS}
        try:
            change_indicator(
                indicator=found, seen=form.cleaned_data["seen"], values=values, reviewer=reviewer_of(request)
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Записано.")
            return redirect(f"{review_url(revision.pk)}#indicators")
    return _form_page(revision, form, "Показатель")


@require_POST
@guarded(permissions.can_upload_order)
def toggle_indicator(request: ScopedRequest, indicator_id: int) -> HttpResponse:
    """Take an indicator out, or return it."""
    found = _indicator_of(request, indicator_id)
    try:
        remove_indicator(indicator=found, reviewer=reviewer_of(request))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{review_url(found.revision_id)}#indicators")
