"""Logs say what happened and to which request, never to whom."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from vekha_portal.operations import logs
from vekha_portal.operations.requests import RequestLogMiddleware


@pytest.fixture
def lines() -> Iterator[Any]:
    """What is logged, as the objects that a collector would read."""
    root = logging.getLogger()
    before = (root.handlers, root.level)
    logs.configure({})
    stream = io.StringIO()
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers, root.level = before


def test_names_addresses_and_passwords_are_hidden(lines: Any) -> None:
    log = structlog.get_logger("vekha.test")
    log.info("invited", person="Анна", email="anna@school.example", password="secret", token="abc", count=2)
    logging.getLogger("foreign").warning("mail to %s failed", "anna.b+c@school.example")
    text = json.dumps(lines(), ensure_ascii=False)
    assert not any(secret in text for secret in ("Анна", "school.example", "secret", "abc"))
    assert lines()[0]["count"] == 2
    assert lines()[1]["event"] == "mail to [скрыто] failed"


def test_a_traceback_is_kept_without_addresses_of_people(lines: Any) -> None:
    try:
        raise ValueError("no such address: anna@school.example")
    except ValueError:
        structlog.get_logger("vekha.test").exception("failed")
    (line,) = lines()
    assert "ValueError" in line["exception"] and "school.example" not in line["exception"]


def test_a_secret_address_is_not_written(lines: Any, client: Client) -> None:
    client.get("/feed/s3cret-address?name=Anna")
    assert lines() and "s3cret" not in json.dumps(lines()) and "Anna" not in json.dumps(lines())


@pytest.mark.parametrize(
    "given", ["", "short", "a b c d e f g h i", "x" * 65, "line\nbreak-12345", "имя-которое-длинно"]
)
def test_a_request_number_that_is_no_number_is_replaced(given: str) -> None:
    request = RequestFactory().get("/healthz", headers={"X-Request-ID": given})
    answer = RequestLogMiddleware(lambda _: HttpResponse())(request)
    assert len(answer.headers["X-Request-ID"]) == 32 and answer.headers["X-Request-ID"].isalnum()


def test_the_proxys_number_is_kept_and_stands_in_every_line(lines: Any) -> None:
    def view(_: HttpRequest) -> HttpResponse:
        structlog.get_logger("vekha.test").info("inside")
        return HttpResponse(status=204)

    request = RequestFactory().get("/orders", headers={"X-Request-ID": "abcd-1234-efgh"})
    answer = RequestLogMiddleware(view)(request)
    assert answer.headers["X-Request-ID"] == "abcd-1234-efgh"
    assert [line["request"] for line in lines()] == ["abcd-1234-efgh"] * 2
    assert (lines()[1]["status"], lines()[1]["method"]) == (204, "GET")
    structlog.get_logger("vekha.test").info("afterwards")
    assert "request" not in lines()[2]


def test_pages_allow_nothing_inline_and_nothing_foreign(client: Client) -> None:
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert client.get("/healthz").headers["X-Content-Type-Options"] == "nosniff"


def test_settings_that_guard_people() -> None:
    assert settings.DEBUG is False
    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert settings.DATABASES["default"]["ATOMIC_REQUESTS"] is True
    assert (settings.LANGUAGE_CODE, settings.TIME_ZONE, settings.USE_TZ) == ("ru", "Europe/Moscow", True)
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
