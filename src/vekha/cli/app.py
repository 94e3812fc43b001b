"""The program: its commands, the call of one of them, and the last resort when something unforeseen happens."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer

from vekha import __version__
from vekha.cli.check import HELP as CHECK_HELP
from vekha.cli.check import check
from vekha.cli.compare import HELP as COMPARE_HELP
from vekha.cli.compare import compare
from vekha.cli.console import OutputClosed, close_quietly, say, speak_utf8, write_line
from vekha.cli.deadline import HELP as DEADLINE_HELP
from vekha.cli.deadline import deadline
from vekha.cli.exits import INTERRUPTED, Exit
from vekha.cli.packs import HELP as PACKS_HELP
from vekha.cli.packs import packs
from vekha.cli.parse import HELP as PARSE_HELP
from vekha.cli.parse import parse
from vekha.cli.plan import HELP as PLAN_HELP
from vekha.cli.plan import plan
from vekha.cli.rules import HELP as RULES_HELP
from vekha.cli.rules import rules
from vekha.cli.russian import RussianCommand, RussianGroup, WrongUsage, explain

HELP = """\
Веха читает распоряжения о создании центров образования и превращает их «дорожные карты» в точные
данные и планы с датами. Документы: текст, DOCX, ODT, RTF, DOC, PDF, скан, HTML, XLSX.

Примеры:
  vekha plan распоряжение.pdf                 план со сроками: страница, таблица, календарь
  vekha parse распоряжение.docx               что прочитано: мероприятия, сроки, замечания
  vekha parse *.docx --json > приказы.jsonl   то же для программ, по строке JSON на файл
  vekha deadline "не позднее 25 августа года получения субсидии" --subsidy-year 2026
  vekha check распоряжение.docx               что найдёт проверяющий, и как исправить
  vekha compare прошлый.docx новый.docx       что изменилось в новой редакции

Портал: vekha up | down | backup | restore | doctor | user  (подробно: vekha up --help)

Коды завершения: 0 — сделано; 1 — сделано, но в документе есть ошибки; 2 — неверный вызов
(нет такого файла или параметра); 3 — файл нельзя прочитать.

Подробно о команде: vekha КОМАНДА --help
"""

#: The group of entry points whose functions take the program and add their commands to it.
COMMANDS = "vekha.commands"
_loaded: set[str] = set()

app = typer.Typer(
    cls=RussianGroup,
    help=HELP,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"max_content_width": 110},
)
OWN = (
    ("parse", parse, PARSE_HELP, "Прочитать документы: таблица для человека или JSON."),
    ("deadline", deadline, DEADLINE_HELP, "Понять фразу о сроке и назвать даты."),
    ("check", check, CHECK_HELP, "Найти, что в документе не так."),
    ("compare", compare, COMPARE_HELP, "Сопоставить мероприятия двух документов."),
    ("plan", plan, PLAN_HELP, "Сделать план: plan.html, plan.xlsx, plan.ics."),
    ("rules", rules, RULES_HELP, "Показать правила проверки."),
    ("packs", packs, PACKS_HELP, "Показать и проверить наборы справочных данных."),
)
for _name, _run, _help, _short in OWN:
    app.command(_name, cls=RussianCommand, help=_help, short_help=_short)(_run)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Показать версию.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="При сбое показать подробности для разработчиков.")] = False,
) -> int:
    """Answer ``--version``, and show the help when no command is given."""
    context.obj = debug
    if version:
        raise typer.Exit(_show_version())
    if context.invoked_subcommand is None:
        write_line(context.get_help())
        raise typer.Exit
    return Exit.DONE


def main() -> None:
    """Run the command of the arguments and end the process with its exit code; no traceback whatever happens."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    speak_utf8()
    if list(arguments) == [
        "--version"
    ]:  # typer would load a validation library first, which takes longer than all the rest
        return _show_version()
    debug = "--debug" in arguments
    try:
        _add_commands(arguments)
        code = app(args=_debug_first(arguments), prog_name="vekha", standalone_mode=False)
    except OutputClosed:
        close_quietly()
        return Exit.DONE
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except WrongUsage as error:
        say(explain(error))
        return Exit.WRONG_CALL
    except Exception as error:  # the last resort: the person gets a sentence, the details are kept for --debug
        return _apologise(error, debug=debug)
    if code == INTERRUPTED:
        say("Прервано.")
    return code if isinstance(code, int) else Exit.DONE


def _add_commands(arguments: Sequence[str]) -> None:
    """Let installed packages add their commands, where the command is none of ours: finding them takes longer than our help."""
    asked = next((each for each in arguments if not each.startswith("-")), None)
    if asked is None or asked in {name for name, *_ in OWN}:
        return
    from importlib.metadata import entry_points  # noqa: PLC0415 — as said

    known = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}
    for found in entry_points(group=COMMANDS):
        if found.name not in _loaded and asked not in known:
            _loaded.add(found.name)
            try:
                found.load()(app)
            except ModuleNotFoundError as error:
                say(
                    f"Портал установлен не полностью: нет библиотеки {error.name}. Установите её: pip install 'vekha[portal]'"
                )


def _show_version() -> int:
    try:
        write_line(f"vekha {__version__}")
    except OutputClosed:
        close_quietly()
    return Exit.DONE


def _debug_first(arguments: Sequence[str]) -> list[str]:
    """``--debug`` may stand anywhere before «--»; the program itself wants it before the command."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    kept = [each for each in arguments[:end] if each != "--debug"]
    return ["--debug"] * (len(kept) < end) + kept + list(arguments[end:])


def _apologise(error: Exception, *, debug: bool) -> int:
    say(f"Внутренний сбой программы: {type(error).__name__}. Это ошибка Вехи, а не ваша.")
    if debug:
        say("".join(traceback.format_exception(error)))
    else:
        say("Повторите команду с параметром --debug и передайте показанные подробности разработчикам.")
    return Exit.UNREADABLE
