"""``vekha packs``: the reference data there is, the user's own included, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vekha.cli.console import show, write_json
from vekha.cli.exits import Exit
from vekha.cli.files import exit_code

if TYPE_CHECKING:
    from rich.console import RenderableType

    from vekha.packs.library import Library
    from vekha.packs.model import Pack

HELP = """\
Показать наборы справочных данных: программы, примерные дорожные карты, редакции показателей, акты,
субъекты. Свои наборы — файлы TOML в папке, названной параметром --packs (можно повторять) или переменной
окружения VEKHA_PACKS; каждый их недостаток назван с номером строки.

Примеры:
  vekha packs
  vekha packs --packs наши-наборы
  vekha packs --json
"""


def packs(
    *,
    folders: Annotated[
        list[Path] | None,
        typer.Option("--packs", metavar="ПАПКА", envvar="VEKHA_PACKS", help="Папка своих наборов; можно повторять."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON вместо таблицы.")] = False,
) -> int:
    """List all packs with what they hold; errors in the user's own end with 1, a folder that is not there with 2."""
    from vekha.packs.library import FOLDER_MISSING, list_packs  # noqa: PLC0415 — engines load after the help has answered

    library = list_packs(folders or ())
    if as_json:
        write_json(library_to_json(library))
    else:
        show(*_tables(library))
    if any(problem.code == FOLDER_MISSING for problem in library.problems):
        return Exit.WRONG_CALL
    return exit_code(library.problems)


def library_to_json(library: Library) -> dict[str, Any]:
    """Every pack with the identifiers of what it holds, and the problems."""
    from vekha.orders.interchange import problem_to_json  # noqa: PLC0415 — as above

    return {
        "schema": "vekha.packs/1",
        "packs": [
            {
                "id": pack.id,
                "title": pack.title,
                "sources": list(pack.sources),
                "note": pack.note,
                "programmes": [programme.id for programme in pack.programmes],
                "roadmaps": [roadmap.id for roadmap in pack.roadmaps],
                "editions": [edition.id for edition in pack.editions],
                "acts": [{"number": act.number, "date": act.date.isoformat()} for act in pack.acts],
                "regions": [region.code for region in pack.regions],
            }
            for pack in library.packs
        ],
        "problems": [problem_to_json(problem) for problem in library.problems],
    }


def _tables(library: Library) -> list[RenderableType]:
    from rich import box  # noqa: PLC0415 — rich loads only where a table is printed
    from rich.table import Table  # noqa: PLC0415 — as above
    from rich.text import Text  # noqa: PLC0415 — as above

    from vekha.cli.tables import problem_text  # noqa: PLC0415 — as above

    table = Table(box=box.SIMPLE_HEAD, expand=True)
    table.add_column("Набор", no_wrap=True)
    for name, ratio in (("О чём", 4), ("Что в нём", 3)):
        table.add_column(name, ratio=ratio)
    for pack in library.packs:
        table.add_row(*(Text(cell) for cell in (pack.id, pack.title, _contents(pack))))
    return [table, *(problem_text(problem) for problem in library.problems)]


def _contents(pack: Pack) -> str:
    from vekha.documents.plan.wording import counted  # noqa: PLC0415 — as above

    measures = sum(len(reference.roadmap.measures) for reference in pack.roadmaps)
    indicators = sum(len(edition.indicators) for edition in pack.editions)
    counts = (
        (len(pack.national_projects), "национальный проект", "национальных проекта", "национальных проектов"),
        (len(pack.programmes), "программа", "программы", "программ"),
        (measures, "мероприятие", "мероприятия", "мероприятий"),
        (indicators, "показатель", "показателя", "показателей"),
        (len(pack.acts), "акт", "акта", "актов"),
        (len(pack.regions), "субъект", "субъекта", "субъектов"),
    )
    return ", ".join(counted(count, *words) for count, *words in counts if count)
