"""``vekha check``: what the rules find in the documents, as JSON Lines for programs or as tables for people."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vekha.cli.arguments import year_or_none
from vekha.cli.calendars import CALENDAR_HELP, REGION_HELP, calendar_with
from vekha.cli.console import say, show, track, write_json
from vekha.cli.exits import Exit, worst
from vekha.cli.files import Outcome, exit_code, read_files, tell

if TYPE_CHECKING:
    from vekha.calendar.working_days import WorkCalendar
    from vekha.checks.run import Report
    from vekha.cli.against import Against
    from vekha.orders.model import OrderFile
    from vekha.packs.library import Library

HELP = """\
Проверить распоряжение или план: найти то, что позже найдёт проверяющий, – сроки на выходных и раньше
даты распоряжения, нарушенный порядок работ, потерянные строки и приложения, незаполненные грифы,
ничьи поручения, чужие минимумы показателей, утратившие силу акты. Каждое замечание названо правилом;
правило подробно: vekha rules КОД.

С параметром --against документ сравнивается с образцом: набором справочных данных (vekha packs), своим
файлом набора (TOML) или другим документом – распоряжением области, планом прошлого года.

Примеры:
  vekha check распоряжение.docx
  vekha check распоряжение.docx --subsidy-year 2027
  vekha check город.docx --against область.pdf
  vekha check план.docx --against school-quantorium-2024 --json
"""


def check(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="ФАЙЛ…", help="Документы; «-» — текст со стандартного ввода.")],
    *,
    against: Annotated[
        str | None, typer.Option("--against", metavar="ОБРАЗЕЦ", help="Набор, файл набора или документ для сравнения.")
    ] = None,
    subsidy_year: Annotated[
        str | None, typer.Option("--subsidy-year", metavar="ГОД", help="Год получения субсидии.")
    ] = None,
    folders: Annotated[
        list[Path] | None,
        typer.Option("--packs", metavar="ПАПКА", envvar="VEKHA_PACKS", help="Папка своих наборов; можно повторять."),
    ] = None,
    calendar: Annotated[list[str] | None, typer.Option("--calendar", metavar="ФАЙЛ", help=CALENDAR_HELP)] = None,
    region: Annotated[str | None, typer.Option("--region", metavar="КОД", help=REGION_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON: по одному объекту на строке.")] = False,
) -> int:
    """Check every file and print the findings; the worst outcome decides the exit code."""
    from vekha.cli.against import find_against  # noqa: PLC0415 — engines load after the help has answered
    from vekha.packs.library import list_packs  # noqa: PLC0415 — as above

    year = year_or_none(subsidy_year, "--subsidy-year")
    counted_by = calendar_with(calendar, region)
    library = list_packs(folders or ())
    for problem in library.problems:
        say(problem.message)
    beside = find_against(against, library, debug=bool(context.obj)) if against is not None else None
    if beside is not None and beside.code in (Exit.WRONG_CALL, Exit.UNREADABLE):
        return beside.code
    codes: list[Exit] = []
    for outcome in track(read_files(files), total=len(files), what="Проверка"):
        tell(outcome, debug=bool(context.obj))
        report = _judge(outcome, beside, counted_by, library, year)
        codes.append(_code(outcome, report))
        if as_json:
            write_json(_to_json(outcome, report, beside=beside, year=year))
        elif outcome.code in (Exit.DONE, Exit.PROBLEMS):
            _show(outcome, report, wants_year=year is None and _counts_from_subsidy(outcome.order_file))
        if context.obj:
            for crash in report.crashes:
                say("".join(traceback.format_exception(crash.error)))
    return worst(codes)


def _judge(
    outcome: Outcome, beside: Against | None, calendar: WorkCalendar, library: Library, year: int | None
) -> Report:
    from vekha.checks.catalogue import RULES  # noqa: PLC0415 — engines load after the help has answered
    from vekha.checks.run import Report, run_rules  # noqa: PLC0415 — as above
    from vekha.checks.subject import build_subject  # noqa: PLC0415 — as above

    if outcome.document is None:
        return Report(())
    subject = build_subject(
        outcome.order_file,
        calendar=calendar,
        library=library,
        subsidy_year=year,
        document=outcome.document,
        source_lines=_source_lines(outcome),
        reference=beside.reference_for(outcome.order_file, subsidy_year=year) if beside is not None else None,
    )
    return run_rules(subject, RULES)


def _code(outcome: Outcome, report: Report) -> Exit:
    """Errors among the findings, the problems of reading or a rule that crashed end with 1; what is unreadable stays that."""
    from vekha.checks.run import all_problems  # noqa: PLC0415 — engines load after the help has answered
    from vekha.problems import Severity  # noqa: PLC0415 — as above

    if outcome.code in (Exit.WRONG_CALL, Exit.UNREADABLE):
        return outcome.code
    if any(finding.severity is Severity.ERROR for finding in report.findings):
        return Exit.PROBLEMS
    return exit_code(list(all_problems(report, outcome.order_file)))


def _show(outcome: Outcome, report: Report, *, wants_year: bool) -> None:
    from vekha.cli.findings_table import findings_tables  # noqa: PLC0415 — rich loads only where a table is printed

    show(*findings_tables(report, outcome.order_file))
    if wants_year:
        say(
            "Есть сроки, которые отсчитываются от года получения субсидии: чтобы проверить и их, укажите --subsidy-year."
        )


def _counts_from_subsidy(order_file: OrderFile) -> bool:
    """Whether a deadline is counted from a subsidy year that its roadmap does not state."""
    from vekha.deadlines.syntax import RelativeDate, RelativePeriod  # noqa: PLC0415 — engines load after the help has answered

    return any(
        measure.deadline is not None and isinstance(measure.deadline.when, RelativeDate | RelativePeriod)
        for roadmap in order_file.roadmaps
        if roadmap.year is None
        for measure in roadmap.measures
    )


def _to_json(outcome: Outcome, report: Report, *, beside: Against | None, year: int | None) -> dict[str, Any]:
    """The contract's object, with what the document was compared with and the wave it was judged for."""
    from vekha.checks.run import report_to_json  # noqa: PLC0415 — engines load after the help has answered

    value = report_to_json(report, outcome.order_file)
    return {**value, "against": beside.name if beside is not None else None, "subsidy_year": year}


def _source_lines(outcome: Outcome) -> list[str]:
    """The raw lines of a text file, numbered as its reader numbered them."""
    if outcome.order_file.source_format != "text":
        return []
    from vekha.intake.encodings import decode_text  # noqa: PLC0415 — engines load after the help has answered

    text, _ = decode_text(outcome.data)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
