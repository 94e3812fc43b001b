"""Installed packages add commands to the program, and only when one of theirs may be meant."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable

import pytest
import typer

from vekha.cli import app as program


class Found:
    """An entry point as the program sees it."""

    def __init__(self, load: Callable[[], Callable[[typer.Typer], None]]) -> None:
        self.name, self.load = "portal", load


@pytest.fixture(autouse=True)
def fresh_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_loaded", set())
    monkeypatch.setattr(program.app, "registered_commands", list(program.app.registered_commands))


def offer(monkeypatch: pytest.MonkeyPatch, load: Callable[[], Callable[[typer.Typer], None]]) -> None:
    def entry_points(*, group: str) -> list[Found]:
        assert group == "vekha.commands"
        return [Found(load)]

    monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)


def add_shine(app: typer.Typer) -> None:
    @app.command("shine")
    def shine() -> int:
        print("светло")
        return 0


def test_a_command_of_another_package_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    offer(monkeypatch, lambda: add_shine)
    assert program.run(["shine"]) == 0
    assert capsys.readouterr().out == "светло\n"


@pytest.mark.parametrize("arguments", [["--help"], [], ["deadline", "1 марта 2026 года"], ["--version"]])
def test_nobody_is_asked_when_the_command_is_ours(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Callable[[typer.Typer], None]:
        raise AssertionError("asked")

    offer(monkeypatch, refuse)
    assert program.run(arguments) == 0


def test_a_half_installed_package_is_told_and_the_command_stays_unknown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> Callable[[typer.Typer], None]:
        raise ModuleNotFoundError("No module named 'psycopg'", name="psycopg")

    offer(monkeypatch, broken)
    assert program.run(["up"]) == 2
    said = capsys.readouterr().err
    assert "нет библиотеки psycopg" in said and "Неизвестная команда «up»" in said
