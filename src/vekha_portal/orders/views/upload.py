"""Handing in a file, watching it being read, looking at its pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vekha_portal.files.disk import CHUNK
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders import permissions, queries
from vekha_portal.orders.actions.reading import read_again, upload_order
from vekha_portal.orders.forms.upload import ACCEPTED, UploadForm
from vekha_portal.orders.models import Order, Reading
from vekha_portal.orders.reviewing import general_remarks
from vekha_portal.orders.source.bridge import FILE_LIMIT, Unreadable
from vekha_portal.orders.source.pictures import picture_of
from vekha_portal.orders.views.found import SECTION, crumbs, demand
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page

Outcome = Mapping[str, Any] | Answer | HttpResponse
SAME_SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_upload_order)
@page("orders/upload.html")
def upload(request: ScopedRequest) -> Outcome:
    """Drop a file; the rest is done by the worker."""
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*given, scope=request.scope)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            reading = upload_order(
                stream=file.chunks(CHUNK),
                name=file.name,
                organisation=form.cleaned_data["organisation"],
                subsidy_year=form.cleaned_data["subsidy_year"],
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("orders_reading", reading.pk)
    context = {
        "title": "Загрузить распоряжение",
        "section": SECTION,
        "crumbs": crumbs(("Загрузить распоряжение", "")),
        "form": form,
        "accepted": ACCEPTED,
        "limit": FILE_LIMIT >> 20,
        "file_error": " ".join(str(each) for each in form.errors.get("file", [])),
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


def _reading_of(request: ScopedRequest, reading_id: int) -> Reading:
    found = queries.find_reading(request.scope, reading_id)
    if found is None or not permissions.can_view_reading.test(request.scope, found):
        raise Http404
    return found


@require_safe
@guarded(permissions.can_list_orders)
@page("orders/reading.html", partials=["progress"])
def reading(request: ScopedRequest, reading_id: int) -> Mapping[str, Any]:
    """How far the reading is; then the draft it gave, or why there is none."""
    found = _reading_of(request, reading_id)
    order = Order.objects.filter(reading=found).first()
    return {
        "title": found.file.name,
        "section": SECTION,
        "crumbs": crumbs((found.file.name, "")),
        "reading": found,
        "order": order,
        "drafts": queries.list_drafts(order) if order is not None else [],
        "remarks": general_remarks(Reading.objects.get(pk=found.pk)) if order is not None else [],
        "same": list(queries.list_same_files(request.scope, found)[:SAME_SHOWN]),
        "may_review": permissions.can_review.test(request.scope, found),
    }


@require_POST
@guarded(permissions.can_upload_order)
def again(request: ScopedRequest, reading_id: int) -> HttpResponse:
    """Read the file once more."""
    found = _reading_of(request, reading_id)
    demand(permissions.can_review, request, found)
    try:
        read_again(reading=found, by=request.user, scope=request.scope, at=timezone.now())
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("orders_reading", found.pk)


@require_safe
@guarded(permissions.can_list_orders)
def source_page(request: ScopedRequest, reading_id: int, number: int) -> HttpResponse:
    """A page of the document as a picture."""
    found = _reading_of(request, reading_id)
    try:
        picture = picture_of(found.file, number)
    except (Unreadable, FileNotFoundError) as error:
        raise Http404 from error
    if not picture:
        raise Http404
    headers = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture, content_type="image/png", headers=headers)
