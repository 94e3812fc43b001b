"""Structured logs: a JSON object on a line, without names, addresses of e-mail, passwords or bodies."""

from __future__ import annotations

import logging
import logging.config
import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
#: Fields that are never written, whoever passes them.
_PERSONAL = frozenset({"email", "name", "password", "person", "phone", "surname", "token", "user", "username"})
_HIDDEN = "[скрыто]"


def hide_personal(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank the fields that name people, and addresses of e-mail inside any text.

    >>> hide_personal(None, "info", {"event": "sent to anna@school.example", "name": "Анна"})
    {'event': 'sent to [скрыто]', 'name': '[скрыто]'}
    """
    for key, value in event.items():
        if key in _PERSONAL:
            event[key] = _HIDDEN
        elif isinstance(value, str) and "@" in value:
            event[key] = _EMAIL.sub(_HIDDEN, value)
    return event


def hide_address(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut the address out of Django's own messages: some addresses are secrets, and the request's line names the route.

    >>> hide_address(None, "error", {"logger": "django.request", "event": "Internal Server Error: /feed/s3cret"})["event"]
    'Internal Server Error'
    """
    if str(event.get("logger", "")).startswith("django."):
        event["event"] = str(event.get("event", "")).partition(": /")[0]
    return event


def configure(options: Mapping[str, Any]) -> None:
    """Set up logging for this process; Django calls it with the setting ``LOGGING``."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide_address,
        hide_personal,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    form = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(frozenset()), *shared],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(form)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.DEBUG if options.get("debug") else logging.INFO)
    for noisy in ("django.db.backends", "django.template", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.INFO)
    logging.getLogger("django.server").propagate = True
