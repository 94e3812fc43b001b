"""Policies of findings: seen by the keepers of what they are about and by those above them, not by those below."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import COUNTRY, any_of, below_own, has_role, in_region, secure

OWN = any_of(COUNTRY, in_region(), below_own("organisation_id"))
KEEPERS = has_role(
    "administrator", "regional_coordinator", "regional_operator", "municipality", "school", "federal_operator", "system"
)
WRITE = f"{KEEPERS} and {OWN}"
TABLES = ("checkrun", "finding", "waiver")


class Migration(migrations.Migration):
    """Who sees and writes runs, findings and waivers."""

    dependencies = [("findings", "0001_initial"), ("centres", "0003_policies")]
    operations = [secure(f"findings_{name}", select=OWN, insert=WRITE, update=WRITE) for name in TABLES]
