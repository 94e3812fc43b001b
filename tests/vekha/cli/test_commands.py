"""The commands as the contract has them: output, exit codes, messages, files."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from tests.vekha.cli.orders_as_text import BAD_ROW, GOOD_ROWS, write_order
from vekha.cli.app import run
from vekha.cli.exits import Exit, worst
from vekha.orders.schema import order_schema

VALIDATOR = jsonschema.Draft202012Validator(order_schema())
DEADLINE = jsonschema.Draft202012Validator({"$ref": "#/$defs/deadline", "$defs": order_schema()["$defs"]})


@pytest.fixture
def vekha(capsys):
    """Run the program; the answer is its code and what it wrote to both streams."""

    def call(*arguments):
        code = run([str(each) for each in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def good(tmp_path) -> Path:
    """An order without errors."""
    return write_order(tmp_path / "order.txt")


@pytest.fixture
def flawed(tmp_path) -> Path:
    """An order with an impossible date."""
    return write_order(tmp_path / "flawed.txt", (*GOOD_ROWS, BAD_ROW))


@pytest.fixture
def damaged(tmp_path) -> Path:
    """A file that claims to be a PDF."""
    path = tmp_path / "damaged.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)
    return path


# --- the program ------------------------------------------------------------------------------------------------------


def test_help_teaches_in_russian(vekha):
    code, out, _ = vekha("--help")
    assert code == 0
    for word in ("Вызов:", "Команды", "Примеры:", "vekha plan", "Коды завершения"):
        assert word in out
    assert not [word for word in ("Usage", "Options", "Commands", "Show this") if word in out]


@pytest.mark.parametrize("command", ["parse", "deadline", "compare", "plan", "packs"])
def test_every_command_has_help_with_examples(vekha, command):
    code, out, _ = vekha(command, "--help")
    assert code == 0
    assert "Примеры:" in out
    assert f"vekha {command}" in out
    assert "--help  Показать эту подсказку." in " ".join(out.split()).replace("--help ", "--help  ")
    assert not [word for word in ("Usage", "[OPTIONS]", "[required]", "default", "TEXT", "str") if word in out]


def test_no_command_shows_the_help(vekha):
    code, out, _ = vekha()
    assert (code, "Команды" in out) == (0, True)


def test_version(vekha):
    code, out, _ = vekha("--version")
    assert (code, out.startswith("vekha ")) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["parse"], "Не указано: ФАЙЛ…."),
        (["deadlin"], "Неизвестная команда «deadlin». Возможно, «deadline»?"),
        (["--wrong"], "Неизвестный параметр --wrong."),
        (["parse", "--jsn", "a"], "Похожие: --json"),
        (["deadline", "1 марта", "--year"], "У параметра --year должно быть значение."),
        (["deadline", "1 марта", "2 марта"], "Лишнее в команде: 2 марта."),
        (["deadline", "1 марта", "--year", "24"], "--year: год «24» не понят."),
        (["deadline", "1 марта", "--until", "31.06.2024"], "--until: даты «31.06.2024» не существует."),
        (["deadline", "1 марта", "--event", "завтра"], "--event: дата «завтра» не понята."),
        (["plan", "x.txt", "--subsidy-year", "два"], "--subsidy-year: год «два» не понят."),
        (["compare", "a.txt"], "Не указано: ВТОРОЙ."),
    ],
)
def test_a_wrong_call_is_explained_in_russian_and_ends_with_2(vekha, arguments, message):
    code, out, err = vekha(*arguments)
    assert (code, out) == (Exit.WRONG_CALL, "")
    assert message in err
    assert "--help" in err


def test_worst_code_of_several_files():
    assert worst([]) is Exit.DONE
    assert worst([Exit.DONE, Exit.PROBLEMS]) is Exit.PROBLEMS
    assert worst([Exit.PROBLEMS, Exit.UNREADABLE]) is Exit.UNREADABLE
    assert worst([Exit.UNREADABLE, Exit.WRONG_CALL]) is Exit.WRONG_CALL


def test_an_unforeseen_failure_is_a_sentence_and_details_only_on_request(vekha, good, monkeypatch):
    monkeypatch.setattr("vekha.intake.build.build_order", lambda document: 1 // 0)
    code, out, err = vekha("parse", good, "--json")
    assert code == Exit.UNREADABLE
    assert json.loads(out)["problems"][0]["code"] == "internal-failure"
    assert "Traceback" not in err
    _, _, err = vekha("parse", good, "--debug")
    assert "ZeroDivisionError" in err
    assert "Traceback" in err


def test_the_last_resort(vekha, monkeypatch):
    monkeypatch.setattr("vekha.deadlines.parse_deadline", lambda *_, **__: 1 // 0)
    code, out, err = vekha("deadline", "1 марта")
    assert (code, out) == (Exit.UNREADABLE, "")
    assert "Внутренний сбой" in err
    assert "Traceback" not in err
    assert "Traceback" in vekha("deadline", "1 марта", "--debug")[2]


def test_interruption_is_polite(vekha, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("vekha.deadlines.parse_deadline", interrupt)
    code, _, err = vekha("deadline", "1 марта")
    assert (code, err) == (130, "Прервано.\n")


# --- parse ------------------------------------------------------------------------------------------------------------


def test_parse_json_is_one_valid_object_on_one_line(vekha, good):
    code, out, err = vekha("parse", good, "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    value = json.loads(out)
    VALIDATOR.validate(value)
    assert value["order"]["number"] == "118-р"
    assert [measure["number"] for measure in value["roadmaps"][0]["measures"]] == ["1", "2", "3", "4"]
    assert value["source"]["name"] == "order.txt"


def test_parse_goes_on_over_files_that_cannot_be_read(vekha, good, flawed, damaged, tmp_path):
    code, out, err = vekha("parse", damaged, flawed, good, "--json")
    values = [json.loads(line) for line in out.splitlines()]
    for value in values:
        VALIDATOR.validate(value)
    assert code == Exit.UNREADABLE
    assert [value["source"]["name"] for value in values] == ["damaged.pdf", "flawed.txt", "order.txt"]
    assert (values[0]["order"], values[0]["roadmaps"], len(values[0]["problems"])) == (None, [], 1)
    assert values[0]["problems"][0]["severity"] == "error"
    assert str(damaged) in err


def test_parse_exit_codes(vekha, good, flawed, tmp_path):
    assert vekha("parse", flawed, "--json")[0] == Exit.PROBLEMS
    assert vekha("parse", flawed, good, "--json")[0] == Exit.PROBLEMS
    code, out, err = vekha("parse", tmp_path / "nowhere.docx", good, "--json")
    assert code == Exit.WRONG_CALL
    assert [json.loads(line)["source"]["name"] for line in out.splitlines()] == ["nowhere.docx", "order.txt"]
    assert "nowhere.docx" in err
    assert vekha("parse", tmp_path)[0] == Exit.WRONG_CALL


def test_parse_table_shows_measures_deadlines_and_problems_with_places(vekha, flawed):
    code, out, _ = vekha("parse", flawed)
    assert code == Exit.PROBLEMS
    for expected in ("Распоряжение № 118-р от 15 декабря 2023 года", "Начало работы центров", "31 июня 2024 года", "ошибка:"):
        assert expected in out
    assert "строка" in out.split("ошибка:")[1]
    assert "\x1b" not in out


def test_the_table_shows_no_control_characters_and_no_markup(vekha, tmp_path):
    row = "1.\tКупить \x1b[31m[bold]стол[/bold]\u202e\tШкола\tакт\t1 марта 2024 года"
    code, out, _ = vekha("parse", write_order(tmp_path / "order.txt", (row,)))
    assert code == 0
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[bold]стол" in " ".join(out.split())


# --- deadline ---------------------------------------------------------------------------------------------------------


def test_deadline_of_the_contract(vekha):
    phrase = "1 октября года получения субсидии, далее – ежеквартально"
    code, out, _ = vekha("deadline", phrase, "--subsidy-year", 2024, "--json")
    value = json.loads(out)
    assert code == 0
    assert set(value) >= {"deadline", "dates", "waiting_for", "problems"}
    assert value["deadline"]["text"] == phrase
    assert value["dates"][0]["due"] == "2024-10-01"
    assert value["dates"][0]["period"] == "2024-Q3"
    assert value["dates"][0]["day_off"] is False
    assert value["dates"][-1]["due"] == "2025-10-01"
    assert value["waiting_for"] is None


@pytest.mark.parametrize(
    ("arguments", "waiting", "days"),
    [
        (["1 марта года получения субсидии"], "subsidy-year", []),
        (["1 марта года получения субсидии", "--subsidy-year", "2026"], None, ["2026-03-01"]),
        (["31 января"], "year", []),
        (["31 января", "--year", "2025"], None, ["2025-01-31"]),
        (["согласно графику, направляемому федеральным оператором"], "schedule", []),
        (["согласно графику, направляемому федеральным оператором", "--schedule", "20.04.2026"], None, ["2026-04-20"]),
        (["в течение 10 дней после утверждения плана"], "event", []),
        (["в течение 10 дней после утверждения плана", "--event", "2026-03-01"], None, ["2026-03-11"]),
        (["по мере необходимости"], "need", []),
        (
            ["1 октября 2024 года, далее – ежеквартально", "--until", "2025-02-01"], None, ["2024-10-01", "2025-01-01"],
        ),
    ],
)  # fmt: skip
def test_deadline_options(vekha, arguments, waiting, days):
    _, out, _ = vekha("deadline", *arguments, "--json")
    value = json.loads(out)
    DEADLINE.validate(value["deadline"])
    assert value["waiting_for"] == waiting
    assert [day["due"] for day in value["dates"]] == days
    code, shown, _ = vekha("deadline", *arguments)
    assert code == 0
    assert all(f"{day[8:]}.{day[5:7]}.{day[:4]}" in shown for day in days)


@pytest.mark.parametrize("phrase", ["31 июня 2024 года", "когда получится", "", "\x00", "1" * 5000])
def test_deadline_that_is_none_is_a_problem_and_not_a_crash(vekha, phrase):
    code, out, err = vekha("deadline", phrase, "--json")
    value = json.loads(out)
    DEADLINE.validate(value["deadline"])
    serious = [problem for problem in value["problems"] if problem["severity"] == "error"]
    assert value["problems"]
    assert (code, err) == (Exit.PROBLEMS if serious else Exit.DONE, "")
    assert value["deadline"]["kind"] == "unknown"
    assert value["dates"] == []


# --- compare ----------------------------------------------------------------------------------------------------------


def test_compare_of_the_contract(vekha, good, tmp_path):
    rows = (GOOD_ROWS[1].replace("2.", "1.", 1), GOOD_ROWS[2].replace("3.", "2.", 1).replace("1 марта", "1 апреля"), GOOD_ROWS[3])
    other = write_order(tmp_path / "other.txt", rows)
    code, out, _ = vekha("compare", good, other, "--json")
    value = json.loads(out)
    assert code == 0
    assert [(pair["a"], pair["b"], pair["stage"], pair["changes"]) for pair in value["pairs"]] == [
        ("2", "1", "infrastructure-list", ["number"]),
        ("3", "2", "procurement", ["number", "deadline"]),
        ("4", "4", "launch", []),
    ]
    assert (value["only_a"], value["only_b"]) == (["1"], [])
    code, out, _ = vekha("compare", good, other)
    assert code == 0
    assert "исчезло" in out
    assert "без изменений" in out
    assert "апреля" in out


def test_compare_needs_both_files(vekha, good, damaged, tmp_path):
    assert vekha("compare", good, tmp_path / "nowhere.txt")[0] == Exit.WRONG_CALL
    code, out, err = vekha("compare", good, damaged, "--json")
    assert (code, out) == (Exit.UNREADABLE, "")
    assert "damaged.pdf" in err


# --- plan -------------------------------------------------------------------------------------------------------------


def test_plan_writes_three_files_into_out(vekha, good, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = vekha("plan", good)
    folder = tmp_path / "out" / "order"
    assert code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["plan.html", "plan.ics", "plan.xlsx"]
    assert "4 мероприятия" in out
    assert "--subsidy-year" in err


def test_plan_for_several_waves(vekha, good, tmp_path):
    code, _, err = vekha("plan", good, "--subsidy-year", 2024, "--subsidy-year", 2025, "--out", tmp_path / "plans")
    assert (code, err) == (0, "")
    sheet = openpyxl.load_workbook(tmp_path / "plans" / "plan.xlsx")["Сроки"]
    assert [str(sheet.cell(row, 1).value)[:10] for row in range(2, sheet.max_row + 1)] == [
        "2023-11-27", "2024-03-01", "2024-09-01", "2024-11-27",
    ]  # fmt: skip


def test_plan_of_several_files_keeps_them_apart(vekha, good, damaged, tmp_path):
    (tmp_path / "again").mkdir()
    same_name = write_order(tmp_path / "again" / "order.txt")
    code, _, _ = vekha("plan", good, same_name, damaged, "--out", tmp_path / "plans")
    assert code == Exit.UNREADABLE
    assert sorted(path.name for path in (tmp_path / "plans").iterdir()) == ["order", "order-2"]


def test_plan_is_the_same_bytes_each_time(vekha, flawed, tmp_path):
    for name in ("a", "b"):
        assert vekha("plan", flawed, "--subsidy-year", 2024, "--out", tmp_path / name)[0] == Exit.PROBLEMS
    for file in ("plan.html", "plan.xlsx", "plan.ics"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_plan_quotes_the_source_beside_its_problem(vekha, flawed, tmp_path):
    vekha("plan", flawed, "--out", tmp_path)
    page = (tmp_path / "plan.html").read_text(encoding="utf-8")
    quoted = page.split('id="problems"')[1]
    assert "31 июня 2024 года" in quoted.split("<blockquote>")[1].split("</blockquote>")[0]


def test_plan_that_cannot_be_written_is_explained(vekha, good, tmp_path):
    (tmp_path / "busy").write_text("не папка", encoding="utf-8")
    code, _, err = vekha("plan", good, "--out", tmp_path / "busy")
    assert code == Exit.WRONG_CALL
    assert "Не удалось записать" in err
