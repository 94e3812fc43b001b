"""What waits for a decision is found by when it was handed in."""

from __future__ import annotations

from django.db import migrations

FORWARD = """
create index milestone_submitted on execution_milestone (submitted_at, due_on, id)
  where withdrawn_at is null and progress = 'submitted'
"""


class Migration(migrations.Migration):
    """The order of what was handed in."""

    dependencies = [("overview", "0002_policies_and_keys")]
    operations = [migrations.RunSQL(FORWARD, "drop index milestone_submitted")]
