"""Policies of exchanges: both sides and whoever stands above them read and write; a letter goes with its exchange."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import COUNTRY, any_of, below_own, has_role, in_region, secure

SIDES = any_of(COUNTRY, in_region(), below_own("organisation_id"), below_own("counterpart_id"))
WRITERS = has_role(
    "administrator", "regional_coordinator", "regional_operator", "municipality", "school", "federal_operator", "system"
)
OF_SEEN = any_of(
    COUNTRY, in_region(), "exchange_id = any ((select array_agg(e.id) from exchanges_exchange e)::bigint[])"
)


class Migration(migrations.Migration):
    """Who sees and writes letters."""

    dependencies = [("exchanges", "0001_initial"), ("execution", "0004_proof_rules")]
    operations = [
        secure("exchanges_exchange", select=SIDES, insert=f"{WRITERS} and {SIDES}", update=f"{WRITERS} and {SIDES}"),
        secure("exchanges_exchangeevent", select=SIDES, insert=f"{WRITERS} and {SIDES}"),
        secure(
            "exchanges_letter", select=OF_SEEN, insert=f"{WRITERS} and {OF_SEEN}", update=f"{WRITERS} and {OF_SEEN}"
        ),
    ]
