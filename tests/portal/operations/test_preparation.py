"""Tables and the pages' files are prepared when the code changed, and only then."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command

from tests.portal.conftest import TEMPLATE, TESTED
from vekha_portal.embedded import preparation
from vekha_portal.embedded.children import child_variables
from vekha_portal.embedded.cluster import Cluster
from vekha_portal.embedded.problems import CannotRun
from vekha_portal.embedded.roles import make_database, open_schema
from vekha_portal.env import Environment, Role, read_environment
from vekha_portal.operations.management.commands import prepare_installation
from vekha_portal.operations.models import Fact


class Machine:
    """What is noted, and which of Django's commands were run for it."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.facts: dict[str, Any] = {}
        self.ran: list[list[str]] = []
        self.said: list[str] = []
        self.fails = ""

    def read_facts(self, _: Environment) -> dict[str, Any]:
        return dict(self.facts)

    def run(self, _: Environment, __: object, arguments: list[str], ___: object) -> subprocess.CompletedProcess[str]:
        self.ran.append(arguments)
        if arguments[0] == self.fails:
            return subprocess.CompletedProcess([], 1, "", "Traceback\n\nValueError: плохо\n")
        if arguments[0] == "prepare_installation":
            self.facts["prepared"] = {"stamp": arguments[-1]}
            (self.environment.home / "static").mkdir(exist_ok=True)
            (self.environment.home / "static" / "staticfiles.json").write_text("{}", encoding="ascii")
        else:
            self.facts["example"] = {
                "loaded": True,
                "sign_ins": [{"login": "a@b.example", "password": "п", "who": "школа"}],
            }
        return subprocess.CompletedProcess([], 0, '[{"login": "a@b.example", "password": "п", "who": "школа"}]\n', "")

    def prepare(self) -> list[str]:
        """The names of the commands that were run this time."""
        before = len(self.ran)
        preparation.prepare(self.environment, self.said.append, example=True)
        return [each[0] for each in self.ran[before:]]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    (tmp_path / "logs").mkdir()
    made = Machine(read_environment({"VEKHA_HOME": str(tmp_path)}))
    monkeypatch.setattr(preparation, "_read_facts", made.read_facts)
    monkeypatch.setattr(preparation, "run_django", made.run)
    monkeypatch.setattr(preparation, "stamp_of_code", lambda: "one")
    return made


def test_prepared_once_and_again_when_anything_changed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.prepare() == ["prepare_installation", "load_example"]
    assert machine.prepare() == []
    assert machine.said.count("В базе пример. Войти можно как:\n  a@b.example  п  школа") == 2
    monkeypatch.setattr(preparation, "stamp_of_code", lambda: "two")
    assert machine.prepare() == ["prepare_installation"]
    (machine.environment.home / "static" / "staticfiles.json").unlink()
    assert machine.prepare() == ["prepare_installation"]
    (machine.environment.home / "static.stamp").write_bytes(b"\xff")
    assert machine.prepare() == ["prepare_installation"]
    machine.facts["prepared"] = {"stamp": "of an older copy"}
    assert machine.prepare() == ["prepare_installation"]
    assert machine.prepare() == []


def test_tables_that_cannot_be_brought_up_stop_the_start(machine: Machine) -> None:
    machine.fails = "prepare_installation"
    with pytest.raises(
        CannotRun, match=r"Не удалось обновить таблицы базы: ValueError: плохо\. Подробности: .*prepare\.log"
    ):
        machine.prepare()
    machine.fails = ""
    assert machine.prepare() == ["prepare_installation", "load_example"]


def test_an_example_that_fails_is_told_and_the_portal_starts(machine: Machine) -> None:
    machine.fails = "load_example"
    assert machine.prepare() == ["prepare_installation", "load_example"]
    assert machine.said[-1].startswith("Пример не загружен, портал начинает пустым: ValueError: плохо.")
    machine.fails = ""
    assert machine.prepare() == ["load_example"]


def test_the_stamp_changes_with_a_file_and_with_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "__init__.py").touch()
    page = tmp_path / "ui" / "page.css"
    page.write_text("a{}", encoding="ascii")
    monkeypatch.setattr("vekha_portal.__file__", str(tmp_path / "__init__.py"))
    before = preparation.stamp_of_code()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").touch()
    assert preparation.stamp_of_code() == before
    os.utime(page, ns=(1, 1))
    changed = preparation.stamp_of_code()
    page.rename(tmp_path / "ui" / "other.css")
    assert len({before, changed, preparation.stamp_of_code()}) == 3


@pytest.mark.django_db
def test_what_was_done_is_noted_last(monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        prepare_installation,
        "call_command",
        lambda name, **_: noted.append((name, Fact.objects.filter(name="prepared").exists())),
    )
    call_command("prepare_installation", stamp="one")
    call_command("prepare_installation", stamp="two")
    assert noted == [("migrate", False), ("collectstatic", False), ("migrate", True), ("collectstatic", True)]
    assert Fact.objects.get(name="prepared").value == {"stamp": "two"}


@pytest.mark.django_db(transaction=True)
def test_the_notes_are_read_and_written_without_django(environment: Environment) -> None:
    Fact.objects.create(name="prepared", value={"stamp": "one"})
    tested = replace(environment, database=replace(environment.database, name=TESTED))
    assert preparation._read_facts(tested) == {"prepared": {"stamp": "one"}}
    for _ in range(2):
        preparation._decide_about_example(tested, print, example=False, pause=print)
    assert preparation._read_facts(tested)["example"] == {"loaded": False, "sign_ins": []}


PLAINLY = """
import django
from django.core.management import call_command
from django.core.management.commands.migrate import Command
django.setup()
call_command(Command(), interactive=False, verbosity=0)
"""


@pytest.mark.slow
def test_tables_made_the_quick_way_are_those_django_makes(cluster: Cluster, django_db_setup: None) -> None:
    environment = cluster.environment
    admin = {**environment.database.administration(environment.passfile), "dbname": "postgres"}
    with psycopg.connect(**admin, autocommit=True) as link:
        make_database(link, "plain")
        link.execute("ALTER DATABASE plain SET synchronous_commit TO off")
    plain = replace(environment, database=replace(environment.database, name="plain"))
    open_schema(plain)
    url = f"postgresql:///plain?host={environment.database.host}"
    variables = {**child_variables(environment, Role.OWNER), "DATABASE_URL": url}
    subprocess.run([sys.executable, "-c", PLAINLY], env=variables, check=True, capture_output=True)
    assert tables_of(cluster, "plain") == tables_of(cluster, TEMPLATE)


def tables_of(cluster: Cluster, name: str) -> list[str]:
    environment = cluster.environment
    command = [cluster.installation.program("pg_dump"), "--schema-only", f"--dbname={name}"]
    address = ["--host", environment.database.host, "--username", str(Role.ADMIN)]
    told = {"PGPASSFILE": str(environment.passfile)}
    text = subprocess.run([*command, *address], env=told, check=True, capture_output=True, text=True).stdout
    return [
        line for line in text.splitlines() if not line.startswith("\\")
    ]  # psql's guard has a key made anew each time
