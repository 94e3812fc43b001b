"""Policies of schedules: everybody in the region reads the day that binds them; those who lead the wave enter it."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import COUNTRY, any_of, has_role, in_region, secure, setting

READ = any_of(COUNTRY, f"region_id = {setting('region')}")
LEADERS = has_role("administrator", "regional_coordinator", "regional_operator", "federal_operator", "system")
WRITE = f"{LEADERS} and {any_of(COUNTRY, in_region())}"


class Migration(migrations.Migration):
    """Who sees and enters schedules; nobody changes one."""

    dependencies = [("execution", "0005_schedules")]
    operations = [
        secure("execution_schedule", select=READ, insert=WRITE),
        secure("execution_scheduleline", select=READ, insert=WRITE),
    ]
