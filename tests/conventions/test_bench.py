"""The page of benchmarks: what a line must say, how it is written, and that the modules can be found."""

from types import SimpleNamespace

import pytest

from bench import __main__ as runner

LINE = {"name": "read | parse", "ours": 1.5, "floor": "0.75 ms", "ratio": 2.0, "goal": "≤ 2", "note": "one seed"}


def test_a_page_shows_machine_day_and_every_line() -> None:
    page = runner.render_page({"text_reader": [LINE]}, date="2027-01-15", machine="2 cores")
    assert "2027-01-15 · 2 cores" in page
    assert "## text reader" in page
    assert "| read \\| parse | 1.5 | 0.75 ms | 2 | ≤ 2 | one seed |" in page


def test_one_section_is_written_anew_and_the_others_stay() -> None:
    page = runner.render_page({"a": [LINE], "b_c": [LINE | {"ours": 7}]}, date="2027-01-15", machine="m")
    after = runner.replace_sections(page, {"b_c": [LINE | {"ours": 8}]}, date="2027-02-01", machine="n")
    first, second = after.split("## b c")
    assert page.startswith(first.rstrip()), "what was not named is as it was"
    assert "2027-02-01 · n" in second and "| 8 |" in second and "| 7 |" not in second
    again = runner.replace_sections(after, {"b_c": [LINE | {"ours": 8}]}, date="2027-02-01", machine="n")
    assert again == after


def test_a_missing_peer_is_a_dash() -> None:
    page = runner.render_page({"a": [LINE | {"floor": None, "ratio": None}]}, date="2027-01-15", machine="m")
    assert "| 1.5 | – | – | ≤ 2 |" in page


def test_a_line_must_say_all_it_has_to(monkeypatch) -> None:
    broken = {key: value for key, value in LINE.items() if key != "ratio"}
    monkeypatch.setattr("importlib.import_module", lambda _: SimpleNamespace(run=lambda: [broken]))
    with pytest.raises(ValueError, match="ratio"):
        runner.run_benchmark("any")


def test_a_benchmark_that_is_not_there_is_said(capsys) -> None:
    with pytest.raises(SystemExit):
        runner.main(["--date", "2027-01-15", "no-such"])
    assert "no such benchmark: no-such" in capsys.readouterr().err
