"""`vekha doctor` says what is missing and what to type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.portal.machine import Machine, a_machine
from vekha_portal.embedded import doctor
from vekha_portal.embedded.doctor import State
from vekha_portal.env import Environment, Role, read_environment


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return read_environment({"VEKHA_HOME": str(tmp_path)})


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    with a_machine(used=True) as made:
        yield made


def test_a_good_machine_is_called_good(machine: Machine) -> None:
    done = machine.vekha("doctor", "--port", str(machine.port))
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == "Всё обязательное на месте."
    for what in ("PostgreSQL", "Папка данных", "Место на диске", "Порт", "Tesseract", "LibreOffice", "Шрифты", "Pango"):
        assert f"{what}: " in done.stdout


def test_what_is_obligatory_and_missing_changes_the_exit_code(machine: Machine) -> None:
    machine.variables["VEKHA_POSTGRES_BIN"] = "/nowhere"
    done = machine.vekha("doctor", "--port", str(machine.port))
    del machine.variables["VEKHA_POSTGRES_BIN"]
    assert done.returncode == 1
    assert "sudo apt-get install postgresql" in done.stdout


def test_the_statements_for_a_server_are_sql_that_works(machine: Machine) -> None:
    printed = machine.vekha("doctor", "--sql").stdout
    assert printed.count("CREATE ROLE") == 3 and printed.count("PASSWORD") == 3
    machine.up()
    with machine.connect(Role.ADMIN) as link:
        link.execute("CREATE DATABASE trial")
    environment = machine.environment
    admin = {**environment.database.administration(environment.passfile), "dbname": "trial"}
    with psycopg.connect(**admin) as link:
        link.execute(printed.replace('ROLE "vekha_', 'ROLE "trial_').encode())
        link.rollback()


def test_without_programs_it_says_what_to_install(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doctor, "_find_library", lambda name: None)
    found = {finding.what: finding for finding in doctor.examine(environment, 1)}
    assert found["Tesseract"].advice == "sudo apt-get install tesseract-ocr tesseract-ocr-rus"
    assert "libreoffice-writer" in found["LibreOffice"].advice
    assert "fonts-dejavu" in found["Шрифты"].advice
    assert "libpango" in found["Pango"].advice
    assert {found[name].state for name in ("Tesseract", "LibreOffice", "Шрифты", "Pango")} == {State.ABSENT}


def test_tesseract_without_russian_is_told(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho eng\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    found = {finding.what: finding for finding in doctor.examine(environment, 1)}
    assert "русского" in found["Tesseract"].detail


@pytest.mark.parametrize(("free", "state"), [(10 * 2**20, State.MISSING), (2**30, State.ABSENT), (2**33, State.GOOD)])
def test_space_is_looked_at(environment: Environment, monkeypatch: pytest.MonkeyPatch, free: int, state: State) -> None:
    class Usage:
        def __init__(self) -> None:
            self.free = free

    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage())
    found = {finding.what: finding for finding in doctor.examine(environment, 1)}
    assert found["Место на диске"].state is state
