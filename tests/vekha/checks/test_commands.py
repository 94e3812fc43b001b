"""``vekha check`` and ``vekha rules`` as the contract has them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.vekha.checks.examples import order, roadmap
from vekha.checks.catalogue import RULES
from vekha.cli.app import run

D = "Департамент образования"
OPEN = f"Начало работы центра «Точка роста» | 15 сентября 2024 года | {D} | Приказ"
CLEAN = OPEN.replace("15 сентября", "13 сентября")


@pytest.fixture
def vekha(capsys):
    """Run the program; the answer is its code and what it wrote to both streams."""

    def call(*arguments):
        code = run([str(each) for each in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def written(tmp_path):
    """Write a text under a name."""

    def write(text: str, name: str = "order.txt") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_findings_as_json(vekha, written):
    code, out, _ = vekha("check", written(roadmap(OPEN)), "--json")
    value = json.loads(out)
    assert code == 0
    assert (value["schema"], value["against"], value["subsidy_year"]) == ("vekha.findings/1", None, None)
    assert value["source"]["name"] == "order.txt"
    (finding,) = value["findings"]
    assert (finding["rule"], finding["slug"], finding["severity"]) == ("DL04", "due-on-day-off", "warning")
    assert (finding["roadmap"], finding["measure"], finding["place"]) == (0, "1", {"lines": [2, 2]})


def test_an_error_ends_with_one(vekha, written):
    code, out, _ = vekha("check", written(order(OPEN, on="20.09.2024")), "--json")
    assert code == 1
    assert "error" in {finding["severity"] for finding in json.loads(out)["findings"]}


def test_people_get_tables_by_family(vekha, written):
    code, out, _ = vekha("check", written(order(OPEN, on="20.09.2024")))
    assert code == 1
    for words in ("Сроки", "DL04", "DL06", "ошибка", "предупреждение", "Соседние рабочие дни", "vekha rules КОД"):
        assert words in out


def test_a_document_without_flaws_is_told_so(vekha, written):
    code, out, _ = vekha("check", written(roadmap(CLEAN)))
    assert (code, "Замечаний нет." in out) == (0, True)


def test_problems_of_reading_that_no_rule_speaks_of_are_shown(vekha, written):
    _, out, _ = vekha(
        "check", written("| № | Мероприятие | Срок |\n| 1 | Закупки | 1 марта 2027 года |\n", "order.docx")
    )
    assert "Файл назван" in out


def test_a_subsidy_year_is_asked_for_where_it_matters(vekha, written):
    path = written(roadmap(f"Объявлены закупки | 1 мая года получения субсидии | {D} | Извещения"))
    code, out, err = vekha("check", path)
    assert "--subsidy-year" in err
    code, out, err = vekha("check", path, "--subsidy-year", "2024", "--json")
    assert (code, err) == (0, "")
    assert [finding["date"] for finding in json.loads(out)["findings"]] == ["2024-05-01"]


def test_several_files_are_lines_of_json_and_an_unreadable_one_stops_nothing(vekha, written, tmp_path):
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    code, out, err = vekha("check", tmp_path / "damaged.pdf", written(roadmap(CLEAN)), "--json")
    first, second = map(json.loads, out.splitlines())
    assert code == 3
    assert (first["findings"], len(first["problems"]), second["findings"], second["problems"]) == ([], 1, [], [])
    assert "damaged.pdf" in err


def test_against_a_document_a_pack_and_a_file_of_a_pack(vekha, written):
    path = written(roadmap(CLEAN, title="Дорожная карта по созданию центров «Точка роста» на 2024 год"))
    other = written(roadmap(CLEAN.replace("13 сентября", "2 сентября")), "other.txt")
    _, out, _ = vekha("check", path, "--against", other, "--json")
    value = json.loads(out)
    assert value["against"] == "other.txt"
    assert [finding["rule"] for finding in value["findings"]] == ["DL15"]
    _, out, _ = vekha("check", path, "--against", "growth-point-2024", "--json")
    assert {"CF01", "DL15"} <= {finding["rule"] for finding in json.loads(out)["findings"]}
    pack = written(
        'schema = "vekha.pack/1"\nid = "own"\ntitle = "Свой"\nsources = ["Образец"]\n[[roadmap]]\nid = "own"\ntitle = "Свой"\n'
        'programme = "growth-point"\n[[roadmap.measure]]\nnumber = "1"\nstage = "launch"\ntext = "Начать работу центров"\n'
        'responsibles = ["Координатор"]\ndocuments = ["Акт"]\ndeadline = "1 сентября года получения субсидии"\n',
        "own.toml",
    )
    code, out, err = vekha("check", path, "--against", pack, "--json")
    assert (code, err) == (0, "")
    assert [finding["rule"] for finding in json.loads(out)["findings"]] == ["DL15"]


def test_wrong_calls_end_with_two(vekha, written, tmp_path):
    path = written(roadmap(CLEAN))
    for arguments in (
        ("check", tmp_path / "absent.txt"),
        ("check", path, "--against", "нет-такого"),
        ("check", path, "--against", "acts"),
        ("check", path, "--subsidy-year", "скоро"),
        ("rules", "XX99"),
    ):
        code, _, err = vekha(*arguments)
        assert code == 2, arguments
        assert err


def test_an_unreadable_reference_ends_with_three(vekha, written, tmp_path):
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    code, out, err = vekha("check", written(roadmap(CLEAN)), "--against", tmp_path / "damaged.pdf")
    assert (code, out) == (3, "")
    assert "damaged.pdf" in err


def test_a_crashed_rule_is_an_error_of_its_own(vekha, written, monkeypatch):
    def broken(subject):
        raise ZeroDivisionError("внезапно")

    monkeypatch.setattr("vekha.checks.catalogue.RULES", tuple(type(each)(
        each.code, each.slug, each.family, each.severity, each.basis, each.title, each.page, broken if each.code == "DL04" else each.check
    ) for each in RULES))  # fmt: skip
    code, out, err = vekha("check", written(roadmap(OPEN)), "--json")
    assert (code, [problem["code"] for problem in json.loads(out)["problems"]]) == (1, ["rule-crashed"])
    assert "Traceback" not in err
    _, _, err = vekha("--debug", "check", written(roadmap(OPEN)))
    assert "ZeroDivisionError" in err


def test_the_list_of_rules_and_one_page(vekha):
    code, out, _ = vekha("rules")
    assert code == 0
    assert all(each.code in out for each in RULES)
    code, out, _ = vekha("rules", "dl04")
    assert code == 0
    for words in ("DL04", "Почему:", "Нарушение:", "Правильно:", "Основание:"):
        assert words in out


def test_rules_as_json(vekha):
    _, out, _ = vekha("rules", "--json")
    assert {each["rule"] for each in json.loads(out)["rules"]} == {each.code for each in RULES}
    _, out, _ = vekha("rules", "due-on-day-off", "--json")
    assert "Почему:" in json.loads(out)["page"]
