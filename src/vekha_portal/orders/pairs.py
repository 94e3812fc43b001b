"""Pairs of measures proposed to people: of a draft with the revision in force, of a roadmap with its superior's."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from vekha_portal.orders.comparison.bridge import CHANGES, list_changes, pair_rows
from vekha_portal.orders.models import Measure, Order, Revision, Roadmap
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
    kept: frozenset[uuid.UUID] = frozenset()
    is_partial: bool = False

    @property
    def standing(self) -> tuple[tuple[Measure, str, bool], ...]:
        """Each measure of the other side: which row continues it, and whether it stays where none does."""
        taken = {row.key: row.measure.number or "без номера" for row in self.rows if row.key}
        return tuple((each, taken.get(each.key, ""), each.key in self.kept) for each in self.others)


def current_revision(roadmap: Roadmap) -> Revision | None:
    """The last approved revision of a roadmap."""
    return Revision.objects.filter(roadmap=roadmap, approved_at__isnull=False).order_by("-number").first()


def propose_follows(
    roadmap: Roadmap,
    draft: Revision,
    *,
    chosen: Mapping[int, uuid.UUID] | None = None,
    kept: Collection[uuid.UUID] = (),
) -> Proposal | None:
    """Which measure of the revision in force each measure of a draft continues; none where nothing is in force.

    An order that replaces, adds and removes rows by their numbers is taken at its word: the rows it does not name stay.
    ``chosen`` and ``kept`` are what somebody chose already.
    """
    current = current_revision(roadmap)
    if current is None:
        return None
    years = (draft.roadmap.subsidy_year, roadmap.subsidy_year)
    mine, theirs = list_measures(draft), list_measures(current)
    rows = _named_rows(draft.basis)
    if chosen is not None:
        return replace(_propose(mine, theirs, years, chosen), kept=frozenset(kept), is_partial=bool(rows))
    if not rows:
        return _propose(mine, theirs, years, None)
    numbered = {each.number: each.key for each in theirs if each.number}
    said = {
        each.pk: numbered[each.number]
        for each in mine
        if rows.get(each.number) == "replace" and each.number in numbered
    }
    alike = {row.measure.pk: row.key for row in _propose(mine, theirs, years, None).rows}
    for each in mine:
        key = alike.get(each.pk)
        if each.pk not in said and rows.get(each.number) != "add" and key is not None and key not in said.values():
            said[each.pk] = key
    stays = frozenset(each.key for each in theirs if rows.get(each.number) != "remove")
    return replace(_propose(mine, theirs, years, said), kept=stays, is_partial=True)


def _named_rows(basis: Order) -> dict[str, str]:
    """What an amending order does to the rows it names by number."""
    found: dict[str, str] = {}
    for each in basis.amendments if isinstance(basis.amendments, list) else ():
        if isinstance(each, dict) and isinstance(each.get("rows"), list):
            found |= {str(row): str(each.get("action", "")) for row in each["rows"]}
    return found


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
    mine_rows, their_rows = [row_of(each) for each in mine], [row_of(each) for each in theirs]
    pairing = pair_rows(mine_rows, their_rows, years=years)
    alike = {mine[pair.a].pk: pair for pair in pairing.pairs}
    places = {each.key: place for place, each in enumerate(theirs)}
    rows = []
    for place, measure in enumerate(mine):
        pair = alike.get(measure.pk)
        proposed = theirs[pair.b].key if pair else None
        key = proposed if chosen is None else chosen.get(measure.pk)
        if key is None or key not in places:
            rows.append(Proposed(measure, None))
        elif pair is not None and key == proposed:
            rows.append(Proposed(measure, key, round(pair.likeness * 100), _words(pair.changes)))
        else:
            rows.append(Proposed(measure, key, 0, _words(list_changes(mine_rows[place], their_rows[places[key]]))))
    taken = {row.key for row in rows}
    return Proposal(tuple(rows), tuple(theirs), tuple(each for each in theirs if each.key not in taken))


def _words(changes: Sequence[str]) -> str:
    return ", ".join(CHANGES[change] for change in changes)


def sides(revisions: Sequence[Revision], first: str, second: str) -> tuple[Revision | None, Revision | None]:
    """The two revisions to compare: those asked for by number, else the two newest that were not left."""
    by_number = {str(each.number): each for each in revisions}
    before, after = by_number.get(first), by_number.get(second)
    if before is not None and after is not None and before.pk != after.pk:
        return before, after
    usual = [each for each in revisions if each.withdrawn_at is None]
    return (usual[1], usual[0]) if len(usual) > 1 else (None, None)
