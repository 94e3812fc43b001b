"""The SQL of the pages' answers, as somebody would write it by hand, under the same policies as the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import psycopg

from bench.portal.loop import Ask
from vekha_portal.env import Environment, Role

_OPEN = "m.withdrawn_at IS NULL AND m.progress IN ('nothing', 'part', 'returned')"
_ROW = """
SELECT m.id, m.due_on, m.progress, m.stage, m.period, me.number, me.text, o.short_name FROM execution_milestone m
JOIN orders_measure me ON me.id = m.measure_id JOIN registry_organisation o ON o.id = m.organisation_id
"""
_COUNTS = """
count(*), count(*) FILTER (WHERE m.progress IN ('accepted', 'not_applicable')), count(*) FILTER (WHERE m.progress = 'submitted'),
count(*) FILTER (WHERE m.progress IN ('nothing', 'part', 'returned') AND m.due_on < %(day)s::date)
"""
FLOORS: Mapping[str, tuple[str, ...]] = {
    "today": (
        f"{_ROW} WHERE m.organisation_id = %(body)s AND {_OPEN} AND m.due_on <= %(day)s::date + 14 ORDER BY m.due_on LIMIT 20",
        f"{_ROW} WHERE m.region_id = %(code)s AND m.withdrawn_at IS NULL AND m.progress = 'submitted' ORDER BY m.submitted_at LIMIT 20",
        f"{_ROW} WHERE m.region_id = %(code)s AND {_OPEN} AND m.due_on < %(day)s::date ORDER BY m.due_on LIMIT 20",
    ),
    "today_below": (
        f"{_ROW} WHERE m.organisation_id = %(school)s AND {_OPEN} AND m.due_on <= %(day)s::date + 14 ORDER BY m.due_on LIMIT 20",
    ),
    "today_country": (
        f"{_ROW} WHERE {_OPEN} AND m.due_on < %(day)s::date ORDER BY m.due_on LIMIT 20",
    ),
    "roadmap": (
        "SELECT * FROM orders_measure WHERE revision_id = %(revision_id)s ORDER BY position",
        "SELECT * FROM orders_responsible r WHERE r.measure_id IN (SELECT id FROM orders_measure WHERE revision_id = %(revision_id)s)",
        f"SELECT m.measure_id, {_COUNTS} FROM execution_milestone m WHERE m.application_id = %(application_id)s GROUP BY 1",
    ),
    "grid": (
        "SELECT c.id, o.short_name, o.municipality_id FROM centres_centre c JOIN registry_organisation o ON o.id = c.organisation_id"
        " WHERE c.wave_id = %(wave_id)s AND c.removed_at IS NULL",
        "SELECT m.centre_id, m.measure_id, m.item, m.id, m.due_on, m.progress FROM execution_milestone m"
        " WHERE m.wave_id = %(wave_id)s AND m.withdrawn_at IS NULL",
    ),
    "milestone": (
        f"{_ROW} WHERE m.id = %(milestone_id)s",
        "SELECT p.*, e.*, d.* FROM execution_proof p JOIN execution_evidence e ON e.id = p.evidence_id"
        " LEFT JOIN execution_decision d ON d.proof_id = p.id WHERE p.milestone_id = %(milestone_id)s",
        "SELECT * FROM execution_milestoneevent WHERE pgh_obj_id = %(milestone_id)s ORDER BY pgh_id",
    ),
    "list": (
        f"{_ROW} WHERE m.region_id = %(code)s AND m.withdrawn_at IS NULL ORDER BY m.due_on, m.id LIMIT 50",
        "SELECT count(*) FROM execution_milestone m WHERE m.region_id = %(code)s AND m.withdrawn_at IS NULL",
    ),
    "region": (
        f"SELECT o.municipality_id, m.stage, {_COUNTS} FROM execution_milestone m JOIN registry_organisation o"
        " ON o.id = m.organisation_id WHERE m.region_id = %(code)s AND m.withdrawn_at IS NULL GROUP BY 1, 2",
    ),
    "country": (
        f"SELECT m.region_id, m.stage, {_COUNTS} FROM execution_milestone m WHERE m.withdrawn_at IS NULL GROUP BY 1, 2",
    ),
    "centre": (f"{_ROW} WHERE m.centre_id = %(centre_id)s ORDER BY m.due_on",),
    "file": (f"{_ROW} WHERE m.region_id = %(code)s AND m.withdrawn_at IS NULL ORDER BY m.due_on, m.id",),
}  # fmt: skip


def begin_asking(
    environment: Environment, name: str, values: Mapping[str, Any], scope: Mapping[str, str]
) -> Callable[[], tuple[Ask, Callable[[], None]]]:
    """Loops that ask the database itself, as the role of the pages and in the name of the same person."""
    calls = ", ".join(["set_config(%s, %s, true)"] * len(scope))
    settings = [part for key, value in scope.items() for part in (f"vekha.{key}", value)]

    def begin() -> tuple[Ask, Callable[[], None]]:
        link = psycopg.connect(**environment.database.connection(Role.WEB, environment.passfile))

        def ask() -> int:
            with link.transaction():
                link.execute(f"SELECT {calls}", settings)
                return sum(len(link.execute(each, values).fetchall()) for each in FLOORS[name])

        return ask, link.close

    return begin
