"""Policies of the addresses: everybody keeps their own; the program looks them up by their fingerprints."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import any_of, has_role, secure, setting

OWN = any_of(has_role("system"), f"person_id = {setting('person', 'bigint')}")


class Migration(migrations.Migration):
    """Who sees and keeps addresses of calendars."""

    dependencies = [("notices", "0001_initial")]
    operations = [secure("notices_calendarfeed", select=OWN, insert=OWN, update=OWN)]
