"""Policies: a wave is seen by its whole region, whoever leads it; a kept table by whoever loaded it."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import (
    COUNTRY,
    above_own,
    any_of,
    below_own,
    has_role,
    in_region,
    secure,
    setting,
)

READ = any_of(COUNTRY, f"region_id = {setting('region')}")
BEFORE = any_of(COUNTRY, in_region(), below_own("organisation_id"), above_own("organisation_id"))
OWN = any_of(COUNTRY, f"(by_id = {setting('person', 'bigint')} and region_id = {setting('region')})")
KEEPERS = has_role("administrator", "regional_coordinator", "regional_operator", "federal_operator", "system")


def read_by(table: str) -> migrations.RunSQL:
    """Who reads a table, said anew."""
    return migrations.RunSQL(
        f"alter policy {table}_read on {table} using ({READ})", f"alter policy {table}_read on {table} using ({BEFORE})"
    )


class Migration(migrations.Migration):
    """Municipalities below one body see a wave that another body of the region leads."""

    dependencies = [("centres", "0004_list_import")]
    operations = [
        read_by("centres_wave"),
        read_by("centres_waveevent"),
        secure("centres_listimport", select=OWN, insert=f"{KEEPERS} and {OWN}", update=f"{KEEPERS} and {OWN}"),
    ]
