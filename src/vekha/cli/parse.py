"""``vekha parse``: what the documents say, as JSON Lines for programs or as tables for people."""

from __future__ import annotations

from typing import Annotated

import typer

from vekha.cli.console import show, track, write_json
from vekha.cli.exits import Exit, worst
from vekha.cli.files import read_files, tell

HELP = """\
Прочитать документы и показать, что в них сказано: реквизиты, мероприятия, ответственных, ожидаемые
документы, сроки, показатели — и замечания с указанием места.

С параметром --json печатает по одному объекту JSON на файл, каждый на своей строке, в порядке файлов.
Файл, который нельзя прочитать, не мешает остальным. Знак «-» вместо имени — текст со стандартного ввода.

Примеры:
  vekha parse распоряжение.docx
  vekha parse *.pdf --json > приказы.jsonl
  cat карта.txt | vekha parse - --json
"""


def parse(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="ФАЙЛ…", help="Документы; «-» — текст со стандартного ввода.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON: по одному объекту на строке.")] = False,
) -> int:
    """Read every file and print what it says; the worst outcome decides the exit code."""
    codes: list[Exit] = []
    for outcome in track(read_files(files), total=len(files), what="Чтение"):
        codes.append(outcome.code)
        tell(outcome, debug=bool(context.obj))
        if as_json:
            from vekha.orders.interchange import order_to_json  # noqa: PLC0415 — engines load after the help has answered

            write_json(order_to_json(outcome.order_file))
        elif outcome.code in (Exit.DONE, Exit.PROBLEMS):
            from vekha.cli.tables import order_tables  # noqa: PLC0415 — rich loads only where a table is printed

            show(*order_tables(outcome.order_file))
    return worst(codes)
