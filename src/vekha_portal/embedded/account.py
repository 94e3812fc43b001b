"""The unprivileged user PostgreSQL runs as: it refuses to be root."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vekha_portal.embedded.problems import CannotRun

#: Users that exist on Linux and may not do anything else of worth; the first found is taken.
_CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """A user and group of the system; ``changes`` where the program has to become it."""

    name: str
    uid: int
    gid: int
    changes: bool

    def popen_options(self) -> dict[str, Any]:
        """Arguments of ``subprocess`` that start a process as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.changes else {}

    def own(self, path: Path | int) -> None:
        """Give the file, folder or open descriptor to the user."""
        if self.changes:
            os.chown(path, self.uid, self.gid)


def database_account() -> Account:
    """Who runs the database: the caller, or an unprivileged user where the caller is root. Raises :class:`CannotRun`."""
    if os.geteuid() != 0:
        return Account(str(os.geteuid()), os.geteuid(), os.getegid(), changes=False)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid, changes=True)
    raise CannotRun(
        "PostgreSQL нельзя запускать от root, а пользователей postgres и nobody в системе нет. "
        "Запустите vekha от обычного пользователя."
    )


def closed_folder(path: Path, account: Account) -> Path | None:
    """The first folder on the way to ``path`` that the account may not pass through.

    >>> closed_folder(Path("/"), Account("me", os.geteuid(), os.getegid(), changes=False)) is None
    True
    """
    if not account.changes:
        return None
    return next((folder for folder in _from_root(path) if folder.is_dir() and not _passes(folder, account)), None)


def _from_root(path: Path) -> Iterator[Path]:
    absolute = path.resolve()
    yield from reversed(absolute.parents)
    yield absolute


def _passes(folder: Path, account: Account) -> bool:
    facts = folder.stat()
    if facts.st_uid == account.uid:
        return bool(facts.st_mode & stat.S_IXUSR)
    if facts.st_gid == account.gid:
        return bool(facts.st_mode & stat.S_IXGRP)
    return bool(facts.st_mode & stat.S_IXOTH)
