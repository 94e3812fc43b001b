"""The clock of an exchange: whose turn, since when, how many days with whom."""

from __future__ import annotations

import datetime

import pytest

from vekha_portal.exchanges.clock import Clock, Post, Side, read_clock

OURS, THEIRS = True, False


def day(number: int) -> datetime.date:
    return datetime.date(2026, 3, number)


@pytest.mark.parametrize(
    ("posts", "closed", "expected"),
    [
        ([], None, Clock(Side.NOBODY, None, 0, 0, 0)),
        ([(OURS, 2)], None, Clock(Side.THEM, day(2), 0, 18, 18)),
        ([(THEIRS, 2)], None, Clock(Side.US, day(2), 18, 0, 18)),
        ([(OURS, 2), (THEIRS, 12)], None, Clock(Side.US, day(12), 8, 10, 8)),
        ([(OURS, 2), (THEIRS, 12), (OURS, 13)], None, Clock(Side.THEM, day(13), 1, 17, 7)),
        # a reminder does not begin the waiting anew
        ([(OURS, 2), (OURS, 12)], None, Clock(Side.THEM, day(2), 0, 18, 18)),
        ([(THEIRS, 12), (OURS, 2)], None, Clock(Side.US, day(12), 8, 10, 8)),
        ([(OURS, 2), (THEIRS, 2)], None, Clock(Side.US, day(2), 18, 0, 18)),
        ([(OURS, 2), (THEIRS, 12)], 15, Clock(Side.NOBODY, day(15), 3, 10, 0)),
    ],
)  # fmt: skip
def test_the_clock(posts: list[tuple[bool, int]], closed: int | None, expected: Clock) -> None:
    read = [Post(is_ours, day(number)) for is_ours, number in posts]
    assert read_clock(read, on=day(20), closed_on=None if closed is None else day(closed)) == expected


def test_a_day_before_the_letter_counts_nothing() -> None:
    assert read_clock([Post(OURS, day(20))], on=day(2)).days_of_turn == 0
