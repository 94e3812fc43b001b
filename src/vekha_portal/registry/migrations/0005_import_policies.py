"""Policies of kept tables: whoever loaded one sees it."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import COUNTRY, any_of, has_role, secure, setting

OWN = any_of(COUNTRY, f"(by_id = {setting('person', 'bigint')} and region_id = {setting('region')})")
KEEPERS = has_role("administrator", "regional_coordinator", "regional_operator", "municipality", "system")


class Migration(migrations.Migration):
    """Who sees and carries out imports."""

    dependencies = [("registry", "0004_organisationimport")]
    operations = [
        secure("registry_organisationimport", select=OWN, insert=f"{KEEPERS} and {OWN}", update=f"{KEEPERS} and {OWN}")
    ]
