"""``vekha journal verify``: are the chains of the journal whole."""

from __future__ import annotations

import os
from typing import Any

import typer

from vekha.cli.console import say, write_line
from vekha.cli.exits import Exit

VERIFY_HELP = """\
Проверить журнал: не изменена ли, не удалена ли, не вставлена ли запись. Называет цепочку (код субъекта, 00 — общая)
и номер записи. Печатает отпечаток конца каждой цепочки: сохранённый в другом месте, он доказывает, что всё до него цело.
Код завершения 1, если цепочка разорвана.
"""


def register(app: typer.Typer) -> None:
    """Add ``vekha journal`` to the program."""
    group = typer.Typer(help="Журнал: проверка цепочек записей.", no_args_is_help=True, rich_markup_mode=None)
    group.command("verify", help=VERIFY_HELP)(verify)
    group.callback()(_group)
    app.add_typer(group, name="journal")


def _group() -> None:
    """Журнал: кто, когда, что сделал и почему."""


def verify() -> int:
    """Check every chain and say where it is broken."""
    connection = _connect()
    if connection is None:
        say("База данных не отвечает: запустите портал (vekha up) или проверьте DATABASE_URL.")
        return Exit.UNREADABLE
    from vekha_portal.journal.chain import Verification  # noqa: PLC0415 — after Django is set up
    from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope  # noqa: PLC0415 — as above

    with use_scope(SYSTEM_SCOPE):
        check = Verification(connection)
        broken = 0
        for each in check.breaks():
            broken += 1
            say(f"Цепочка {each.shard}, № {each.number}: {each.what}.")
        for head in check.heads:
            write_line(f"{head.shard}  записей {head.number}  {head.hash}")
    if broken:
        say(f"Журнал повреждён: мест {broken}. Сравните с резервной копией.")
        return Exit.PROBLEMS
    write_line(f"Журнал цел: записей {check.count}, цепочек {len(check.heads)}.")
    return Exit.DONE


def _connect() -> Any:
    """The connection, or nothing where the database does not answer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vekha_portal.settings")
    import django  # noqa: PLC0415 — half a second that other commands need not pay
    from django.apps import apps  # noqa: PLC0415 — as above

    if not apps.ready:
        django.setup()
    from django.db import OperationalError, connection  # noqa: PLC0415 — as above

    try:
        connection.ensure_connection()
    except OperationalError:
        return None
    return connection.connection
