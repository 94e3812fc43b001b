"""The rules over a wave, by code. A code is never used again for another rule."""

from __future__ import annotations

from vekha_portal.oversight.rule import WaveRule
from vekha_portal.oversight.rules.accepted_before_purchase import accepted_before_purchase
from vekha_portal.oversight.rules.closed_without_document import closed_without_document
from vekha_portal.oversight.rules.dated_after_submission import dated_after_submission
from vekha_portal.oversight.rules.delivered_and_idle import delivered_and_idle
from vekha_portal.oversight.rules.later_than_region import later_than_region
from vekha_portal.oversight.rules.letters_out_of_order import letters_out_of_order
from vekha_portal.oversight.rules.many_on_one_day import many_on_one_day
from vekha_portal.oversight.rules.no_data import no_data
from vekha_portal.oversight.rules.opening_not_feasible import opening_not_feasible
from vekha_portal.oversight.rules.responsible_absent import responsible_absent
from vekha_portal.oversight.rules.responsible_left import responsible_left
from vekha_portal.oversight.rules.same_file import same_file

WAVE_RULES: tuple[WaveRule, ...] = (
    closed_without_document,
    letters_out_of_order,
    opening_not_feasible,
    later_than_region,
    no_data,
    many_on_one_day,
    same_file,
    accepted_before_purchase,
    delivered_and_idle,
    responsible_absent,
    responsible_left,
    dated_after_submission,
)
