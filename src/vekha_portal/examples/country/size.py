"""How big the country is, and how its centres fall into regions, programmes and years."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GROWTH_POINT, QUANTORIUM, ENVIRONMENT = "growth-point", "school-quantorium", "digital-environment"
#: The years before the current one that have waves.
_PAST = 6
#: From this month on the next year's waves are being prepared.
_PREPARES_IN = 9
#: Centres of the biggest wave: what a page has to show at once.
BIGGEST_WAVE = 300
_SCHOOLS_OF_A_MUNICIPALITY = 10.9


@dataclass(frozen=True, slots=True)
class Size:
    """What was asked for; the day decides what is past."""

    regions: int
    centres: int
    seed: int
    day: datetime.date

    @property
    def years(self) -> range:
        """The subsidy years of the waves."""
        return range(self.day.year - _PAST, self.day.year + 1 + (self.day.month >= _PREPARES_IN))


@dataclass(frozen=True, slots=True)
class WavePlan:
    """One wave to be: so many centres of a programme."""

    programme: str
    year: int
    centres: int


@dataclass(frozen=True, slots=True)
class RegionPlan:
    """One region: its waves, its municipalities; the number of schools is that of centres."""

    code: str
    municipalities: int
    waves: tuple[WavePlan, ...]

    @property
    def schools(self) -> int:
        """One for every centre."""
        return sum(wave.centres for wave in self.waves)


def plan_country(size: Size, codes: Sequence[str]) -> list[RegionPlan]:
    """The regions of the country, by their codes; the seed decides how big each is."""
    chance = random.Random(f"{size.seed}:size")
    taken = sorted(codes)[: size.regions]
    weights = [chance.lognormvariate(0, 0.55) for _ in taken]
    biggest = max(range(len(taken)), key=weights.__getitem__)
    shares = divide(size.centres, weights)
    return [
        RegionPlan(
            code,
            max(2, round(share / _SCHOOLS_OF_A_MUNICIPALITY)),
            tuple(_plan_waves(share, size, chance, is_biggest=number == biggest)),
        )
        for number, (code, share) in enumerate(zip(taken, shares, strict=True))
    ]


def _plan_waves(centres: int, size: Size, chance: random.Random, *, is_biggest: bool) -> Iterator[WavePlan]:
    kinds = list(_kinds(size))
    fixed = min(BIGGEST_WAVE, centres // 2) if is_biggest else 0
    counts = divide(centres - fixed, [weight * chance.uniform(0.6, 1.4) for _, _, weight in kinds])
    for (programme, year, _), count in zip(kinds, counts, strict=True):
        whole = count if not fixed or (programme, year) != (GROWTH_POINT, size.day.year) else max(fixed, count)
        rest = fixed + count - whole  # what the biggest wave did not need goes to the next programme of the year
        if whole:
            yield WavePlan(programme, year, whole)
        if fixed and rest and (programme, year) == (GROWTH_POINT, size.day.year):
            yield WavePlan(QUANTORIUM, year, rest)


def _kinds(size: Size) -> Iterator[tuple[str, int, float]]:
    this_year = size.day.year
    for year in size.years:
        yield GROWTH_POINT, year, 1.0
        if this_year - 2 <= year <= this_year:
            yield ENVIRONMENT, year, 0.35
        if this_year - 4 <= year < this_year:
            yield QUANTORIUM, year, 0.08


def divide(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of a total, as near to the weights as whole numbers come.

    >>> divide(10, [1, 1, 2])
    [2, 3, 5]
    """
    whole, parts, before = sum(weights), [], 0
    passed = 0.0
    for weight in weights:
        passed += weight
        until = round(total * passed / whole)
        parts.append(until - before)
        before = until
    return parts
