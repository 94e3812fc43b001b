"""``--calendar`` and ``--region``: a user's own days over the official calendar."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vekha.cli.app import run

OVERLAY = '[[day]]\ndate = 2028-06-21\nkind = "off"\nname = "Праздник Энской области"\nregion = "14"\n'


def days_off(capsys: pytest.CaptureFixture[str], *options: str) -> list[bool]:
    run(["deadline", "21 июня 2028 года", "--json", *options])
    return [day["day_off"] for day in json.loads(capsys.readouterr().out)["dates"]]


def test_a_regional_day_off_counts_for_its_region_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "days.toml"
    file.write_text(OVERLAY, "utf-8")
    assert days_off(capsys) == [False]
    assert days_off(capsys, "--calendar", str(file), "--region", "14") == [True]
    assert days_off(capsys, "--calendar", str(file), "--region", "16") == [False]


@pytest.mark.parametrize("content", [None, "x = [", b"\xff\xfe\x00", "[[day]]\ndate = 1\n"])
def test_a_file_that_is_no_overlay_is_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | bytes | None) -> None:
    file = tmp_path / "days.toml"
    if content is not None:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    assert run(["deadline", "21 июня 2028 года", "--calendar", str(file)]) == 2
    assert "--calendar" in capsys.readouterr().err
