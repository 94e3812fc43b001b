"""What an order is compared with: a roadmap of a pack, or another document, aligned with it measure by measure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vekha.orders.diff import Alignment, align, align_files
from vekha.orders.model import Measure, Order, OrderFile, Roadmap
from vekha.packs.model import IndicatorEdition
from vekha.stages.catalogue import Stage
from vekha.text.normalise import fold


@dataclass(frozen=True, slots=True)
class AlignedRoadmap:
    """One roadmap of the order beside the reference's; ``alignment.a`` is the reference's, ``alignment.b`` the order's.

    ``years`` is what has to be added to a year of the reference to speak of the same wave as the order.
    """

    roadmap: int
    alignment: Alignment
    years: int = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """The other side of a comparison.

    ``name`` is for people; ``order`` is ``None`` for a pack, whose roadmaps bind nobody. ``lacking`` are the roadmaps of the
    reference that the order has nothing like, ``unmatched`` the indices of the order's roadmaps the reference has nothing like.
    """

    name: str
    order: Order | None
    aligned: tuple[AlignedRoadmap, ...]
    lacking: tuple[Roadmap, ...] = ()
    unmatched: tuple[int, ...] = ()
    editions: tuple[IndicatorEdition, ...] = ()


def document_reference(order_file: OrderFile, other: OrderFile, *, subsidy_year: int | None = None) -> Reference:
    """Another document as the reference: its roadmaps paired with the order's by programme and likeness.

    ``subsidy_year`` is the wave the order is checked for, where that is not the year it states.
    """
    pairs = align_files(other, order_file)
    aligned = tuple(
        AlignedRoadmap(pair.b, pair.alignment, _years_between(pair.alignment, subsidy_year))
        for pair in pairs
        if pair.a is not None and pair.b is not None and pair.alignment.a.measures
    )
    return Reference(
        other.source_name,
        other.order,
        aligned,
        lacking=tuple(pair.alignment.a for pair in pairs if pair.b is None and pair.alignment.a.measures),
        unmatched=tuple(
            pair.b for pair in pairs if pair.a is None and pair.b is not None and pair.alignment.b.measures
        ),
    )


def pack_reference(
    order_file: OrderFile, name: str, roadmaps: Sequence[Roadmap], editions: Sequence[IndicatorEdition] = ()
) -> Reference:
    """Roadmaps of a pack as the reference: each roadmap of the order beside the one of its programme, if there is one."""
    aligned: list[AlignedRoadmap] = []
    unmatched: list[int] = []
    for index, roadmap in enumerate(order_file.roadmaps):
        found = next((each for each in roadmaps if each.programme is roadmap.programme), None)
        if found is not None and roadmap.measures:
            aligned.append(AlignedRoadmap(index, align(found, roadmap)))
        elif roadmap.measures:
            unmatched.append(index)
    return Reference(
        name, None, tuple(aligned), unmatched=tuple(unmatched) if roadmaps else (), editions=tuple(editions)
    )


def is_superior(order_file: OrderFile, reference: Reference) -> bool:
    """Whether the reference binds the order: it is cited by number and date, or a municipality follows the region it names."""
    above, order = reference.order, order_file.order
    if above is None or order is None:
        return False
    for cited in order.cited:
        if (
            cited.date is not None
            and cited.date == above.date
            and fold(cited.number or "") == fold(above.number or "-")
        ):
            return True
    region = _REGION.search(fold(above.issuer or ""))
    if region is None or _MUNICIPAL.search(fold(above.issuer or "")) or not _MUNICIPAL.search(fold(order.issuer or "")):
        return False
    named = (
        order.issuer,
        order.title,
        *(cited.text for cited in order.cited),
        *(each.title for each in order_file.roadmaps),
    )
    stem = region["adjective"][:-_ENDING] if region["adjective"] else region["name"][:-_ENDING]
    return any(stem in fold(text) for text in named if text)


def regrouped(alignment: Alignment) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Measures of the reference that one of the order took in (by the order's index), and the other way round.

    A measure is taken in where its wording is, or where a composite measure («1) планы … 2) оборудование …») has its stage.
    """
    merged: dict[int, set[int]] = {group.b[0]: set(group.a) for group in alignment.merged}
    split: dict[int, set[int]] = {group.a[0]: set(group.b) for group in alignment.split}
    pairs = {pair.a: pair.b for pair in alignment.pairs}
    back = {own: theirs for theirs, own in pairs.items()}
    _take_in(merged, alignment.only_a, alignment.a.measures, alignment.b.measures, back)
    _take_in(split, alignment.only_b, alignment.b.measures, alignment.a.measures, pairs)
    return merged, split


def _take_in(
    groups: dict[int, set[int]],
    alone: Sequence[int],
    parts: Sequence[Measure],
    wholes: Sequence[Measure],
    partner: Mapping[int, int],
) -> None:
    """Add the measures left alone to the composite measures of the other side that have their stage."""
    for index in alone:
        if any(index in group for group in groups.values()) or parts[index].stage is Stage.OTHER:
            continue
        for whole, measure in enumerate(wholes):
            if measure.item_stages is not None and parts[index].stage in measure.item_stages:
                known = {partner[whole]} if whole in partner else set()
                groups.setdefault(whole, known).add(index)
                break


_ENDING = 3
_MUNICIPAL = re.compile(r"\bгород|\bрайон|муниципальн")
_REGION = re.compile(
    r"(?P<adjective>[а-я-]{4,}(?:ой|ого|ий|ая|ый)) (?:област|кра|автономн)|республик\w+ (?P<name>[а-я-]{4,})"
)


def _years_between(alignment: Alignment, subsidy_year: int | None) -> int:
    reference, own = alignment.a.year, subsidy_year if subsidy_year is not None else alignment.b.year
    return own - reference if own is not None and reference is not None else 0
