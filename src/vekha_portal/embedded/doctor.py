"""Looks at the machine and says, in Russian, what is there, what is missing and what to type."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from vekha_portal.embedded.account import closed_folder, database_account
from vekha_portal.embedded.binaries import choose, find_installations
from vekha_portal.embedded.keys import read_passwords
from vekha_portal.embedded.problems import CannotRun
from vekha_portal.embedded.roles import join_server, statements_for_administrator
from vekha_portal.embedded.supervisor import check_port, running_supervisor
from vekha_portal.env import Environment

_LITTLE_SPACE = 2 * 2**30
_NO_SPACE = 300 * 2**20
_FONTS = ("DejaVu Sans", "Liberation Serif")


class State(StrEnum):
    """How it stands with one thing."""

    GOOD = "есть"
    ABSENT = "нет, можно без"
    MISSING = "нет"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    state: State
    detail: str
    advice: str = ""

    def line(self) -> str:
        """The line that is printed.

        >>> Finding("Tesseract", State.ABSENT, "сканы не читаются", "sudo apt-get install tesseract-ocr").line()
        'нет, можно без  Tesseract: сканы не читаются. Что сделать: sudo apt-get install tesseract-ocr'
        """
        advice = f". Что сделать: {self.advice}" if self.advice else ""
        return f"{self.state:<16}{self.what}: {self.detail}{advice}"


def examine(environment: Environment, port: int) -> list[Finding]:
    """Look at everything the portal needs or can use."""
    return [
        _database(environment),
        _home(environment),
        _space(environment),
        _port(environment, port),
        _recognition(),
        _office(),
        _fonts(),
        _pango(),
    ]


def server_statements(environment: Environment) -> list[str]:
    """SQL for the administrator of a server, with passwords that were written to the password file."""
    environment.home.mkdir(mode=0o711, parents=True, exist_ok=True)
    return statements_for_administrator(read_passwords(environment))


def _database(environment: Environment) -> Finding:
    what = "PostgreSQL"
    try:
        if not environment.database.embedded:
            environment.home.mkdir(mode=0o711, parents=True, exist_ok=True)
            join_server(environment, read_passwords(environment))
            return Finding(what, State.GOOD, f"сервер {environment.database.host} впускает роли Вехи")
        chosen = choose(find_installations(), environment.home / "postgres" / "data")
    except CannotRun as error:
        return Finding(what, State.MISSING, str(error).rstrip("."))
    source = "из набора библиотек" if chosen.wheel else f"из {chosen.bin}"
    return Finding(what, State.GOOD, f"версия {chosen.major}, {source}")


def _home(environment: Environment) -> Finding:
    what = "Папка данных"
    existing = next(folder for folder in (environment.home, *environment.home.parents) if folder.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        return Finding(what, State.MISSING, f"в {existing} нельзя писать", "укажите другую папку в VEKHA_HOME")
    try:
        closed = closed_folder(existing, database_account()) if environment.database.embedded else None
    except CannotRun as error:
        return Finding(what, State.MISSING, str(error).rstrip("."))
    if closed is not None:
        advice = "укажите в VEKHA_HOME папку, например /var/lib/vekha"
        return Finding(what, State.MISSING, f"PostgreSQL не сможет пройти через {closed}", advice)
    return Finding(what, State.GOOD, str(environment.home))


def _space(environment: Environment) -> Finding:
    existing = next(folder for folder in (environment.home, *environment.home.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    detail = f"свободно {free / 2**30:.1f} ГиБ"
    if free < _NO_SPACE:
        return Finding("Место на диске", State.MISSING, detail, "освободите место или укажите другой диск в VEKHA_HOME")
    if free < _LITTLE_SPACE:
        return Finding("Место на диске", State.ABSENT, f"{detail}, этого мало для файлов", "освободите хотя бы 2 ГиБ")
    return Finding("Место на диске", State.GOOD, detail)


def _port(environment: Environment, port: int) -> Finding:
    keeper = running_supervisor(environment.home)
    if keeper is not None:
        return Finding("Порт", State.GOOD, f"Веха уже запущена (процесс {keeper})")
    try:
        check_port("127.0.0.1", port)
    except CannotRun as error:
        return Finding("Порт", State.MISSING, str(error).rstrip("."))
    return Finding("Порт", State.GOOD, f"{port} свободен")


def _recognition() -> Finding:
    what, advice = "Tesseract", "sudo apt-get install tesseract-ocr tesseract-ocr-rus"
    answer = _answer("tesseract", "--list-langs")
    if answer is None:
        return Finding(what, State.ABSENT, "сканы не распознаются", advice)
    if "rus" not in answer.split():
        return Finding(what, State.ABSENT, "нет русского языка, сканы не распознаются", advice)
    return Finding(what, State.GOOD, "сканы распознаются")


def _office() -> Finding:
    if shutil.which("soffice") or shutil.which("libreoffice"):
        return Finding("LibreOffice", State.GOOD, "читаются ODT, RTF, DOC")
    return Finding("LibreOffice", State.ABSENT, "ODT, RTF и DOC не читаются", "sudo apt-get install libreoffice-writer")


def _fonts() -> Finding:
    answer = _answer("fc-list", ":lang=ru", "family")
    present = [name for name in _FONTS if answer and name in answer]
    if present:
        return Finding("Шрифты", State.GOOD, ", ".join(present))
    advice = "sudo apt-get install fontconfig fonts-dejavu fonts-liberation"
    return Finding("Шрифты", State.ABSENT, "нет шрифтов с кириллицей, в PDF вместо букв будут квадраты", advice)


def _pango() -> Finding:
    if _find_library("pango-1.0") and _find_library("pangoft2-1.0"):
        return Finding("Pango", State.GOOD, "документы PDF создаются")
    advice = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"
    return Finding("Pango", State.ABSENT, "документы PDF не создаются", advice)


#: Replaced in tests: which libraries a machine has is no business of theirs.
_find_library: Callable[[str], str | None] = ctypes.util.find_library


def _answer(program: str, *arguments: str) -> str | None:
    path = shutil.which(program)
    if path is None:
        return None
    try:
        done = subprocess.run([Path(path), *arguments], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout + done.stderr if done.returncode == 0 else None
