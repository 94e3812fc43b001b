"""Invented orders as DOCX, with and without borders, whose PDF must be read as the DOCX is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table

HEADS = ("№ п/п", "Наименование мероприятия", "Ответственный", "Результат", "Срок")
WIDTHS = (1.2, 5.6, 3.6, 3.4, 3.0)
ROWS = (
    (
        "Утверждён перечень школ, на базе которых в муниципальных округах создаются центры «Точка роста»",
        "Министерство образования Верхнеозёрской области",
        "приказ министерства",
        "до 20 января 2025 года",
    ),
    (
        "Согласован и утверждён инфраструктурный лист для оснащения центров",
        "Министерство образования Верхнеозёрской области, федеральный оператор",
        "письмо федерального оператора",
        "согласно графику, направляемому федеральным оператором",
    ),
    (
        "Объявлены закупки товаров, работ и услуг для создания центров",
        "ГКУ «Центр закупок»",
        "извещения о проведении закупок",
        "15 февраля 2025 года",
    ),
    (
        "Проведён мониторинг работ по приведению площадок центров в соответствие с методическими рекомендациями",
        "Региональный координатор",
        "по форме, определяемой федеральным оператором",
        "25 августа 2025 года",
    ),
    ("Начало работы центров", "Школы", "информация в сети Интернет", "1 сентября 2025 года"),
    (
        "Ежеквартальный мониторинг выполнения показателей создания и работы центров",
        "Министерство образования Верхнеозёрской области",
        "отчёт федеральному оператору",
        "1 октября 2025 года, далее – ежеквартально",
    ),
)
PREAMBLE = (
    "В целях реализации регионального проекта «Современная школа» и в соответствии с постановлением Правительства "
    "Верхнеозёрской области от 11.11.2024 № 790-п министерство образования распоряжается:"
)


@dataclass(frozen=True, slots=True)
class Case:
    """One document: how it is made, and whether its tables have borders."""

    name: str
    make: Callable[[Document, str], None]
    bordered: bool

    def save(self, folder: Path) -> Path:
        """The DOCX in a folder."""
        document = docx.Document()
        self.make(document, "Table Grid" if self.bordered else "Normal Table")
        path = folder / f"{self.name}-{'lines' if self.bordered else 'bare'}.docx"
        document.save(str(path))
        return path


def _line(document: Document, text: str, *, bold: bool = False, centred: bool = False, right: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = bold
    if centred or right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT


def _order(document: Document) -> None:
    _line(document, "МИНИСТЕРСТВО ОБРАЗОВАНИЯ ВЕРХНЕОЗЁРСКОЙ ОБЛАСТИ", bold=True, centred=True)
    _line(document, "РАСПОРЯЖЕНИЕ", bold=True, centred=True)
    _line(document, "от 14.01.2025 № 17-р")
    _line(document, "О создании центров «Точка роста» в 2025 году", bold=True, centred=True)
    for text in (
        PREAMBLE,
        "1. Утвердить прилагаемый комплекс мер («дорожную карту») по созданию центров «Точка роста» в 2025 году.",
        "2. Контроль за исполнением распоряжения возложить на заместителя министра Ясеневу Т.П.",
    ):
        _line(document, text)
    _line(document, "Министр\t\t\t\t\t\tК.Р. Дубравин")


def _annex(document: Document) -> None:
    _line(document, "Приложение к распоряжению министерства образования", right=True)
    _line(document, "Верхнеозёрской области от 14.01.2025 № 17-р", right=True)
    _line(
        document,
        "Комплекс мер («дорожная карта») по созданию центров «Точка роста» в 2025 году",
        bold=True,
        centred=True,
    )


def _fill(table: Table, rows: Sequence[Sequence[str]], widths: Sequence[float], size: float = 11) -> None:
    table.autofit = False
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Cm(width)
            cell.text = text
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(size)


def _numbered(repeat: int = 1) -> list[tuple[str, ...]]:
    return [(f"{number}.", *row) for number, row in enumerate(ROWS * repeat, 1)]


def make_roadmap(document: Document, style: str) -> None:
    """An order and its roadmap of five columns."""
    _order(document)
    document.add_page_break()
    _annex(document)
    rows = [HEADS, *_numbered()]
    _fill(document.add_table(len(rows), 5, style), rows, WIDTHS)


def make_long(document: Document, style: str) -> None:
    """A roadmap over several pages, its head repeated, its columns narrow."""
    _annex(document)
    rows = [HEADS, ("1", "2", "3", "4", "5"), *_numbered(5)]
    table = document.add_table(len(rows), 5, style)
    _fill(table, rows, WIDTHS, size=13)
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def make_landscape(document: Document, style: str) -> None:
    """Heads in the middle of their columns, numbers too, on a page laid across."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _annex(document)
    rows = [HEADS, *_numbered(2)]
    table = document.add_table(len(rows), 5, style)
    _fill(table, rows, (1.4, 9.0, 5.4, 4.0, 3.4), size=12)
    for cell in (*table.rows[0].cells, *table.columns[0].cells):
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def make_sections(document: Document, style: str) -> None:
    """Rows of one cell that name the stages."""
    _annex(document)
    names = (
        "Раздел 1. Организационные мероприятия по подготовке создания центров",
        "Раздел 2. Открытие центров и их работа",
    )
    numbered = _numbered()
    rows = [HEADS, (names[0], "", "", "", ""), *numbered[:3], (names[1], "", "", "", ""), *numbered[3:]]
    table = document.add_table(len(rows), 5, style)
    _fill(table, rows, WIDTHS)
    for place in (1, 5):
        text = table.cell(place, 0).text
        merged = table.cell(place, 0).merge(table.cell(place, 4))
        merged.text = text


def make_working_plan(document: Document, style: str) -> None:
    """Dates down, programmes across, persons named in the cells; who has read it stands below."""
    _line(document, "РАБОЧИЙ ПЛАН", bold=True, centred=True)
    _line(document, "по исполнению региональных проектов на 2025 год", bold=True, centred=True)
    rows = [
        ("Дата", "Школьный Кванториум", "Центры «Точка роста»", "Цифровая образовательная среда"),
        (
            "20.12.2024",
            "Утверждён перечень школ, на базе которых создаются школьные Кванториумы\nОтв. Полянская Г.Д.",
            "Утверждён перечень школ\nОтв. Полянская Г.Д., Речной А.К.",
            "Утверждён перечень школ, получающих оборудование\nОтв. Речной А.К.",
        ),
        ("1 марта", "", "Объявлены закупки оборудования\nОтв. Мостовой Е.Ю.", "Объявлены закупки\nОтв. Мостовой Е.Ю."),
        (
            "1 сентября",
            "Начало работы Кванториумов\nОтв. Полянская Г.Д.",
            "Начало работы центров\nОтв. Речной А.К.",
            "",
        ),
    ]
    _fill(document.add_table(len(rows), 4, style), rows, (2.4, 4.6, 4.6, 4.6))
    _line(document, "")
    _line(document, "Ознакомлены: Полянская Г.Д., Речной А.К., Мостовой Е.Ю.")


MAKERS = {
    "roadmap": make_roadmap,
    "long": make_long,
    "landscape": make_landscape,
    "sections": make_sections,
    "working-plan": make_working_plan,
}
CASES = tuple(Case(name, make, bordered) for name, make in MAKERS.items() for bordered in (True, False))
