"""The page «Сегодня»."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from vekha_portal.accounts.permissions import is_known
from vekha_portal.execution.models import Extension
from vekha_portal.execution.names import names_of
from vekha_portal.execution.permissions import decides
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders.models import Reading, Revision
from vekha_portal.overview.permissions import can_view_overview, leads_others, reviews_drafts
from vekha_portal.overview.queries import today as queries
from vekha_portal.overview.queries.milestones import OWED, RETURNED, UNDATED
from vekha_portal.overview.queries.reach import own_condition
from vekha_portal.overview.shown import Row, find_url, milestone_url, show_rows, title_of, waits_for
from vekha_portal.ui.pages import page
from vekha_portal.ui.russian import long_day
from vekha_portal.ui.tones import Tone

#: The sections of what is owed: their keys, titles and tones.
SECTIONS = (
    ("overdue", "Просрочено", Tone.BAD),
    ("week", "На этой неделе", Tone.ATTENTION),
    ("fortnight", "В следующие две недели", Tone.QUIET),
    ("later", "Позже", Tone.QUIET),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A short list with its honest count and the way to the whole."""

    key: str
    title: str
    tone: Tone
    count: int
    rows: list[Row]
    url: str

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than are shown."""
        return self.count > len(self.rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its caption and where it leads."""

    count: int
    caption: str
    tone: Tone
    url: str


@require_safe
@guarded(is_known)
@page("overview/today.html")
def today(request: ScopedRequest) -> Mapping[str, Any] | HttpResponse:
    """What I owe, what waits for my decision, what was returned to me, what I wait for."""
    scope, day = request.scope, timezone.localdate()
    if not can_view_overview.test(scope):
        return redirect("accounts_profile")
    may_decide = decides.test(scope)
    own = own_condition(scope)
    owed = queries.owed_on(scope, day, own=own)
    pending = queries.pending_for(scope) if may_decide else queries.Pending(0, [])
    returned = queries.returned_to(scope, own=own) if owed.returned else []
    reasons = queries.why_returned(returned) if returned else {}
    awaited = queries.awaited_by(scope)
    reviews = reviews_drafts.test(scope)
    leads = leads_others.test(scope) and not scope.is_country
    drafts = queries.drafts_of(scope) if reviews else []
    readings = queries.readings_of(scope) if reviews else []
    extensions = queries.extensions_for(scope) if may_decide else []
    names = _names(drafts, readings, extensions)
    is_bare = not owed.total and not owed.waiting and not awaited and not pending.count
    return {
        "title": "Сегодня",
        "section": "today",
        "day": day,
        "subtitle": long_day(day),
        "sections": _sections(owed, day),
        "owed": owed,
        "pending": Section(
            "pending", "Ждут вашего решения", Tone.BUSY, pending.count, show_rows(pending.rows, today=day), _list(whose="decide")
        ),
        "decides": may_decide,
        "returned": Section(
            "returned",
            "Вернули вам",
            Tone.ATTENTION,
            owed.returned,
            show_rows(returned, today=day, notes=reasons),
            _list(whose="own", state=RETURNED),
        ),
        "awaited": [(each, waits_for(each.waiting_for), _list(measure=each.measure)) for each in awaited],
        "drafts": [(each, names.get(each.created_by_id, ""), find_url("orders_review", each.pk)) for each in drafts],
        "readings": [(each, names.get(each.asked_by_id, ""), find_url("orders_reading", each.pk)) for each in readings],
        "extensions": [(each, title_of(each.milestone), names.get(each.asked_by_id, ""), milestone_url(each.milestone)) for each in extensions],
        "figures": _figures(queries.territory_on(scope, day), day) if leads else [],
        "is_empty": is_bare and queries.is_empty(scope),
        "upload_url": find_url("orders_upload") if reviews else "",
        "example_url": find_url("orders_example"),
        "country_url": reverse("country") if scope.is_country else "",
    }  # fmt: skip


def _names(
    drafts: Sequence[Revision], readings: Sequence[Reading], extensions: Sequence[Extension]
) -> Mapping[int, str]:
    """Who began, loaded and asked: a name beside a deed, even where the person's card is not seen."""
    people = [each.created_by_id for each in drafts] + [each.asked_by_id for each in readings]
    people += [each.asked_by_id for each in extensions]
    return names_of(people) if people else {}


def _list(**filters: Any) -> str:
    return f"{reverse('milestones')}?{urlencode(filters)}"


def _sections(owed: queries.Owed, day: datetime.date) -> list[Section]:
    last = day - datetime.timedelta(1)
    week, fortnight = day + datetime.timedelta(queries.WEEK), day + datetime.timedelta(queries.FORTNIGHT)
    one = datetime.timedelta(1)
    spans: dict[str, dict[str, Any]] = {
        "overdue": {"until": last},
        "week": {"since": day, "until": week - one},
        "fortnight": {"since": week, "until": fortnight - one},
        "later": {"since": fortnight},
    }
    return [
        Section(
            key, title, tone, owed.counts[key], show_rows(owed.rows[key], today=day),
            _list(whose="own", state=OWED, **spans[key]),
        )
        for key, title, tone in SECTIONS
        if owed.counts[key]
    ]  # fmt: skip


def _figures(territory: queries.Territory, day: datetime.date) -> list[Figure]:
    week = day + datetime.timedelta(queries.WEEK - 1)
    return [
        Figure(territory.overdue, "просрочено", Tone.BAD, _list(whose="territory", state="overdue")),
        Figure(territory.week, "срок на этой неделе", Tone.ATTENTION, _list(whose="territory", state=OWED, since=day, until=week)),
        Figure(territory.submitted, "на проверке", Tone.BUSY, _list(whose="territory", state="submitted")),
        Figure(territory.waiting, "ждут срока", Tone.WAITING, _list(whose="territory", state=UNDATED)),
        Figure(territory.open, "не исполнено", Tone.QUIET, _list(whose="territory", state=OWED)),
    ]  # fmt: skip
