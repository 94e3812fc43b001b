"""``vekha example`` as a person uses it, on a machine where nothing runs yet."""

from __future__ import annotations

import pytest

from tests.portal.machine import a_machine

pytestmark = pytest.mark.slow


def test_a_small_country_is_loaded_once_and_its_people_are_told() -> None:
    with a_machine() as machine:
        wrong = machine.vekha("example", "country", "--day", "завтра")
        assert wrong.returncode == 2 and "нужна дата вида 2026-11-21" in wrong.stderr
        assert not machine.folder.exists(), "a wrong call starts no database"
        done = machine.vekha("example", "country", "--regions", "1", "--centres", "4", "--day", "2026-11-20")
        assert done.returncode == 0, done.stderr
        assert "субъектов 1, муниципалитетов 2, школ 4" in done.stdout and "coordinator.01@country.example" in done.stdout
        assert machine.servers() == [], "the database ran for the loading only"
        again = machine.vekha("example", "country")
        assert again.returncode == 2 and "Страна здесь уже загружена: на 2026-11-20" in again.stderr
        beside = machine.vekha("example", "region")
        assert beside.returncode == 2 and "Пример не загружен" in beside.stderr
