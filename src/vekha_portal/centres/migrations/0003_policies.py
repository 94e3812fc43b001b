"""Policies of waves and centres."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import COUNTRY, above_own, any_of, below_own, has_role, in_region, secure

OWN = any_of(COUNTRY, in_region(), below_own("organisation_id"))
READ_WAVE = any_of(OWN, above_own("organisation_id"))
LEADERS = has_role("administrator", "regional_coordinator", "regional_operator", "federal_operator", "system")
KEEPERS = has_role("administrator", "regional_coordinator", "regional_operator", "municipality", "school", "system")


class Migration(migrations.Migration):
    """Waves are led by the region; a centre's card is kept by its school too."""

    dependencies = [("centres", "0002_initial"), ("orders", "0003_immutable")]
    operations = [
        secure("centres_wave", select=READ_WAVE, insert=f"{LEADERS} and {OWN}", update=f"{LEADERS} and {OWN}"),
        secure("centres_waveevent", select=READ_WAVE, insert=f"{LEADERS} and {OWN}"),
        secure("centres_centre", select=OWN, insert=f"{KEEPERS} and {OWN}", update=f"{KEEPERS} and {OWN}"),
        secure("centres_centreevent", select=OWN, insert=f"{KEEPERS} and {OWN}"),
    ]
