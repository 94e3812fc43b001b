"""The list of schools of a wave as a spreadsheet; texts stay texts, never formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter

from vekha_portal.centres.models import Centre, Wave

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = (
    "№",
    "Полное наименование",
    "ИНН",
    "КПП",
    "ОГРН",
    "Муниципальное образование",
    "Название центра",
    "Адрес",
    "Число обучающихся",
    "Открыт",
    "Закрыт",
)
_WIDTHS = (6, 60, 14, 12, 16, 30, 40, 50, 12, 12, 12)


def write_list(wave: Wave, centres: Iterable[Centre]) -> bytes:
    """The list as XLSX; the same columns are read when a list is loaded."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("Перечень")
        bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        page.write_string(0, 0, f"Перечень школ: {wave}", book.add_format({"bold": True}))
        for column, (title, width) in enumerate(zip(HEAD, _WIDTHS, strict=True)):
            page.write_string(2, column, title, bold)
            page.set_column(column, column, width)
        for number, centre in enumerate(centres, 1):
            for column, value in enumerate(_values(number, centre)):
                page.write(number + 2, column, value) if isinstance(value, int) else page.write_string(
                    number + 2, column, value
                )
        page.freeze_panes(3, 2)
    return out.getvalue()


def _values(number: int, centre: Centre) -> tuple[int | str, ...]:
    school = centre.organisation
    return (
        number,
        school.name,
        school.inn,
        school.kpp,
        school.ogrn,
        str(school.municipality or ""),
        centre.name,
        centre.address or school.address,
        "" if centre.enrolment is None else centre.enrolment,
        f"{centre.opened_on:%d.%m.%Y}" if centre.opened_on else "",
        f"{centre.closed_on:%d.%m.%Y}" if centre.closed_on else "",
    )
