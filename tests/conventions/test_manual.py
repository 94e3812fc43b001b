"""The manual of the command line names every command and every option, and no other."""

import re
from typing import Any

import pytest
import typer

from tests.conventions.repository import read_text
from vekha.cli.app import app

PAGE = read_text("docs/command-line.md")
PROGRAM: Any = typer.main.get_command(app)


def section(command: str) -> str:
    return PAGE.partition(f"\n## {command}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("command", sorted(PROGRAM.commands))
def test_every_command_has_its_section_and_its_line(command: str) -> None:
    assert section(command)
    assert f"| `vekha {command}" in PAGE


@pytest.mark.parametrize("command", sorted(PROGRAM.commands))
def test_every_option_is_named_and_none_is_invented(command: str) -> None:
    options = {option for parameter in PROGRAM.commands[command].params for option in parameter.opts if option[:2] == "--"}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", section(command)))
    assert options <= named, "say what these do"
    assert named <= options, "there are no such options"
