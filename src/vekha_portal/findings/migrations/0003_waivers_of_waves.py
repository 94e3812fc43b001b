"""What was found in a wave is waived by those who lead it, never by the school or municipality it is about."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import COUNTRY, any_of, below_own, has_role, in_region

OWN = any_of(COUNTRY, in_region(), below_own("organisation_id"))
KEEPERS = has_role(
    "administrator", "regional_coordinator", "regional_operator", "municipality", "school", "federal_operator", "system"
)
LEADERS = has_role("administrator", "regional_coordinator", "regional_operator", "system")
BEFORE = f"{KEEPERS} and {OWN}"
NOW = f"{BEFORE} and (wave_id is null or {LEADERS})"


class Migration(migrations.Migration):
    """A narrower policy."""

    dependencies = [("findings", "0002_policies")]
    operations = [
        migrations.RunSQL(
            [
                f"alter policy findings_waiver_add on findings_waiver with check ({NOW})",
                f"alter policy findings_waiver_change on findings_waiver using ({NOW}) with check ({NOW})",
            ],
            [
                f"alter policy findings_waiver_add on findings_waiver with check ({BEFORE})",
                f"alter policy findings_waiver_change on findings_waiver using ({BEFORE}) with check ({BEFORE})",
            ],
        )
    ]
