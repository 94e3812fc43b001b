"""The program as a process: pipes, locales, standard input, the time it takes to start."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.patience import HANG
from tests.vekha.cli.orders_as_text import write_order

VEKHA = [sys.executable, "-c", "from vekha.cli import main; main()"]


def run(*arguments, environment=None, **options):
    """Run the program in a process of its own."""
    return subprocess.run(
        [*VEKHA, *map(str, arguments)], capture_output=True, env=os.environ | (environment or {}), timeout=HANG, check=False, **options
    )


@pytest.mark.parametrize("locale", ["C", "POSIX", "ru_RU.KOI8-R", "en_US.ISO-8859-1"])
def test_output_is_utf8_under_any_locale(locale):
    environment = {"LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "latin-1"}
    answer = run("deadline", "не позднее 1 марта 2024 года", "--json", environment=environment)
    assert answer.returncode == 0
    value = json.loads(answer.stdout.decode("utf-8"))
    assert value["deadline"]["text"] == "не позднее 1 марта 2024 года"
    assert value["dates"][0]["due"] == "2024-03-01"


def test_a_text_comes_through_standard_input(tmp_path):
    data = write_order(tmp_path / "order.txt").read_bytes()
    answer = run("parse", "-", "--json", input=data)
    assert answer.returncode == 0
    value = json.loads(answer.stdout)
    assert (value["source"]["name"], value["order"]["number"]) == ("-", "118-р")


def test_a_closed_pipe_is_no_failure(tmp_path):
    orders = [str(write_order(tmp_path / f"{number}.txt")) for number in range(30)]
    process = subprocess.Popen([*VEKHA, "parse", *orders, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith(b"{")
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(30), errors) == (0, b"")


def test_lines_come_as_files_are_read(tmp_path):
    first = write_order(tmp_path / "first.txt")
    answer = run("parse", first, tmp_path / "nowhere.txt", first, "--json")
    assert answer.returncode == 2
    assert [json.loads(line)["source"]["name"] for line in answer.stdout.splitlines()] == ["first.txt", "nowhere.txt", "first.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="such names only exist where names are bytes")
def test_a_name_that_is_no_text_does_not_break_the_output(tmp_path):
    path = os.fsencode(write_order(tmp_path / "order.txt"))
    strange = path.replace(b"order", b"order-\xff")
    os.rename(path, strange)
    answer = subprocess.run([*VEKHA, "parse", strange, "--json"], capture_output=True, timeout=HANG, check=False)
    assert answer.returncode == 0
    assert json.loads(answer.stdout)["source"]["name"].startswith("order-")


@pytest.mark.parametrize(("argument", "most"), [("--help", 220), ("--version", 220)])
def test_it_starts_with_little_to_load(argument, most):
    """What a start takes is what it loads; modules are counted, because seconds depend on who else is at work."""
    code = (
        f"import sys\nfrom vekha.cli.app import run\nrun([{argument!r}])\nprint(len(sys.modules), file=sys.stderr)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=HANG, check=False)
    assert int(answer.stderr) < most


def test_help_loads_neither_engines_nor_heavy_libraries():
    code = (
        "import sys\nfrom vekha.cli.app import run\nrun(['--help'])\n"
        "heavy = {'rich', 'numpy', 'lxml', 'jinja2', 'pdfplumber', 'pymorphy3', 'xlsxwriter', 'icalendar', 'holidays', 'cv2'}\n"
        "engines = {'vekha.intake', 'vekha.deadlines', 'vekha.documents', 'vekha.orders'}\n"
        "print(sorted((heavy | engines) & set(sys.modules)), file=sys.stderr)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=HANG, check=False)
    assert answer.stderr.decode().strip() == "[]"
