"""How far the proof of milestones is, derived from what was handed in and decided: one statement for thousands at once.

A required document is *there* when enough pieces of it are handed in and not returned, and *accepted* when enough of them are
accepted. A milestone without required documents asks for any one document. Documents that are not required count only as
something that is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from vekha_portal.execution.models import Milestone
from vekha_portal.execution.proof import Outcome, Proof
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import ExpectedDocument

_DERIVED = """
with point as materialized (
  select m.id, m.measure_id, m.item from execution_milestone m where {chosen}
), needed as materialized (
  select t.id as milestone_id, d.key, d.minimum from point t
  join orders_expecteddocument d on d.measure_id = t.measure_id and d.removed_at is null and d.is_required
    and (d.item is null or t.item is null or d.item = t.item)
), wanted as (
  select milestone_id, key, minimum, false as of_any from needed
  union all
  select t.id, null, 1, true from point t where not exists (select from needed n where n.milestone_id = t.id)
), live as materialized (
  select p.milestone_id, p.expected_key, p.dated_on, p.submitted_at, d.outcome, d.made_at
  from execution_proof p left join execution_decision d on d.proof_id = p.id and d.reopened_at is null
  where p.recalled_at is null and p.milestone_id in (select id from point)
), counted as (
  select w.milestone_id, w.key, w.minimum,
    count(*) filter (where l.outcome = 'accepted') as accepted,
    count(*) filter (where l.milestone_id is not null and l.outcome is distinct from 'returned') as there,
    count(*) filter (where l.outcome = 'returned') as returned,
    array_agg(l.dated_on order by l.dated_on nulls last) filter (where l.outcome = 'accepted') as accepted_days,
    array_agg(l.dated_on order by l.dated_on nulls last)
      filter (where l.milestone_id is not null and l.outcome is distinct from 'returned') as days,
    array_agg(l.submitted_at order by l.submitted_at) filter (where l.outcome = 'accepted') as accepted_times,
    array_agg(l.submitted_at order by l.submitted_at)
      filter (where l.milestone_id is not null and l.outcome is distinct from 'returned') as times,
    array_agg(l.made_at order by l.made_at) filter (where l.outcome = 'accepted') as decisions
  from wanted w
  left join live l on l.milestone_id = w.milestone_id and (w.of_any or l.expected_key = w.key)
  group by w.milestone_id, w.key, w.minimum
), summed as (
  select milestone_id,
    bool_and(accepted >= minimum) as all_accepted,
    bool_and(there >= minimum) as all_there,
    bool_or(there < minimum and returned > 0) as some_returned,
    bool_or((case when accepted >= minimum then accepted_days else days end)[minimum] is null) as undated,
    max((case when accepted >= minimum then accepted_days else days end)[minimum]) as documented_on,
    max((case when accepted >= minimum then accepted_times else times end)[minimum]) as submitted_at,
    max(decisions[minimum]) as accepted_at
  from counted group by milestone_id
), derived as (
  select s.milestone_id,
    case
      when exists (select from execution_notapplicable n where n.milestone_id = s.milestone_id and n.ended_at is null)
        then 'not_applicable'
      when s.all_accepted then 'accepted'
      when s.some_returned then 'returned'
      when s.all_there then 'submitted'
      when exists (select from live l where l.milestone_id = s.milestone_id and l.outcome is distinct from 'returned')
        then 'part'
      else 'nothing'
    end as progress,
    case when s.all_there and not s.undated then s.documented_on end as documented_on,
    case when s.all_there then s.submitted_at end as submitted_at,
    case when s.all_accepted then s.accepted_at end as accepted_at
  from summed s
)
"""
_DIFFERENT = """
from derived d where d.milestone_id = m.id and
  (m.progress, m.documented_on, m.submitted_at, m.accepted_at)
    is distinct from (d.progress, d.documented_on, d.submitted_at, d.accepted_at)
"""
_REFRESH = (
    _DERIVED
    + "update execution_milestone m set progress = d.progress, documented_on = d.documented_on, "
    + "submitted_at = d.submitted_at, accepted_at = d.accepted_at, version = m.version + 1"
    + _DIFFERENT
)
_COMPARE = (
    _DERIVED
    + "select m.id, m.progress, d.progress from execution_milestone m, derived d"
    + _DIFFERENT.replace("from derived d", "")
)


@dataclass(frozen=True, slots=True)
class Drift:
    """A milestone whose stored progress is not what follows from its documents."""

    milestone_id: int
    stored: str
    derived: str


@dataclass(frozen=True, slots=True)
class Missing:
    """An expected document that is not there: its words and how many pieces are still needed; ``key`` is empty for «any»."""

    key: object
    text: str
    evidence_type: str
    pieces: int
    is_returned: bool = False


def refresh(milestone_ids: Iterable[int]) -> int:
    """Derive the progress of these milestones anew; returns how many changed. Runs as the program itself."""
    chosen = sorted(set(milestone_ids))
    if not chosen:
        return 0
    with use_scope(SYSTEM_SCOPE), connection.cursor() as cursor:
        cursor.execute(_REFRESH.format(chosen="m.id = any(%s)"), [chosen])
        changed: int = cursor.rowcount
        return changed


def verify(*, region: str | None = None) -> list[Drift]:
    """Milestones whose stored progress differs from what follows from their documents; of one region or of all."""
    chosen, values = ("m.region_id = %s", [region]) if region else ("true", [])
    with use_scope(SYSTEM_SCOPE), connection.cursor() as cursor:
        cursor.execute(_COMPARE.format(chosen=chosen), values)
        return [Drift(*row) for row in cursor.fetchall()]


def expected_documents(milestone: Milestone) -> list[ExpectedDocument]:
    """What the milestone asks for, in the order of the measure: documents of its item and those of the whole measure."""
    rows = ExpectedDocument.objects.filter(measure_id=milestone.measure_id, removed_at=None)
    if milestone.item is not None:
        rows = rows.filter(Q(item=None) | Q(item=milestone.item))
    return list(rows.order_by("position", "pk"))


def missing_documents(milestone: Milestone) -> list[Missing]:
    """By name, what is still needed before the milestone is submitted as a whole."""
    handed = Proof.objects.live().with_outcome().filter(milestone=milestone)
    return missing_of(expected_documents(milestone), ((each.expected_key, each.outcome) for each in handed))


def missing_of(expected: Iterable[ExpectedDocument], pieces: Iterable[tuple[object, str]]) -> list[Missing]:
    """The same from rows already read: ``pieces`` are keys with outcomes, the outcome empty where nothing is decided."""
    pieces = list(pieces)
    required = [each for each in expected if each.is_required]
    there = [key for key, outcome in pieces if outcome != Outcome.RETURNED]
    returned = {key for key, outcome in pieces if outcome == Outcome.RETURNED}
    if not required:
        return [] if there else [Missing(None, "любой подтверждающий документ", "", 1, bool(returned))]
    return [
        Missing(each.key, each.text, each.evidence_type, lacking, each.key in returned)
        for each in required
        if (lacking := each.minimum - there.count(each.key)) > 0
    ]
