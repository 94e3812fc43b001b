"""The calendar a command counts by: the official one, and the overlays a user names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from vekha.cli.console import say

if TYPE_CHECKING:
    from vekha.calendar.overlay import Overlay
    from vekha.calendar.working_days import WorkCalendar

CALENDAR_HELP = "Свои дни в TOML поверх официального календаря; можно повторять."
REGION_HELP = "Код субъекта, чьи региональные дни учитывать."
LARGEST = 1 << 20


def calendar_with(files: list[str] | None, region: str | None) -> WorkCalendar:
    """The official calendar with the overlays in ``files``; says what of them was left out.

    Raises ``typer.BadParameter`` for a file that is not there or is no overlay.
    """
    from vekha.calendar.working_days import official_calendar  # noqa: PLC0415 — engines load after the help has answered

    return official_calendar([_overlay(Path(name)) for name in files or ()], region=region or "")


def _overlay(path: Path) -> Overlay:
    from vekha.calendar.overlay import read_overlay  # noqa: PLC0415 — engines load after the help has answered

    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise typer.BadParameter(f"--calendar: файла календаря «{path}» нет, или это не файл TOML.")
        overlay, problems = read_overlay(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"--calendar: файл «{path}» не читается: {error}.") from None
    if problems and not overlay.days and not overlay.complete_years:
        raise typer.BadParameter(f"--calendar: {problems[0].message}")
    for problem in problems:
        say(f"{path.name}: {problem.message}")
    return overlay
