"""The portal's commands: ``vekha up | down | backup | restore | doctor``."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from vekha.cli.console import OutputClosed, say, write_line
from vekha.cli.exits import Exit
from vekha.cli.russian import RussianCommand
from vekha_portal.embedded import backup as backups
from vekha_portal.embedded import doctor as diagnosis
from vekha_portal.embedded import supervisor
from vekha_portal.embedded.problems import CannotRun
from vekha_portal.env import Environment, WrongEnvironment, read_environment

#: What is told in a sentence; anything else is a fault of the program.
REFUSALS = (CannotRun, WrongEnvironment, psycopg.Error)

UP_HELP = """\
Запустить портал на этой машине: база, страницы, фоновые задания. Работает, пока не остановят:
Ctrl-C здесь или vekha down в другом окне.

Данные лежат в папке VEKHA_HOME (без неё: ~/.local/share/vekha, для root /var/lib/vekha).
DATABASE_URL=postgresql://роль@сервер/база — работать с базой на сервере вместо своей.

Примеры:
  vekha up
  vekha up --port 8080
  vekha up --host 0.0.0.0 --no-example       открыть для сети, пустая база без примера
"""
DOWN_HELP = """\
Остановить портал и всё, что осталось от аварийно завершённого.
"""
BACKUP_HELP = """\
Сохранить копию в один файл: база, загруженные файлы и опись с контрольными суммами. Останавливать портал не нужно.

Пример:
  vekha backup /mnt/копии/vekha-2026-01-31.tar
"""
RESTORE_HELP = """\
Вернуть базу и файлы из копии. Портал должен быть остановлен (vekha down). Копия сначала проверяется целиком.
В непустую базу копия не пишется без --force; с ним прежнее содержимое заменяется.

Пример:
  vekha restore /mnt/копии/vekha-2026-01-31.tar
"""
DOCTOR_HELP = """\
Проверить, всё ли есть на машине, и сказать, что поставить. Код завершения 1, если чего-то обязательного нет.
"""


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for name, run, text, short in (
        ("up", up, UP_HELP, "Запустить портал."),
        ("down", down, DOWN_HELP, "Остановить портал."),
        ("backup", backup, BACKUP_HELP, "Сохранить копию базы и файлов."),
        ("restore", restore, RESTORE_HELP, "Вернуть базу и файлы из копии."),
        ("doctor", doctor, DOCTOR_HELP, "Проверить машину."),
    ):
        app.command(name, cls=RussianCommand, help=text, short_help=short)(run)


def up(
    *,
    host: Annotated[str, typer.Option("--host", metavar="АДРЕС", help="Где слушать (127.0.0.1).")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="ПОРТ", help="Порт (VEKHA_PORT или 8000).")] = 0,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", help="Сколько процессов отвечает (по числу ядер, до 4).")
    ] = 0,
    example: Annotated[bool, typer.Option("--example/--no-example", help="Загружать ли пример в пустую базу.")] = True,
) -> int:
    """Start everything and stay."""
    try:
        environment = read_environment()
        plan = supervisor.Plan(host, _port(port), workers or max(1, min(4, os.cpu_count() or 1)), example)
        supervisor.up(environment, plan, _tell)
    except REFUSALS as error:
        return _refuse(error)
    return Exit.DONE


def down() -> int:
    """Stop everything."""
    try:
        stopped = supervisor.down(read_environment(), _tell)
    except REFUSALS as error:
        return _refuse(error)
    write_line("Остановлено." if stopped else "Веха не запущена.")
    return Exit.DONE


def backup(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Куда сохранить.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Заменить существующий файл.")] = False,
) -> int:
    """Write a copy of everything."""
    try:
        manifest = backups.backup(read_environment(), file, force=force)
    except REFUSALS as error:
        return _refuse(error)
    write_line(f"Сохранено: {file}, {file.stat().st_size / 2**20:.1f} МиБ, загруженных файлов: {len(manifest.media)}.")
    return Exit.DONE


def restore(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Копия, сделанная vekha backup.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Заменить то, что есть в базе и файлах.")] = False,
) -> int:
    """Bring a copy back."""
    try:
        manifest = backups.restore(read_environment(), file, force=force)
    except REFUSALS as error:
        return _refuse(error)
    write_line(
        f"Восстановлено по состоянию на {manifest.made_at}, загруженных файлов: {len(manifest.media)}. Запуск: vekha up"
    )
    return Exit.DONE


def doctor(
    *,
    sql: Annotated[bool, typer.Option("--sql", help="Напечатать команды для администратора сервера базы.")] = False,
    port: Annotated[
        int, typer.Option("--port", metavar="ПОРТ", help="Какой порт проверить (VEKHA_PORT или 8000).")
    ] = 0,
) -> int:
    """Look at the machine."""
    try:
        environment = read_environment()
        if sql:
            return _print_sql(environment)
        findings = diagnosis.examine(environment, _port(port))
    except REFUSALS as error:
        return _refuse(error)
    for finding in findings:
        write_line(finding.line())
    failed = any(finding.state is diagnosis.State.MISSING for finding in findings)
    write_line("Есть чего не хватает: смотрите строки «нет»." if failed else "Всё обязательное на месте.")
    return Exit.PROBLEMS if failed else Exit.DONE


def _print_sql(environment: Environment) -> int:
    for line in diagnosis.server_statements(environment):
        write_line(line)
    return Exit.DONE


def _tell(message: str) -> None:
    """Say it to whoever is there: the portal works on, and stops in order, after its window was closed."""
    with contextlib.suppress(OSError, OutputClosed):
        write_line(message)


def _port(given: int) -> int:
    text = str(given) if given else os.environ.get("VEKHA_PORT", "8000")
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise WrongEnvironment(f"Порт должен быть числом от 1 до 65535, а указано «{text}».")
    return int(text)


def _refuse(error: Exception) -> int:
    if isinstance(error, psycopg.Error):
        say(f"База данных отказала: {' '.join(str(error).split())[:300]}")
    else:
        say(str(error))
    return Exit.PROBLEMS
