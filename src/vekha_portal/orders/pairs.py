"""Pairs of measures proposed to people: of a draft with the revision in force, of a roadmap with its superior's."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vekha_portal.orders.comparison.bridge import CHANGES, pair_rows
from vekha_portal.orders.models import Measure, Revision, Roadmap
from vekha_portal.orders.reads import list_measures, row_of


@dataclass(frozen=True, slots=True)
class Proposed:
    """A measure with the one it is paired with (its key), how alike they are in per cent, and what differs in words."""

    measure: Measure
    key: uuid.UUID | None
    likeness: int = 0
    changes: str = ""

    @property
    def chosen(self) -> str:
        """The key as the form has it."""
        return str(self.key or "")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Every measure of one side with its pair, the measures to choose from, and those of the other side nobody chose."""

    rows: tuple[Proposed, ...]
    others: tuple[Measure, ...]
    alone: tuple[Measure, ...]


def current_revision(roadmap: Roadmap) -> Revision | None:
    """The last approved revision of a roadmap."""
    return Revision.objects.filter(roadmap=roadmap, approved_at__isnull=False).order_by("-number").first()


def propose_follows(
    roadmap: Roadmap, draft: Revision, *, chosen: Mapping[int, uuid.UUID] | None = None
) -> Proposal | None:
    """Which measure of the revision in force each measure of a draft continues; none where nothing is in force."""
    current = current_revision(roadmap)
    if current is None:
        return None
    years = (draft.roadmap.subsidy_year, roadmap.subsidy_year)
    return _propose(list_measures(draft), list_measures(current), years, chosen)


def propose_links(revision: Revision, superior: Roadmap) -> Proposal | None:
    """Which measure of the superior's roadmap each measure carries out: what is said already, else what is alike."""
    current = current_revision(superior)
    if current is None:
        return None
    years = (revision.roadmap.subsidy_year, superior.subsidy_year)
    mine, theirs = list_measures(revision), list_measures(current)
    keys = {each.key for each in theirs}
    said = {each.pk: each.superior_key for each in mine if each.superior_key in keys}
    return _propose(mine, theirs, years, said or None)


def _propose(
    mine: Sequence[Measure],
    theirs: Sequence[Measure],
    years: tuple[int | None, int | None],
    chosen: Mapping[int, uuid.UUID] | None,
) -> Proposal:
    pairing = pair_rows([row_of(each) for each in mine], [row_of(each) for each in theirs], years=years)
    alike = {mine[pair.a].pk: pair for pair in pairing.pairs}
    rows = []
    for measure in mine:
        pair = alike.get(measure.pk)
        proposed = theirs[pair.b].key if pair else None
        key = chosen.get(measure.pk) if chosen is not None else proposed
        if pair is not None and key == proposed:
            words = ", ".join(CHANGES[change] for change in pair.changes)
            rows.append(Proposed(measure, key, round(pair.likeness * 100), words))
        else:
            rows.append(Proposed(measure, key))
    taken = {row.key for row in rows}
    return Proposal(tuple(rows), tuple(theirs), tuple(each for each in theirs if each.key not in taken))


def sides(revisions: Sequence[Revision], first: str, second: str) -> tuple[Revision | None, Revision | None]:
    """The two revisions to compare: those asked for by number, else the two newest that were not left."""
    by_number = {str(each.number): each for each in revisions}
    before, after = by_number.get(first), by_number.get(second)
    if before is not None and after is not None and before.pk != after.pk:
        return before, after
    usual = [each for each in revisions if each.withdrawn_at is None]
    return (usual[1], usual[0]) if len(usual) > 1 else (None, None)
