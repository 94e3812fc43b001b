"""The pages' files are gathered when they changed, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from vekha_portal.operations.management.commands import prepare_installation


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    made: list[str] = []

    def note(name: str, **_: Any) -> None:
        made.append(name)
        if name == "collectstatic":
            (tmp_path / "static").mkdir(exist_ok=True)
            (tmp_path / "static" / "staticfiles.json").write_text("{}", encoding="ascii")

    monkeypatch.setattr(prepare_installation, "call_command", note)
    with override_settings(STATIC_ROOT=str(tmp_path / "static")):
        yield made


def test_gathered_once_and_again_after_a_change(
    calls: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    call_command("prepare_installation")
    call_command("prepare_installation")
    assert calls == ["migrate", "collectstatic", "migrate"]
    monkeypatch.setattr(prepare_installation, "stamp_of_sources", lambda: "changed")
    call_command("prepare_installation")
    assert calls[3:] == ["migrate", "collectstatic"]
    (tmp_path / "static" / "staticfiles.json").unlink()
    call_command("prepare_installation")
    assert calls[5:] == ["migrate", "collectstatic"]


def test_the_stamp_changes_with_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}", encoding="ascii")
    with override_settings(
        STATICFILES_DIRS=[str(tmp_path)], STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"]
    ):
        before = prepare_installation.stamp_of_sources()
        assert prepare_installation.stamp_of_sources() == before
        (tmp_path / "a.css").write_text("a{color:red}", encoding="ascii")
        assert prepare_installation.stamp_of_sources() != before
