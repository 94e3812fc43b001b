"""The catalogue: every rule there is, in the order in which people read findings.

Loading it loads all rules; only the commands that need them do. A code is never used again for another rule.
"""

from __future__ import annotations

from vekha.checks.rule import Rule
from vekha.checks.rules.conformity.fewer_documents import fewer_documents
from vekha.checks.rules.conformity.last_years_date import last_years_date
from vekha.checks.rules.conformity.later_than_superior import later_than_superior
from vekha.checks.rules.conformity.measure_added import measure_added
from vekha.checks.rules.conformity.measure_missing import measure_missing
from vekha.checks.rules.conformity.measure_split import measure_split
from vekha.checks.rules.conformity.measures_merged import measures_merged
from vekha.checks.rules.conformity.roadmap_unmatched import roadmap_unmatched
from vekha.checks.rules.deadlines.ambiguous_before import ambiguous_before
from vekha.checks.rules.deadlines.crowded_day import crowded_day
from vekha.checks.rules.deadlines.differs_from_reference import differs_from_reference
from vekha.checks.rules.deadlines.due_on_day_off import due_on_day_off
from vekha.checks.rules.deadlines.implied_day_off import implied_day_off
from vekha.checks.rules.deadlines.impossible_date import impossible_date
from vekha.checks.rules.deadlines.no_last_day import no_last_day
from vekha.checks.rules.deadlines.no_schedule import no_schedule
from vekha.checks.rules.deadlines.not_understood import not_understood
from vekha.checks.rules.deadlines.overdue_at_adoption import overdue_at_adoption
from vekha.checks.rules.deadlines.past_plan_end import past_plan_end
from vekha.checks.rules.deadlines.reference_repeat_lost import reference_repeat_lost
from vekha.checks.rules.deadlines.repeat_lost import repeat_lost
from vekha.checks.rules.deadlines.stage_order import stage_order
from vekha.checks.rules.deadlines.training_after_launch import training_after_launch
from vekha.checks.rules.deadlines.year_inferred import year_inferred
from vekha.checks.rules.indicators.falls_after_opening import falls_after_opening
from vekha.checks.rules.indicators.indicator_missing import indicator_missing
from vekha.checks.rules.indicators.larger_than_parent import larger_than_parent
from vekha.checks.rules.indicators.other_minimum import other_minimum
from vekha.checks.rules.indicators.other_unit import other_unit
from vekha.checks.rules.indicators.parts_do_not_add_up import parts_do_not_add_up
from vekha.checks.rules.indicators.without_minimum import without_minimum
from vekha.checks.rules.references.act_from_future import act_from_future
from vekha.checks.rules.references.act_incomplete import act_incomplete
from vekha.checks.rules.references.act_repealed import act_repealed
from vekha.checks.rules.references.act_unknown import act_unknown
from vekha.checks.rules.references.stale_basis import stale_basis
from vekha.checks.rules.references.wrong_project import wrong_project
from vekha.checks.rules.responsibles.acquainted_without_task import acquainted_without_task
from vekha.checks.rules.responsibles.named_twice import named_twice
from vekha.checks.rules.responsibles.near_duplicate_names import near_duplicate_names
from vekha.checks.rules.responsibles.no_lead import no_lead
from vekha.checks.rules.responsibles.not_acquainted import not_acquainted
from vekha.checks.rules.responsibles.overload import overload
from vekha.checks.rules.responsibles.role_nobody_holds import role_nobody_holds
from vekha.checks.rules.responsibles.unresolvable import unresolvable
from vekha.checks.rules.responsibles.whole_territory import whole_territory
from vekha.checks.rules.structure.annex_missing import annex_missing
from vekha.checks.rules.structure.blank_requisites import blank_requisites
from vekha.checks.rules.structure.blank_stamp import blank_stamp
from vekha.checks.rules.structure.column_missing import column_missing
from vekha.checks.rules.structure.duplicate_measure import duplicate_measure
from vekha.checks.rules.structure.items_misnumbered import items_misnumbered
from vekha.checks.rules.structure.lookalike_letters import lookalike_letters
from vekha.checks.rules.structure.markup_remains import markup_remains
from vekha.checks.rules.structure.measure_without_deadline import measure_without_deadline
from vekha.checks.rules.structure.measure_without_responsible import measure_without_responsible
from vekha.checks.rules.structure.measure_without_result import measure_without_result
from vekha.checks.rules.structure.measure_without_text import measure_without_text
from vekha.checks.rules.structure.numbers_not_contiguous import numbers_not_contiguous
from vekha.checks.rules.structure.unbalanced_marks import unbalanced_marks

RULES: tuple[Rule, ...] = (
    column_missing,
    measure_without_result,
    measure_without_deadline,
    measure_without_responsible,
    numbers_not_contiguous,
    duplicate_measure,
    measure_without_text,
    annex_missing,
    items_misnumbered,
    blank_stamp,
    blank_requisites,
    unbalanced_marks,
    markup_remains,
    lookalike_letters,
    not_understood,
    impossible_date,
    past_plan_end,
    due_on_day_off,
    implied_day_off,
    overdue_at_adoption,
    year_inferred,
    ambiguous_before,
    stage_order,
    training_after_launch,
    no_schedule,
    crowded_day,
    repeat_lost,
    no_last_day,
    differs_from_reference,
    reference_repeat_lost,
    unresolvable,
    role_nobody_holds,
    whole_territory,
    no_lead,
    near_duplicate_names,
    not_acquainted,
    acquainted_without_task,
    overload,
    named_twice,
    measure_missing,
    measure_added,
    measures_merged,
    measure_split,
    later_than_superior,
    roadmap_unmatched,
    last_years_date,
    fewer_documents,
    indicator_missing,
    other_minimum,
    other_unit,
    larger_than_parent,
    parts_do_not_add_up,
    falls_after_opening,
    without_minimum,
    act_incomplete,
    act_unknown,
    act_repealed,
    act_from_future,
    stale_basis,
    wrong_project,
)
"""By family, then by code."""


def find_rule(name: str) -> Rule | None:
    """The rule with this code or slug, in whatever case.

    >>> find_rule("dl04").slug, find_rule("due-on-day-off").code
    ('due-on-day-off', 'DL04')
    """
    wanted = name.strip().casefold()
    return next((rule for rule in RULES if wanted in (rule.code.casefold(), rule.slug)), None)


def covered_codes() -> frozenset[str]:
    """The codes of reading problems that some rule tells about in its own words."""
    return frozenset(code for rule in RULES for code in rule.covers)
