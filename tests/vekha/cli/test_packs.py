"""``vekha packs``: what it lists, the user's own folders, and how it ends."""

import json
from pathlib import Path

import pytest

from vekha.cli.app import run

OWN = 'schema = "vekha.pack/1"\nid = "own"\ntitle = "Свой набор"\nsources = ["письмо"]\n'
BROKEN = OWN + '[[programme]]\nid = "Не то"\nname = "Программа"\n'


def test_the_built_in_packs_are_listed_for_people(capsys) -> None:
    assert run(["packs"]) == 0
    shown = capsys.readouterr().out
    assert "school-quantorium-2024" in shown
    assert "13 мероприятий" in shown
    assert "89 субъектов" in shown


def test_the_list_for_programs_names_every_entry(capsys) -> None:
    assert run(["packs", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    roadmaps = [roadmap for pack in listed["packs"] for roadmap in pack["roadmaps"]]
    assert "growth-point-2021" in roadmaps
    assert {"number": "Р-309", "date": "2021-11-19"} in [act for pack in listed["packs"] for act in pack["acts"]]
    assert listed["problems"] == []


@pytest.mark.parametrize("way", ["option", "environment"])
def test_a_folder_of_ones_own_is_read(way: str, tmp_path: Path, monkeypatch, capsys) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    arguments = ["packs", "--json"]
    if way == "option":
        arguments += ["--packs", str(tmp_path)]
    else:
        monkeypatch.setenv("VEKHA_PACKS", str(tmp_path))
    assert run(arguments) == 0
    assert "own" in [pack["id"] for pack in json.loads(capsys.readouterr().out)["packs"]]


def test_a_flaw_ends_with_one_and_names_file_and_line(tmp_path: Path, capsys) -> None:
    (tmp_path / "свой.toml").write_text(BROKEN, encoding="utf-8")
    assert run(["packs", "--packs", str(tmp_path)]) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "«свой.toml»" in shown
    assert "«Не то»" in shown
    assert "строка 5" in shown


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path: Path, capsys) -> None:
    assert run(["packs", "--json", "--packs", str(tmp_path / "нет")]) == 2
    assert [problem["code"] for problem in json.loads(capsys.readouterr().out)["problems"]] == ["pack-folder-missing"]
