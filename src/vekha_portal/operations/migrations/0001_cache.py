"""The table of the shared cache, so that limits hold across processes."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """UNLOGGED would be faster, but an attempt counted before a crash must still count after it."""

    dependencies = []
    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE operations_cache (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX operations_cache_expires ON operations_cache (expires);
            """,
            "DROP TABLE operations_cache;",
        )
    ]
