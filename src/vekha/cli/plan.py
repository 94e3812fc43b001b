"""``vekha plan``: a page, a spreadsheet and a calendar for every order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vekha.cli.arguments import year_of
from vekha.cli.calendars import CALENDAR_HELP, REGION_HELP, calendar_with
from vekha.cli.console import plain, say, track, write_line
from vekha.cli.exits import Exit, worst
from vekha.cli.files import Outcome, read_files, tell

if TYPE_CHECKING:
    from vekha.calendar.working_days import WorkCalendar
    from vekha.documents.plan.model import Plan

HELP = """\
Сделать из распоряжения план. Для каждого файла создаётся папка out/<имя файла>/, а в ней:

  plan.html   страница: мероприятия со сроками, матрица по месяцам, график, показатели, замечания
              рядом с местом в документе; открывается без интернета, печатается на A4
  plan.xlsx   таблицы «Меры», «Сроки», «Показатели», «Замечания»: настоящие даты, фильтры
  plan.ics    календарь для почтовых программ и телефонов

Если сроки отсчитываются от года получения субсидии, укажите его; несколько годов — несколько волн.
Без года такие сроки ждут его на видном месте.

Примеры:
  vekha plan распоряжение.pdf
  vekha plan распоряжение.docx --subsidy-year 2026
  vekha plan распоряжение.docx --subsidy-year 2025 --subsidy-year 2026 --out планы
"""


def plan(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="ФАЙЛ…", help="Распоряжения; «-» — текст со стандартного ввода.")],
    *,
    subsidy_year: Annotated[
        list[str] | None,
        typer.Option("--subsidy-year", metavar="ГОД", help="Год получения субсидии; можно повторять."),
    ] = None,
    out: Annotated[str | None, typer.Option("--out", metavar="ПАПКА", help="Куда писать; по умолчанию out/<имя файла>/.")] = None,
    calendar: Annotated[list[str] | None, typer.Option("--calendar", metavar="ФАЙЛ", help=CALENDAR_HELP)] = None,
    region: Annotated[str | None, typer.Option("--region", metavar="КОД", help=REGION_HELP)] = None,
) -> int:
    """Write the three documents of every file that could be read; the worst outcome decides the exit code."""
    years = [year_of(text, "--subsidy-year") for text in subsidy_year or ()]
    counted_by = calendar_with(calendar, region)
    codes: list[Exit] = []
    taken: set[Path] = set()
    for outcome in track(read_files(files), total=len(files), what="Планы"):
        tell(outcome, debug=bool(context.obj))
        if outcome.code in (Exit.DONE, Exit.PROBLEMS):
            folder = _folder(outcome, Path(out) if out else Path("out"), taken, alone=out is not None and len(files) == 1)
            codes.append(_write(outcome, folder, years, counted_by))
        else:
            codes.append(outcome.code)
    return worst(codes)


def _folder(outcome: Outcome, root: Path, taken: set[Path], *, alone: bool) -> Path:
    """A single file goes right into ``--out``; several get a folder each, files of the same name numbered ones."""
    if alone:
        return root
    name = outcome.order_file.source_name
    stem = "stdin" if name == "-" else Path(name).stem.strip(". ") or "plan"
    folder, number = root / stem, 2
    while folder in taken:
        folder, number = root / f"{stem}-{number}", number + 1
    taken.add(folder)
    return folder


def _write(outcome: Outcome, folder: Path, years: list[int], calendar: WorkCalendar) -> Exit:
    from vekha.documents.plan.build import build_plan  # noqa: PLC0415 — engines load after the help has answered
    from vekha.documents.plan.calendar_file import write_calendar  # noqa: PLC0415 — as above
    from vekha.documents.plan.page import write_page  # noqa: PLC0415 — as above
    from vekha.documents.plan.sheets import write_sheets  # noqa: PLC0415 — as above

    made = build_plan(outcome.order_file, calendar=calendar, subsidy_years=years, source_lines=_source_lines(outcome))
    contents = {
        "plan.html": write_page(made, calendar=calendar).encode("utf-8", "replace"),
        "plan.xlsx": write_sheets(made),
        "plan.ics": write_calendar(made),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        say(f"Не удалось записать в папку «{folder}»: {error.strerror or error}.")
        return Exit.WRONG_CALL
    _report(made, folder)
    return outcome.code


def _source_lines(outcome: Outcome) -> list[str]:
    """The lines of a text file, numbered as its reader numbered them."""
    if outcome.order_file.source_format != "text":
        return []
    from vekha.intake.encodings import decode_text  # noqa: PLC0415 — engines load after the help has answered

    text, _ = decode_text(outcome.data)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")


def _report(made: Plan, folder: Path) -> None:
    from vekha.documents.plan.calendar_file import LONGEST  # noqa: PLC0415 — engines load after the help has answered
    from vekha.documents.plan.model import NoDay  # noqa: PLC0415 — engines load after the help has answered
    from vekha.documents.plan.wording import counted  # noqa: PLC0415 — as above

    measures = counted(len(made.rows), "мероприятие", "мероприятия", "мероприятий")
    problems = counted(len(made.problems), "замечание", "замечания", "замечаний")
    dates = counted(len(made.days), "срок", "срока", "сроков")
    write_line(plain(f"{folder / 'plan.html'}: {measures}, {dates}, {problems}"))
    if len(made.days) > LONGEST:
        say(f"В plan.ics вошли первые {LONGEST} сроков из {len(made.days)}; все — в plan.xlsx.")
    waiting = sum(row.no_day is NoDay.SUBSIDY_YEAR for row in made.rows)
    if waiting:
        say(f"Ждут года получения субсидии: {waiting}. Укажите его: --subsidy-year ГОД.")
