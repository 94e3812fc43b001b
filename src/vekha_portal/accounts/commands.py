"""``vekha user add``: the first person of a new portal, and whoever else is entered at the console."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from vekha.cli.console import say, write_line
from vekha.cli.exits import Exit
from vekha.cli.russian import RussianCommand, RussianGroup

GROUP_HELP = """\
Люди портала.

Первого человека добавляют здесь, остальных он приглашает на страницах портала.
"""
ADD_HELP = """\
Добавить человека с ролью. Без --organisation берётся первая организация «Администрация портала», и она создаётся, если
её нет. Пароль спрашивается; с --link вместо него печатается ссылка, по которой человек задаст пароль сам.

Примеры:
  vekha user add anna@example.org --surname Иванова --name Анна
  vekha user add petr@example.org --surname Петров --name Пётр --role school --organisation 15 --link
"""


def register(app: typer.Typer) -> None:
    """Add ``vekha user`` to the program."""
    group = typer.Typer(cls=RussianGroup, help=GROUP_HELP, invoke_without_command=True, rich_markup_mode=None)
    group.command("add", cls=RussianCommand, help=ADD_HELP, short_help="Добавить человека с ролью.")(add)
    group.callback()(_group)
    app.add_typer(group, name="user", help=GROUP_HELP, short_help="Люди портала.")


def _group(context: typer.Context) -> None:
    """Show what there is when nothing is asked."""
    if context.invoked_subcommand is None:
        write_line(context.get_help())


def add(
    email: Annotated[str, typer.Argument(metavar="ПОЧТА", help="Адрес, с которым человек будет входить.")],
    *,
    surname: Annotated[str, typer.Option("--surname", metavar="ФАМИЛИЯ", help="Фамилия.")],
    name: Annotated[str, typer.Option("--name", metavar="ИМЯ", help="Имя.")],
    patronymic: Annotated[str, typer.Option("--patronymic", metavar="ОТЧЕСТВО", help="Отчество.")] = "",
    role: Annotated[str, typer.Option("--role", metavar="РОЛЬ", help="Роль (administrator).")] = "administrator",
    organisation: Annotated[int, typer.Option("--organisation", metavar="НОМЕР", help="Номер организации в реестре.")] = 0,
    link: Annotated[bool, typer.Option("--link", help="Напечатать ссылку вместо вопроса о пароле.")] = False,
    password: Annotated[str, typer.Option("--password", envvar="VEKHA_PASSWORD", hidden=True)] = "",
) -> int:
    """Add a person with a role and a password."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vekha_portal.settings")
    import django  # noqa: PLC0415 — half a second that other commands need not pay
    from django.apps import apps  # noqa: PLC0415 — as above

    if not apps.ready:
        django.setup()
    from django.db import OperationalError  # noqa: PLC0415 — as above

    from vekha_portal.accounts import console  # noqa: PLC0415 — after Django is set up
    from vekha_portal.journal.refusals import Refused  # noqa: PLC0415 — as above

    if not link and not password:
        password = _ask_password()
    try:
        made = console.add_user(
            email=email, surname=surname, given_name=name, patronymic=patronymic, role=role, organisation=organisation, password=password
        )
    except Refused as refusal:
        say(str(refusal))
        return Exit.WRONG_CALL
    except OperationalError:
        say("База данных не отвечает: запустите портал (vekha up) или проверьте DATABASE_URL.")
        return Exit.UNREADABLE
    write_line(f"Добавлен: {made.person}, {made.assignment}.")
    if link:
        write_line(f"Ссылка (после адреса портала): /invitation/{made.token}/")
    return Exit.DONE


def _ask_password() -> str:
    while True:
        password: str = typer.prompt("Пароль", hide_input=True)
        if typer.prompt("Ещё раз", hide_input=True) == password:
            return password
        say("Пароли не совпали. Введите ещё раз.")
