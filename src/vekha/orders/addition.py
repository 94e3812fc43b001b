"""How an indicator adds up: a rule for time and a rule for centres, apart from each other.

People a year are not summed over quarters (each report counts from the beginning of the year), events are; over centres
people are summed, and a share is computed again from what it was a share of.
"""

from __future__ import annotations

from enum import StrEnum


class OverTime(StrEnum):
    """What the values of one centre in the quarters of a year make: the last one counts, or all are summed."""

    LAST = "last"
    SUM = "sum"


class OverCentres(StrEnum):
    """What the values of many centres make: a sum, or a share computed again from its parts and wholes."""

    SUM = "sum"
    SHARE = "share"
