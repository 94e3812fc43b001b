"""Policies of orders: an order is read by those it binds, and written by those who keep it."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import (
    COUNTRY,
    SIGNED_IN,
    above_own,
    any_of,
    below_own,
    has_role,
    in_region,
    secure,
)

READ = any_of(
    COUNTRY,
    in_region(),
    f"({SIGNED_IN} and region_id is null)",
    below_own("organisation_id"),
    above_own("organisation_id"),
)
KEEPERS = has_role(
    "administrator", "regional_coordinator", "regional_operator", "municipality", "school", "federal_operator", "system"
)
WRITE = f"{KEEPERS} and {any_of(COUNTRY, in_region(), below_own('organisation_id'))}"
TABLES = (
    "reading",
    "order",
    "roadmap",
    "revision",
    "measure",
    "responsible",
    "expecteddocument",
    "listedindicator",
    "deadlinesettings",
)
HISTORIES = ("orderevent", "roadmapevent", "revisionevent", "measureevent", "deadlinesettingsevent")


class Migration(migrations.Migration):
    """Who sees and writes orders."""

    dependencies = [("orders", "0001_initial"), ("files", "0002_policies")]
    operations = [
        *(secure(f"orders_{name}", select=READ, insert=WRITE, update=WRITE) for name in TABLES),
        *(secure(f"orders_{name}", select=READ, insert=WRITE) for name in HISTORIES),
    ]
