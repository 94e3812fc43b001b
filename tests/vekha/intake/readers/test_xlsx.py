"""Spreadsheets in four formats: what their cells show, merges, what stands around the table."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from tests.builders.read_documents import codes, paragraphs, source, spans, tables, texts
from tests.builders.word_packages import packed
from vekha.intake.document import Document, Format, UnreadableFile
from vekha.intake.readers.xlsx import read_xlsx

HEADER = ["№ п/п", "Мероприятие", "Ответственный", "Срок"]
ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
<office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"""


def read(data: bytes) -> Document:
    return read_xlsx(data, source("plan", Format.XLSX))


def sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    active = book.active
    assert isinstance(active, Worksheet)
    active.title = "План"
    return book, active


def saved(book: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods(*tables_xml: str) -> bytes:
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS.format("".join(tables_xml)).encode(),
        }
    )


def ods_row(*cells: str, repeated: int = 1) -> str:
    inner = "".join(
        item
        if item.startswith("<")
        else f'<table:table-cell office:value-type="string"><text:p>{item}</text:p></table:table-cell>'
        for item in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'


def test_a_title_and_stamps_above_and_a_note_below_the_table() -> None:
    book, active = sheet()
    for row in (
        ["Согласовано", None, None, "Утверждаю"],
        ["Министр", None, None, "Заместитель"],
        [None],
        ["КОМПЛЕКС МЕР"],
        HEADER,
        [1, "Закупка", "Министерство", datetime.date(2024, 3, 1)],
        [None, "оборудования"],
        [2, "Обучение", "Школа", "до 1 мая"],
        ["* Сноска"],
        [None],
        ["Начальник", None, None, "И.И. Лесной"],
    ):
        active.append(row)
    active.merge_cells("A4:D4")
    document = read(saved(book))
    assert paragraphs(document) == [
        "Согласовано\nМинистр",
        "Утверждаю\nЗаместитель",
        "КОМПЛЕКС МЕР",
        "* Сноска",
        "Начальник",
        "И.И. Лесной",
    ]
    (found,) = tables(document)
    assert texts(found) == [
        HEADER,
        ["1", "Закупка", "Министерство", "01.03.2024"],
        ["оборудования"],
        ["2", "Обучение", "Школа", "до 1 мая"],
    ]
    assert (found.place.sheet, found.place.rows, found.rows[1].place.rows) == ("План", (5, 8), (6, 6))
    assert found.rows[2].cells[0].column == 1


def test_a_table_away_from_the_corner_has_its_own_columns() -> None:
    book, active = sheet()
    for column, text in enumerate(HEADER):
        active.cell(4, 3 + column, text)
        active.cell(5, 3 + column, f"{column}")
    (found,) = tables(read(saved(book)))
    assert spans(found)[0] == [(0, 1, 1), (1, 1, 1), (2, 1, 1), (3, 1, 1)]
    assert found.width == 4


def test_merged_cells_stand_at_their_corner_only() -> None:
    book, active = sheet()
    for row in (HEADER, [1, "а", "Школа", "1 марта"], [2, "б", "не видно", "1 мая"], [3, "в", None, None], [4, "г"]):
        active.append(row)
    active.cell(3, 3).value = None
    active.merge_cells("C2:C3")
    active.merge_cells("C4:D5")
    (found,) = tables(read(saved(book)))
    assert texts(found) == [HEADER, ["1", "а", "Школа", "1 марта"], ["2", "б", "1 мая"], ["3", "в", ""], ["4", "г"]]
    assert spans(found)[1][2] == (2, 2, 1)
    assert spans(found)[3][2] == (2, 2, 2)


def test_two_rows_of_a_header_belong_to_the_table() -> None:
    book, active = sheet()
    for row in (["План"], ["Дата", "Мероприятия"], [None, "Кванториум", "Точка роста"], ["1 марта", "а", "б"]):
        active.append(row)
    active.merge_cells("A2:A3")
    active.merge_cells("B2:C2")
    document = read(saved(book))
    (found,) = tables(document)
    assert paragraphs(document) == ["План"]
    assert spans(found)[0] == [(0, 2, 1), (1, 1, 2)]


def test_values_show_what_their_formats_say() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    active = book.add_worksheet("Лист")
    percent, month, year, day = (
        book.add_format({"num_format": code}) for code in ("0.0%", 'mmmm yyyy" г."', "yyyy", "d mmmm")
    )
    moment = datetime.datetime(2024, 3, 1)  # noqa: DTZ001 — a sheet's time has no zone
    active.write_row(0, 0, HEADER)
    active.write_number(1, 0, 1.0)
    active.write_number(1, 1, 0.125, percent)
    active.write_datetime(1, 2, moment, month)
    active.write_datetime(1, 3, moment, year)
    active.write_datetime(2, 0, moment, day)
    active.write_datetime(2, 1, moment.replace(hour=10, minute=30), book.add_format({"num_format": "dd.mm.yyyy hh:mm"}))
    active.write_boolean(2, 2, True)
    active.write_number(2, 3, 1234567.25)
    book.close()
    (found,) = tables(read(buffer.getvalue()))
    assert texts(found)[1:] == [
        ["1", "12.5 %", "март 2024", "2024"],
        ["01.03.2024", "01.03.2024 10:30", "ИСТИНА", "1234567.25"],
    ]


def test_breaks_in_cells_are_hard() -> None:
    book, active = sheet()
    active.append(["1)  план\r\n 2) закупки", "_x000D_\nа", "б"])
    assert texts(tables(read(saved(book)))[0]) == [["1)  план\n2) закупки", "а", "б"]]


def test_sheets_are_tables_one_after_the_other_and_hidden_ones_are_said() -> None:
    book, active = sheet()
    active.append(HEADER)
    second = book.create_sheet("Второй")
    second.append(["а", "б"])
    hidden = book.create_sheet("Тайный")
    hidden.append(["в", "г"])
    hidden.sheet_state = "veryHidden"
    document = read(saved(book))
    assert [(item.place.table, item.place.sheet) for item in tables(document)] == [(1, "План"), (2, "Второй")]
    assert codes(document) == ["hidden-sheet"]
    assert "Тайный" in document.problems[0].message


def test_formulas_never_computed_are_said() -> None:
    book, active = sheet()
    active.append(["а", "б", "=1+1"])
    assert codes(read(saved(book))) == ["formula-without-value"]


def test_an_empty_book_is_said() -> None:
    assert codes(read(saved(sheet()[0]))) == ["no-text"]


def test_a_sheet_of_text_only() -> None:
    book, active = sheet()
    active.append(["Приказ"])
    active.append([None, "О создании"])
    assert paragraphs(read(saved(book))) == ["Приказ", "О создании"]


def test_old_excel() -> None:
    book = xlwt.Workbook()
    active = book.add_sheet("Лист")
    for column, text in enumerate(HEADER):
        active.write(1, column, text)
    active.write_merge(2, 3, 0, 0, 1)
    active.write(2, 1, "Закупка")
    active.write(3, 1, "и поставка")
    active.write(2, 3, datetime.date(2024, 3, 1), xlwt.easyxf(num_format_str="DD.MM.YYYY"))
    active.write_merge(0, 0, 0, 3, "КОМПЛЕКС МЕР")
    document = read(saved(book))
    assert paragraphs(document) == ["КОМПЛЕКС МЕР"]
    (found,) = tables(document)
    assert texts(found) == [HEADER, ["1", "Закупка", "01.03.2024"], ["и поставка"]]
    assert spans(found)[1][0] == (0, 2, 1)


def test_formats_of_old_excel() -> None:
    book = xlwt.Workbook()
    book.add_sheet("Первый").write(0, 0, 0.5)
    active = book.add_sheet("Второй")
    percent, month = xlwt.easyxf(num_format_str="0.0%"), xlwt.easyxf(num_format_str='MMMM YYYY" г."')
    for column in range(3):
        active.write(0, column, 0.125 * column, percent)
    active.write(1, 0, datetime.date(2024, 3, 1), month)
    active.write(1, 1, 0.5)
    active.write(1, 2, xlwt.Formula("1/4"), percent)
    first, second = tables(read(saved(book)))[:1], tables(read(saved(book)))[-1]
    assert texts(second)[0] == ["0 %", "12.5 %", "25 %"]
    assert texts(second)[1][:2] == ["март 2024", "0.5"]
    assert first


def test_open_document_sheets() -> None:
    empty = '<table:table-cell table:number-columns-repeated="{}"/>'
    data = ods(
        '<table:table table:name="План">',
        f"<table:table-row table:number-rows-repeated='2'>{empty.format(16384)}</table:table-row>",
        ods_row("№", '<table:table-cell table:number-columns-spanned="2"><text:p>Срок</text:p></table:table-cell>'),
        ods_row(
            '<table:table-cell office:value-type="float" office:value="1"><text:p>1,00</text:p></table:table-cell>',
            '<table:table-cell office:value-type="date" office:date-value="2024-03-01"><text:p>01.03.24</text:p></table:table-cell>',
            '<table:table-cell office:value-type="date" office:date-value="2024-05-01"><text:p>май 2024</text:p></table:table-cell>',
            '<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>',
        ),
        ods_row(
            empty.format(1),
            "<table:table-cell><office:annotation><text:p>заметка</text:p></office:annotation>"
            "<text:p>а<text:line-break/>б<text:s/>в</text:p><text:p><text:span>г</text:span></text:p></table:table-cell>",
            "<table:covered-table-cell/>",
            "д",
        ),
        f"<table:table-row table:number-rows-repeated='1048570'>{empty.format(16384)}</table:table-row>",
        "</table:table>",
        '<table:table table:name="Тайный" table:style-name="ta2">' + ods_row("нет") + "</table:table>",
    )
    document = read(data)
    (found,) = tables(document)
    assert texts(found) == [["№", "Срок"], ["1", "01.03.2024", "май 2024", "50 %"], ["а\nб в\nг", "д"]]
    assert spans(found)[0] == [(0, 1, 1), (1, 1, 2)]
    assert found.place.rows == (3, 5)
    assert codes(document) == ["hidden-sheet"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ods('<table:table table:name="а">' + ods_row("а", "б", repeated=1_000_000) + "</table:table>"), "over-limits"),
        (ods("<table:table>"), "damaged"),
        (packed({"content.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "damaged"),
        (packed({"xl/workbook.xml": b"<a/>"}), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "damaged"),
    ],
)
def test_broken_and_boundless_books_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert caught.value.problem.code == code


def test_a_cell_at_the_end_of_the_world_is_refused() -> None:
    book, active = sheet()
    active["A1"], active["XFD1048576"] = "а", "б"
    with pytest.raises(UnreadableFile) as caught:
        read(saved(book))
    assert caught.value.problem.code == "over-limits"
