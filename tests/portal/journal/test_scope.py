"""The scope in force: another one for a while, and the first again, also after the database refused something."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from vekha_portal.journal.scope import SYSTEM_SCOPE, Reach, Scope, look_under, set_scope, use_scope

pytestmark = pytest.mark.django_db

REGION = Scope(role="regional_coordinator", reach=Reach.REGION, regions=frozenset({"02"}), person=7)


def in_force() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        names = ("role", "reach", "region", "person", "request")
        cursor.execute("SELECT " + ", ".join(f"current_setting('vekha.{name}', true)" for name in names))
        return tuple(cursor.fetchone())


@pytest.mark.parametrize("under", [use_scope, look_under])
def test_what_was_in_force_is_in_force_again(under) -> None:
    set_scope(REGION, request_id="first")
    before = in_force()
    with under(SYSTEM_SCOPE):
        assert in_force() == ("system", "country", "", "", "")
    assert in_force() == before == ("regional_coordinator", "region", "02", "7", "first")


@pytest.mark.parametrize("under", [use_scope, look_under])
def test_a_failure_leaves_nothing_of_the_other_scope(under) -> None:
    set_scope(REGION)
    before = in_force()
    with pytest.raises(LookupError), under(SYSTEM_SCOPE):
        raise LookupError
    assert in_force() == before
    with pytest.raises(DatabaseError), transaction.atomic(), under(SYSTEM_SCOPE), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert in_force() == before
