"""Adding up: the quarters of a year at one centre, then many centres; what is missing is said beside the total.

Time comes first and centres second: a share of the year at each centre is known before the region's share is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar, assert_never

from vekha.indicators.values import Share, Value, number_of
from vekha.orders.addition import OverCentres, OverTime

Key = TypeVar("Key", bound=str)


class MixedValues(TypeError):
    """A share was to be added to a count: the caller mixed two indicators, or the rule does not fit the indicator."""


@dataclass(frozen=True, slots=True)
class Total(Generic[Key]):
    """A total, the keys (quarters or centres) it counts, and those without a value, both in order.

    ``value`` is ``None`` where nothing is known at all: an absent report is not a zero.
    """

    value: Value | None
    counted: tuple[Key, ...]
    missing: tuple[Key, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every quarter or centre has a value."""
        return not self.missing


def over_time(values: Mapping[Key, Value | None], rule: OverTime) -> Total[Key]:
    """The value of the year so far from the values of its periods, in the order of the mapping.

    Under ``OverTime.LAST`` the last known value counts and fills the gaps before it: missing are only the periods
    after it. Under ``OverTime.SUM`` every period without a value is missing.

    >>> over_time({"2024-Q1": Decimal(200), "2024-Q2": None, "2024-Q3": Decimal(310)}, OverTime.LAST)
    Total(value=Decimal('310'), counted=('2024-Q3',), missing=())
    >>> over_time({"2024-Q1": Decimal(4), "2024-Q2": None, "2024-Q3": Decimal(5)}, OverTime.SUM)
    Total(value=Decimal('9'), counted=('2024-Q1', '2024-Q3'), missing=('2024-Q2',))
    """
    match rule:
        case OverTime.LAST:
            return _last(values)
        case OverTime.SUM:
            return _added(values)
        case _:
            assert_never(rule)


def over_centres(values: Mapping[Key, Value | None], rule: OverCentres) -> Total[Key]:
    """The value of many centres together.

    A share is computed again from parts and wholes, never as a mean of percentages; it needs :class:`Share` values.

    >>> over_centres({"first": Share(1, 2), "second": Share(18, 18)}, OverCentres.SHARE).value
    Share(part=19, whole=20)

    Raises :class:`MixedValues` where the values do not fit the rule.
    """
    wanted: type = Share if rule is OverCentres.SHARE else Decimal
    if any(value is not None and not isinstance(value, wanted) for value in values.values()):
        raise MixedValues(f"{rule} over centres takes {wanted.__name__} values only")
    return _added(values)


def region_total(
    values: Mapping[str, Mapping[str, Value | None]], *, time: OverTime, centres: OverCentres
) -> tuple[Total[str], Mapping[str, Total[str]]]:
    """Centre → period → value, added up over time and then over centres; the totals of the centres come beside.

    A centre whose own year is incomplete is counted with what it has; its total says what is missing.
    """
    by_centre = {centre: over_time(periods, time) for centre, periods in values.items()}
    return over_centres({centre: total.value for centre, total in by_centre.items()}, centres), by_centre


def shortfall(value: Value | None, minimum: Decimal | int | float | None) -> Decimal | None:
    """By how much a value is below its minimum: 0 if it is not, ``None`` where either is unknown.

    >>> shortfall(Decimal(700), 750), shortfall(Share(4, 4), 100), shortfall(None, 750)
    (Decimal('50'), Decimal('0'), None)
    """
    number = None if value is None else number_of(value)
    if number is None or minimum is None:
        return None
    return max(Decimal(0), Decimal(str(minimum)) - number)


def falling_periods(values: Mapping[Key, Value | None]) -> tuple[Key, ...]:
    """The periods in which a count that grows through the year is below an earlier one: a mistake in one of the two."""
    fallen, highest = [], None
    for period, value in values.items():
        if not isinstance(value, Decimal):
            continue
        if highest is not None and value < highest:
            fallen.append(period)
        highest = value if highest is None else max(highest, value)
    return tuple(fallen)


def _last(values: Mapping[Key, Value | None]) -> Total[Key]:
    periods = list(values)
    known = [period for period in periods if values[period] is not None]
    if not known:
        return Total(None, (), tuple(periods))
    last = known[-1]
    return Total(values[last], (last,), tuple(periods[periods.index(last) + 1 :]))


def _added(values: Mapping[Key, Value | None]) -> Total[Key]:
    known = {key: value for key, value in values.items() if value is not None}
    missing = tuple(key for key in values if key not in known)
    return Total(_sum(known.values()), tuple(known), missing)


def _sum(values: Iterable[Value]) -> Value | None:
    listed = list(values)
    if not listed:
        return None
    counts = [value for value in listed if isinstance(value, Decimal)]
    shares = [value for value in listed if isinstance(value, Share)]
    if counts and shares:
        raise MixedValues("a share cannot be added to a count")
    if shares:
        return Share(sum(share.part for share in shares), sum(share.whole for share in shares))
    return sum(counts, Decimal(0))
