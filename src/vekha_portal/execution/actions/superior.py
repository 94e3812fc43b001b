"""Milestones of a municipal or school roadmap under those of its superior roadmap, whichever was applied first."""

from __future__ import annotations

from django.db import connection

from vekha_portal.execution.actions.milestones import joined_by_hash
from vekha_portal.execution.models import Application

#: A child follows the parent of its own centre, else the parent of the whole wave; of its own period, else of none.
_LINK = """
UPDATE execution_milestone AS child SET superior_id = found.id
FROM (
  SELECT DISTINCT ON (c.id) c.id AS child_id, p.id
  FROM execution_milestone c
  JOIN execution_application ca ON ca.id = c.application_id
  JOIN orders_roadmap cr ON cr.id = ca.roadmap_id
  JOIN orders_measure cm ON cm.id = c.measure_id
  JOIN execution_application pa ON pa.wave_id = ca.wave_id AND pa.roadmap_id = cr.superior_id
  JOIN execution_milestone p ON p.application_id = pa.id AND p.measure_key = cm.superior_key AND p.withdrawn_at IS NULL
    AND p.called_because = '' AND (p.centre_id = c.centre_id OR p.centre_id IS NULL)
    AND (p.period = c.period OR p.period = '' OR c.period = '')
  WHERE (ca.id = %(application)s OR pa.id = %(application)s) AND c.withdrawn_at IS NULL
  ORDER BY c.id, p.centre_id NULLS LAST, p.period <> c.period, p.stage <> c.stage, abs(p.ordinal - c.ordinal), p.id
) AS found
WHERE child.id = found.child_id AND child.superior_id IS DISTINCT FROM found.id
"""


def link_superiors(application: Application) -> int:
    """Hang the milestones of an application under their superiors, and its subordinates' under its own. How many changed."""
    with joined_by_hash(), connection.cursor() as cursor:
        cursor.execute(_LINK, {"application": application.pk})
        return int(cursor.rowcount)
