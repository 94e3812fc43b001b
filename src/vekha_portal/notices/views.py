"""The page of one's own calendars, and the feed that calendars of phones and offices read."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vekha_portal.accounts.models import Person
from vekha_portal.accounts.scope import choose_chair, list_chairs, scope_of
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.journal.scope import SYSTEM_SCOPE, Scope, use_scope
from vekha_portal.notices import actions
from vekha_portal.notices.bridge import Due, write_calendar
from vekha_portal.notices.forms import FeedForm
from vekha_portal.notices.models import CalendarFeed
from vekha_portal.notices.permissions import can_keep_feeds
from vekha_portal.notices.queries import Group, lines_of, open_days, text_of
from vekha_portal.registry.models import Programme
from vekha_portal.ui.frame import Crumb
from vekha_portal.ui.pages import Answer, page
from vekha_portal.ui.russian import counted

#: A calendar need not ask more often, in seconds.
FRESH = 900
_CENTRES = ("центр", "центра", "центров")
_GONE = (
    "Этот адрес календаря больше не действует: его отозвали или роль закончилась. Откройте новый в своих настройках.\n"
)
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(can_keep_feeds)
@page("notices/calendars.html")
def calendars(request: ScopedRequest) -> Mapping[str, Any] | Answer | HttpResponse:
    """One's own addresses; a new one is shown once."""
    form = FeedForm(request.POST if request.method == "POST" else None, scope=request.scope)
    chair = request.chair  # type: ignore[attr-defined]
    address = ""
    if form.is_bound and form.is_valid():
        address = _open(request, form, chair)
    feeds = CalendarFeed.objects.visible_to(request.scope).filter(person_id=request.user.pk).live()
    context = {
        "title": "Календарь сроков",
        "crumbs": (Crumb("Мои настройки", reverse("accounts_profile")), Crumb("Календарь сроков")),
        "form": form,
        "address": address,
        "chair": chair,
        "may_open": chair is not None and chair.deputising is None,
        "feeds": feeds.select_related("assignment__organisation", "programme").order_by("-created_at", "-pk"),
    }
    return Answer(context, UNPROCESSABLE if form.errors else 200, {"Cache-Control": "no-store"})


def _open(request: ScopedRequest, form: FeedForm, chair: Any) -> str:
    """The whole address of a new feed; nothing, with the reason in the form, when it is refused."""
    if chair is None or chair.deputising is not None:
        form.add_error(None, "Календарь открывают для своей роли: переключитесь на неё в меню с вашим именем.")
        return ""
    programme = Programme.objects.filter(pk=form.cleaned_data["programme"]).first()
    person = Person.objects.get(pk=request.user.pk)
    try:
        token = actions.open_feed(
            person=person, assignment=chair.assignment, programme=programme, scope=request.scope, at=timezone.now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return ""
    return request.build_absolute_uri(reverse("notices_calendar", args=[token]))


@require_POST
@guarded(can_keep_feeds)
def revoke(request: ScopedRequest, feed_id: int) -> HttpResponse:
    """Close one of one's own addresses."""
    feed = CalendarFeed.objects.visible_to(request.scope).filter(pk=feed_id, person_id=request.user.pk).first()
    if feed is None:
        raise Http404
    person = Person.objects.get(pk=request.user.pk)
    actions.revoke_feed(feed=feed, by=person, scope=request.scope, at=timezone.now())
    messages.success(request, "Адрес отозван: по нему больше никто ничего не получит.")
    return redirect("notices_calendars")


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The feed, for whoever holds the address; it sees what the person's role sees today, and nothing when that ended."""
    today = timezone.localdate()
    with use_scope(SYSTEM_SCOPE):  # only to find whose address it is
        found = _scope_behind(token, today)
    if found is None:
        return HttpResponse(
            _GONE, status=410, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
        )
    feed, scope = found
    with use_scope(scope):
        dues = list(_dues(request, *open_days(scope, feed.programme_id or "", today=today)))
    stamp = datetime.datetime.combine(today, datetime.time(), datetime.UTC)
    content = write_calendar(f"Веха: {feed.assignment.organisation}", dues, stamp=stamp)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {
        "Cache-Control": f"private, max-age={FRESH}",
        "Content-Disposition": 'inline; filename="vekha.ics"',
        "ETag": etag,
        "X-Robots-Tag": "noindex",
    }
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response


def _scope_behind(token: str, today: datetime.date) -> tuple[CalendarFeed, Scope] | None:
    """The feed and the scope its role has today; nothing where the address, the person or the role is no more."""
    rows = CalendarFeed.objects.live().select_related("person", "assignment__organisation")
    feed = rows.filter(token_hash=actions.hash_token(token), person__is_active=True).first()
    if feed is None:
        return None
    chairs = [chair for chair in list_chairs(feed.person, today) if chair.assignment.pk == feed.assignment_id]
    chair = choose_chair([chair for chair in chairs if chair.deputising is None], feed.assignment_id)
    if chair is None:
        return None
    actions.note_use(feed, on=today)
    return feed, scope_of(feed.person, chair)


def _dues(request: HttpRequest, single: list[dict[str, Any]], groups: list[Group]) -> Iterator[Due]:
    for row in single:
        url = _address(request, row["pk"])
        yield Due(f"milestone-{row['pk']}", row["due_on"], text_of(row), "\n".join(lines_of(row)), url, row["version"])
    for group in groups:
        row = group.first
        parts = [row["application_id"], row["measure_key"], row["item"], row["period"], row["ordinal"]]
        key = "-".join("" if part is None else str(part) for part in parts)
        centres = counted(group.count, *_CENTRES)
        elsewhere = group.count - group.days[group.day]
        lines = [*lines_of(row), *([f"Другой срок: {counted(elsewhere, *_CENTRES)}"] if elsewhere else [])]
        yield Due(f"measure-{key}", group.day, f"{text_of(row)} — {centres}", "\n".join(lines), "", group.version)


def _address(request: HttpRequest, milestone: int) -> str:
    try:
        return request.build_absolute_uri(reverse("execution_milestone", args=[milestone]))
    except NoReverseMatch:
        return ""
