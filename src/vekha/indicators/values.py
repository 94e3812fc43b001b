"""Values of indicators: a count, or a share that remembers what it is a share of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``whole``, both counts of the same things; a share of nothing has no percentage.

    >>> Share(7, 8).percent
    Decimal('87.5')
    """

    part: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise ValueError(f"a share of {self.part} in {self.whole}")

    @property
    def percent(self) -> Decimal | None:
        """The share in percent, exact to the precision of ``Decimal``; ``None`` for a share of nothing."""
        return None if self.whole == 0 else Decimal(100 * self.part) / Decimal(self.whole)


Value = Decimal | Share


def number_of(value: Value) -> Decimal | None:
    """The value as one number, in the unit of the indicator (percent for a share)."""
    return value.percent if isinstance(value, Share) else value
