"""Policies of the count of failed sign-ins: read and written before anybody is known, and by whoever checks a password again."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import has_role, secure, setting

CHECKING = f"({has_role('sign-in', 'system')} or {setting('person')} is not null)"


class Migration(migrations.Migration):
    """Who counts failed sign-ins."""

    dependencies = [("accounts", "0004_signinlock")]
    operations = [secure("accounts_signinlock", select=CHECKING, insert=CHECKING, update=CHECKING)]
