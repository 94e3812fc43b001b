"""Passwords of the database's roles and the key that signs sessions: made once, kept in files of mode 0600."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path

from vekha_portal.env import Environment, Role


def read_passwords(environment: Environment) -> dict[Role, str]:
    """The password of every role, made on the first call."""
    text = _keep(environment.passfile, _new_passfile)
    found = dict(re.findall(r"(?m)^\*:\*:\*:(\w+):(\S+)$", text))
    missing = [role for role in Role if role not in found]
    if missing:
        text = text.rstrip("\n") + "\n" + "".join(f"*:*:*:{role}:{secrets.token_urlsafe(32)}\n" for role in missing)
        write_private(environment.passfile, text)
        found = dict(re.findall(r"(?m)^\*:\*:\*:(\w+):(\S+)$", text))
    return {role: found[role] for role in Role}


def keep_secret_key(environment: Environment) -> None:
    """Make the key of sessions, unless it is there."""
    _keep(environment.home / "secrets" / "secret_key", lambda: secrets.token_urlsafe(50) + "\n")


def write_private(path: Path, text: str) -> None:
    """Write a file only its owner can read, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _keep(path: Path, make: Callable[[], str]) -> str:
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        text = make()
        write_private(path, text)
        return text


def _new_passfile() -> str:
    return "".join(f"*:*:*:{role}:{secrets.token_urlsafe(32)}\n" for role in Role)
