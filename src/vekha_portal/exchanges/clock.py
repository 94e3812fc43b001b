"""Whose turn it is: after our letter the other side owes an answer, after theirs we do. Pure: letters and a day in, a value out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Who is to write next."""

    US = "us"
    THEM = "them"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Post:
    """A letter as the clock sees it."""

    is_ours: bool
    dated_on: datetime.date


@dataclass(frozen=True, slots=True)
class Clock:
    """Whose turn it is since which day, and calendar days that passed with each side until the day asked about."""

    turn: Side
    since: datetime.date | None
    days_with_us: int
    days_with_them: int
    days_of_turn: int


def read_clock(posts: Iterable[Post], *, on: datetime.date, closed_on: datetime.date | None = None) -> Clock:
    """The clock of an exchange on a day. Letters of one day count in the order given; nothing runs before the first or after the end.

    >>> day = datetime.date
    >>> read_clock([Post(True, day(2026, 3, 2)), Post(False, day(2026, 3, 12))], on=day(2026, 3, 15))
    Clock(turn=<Side.US: 'us'>, since=datetime.date(2026, 3, 12), days_with_us=3, days_with_them=10, days_of_turn=3)
    """
    ordered = sorted(posts, key=lambda post: post.dated_on)
    if not ordered:
        return Clock(Side.NOBODY, None, 0, 0, 0)
    end = min(on, closed_on) if closed_on is not None else on
    days = {Side.US: 0, Side.THEM: 0}
    turn, since, last = Side.NOBODY, ordered[0].dated_on, ordered[0].dated_on
    for post in ordered:
        if turn is not Side.NOBODY:
            days[turn] += max((post.dated_on - last).days, 0)
        holder = Side.THEM if post.is_ours else Side.US
        since = since if holder is turn else post.dated_on
        turn, last = holder, post.dated_on
    days[turn] += max((end - last).days, 0)
    if closed_on is not None:
        return Clock(Side.NOBODY, closed_on, days[Side.US], days[Side.THEM], 0)
    return Clock(turn, since, days[Side.US], days[Side.THEM], max((end - since).days, 0))
