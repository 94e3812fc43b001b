"""``vekha user add`` and ``vekha journal verify`` as they are typed."""

import re

import pytest
import typer
from django.test import Client
from typer.testing import CliRunner

from tests.portal.people import PASSWORD
from vekha_portal.accounts import commands as people_commands
from vekha_portal.accounts.models import Person
from vekha_portal.journal import commands as journal_commands
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope


@pytest.fixture
def run(db):
    app = typer.Typer()
    people_commands.register(app)
    journal_commands.register(app)

    def call(*arguments: str):
        return CliRunner().invoke(app, list(arguments), standalone_mode=False)

    return call


def test_the_first_person_of_an_empty_portal_is_an_administrator(run) -> None:
    done = run("user", "add", "First@vekha.example", "--surname", "Первая", "--name", "Анна", "--password", PASSWORD)
    assert done.return_value == 0, done.output
    assert "Добавлен: Первая А." in done.output
    client = Client()
    assert client.post("/sign-in/", {"login": "first@vekha.example", "password": PASSWORD}).status_code == 302
    assert client.get("/people/invite/").status_code == 200


def test_a_link_stands_in_for_a_password(run) -> None:
    done = run("user", "add", "link@vekha.example", "--surname", "Вторая", "--name", "Анна", "--link")
    link = re.search(r"/invitation/\S+/", done.output)
    assert link
    assert Client().get(link[0]).status_code == 200


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["not-an-address", "--password", PASSWORD], "не адрес"),
        (["a@vekha.example", "--password", "123"], "парол"),
        (["a@vekha.example", "--role", "king", "--password", PASSWORD], "Роли «king» нет"),
        (["a@vekha.example", "--organisation", "999999", "--password", PASSWORD], "в реестре нет"),
        (["a@vekha.example", "--role", "school", "--password", PASSWORD], "не даёт роль"),
    ],
)
def test_what_cannot_be_is_said_and_nobody_is_added(run, capsys, arguments: list[str], words: str) -> None:
    done = run("user", "add", *arguments, "--surname", "Первая", "--name", "Анна")
    assert done.return_value == 2
    assert words in done.output + capsys.readouterr().err
    with use_scope(SYSTEM_SCOPE):
        assert not Person.objects.exists()


def test_a_second_person_with_the_address_is_refused(run) -> None:
    same = ["--surname", "Первая", "--name", "Анна", "--password", PASSWORD]
    assert run("user", "add", "a@vekha.example", *same).return_value == 0
    assert run("user", "add", "A@VEKHA.example", *same).return_value == 2


def test_the_journal_is_checked_at_the_console(run) -> None:
    run("user", "add", "a@vekha.example", "--surname", "Первая", "--name", "Анна", "--password", PASSWORD)
    done = run("journal", "verify")
    assert done.return_value == 0
    assert re.search(r"00  записей \d+  [0-9a-f]{64}", done.output)
    assert "Журнал цел" in done.output


def test_the_help_is_russian_and_the_hidden_stays_hidden(run) -> None:
    for arguments in (["user"], ["user", "--help"]):
        said = run(*arguments).output
        assert "КОМАНДА …" in said and "add  Добавить человека с ролью." in said
        assert "остальных он приглашает" in said and "Usage" not in said
    said = run("user", "add", "--help").output
    assert "ПОЧТА  Адрес, с которым человек будет входить." in said
    assert "--password" not in said and "Usage" not in said and "Options" not in said


def test_a_password_is_asked_until_it_is_typed_twice_alike(run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([PASSWORD, "опечатка", PASSWORD, PASSWORD])
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: next(typed))
    done = run("user", "add", "typed@vekha.example", "--surname", "Третья", "--name", "Анна")
    assert "Пароли не совпали. Введите ещё раз." in done.stderr
    assert done.return_value == 0, done.output
