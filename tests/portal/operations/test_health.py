"""What monitoring sees, and that the database of the tests is what the portal runs on."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import Client


def ask(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


def test_a_living_process_says_so_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_once_migrated(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_tests_run_as_the_web_role_which_nothing_exempts() -> None:
    assert ask("SELECT current_user") == "vekha_web"
    assert ask("SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user") is False
    assert ask("SELECT pg_has_role('vekha_web', 'vekha_owner', 'MEMBER')") is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["CREATE TABLE mine (id int)", "DROP TABLE operations_cache", "TRUNCATE operations_cache"]
)
def test_the_web_role_changes_no_table_itself(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        ask(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", [1, 2])
def test_what_a_test_commits_is_gone_in_the_next(round_number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO operations_cache VALUES ('left', 'behind', now())")
    assert ask("SELECT count(*) FROM operations_cache") == 1


@pytest.mark.django_db
def test_not_ready_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("vekha_portal.operations.views.connection.cursor", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["reason"]) == (503, "database")
