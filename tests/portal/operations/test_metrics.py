"""A monitor on the machine sees how the portal does, and nobody elsewhere sees anything."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import resolve, reverse

from vekha_portal.operations.jobs import remove_done

pytestmark = pytest.mark.django_db


def read(client: Client, **headers: str) -> str:
    answer = client.get("/metrics", REMOTE_ADDR="127.0.0.1", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    return answer.content.decode()


def value(text: str, line: str) -> float:
    found = re.search(rf"^{re.escape(line)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_requests_are_counted_by_route_and_answer(client: Client) -> None:
    route = f"/{resolve(reverse('account_login')).route}"
    line = f'vekha_requests_total{{method="GET",route="{route}",status="200"}}'
    timed = f'vekha_request_seconds_count{{route="{route}"}}'
    before, timed_before = value(read(client), line), value(read(client), timed)
    client.get(reverse("account_login"), {"email": "anna@school.example"})
    client.get(reverse("account_login"))
    text = read(client)
    assert value(text, line) == before + 2
    assert value(text, timed) == timed_before + 2, "whatever the method and the answer"
    assert "school.example" not in text


def test_a_monitors_own_questions_are_not_counted(client: Client) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        client.get(path, REMOTE_ADDR="127.0.0.1")
    assert not re.search(r"healthz|readyz|/metrics", read(client))


def test_an_address_that_leads_nowhere_makes_no_line_of_its_own(client: Client) -> None:
    for number in range(3):
        client.get(f"/no-such-secret-{number}/")
    client.generic("BREW", "/no-such-secret/")
    text = read(client)
    assert "no-such-secret" not in text and "BREW" not in text
    assert value(text, 'vekha_requests_total{method="GET",route="—",status="404"}') >= 3


def test_jobs_are_counted_as_they_stand(client: Client) -> None:
    assert value(read(client), 'vekha_jobs{status="todo"}') == 0
    remove_done.configure(queueing_lock="counted").defer(timestamp=1)
    text = read(client)
    assert value(text, 'vekha_jobs{status="todo"}') == 1
    assert value(text, 'vekha_jobs{status="failed"}') == 0
    assert value(text, "vekha_database_answers") == 1


def test_without_the_database_its_absence_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("vekha_portal.operations.metrics.connection.cursor", refuse)
    text = read(client)
    assert value(text, "vekha_database_answers") == 0
    assert "vekha_requests_total" in text and "vekha_jobs{status" not in text


@pytest.mark.parametrize("address", ["10.0.0.7", "2001:db8::1", "", "nonsense"])
def test_another_machine_sees_nothing(client: Client, address: str) -> None:
    answer = client.get("/metrics", REMOTE_ADDR=address)
    assert answer.status_code == 403
    assert "на той же машине" in answer.content.decode() and "vekha_requests" not in answer.content.decode()


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"])
def test_whoever_comes_through_a_server_in_front_sees_nothing(client: Client, name: str) -> None:
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1", headers={name: "1"}).status_code == 403
    assert client.get("/metrics", REMOTE_ADDR="::1").status_code == 200
