"""Policies of files: whoever keeps them, and those below where they are shared."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import COUNTRY, SIGNED_IN, above_own, any_of, below_own, in_region, secure

OWN = any_of(COUNTRY, in_region(), below_own("organisation_id"))
SHARED = f"(is_shared_below and {any_of(above_own('organisation_id'), 'region_id is null')})"


class Migration(migrations.Migration):
    """A file is added and read, never changed."""

    dependencies = [("files", "0001_initial"), ("accounts", "0005_lock_policies")]
    operations = [
        secure("files_storedfile", select=f"{SIGNED_IN} and {any_of(OWN, SHARED)}", insert=f"{SIGNED_IN} and {OWN}")
    ]
