"""Reads of exchanges: the list with every clock, in as many queries for a thousand as for one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from vekha_portal.exchanges.clock import Clock, Post, Side, read_clock
from vekha_portal.exchanges.models import Direction, Exchange, ExchangeQuerySet, Letter
from vekha_portal.journal.scope import Scope
from vekha_portal.ui.russian import counted
from vekha_portal.ui.tones import State, Tone

#: More open exchanges than these are not weighed at once: whoever has them should filter.
MOST_LISTED = 2000


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; empty means any."""

    words: str = ""
    turn: str = ""
    with_closed: bool = False
    organisation: int | None = None
    milestone: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An exchange with its letters and its clock on a day, seen from the side of whoever looks."""

    exchange: Exchange
    letters: Sequence[Letter]
    clock: Clock
    is_turned: bool
    on: datetime.date

    @property
    def is_overdue(self) -> bool:
        """Whether the other side let the day pass by which an answer is needed."""
        due = self.exchange.answer_due_on
        return self.clock.turn is not Side.NOBODY and due is not None and due < self.on

    @property
    def state(self) -> State:
        """Whose turn it is and for how long, in words."""
        days = counted(self.clock.days_of_turn, "день", "дня", "дней")
        match self.clock.turn:
            case Side.NOBODY:
                return State("завершена", Tone.QUIET, "circle-check")
            case Side.US:
                return State(f"отвечать нам, {days}", Tone.BAD if self.is_overdue else Tone.ATTENTION)
            case Side.THEM:
                return State(f"ждём ответа, {days}", Tone.BAD if self.is_overdue else Tone.WAITING)

    @property
    def last(self) -> Letter | None:
        """The latest letter."""
        return self.letters[-1] if self.letters else None


def list_exchanges(scope: Scope, filters: Filters, *, day: datetime.date) -> list[Row]:
    """Exchanges the scope sees, the longest waiting first. Two queries."""
    rows: ExchangeQuerySet = Exchange.objects.visible_to(scope)
    if scope.programmes:
        rows = rows.filter(Q(wave=None) | Q(wave__programme_id__in=scope.programmes))
    if not filters.with_closed:
        rows = rows.filter(closed_on=None)
    if filters.organisation is not None:
        rows = rows.filter(Q(organisation_id=filters.organisation) | Q(counterpart_id=filters.organisation))
    if filters.milestone is not None:
        rows = rows.filter(milestone_id=filters.milestone)
    for word in filters.words.split()[:5]:
        told = Q(subject__icontains=word) | Q(counterpart_name__icontains=word)
        rows = rows.filter(told | Q(pk__in=Letter.objects.filter(number__icontains=word).values("exchange_id")))
    found = rows.select_related("organisation", "counterpart", "wave__programme").prefetch_related(_letters())
    listed = [_row(scope, each, day) for each in found.order_by("-pk")[:MOST_LISTED]]
    chosen = [row for row in listed if not filters.turn or row.clock.turn == filters.turn]
    return sorted(
        chosen, key=lambda row: (row.exchange.closed_on is not None, -row.clock.days_of_turn, -row.exchange.pk)
    )


def find_exchange(scope: Scope, exchange_id: int, *, day: datetime.date) -> Row | None:
    """One exchange, or nothing where the scope sees none."""
    seen = Exchange.objects.visible_to(scope).filter(pk=exchange_id)
    found = seen.select_related("organisation", "counterpart", "wave", "milestone__measure").prefetch_related(
        _letters()
    )
    exchange = found.first()
    return None if exchange is None else _row(scope, exchange, day)


def _letters() -> Prefetch:  # type: ignore[type-arg]  # its parameters are of no use here
    ordered = Letter.objects.select_related("evidence__file", "registered_by").order_by("dated_on", "pk")
    return Prefetch("letters", ordered, to_attr="all_letters")


def _row(scope: Scope, exchange: Exchange, day: datetime.date) -> Row:
    letters: list[Letter] = exchange.all_letters  # type: ignore[attr-defined]  # fetched under this name
    valid = [letter for letter in letters if letter.annulled_at is None]
    turned = _looks_from_the_other_side(scope, exchange)
    posts = [Post((letter.direction == Direction.OUT) is not turned, letter.dated_on) for letter in valid]
    clock = read_clock(posts, on=day, closed_on=exchange.closed_on)
    return Row(exchange, letters, clock, turned, day)


def _looks_from_the_other_side(scope: Scope, exchange: Exchange) -> bool:
    """Whether the scope's own organisation is the one written to: then its «us» is the other side."""
    own = scope.organisations
    return exchange.counterpart_id in own and exchange.organisation_id not in own
