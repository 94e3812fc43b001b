"""Typer in Russian: help pages that teach, and complaints about a wrong call, whatever the language of the machine."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

#: The parent of everything typer raises for a wrong call; typer exports only this one descendant of it.
WrongUsage: type[Exception] = typer.BadParameter.__mro__[2]

_HELP_OPTION = "Показать эту подсказку."


class RussianCommand(TyperCommand):
    """A command whose help is printed as written, with Russian headings."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, the text of the help as it stands, arguments and options."""
        _write_usage(self, ctx, formatter)
        _write_text(self.help or "", formatter)
        _write_parameters(self, ctx, formatter)


class RussianGroup(TyperGroup):
    """The program itself: its help lists the commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, the commands with a sentence each, options, and the text with examples."""
        _write_usage(self, ctx, formatter)
        head, _, tail = (self.help or "").partition("\n\n")
        _write_text(head, formatter)
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Команды"):
            formatter.write_dl([(name, command.short_help or "") for name, command in commands if command is not None])
        _write_parameters(self, ctx, formatter)
        _write_text(tail, formatter)


def explain(error: Exception) -> str:
    """A wrong call as Russian sentences: what was not understood, and how to see the help."""
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", None) or "vekha"
    return f"{_complaint(error)}\nПодсказка: {command} --help"


def _complaint(error: Exception) -> str:
    parameter: Any = getattr(error, "param", None)
    option = getattr(error, "option_name", None)
    message = str(getattr(error, "message", "") or error)
    match type(error).__name__:
        case "NoSuchOption":
            near = ", ".join(sorted(getattr(error, "possibilities", None) or ()))
            return f"Неизвестный параметр {option}." + (f" Похожие: {near}." if near else "")
        case "MissingParameter":
            return f"Не указано: {getattr(parameter, 'metavar', None) or getattr(parameter, 'name', '')}."
        case "BadOptionUsage":
            return f"У параметра {option} должно быть значение." if "requires" in message else f"Параметр {option} без значения."
        case "BadParameter":
            return message
        case _:
            return _complaint_in_words(message)


def _complaint_in_words(message: str) -> str:
    """What typer says only in English: a command it does not know, too many arguments, no command."""
    if found := re.match(r"No such command '(.*?)'\.?(?: Did you mean '(.*)'\?)?$", message):
        near = (found[2] or "").replace("', '", "», «")
        return f"Неизвестная команда «{found[1]}»." + (f" Возможно, «{near}»?" if near else "")
    if found := re.match(r"Got unexpected extra argument\S* \((.*)\)", message):
        return f"Лишнее в команде: {found[1]}."
    return "Не указана команда." if message.startswith("Missing command") else f"Вызов не понят: {message}"


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    arguments = [_metavar(each) for each in command.get_params(ctx) if each.param_type_name == "argument"]
    rest = ["КОМАНДА …"] if isinstance(command, RussianGroup) else arguments
    formatter.write(f"Вызов: {' '.join([ctx.command_path, '[ПАРАМЕТРЫ]', *rest])}\n")


def _write_text(text: str, formatter: Any) -> None:
    if text:
        formatter.write(f"\n{text.strip()}\n")


def _write_parameters(command: Any, ctx: Any, formatter: Any) -> None:
    arguments, options = [], []
    for each in command.get_params(ctx):
        if getattr(each, "hidden", False):
            continue
        if each.param_type_name == "argument":
            arguments.append((_metavar(each), each.help or ""))
        else:
            names = ", ".join(each.opts) + (f" {each.metavar}" if each.metavar else "")
            options.append((names, _HELP_OPTION if each.name == "help" else each.help or ""))
    for heading, rows in (("Что указать", arguments), ("Параметры", options)):
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def _metavar(argument: Any) -> str:
    return str(argument.metavar or argument.name)
