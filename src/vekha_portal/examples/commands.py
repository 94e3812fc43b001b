"""``vekha example``: invented data, to look at and to measure with."""

from __future__ import annotations

import datetime
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import psycopg
import typer

from vekha.cli.console import say, write_line
from vekha.cli.exits import Exit
from vekha_portal.embedded import supervisor
from vekha_portal.embedded.cluster import make_home, stop
from vekha_portal.embedded.keys import keep_secret_key
from vekha_portal.embedded.problems import CannotRun
from vekha_portal.env import Environment, Role, WrongEnvironment, read_environment

COUNTRY_HELP = """\
Загрузить в пустую базу вымышленную страну: 89 субъектов, 25 000 школ с центрами, волны нескольких лет, контрольные
точки с историей. Нужна, чтобы посмотреть портал в полном объёме и измерить его. Все названия и люди придуманы.

База та, которую называют VEKHA_HOME или DATABASE_URL; если своя база не запущена, она запускается на время загрузки.
В базу, где уже есть организации, люди или распоряжения, ничего не загружается; --beside-people разрешает загрузить
рядом с заведёнными организациями и людьми (но не рядом с распоряжениями и контрольными точками).

Примеры:
  VEKHA_HOME=/tmp/vekha-country vekha example country
  vekha example country --regions 3 --centres 60
"""
REGION_HELP = """\
Загрузить в пустую базу пример, с которым портал открывается впервые: вымышленный регион с волной в середине года.
То же делает vekha up.
"""


def register(app: typer.Typer) -> None:
    """Add ``vekha example`` to the program."""
    group = typer.Typer(help="Вымышленные данные.", no_args_is_help=True, rich_markup_mode=None)
    group.command("country", help=COUNTRY_HELP)(country)
    group.command("region", help=REGION_HELP)(region)
    app.add_typer(group, name="example")


def country(
    *,
    regions: Annotated[int, typer.Option("--regions", metavar="N", min=1, max=89, help="Сколько субъектов.")] = 89,
    centres: Annotated[
        int, typer.Option("--centres", metavar="N", min=1, max=200_000, help="Сколько центров.")
    ] = 25_000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Другое число — другая страна.")] = 1,
    day: Annotated[str, typer.Option("--day", metavar="ГГГГ-ММ-ДД", help="Какой день считать сегодняшним.")] = "",
    beside_people: Annotated[
        bool, typer.Option("--beside-people", help="Рядом с уже заведёнными организациями и людьми.")
    ] = False,
) -> int:
    """Load the country."""
    try:
        today = datetime.date.fromisoformat(day) if day else None
    except ValueError:
        say(f"--day: нужна дата вида 2026-11-21, а указано «{day}».")
        return Exit.WRONG_CALL
    try:
        with _database():
            return _load_country(regions, centres, seed, today, beside_people=beside_people)
    except (CannotRun, WrongEnvironment, psycopg.Error) as error:
        say(str(error))
        return Exit.PROBLEMS


def region() -> int:
    """Load the example region."""
    try:
        with _database():
            return _load_region()
    except (CannotRun, WrongEnvironment, psycopg.Error) as error:
        say(str(error))
        return Exit.PROBLEMS


@contextmanager
def _database() -> Iterator[None]:
    """The database, at work and up to date, with Django set up to write into it as the owner of the tables."""
    environment = read_environment()
    make_home(environment.home)
    keep_secret_key(environment)
    if supervisor.running_supervisor(environment.home) is not None:
        _set_up()
        yield
        return
    with supervisor.only_one(environment.home, {"pid": os.getpid()}):
        cluster = supervisor.open_database(environment)
        try:
            supervisor.start_database(environment, cluster, write_line)
            _migrate(environment)
            _set_up()
            yield
        finally:
            if cluster is not None:
                stop(cluster)


def _migrate(environment: Environment) -> None:
    from vekha_portal.embedded.children import run_django  # noqa: PLC0415 — only where the portal does not run

    done = run_django(environment, Role.OWNER, ["prepare_installation"])
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["причина не сообщена"]
        raise CannotRun(f"Не удалось обновить таблицы базы: {lines[-1]}")


def _set_up() -> None:
    os.environ["VEKHA_ROLE"] = str(Role.OWNER)  # the owner may ask for statistics; the policies bind it like everybody
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vekha_portal.settings")
    logging.getLogger("procrastinate").setLevel(logging.WARNING)  # its jobs are not this command's business
    import django  # noqa: PLC0415 — half a second that other commands need not pay
    from django.apps import apps  # noqa: PLC0415 — as above

    if not apps.ready:
        django.setup()


def _load_country(regions: int, centres: int, seed: int, day: datetime.date | None, *, beside_people: bool) -> int:
    from django.db import connections  # noqa: PLC0415 — after Django is set up
    from django.utils import timezone  # noqa: PLC0415 — as above

    from vekha_portal.examples.country.load import load_country  # noqa: PLC0415 — as above
    from vekha_portal.examples.country.size import Size  # noqa: PLC0415 — as above
    from vekha_portal.journal.refusals import Refused  # noqa: PLC0415 — as above

    size = Size(regions, centres, seed, day or timezone.localdate())
    try:
        loaded = load_country(size, write_line, beside_people=beside_people)
    except Refused as refusal:
        say(str(refusal))
        return Exit.WRONG_CALL
    finally:
        connections.close_all()
    write_line(
        f"Загружено за {loaded.seconds:.0f} с, база занимает {loaded.size / 2**20:.0f} МиБ: "
        + ", ".join(f"{_NAMES[name]} {count}" for name, count in loaded.counts.items())
    )
    _print_sign_ins([(each.login, each.password, each.who) for each in loaded.sign_ins])
    return Exit.DONE


_NAMES = {
    "regions": "субъектов",
    "municipalities": "муниципалитетов",
    "schools": "школ",
    "waves": "волн",
    "centres": "центров",
    "milestones": "контрольных точек",
}


def _load_region() -> int:
    from django.db import connections  # noqa: PLC0415 — after Django is set up

    from vekha_portal.operations.example import FACT, ensure_example, find_parts  # noqa: PLC0415 — as above
    from vekha_portal.operations.models import Fact  # noqa: PLC0415 — as above

    try:
        is_decided = Fact.objects.filter(name=FACT).exists()
        made = ensure_example(find_parts(), wanted=True)
    finally:
        connections.close_all()
    if is_decided or not made:
        say("Пример не загружен: в базе уже есть данные, или от примера отказались при первом запуске (--no-example).")
        return Exit.WRONG_CALL
    _print_sign_ins([(each.login, each.password, each.who) for each in made])
    return Exit.DONE


def _print_sign_ins(people: list[tuple[str, str, str]]) -> None:
    write_line("Войти можно как:")
    for login, password, who in people:
        write_line(f"  {login}  {password}  {who}")
