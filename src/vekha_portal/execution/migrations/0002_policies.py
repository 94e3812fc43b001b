"""Policies of applied roadmaps and milestones: the plan of superiors is read, one's own part is written."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import COUNTRY, above_own, any_of, below_own, has_role, in_region, secure

OWN = any_of(COUNTRY, in_region(), below_own("organisation_id"))
READ = any_of(OWN, above_own("organisation_id"))
APPLY = has_role("administrator", "regional_coordinator", "regional_operator", "municipality", "school", "system")
WORK = has_role(
    "administrator", "regional_coordinator", "regional_operator", "municipality", "school", "federal_operator", "system"
)


class Migration(migrations.Migration):
    """Who sees, makes and works on milestones."""

    dependencies = [("execution", "0001_initial"), ("centres", "0003_policies")]
    operations = [
        secure("execution_application", select=READ, insert=f"{APPLY} and {OWN}", update=f"{APPLY} and {OWN}"),
        secure("execution_applicationevent", select=READ, insert=f"{APPLY} and {OWN}"),
        secure("execution_milestone", select=READ, insert=f"{APPLY} and {OWN}", update=f"{WORK} and {OWN}"),
        secure("execution_milestoneevent", select=READ, insert=f"{WORK} and {OWN}"),
    ]
