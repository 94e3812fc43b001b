"""``vekha deadline``: one phrase, what it means and on which days it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vekha.cli.arguments import date_or_none, year_or_none
from vekha.cli.calendars import CALENDAR_HELP, REGION_HELP, calendar_with
from vekha.cli.console import heard, plain, show, write_json
from vekha.cli.files import exit_code

if TYPE_CHECKING:
    from vekha.deadlines import Deadline, Resolution
    from vekha.problems import Problem

HELP = """\
Понять фразу о сроке, как она пишется в распоряжениях, и назвать даты: с отчётным периодом,
нерабочими днями и ближайшими рабочими днями. Дата никогда не переносится молча.

Чего фраза не говорит, подскажите параметрами: год получения субсидии, год, дату графика или события.

Примеры:
  vekha deadline "не позднее 1 марта 2026 года"
  vekha deadline "1 октября года получения субсидии, далее – ежеквартально" --subsidy-year 2026
  vekha deadline "в течение 10 рабочих дней после подписания соглашения" --event 15.02.2026
  vekha deadline "согласно графику федерального оператора" --schedule 2026-04-20 --json
"""


def deadline(
    phrase: Annotated[str, typer.Argument(metavar="ФРАЗА", help="Срок словами, в кавычках.")],
    *,
    subsidy_year: Annotated[
        str | None, typer.Option("--subsidy-year", metavar="ГОД", help="Год получения субсидии.")
    ] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="ГОД", help="Год для дат без года.")] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="ДАТА", help="До какого дня повторять; иначе до конца следующего года.")
    ] = None,
    schedule: Annotated[str | None, typer.Option("--schedule", metavar="ДАТА", help="Дата из чужого графика.")] = None,
    event: Annotated[str | None, typer.Option("--event", metavar="ДАТА", help="День события, от которого отсчёт.")] = None,
    calendar: Annotated[list[str] | None, typer.Option("--calendar", metavar="ФАЙЛ", help=CALENDAR_HELP)] = None,
    region: Annotated[str | None, typer.Option("--region", metavar="КОД", help=REGION_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON вместо текста.")] = False,
) -> int:
    """Parse one phrase, resolve it with what the options say, and print the days."""
    subsidy, known_year = year_or_none(subsidy_year, "--subsidy-year"), year_or_none(year, "--year")
    last, scheduled, happened = (
        date_or_none(text, option) for text, option in ((until, "--until"), (schedule, "--schedule"), (event, "--event"))
    )
    counted_by = calendar_with(calendar, region)
    from vekha.deadlines import parse_deadline, resolve  # noqa: PLC0415 — engines load after the help has answered

    parsed, noticed = parse_deadline(heard(phrase), year=known_year)
    resolution = resolve(
        parsed,
        calendar=counted_by,
        subsidy_year=subsidy,
        year=known_year,
        until=last,
        schedule=scheduled,
        event=happened,
    )
    problems = (*noticed, *(each for each in resolution.problems if each not in noticed))
    if as_json:
        write_json(answer_to_json(parsed, resolution, problems))
    else:
        _print(parsed, resolution, problems)
    return exit_code(problems)


def answer_to_json(parsed: Deadline, resolution: Resolution, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """The contract's object for one phrase."""
    from vekha.deadlines import deadline_to_json, resolution_to_json  # noqa: PLC0415 — engines load after the help
    from vekha.orders.interchange import problem_to_json  # noqa: PLC0415 — as above

    return {
        "deadline": deadline_to_json(parsed),
        **resolution_to_json(resolution),
        "problems": [problem_to_json(problem) for problem in problems],
    }


def _print(parsed: Deadline, resolution: Resolution, problems: tuple[Problem, ...]) -> None:
    from rich.text import Text  # noqa: PLC0415 — rich takes longer to import than the phrase to parse

    from vekha.deadlines import render  # noqa: PLC0415 — engines load after the help has answered
    from vekha.documents.plan.wording import SEVERITIES, period_name, short_date, tiny_date  # noqa: PLC0415 — as above

    lines = [Text(plain(render(parsed)), style="bold")]
    for day in resolution.dates:
        line = Text(f"  {short_date(day.due)}")
        if day.period:
            line.append(f"  {period_name(day.period)}")
        if day.day_off:
            near = f"{tiny_date(day.previous_workday)} и {tiny_date(day.next_workday)}"
            line.append(f"  нерабочий день; рабочие рядом: {near}", style="yellow")
        lines.append(line)
    if resolution.waiting_for is not None:
        lines.append(Text(f"  {_WAITING[resolution.waiting_for.value]}", style="yellow"))
    lines += [Text(plain(f"{SEVERITIES[each.severity]}: {each.message} {each.hint}".rstrip())) for each in problems]
    show(*lines)


_WAITING = {
    "schedule": "Даты пока нет: нужен график. Укажите дату из него: --schedule ДАТА.",
    "event": "Даты пока нет: нужен день события. Укажите его: --event ДАТА.",
    "subsidy-year": "Даты пока нет: нужен год получения субсидии. Укажите его: --subsidy-year ГОД.",
    "year": "Даты пока нет: не назван год. Укажите его: --year ГОД.",
    "need": "Даты нет, пока не возникла необходимость.",
}
