"""A table of days by school: each row's centre and day, or what is wrong with its cells."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from vekha_portal.centres.models import Centre, Wave
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.bridge import collapse, fold
from vekha_portal.registry.imports import plan_import
from vekha_portal.registry.sheets import CellError, Sheet

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_HEADINGS = ("срок", "дата", "день")
_SAYS_WHICH = ("name", "inn", "kpp", "ogrn")


@dataclass(slots=True)
class DayPlan:
    """What a table of days says: centre → day with the school's name, and what is wrong."""

    days: dict[int, datetime.date] = field(default_factory=dict)
    shown: list[tuple[int, str, datetime.date]] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def plan_days(sheet: Sheet, *, wave: Wave, scope: Scope) -> DayPlan:
    """Find the centre and the day of every row; a row that is not certain is an error, never a guess."""
    plan = DayPlan()
    if any(error.row == 0 for error in sheet.errors):
        plan.errors = [error for error in sheet.errors if error.row == 0]
        return plan
    column = _day_column(sheet)
    if column is None:
        plan.errors.append(CellError(0, None, "Не найден столбец «Срок»: добавьте его рядом с наименованием и ИНН."))
        return plan
    places = {sheet.columns[name] for name in _SAYS_WHICH if name in sheet.columns}
    rows = plan_import(sheet, region=wave.region_id, scope=scope, decisions={})
    plan.errors = [error for error in rows.errors if error.column is None or error.column in places]
    centres = {
        each.organisation_id: each
        for each in Centre.objects.filter(wave=wave, removed_at=None, closed_on=None).select_related("organisation")
    }
    for row in rows.rows:
        number, place = row.row.number, sheet.columns.get("name")
        day, error = _read_day(_cell(sheet, number, column))
        if error:
            plan.errors.append(CellError(number, column, error))
        centre = centres.get(row.organisation.pk) if row.organisation is not None else None
        if centre is None:
            words = "Похожая школа есть: впишите её ИНН." if row.candidates else "Этой школы нет в перечне волны."
            plan.errors.append(CellError(number, place, words))
        elif centre.pk in plan.days:
            plan.errors.append(CellError(number, place, "Школа названа дважды: оставьте одну строку."))
        elif day is not None:
            plan.days[centre.pk] = day
            plan.shown.append((number, str(centre.organisation), day))
    return plan


def _day_column(sheet: Sheet) -> int | None:
    taken = set(sheet.columns.values())
    headings = [fold(collapse(str(cell))) for cell in sheet.cells[sheet.head]]
    return next(
        (place for place, text in enumerate(headings) if place not in taken and text.startswith(_HEADINGS)), None
    )


def _cell(sheet: Sheet, number: int, column: int) -> object:
    row = sheet.cells[number - 1]
    return row[column] if column < len(row) else ""


def _read_day(cell: object) -> tuple[datetime.date | None, str]:
    if isinstance(cell, datetime.datetime):
        return cell.date(), ""
    if isinstance(cell, datetime.date):
        return cell, ""
    text = collapse(str(cell))
    match = _DAY.fullmatch(text)
    if match is None:
        return None, f"«{text}»: нужна дата ДД.ММ.ГГГГ." if text else "Срок не указан: впишите дату ДД.ММ.ГГГГ."
    try:
        return datetime.date(int(match[3]), int(match[2]), int(match[1])), ""
    except ValueError:
        return None, f"«{text}»: такого дня нет."
