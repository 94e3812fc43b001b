"""Papers of the example: small files of the usual kinds, drawn and written here."""

from __future__ import annotations

import datetime
import io
import random

import docx
import xlsxwriter
from PIL import Image, ImageDraw

from vekha_portal.execution.actions.evidence import Upload

_PAPER, _INK = (250, 249, 245), (52, 56, 66)
_WALLS = ((226, 232, 236), (236, 230, 218), (222, 234, 224))
_FURNITURE = ((196, 148, 96), (92, 128, 168), (124, 156, 108), (188, 92, 84))


def letter(title: str, number: str, day: datetime.date) -> Upload:
    """A letter or an order as a text document."""
    document = docx.Document()
    document.add_paragraph(f"от {day:%d.%m.%Y} № {number}")
    document.add_heading(title, level=1)
    document.add_paragraph("Документ составлен для примера: организации и люди в нём вымышлены.")
    return _upload(document, f"{title} № {number}.docx".replace("/", "-"))


def _upload(document: docx.document.Document, name: str) -> Upload:
    page = io.BytesIO()
    document.save(page)
    return Upload([page.getvalue()], name)


def register(title: str, rows: list[tuple[str, str]]) -> Upload:
    """A register as a table."""
    page = io.BytesIO()
    with xlsxwriter.Workbook(page, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Реестр")
        sheet.set_column(0, 2, 40)
        for place, row in enumerate([("Наименование", "Сведения"), *rows]):
            sheet.write_row(place, 0, row)
    return Upload([page.getvalue()], f"{title}.xlsx")


def scan(title: str, seed: int) -> Upload:
    """A scanned sheet: lines of writing and a stamp, no words."""
    chance = random.Random(seed)
    sheet = Image.new("RGB", (620, 877), _PAPER)
    drawing = ImageDraw.Draw(sheet)
    for line in range(34):
        top, left = 90 + line * 20, 80
        while left < 540 - (200 if line % 9 == 8 else 0):
            right = left + chance.randint(14, 70)
            drawing.rectangle((left, top, min(right, 545), top + 7), fill=_INK)
            left = right + 9
    drawing.ellipse((90, 770, 190, 860), outline=(58, 84, 160), width=4)
    page = io.BytesIO()
    sheet.save(page, "PDF", resolution=75)
    return Upload([page.getvalue()], f"{title}.pdf")


def photo(title: str, seed: int) -> Upload:
    """A room with tables and a board."""
    chance = random.Random(seed)
    room = Image.new("RGB", (800, 600), chance.choice(_WALLS))
    drawing = ImageDraw.Draw(room)
    drawing.rectangle((0, 420, 800, 600), fill=(170, 150, 128))
    drawing.rectangle((250, 90, 560, 260), fill=(245, 247, 248), outline=(150, 156, 160), width=6)
    for place in range(chance.randint(3, 5)):
        left, colour = 40 + place * 150, chance.choice(_FURNITURE)
        drawing.rectangle((left, 380, left + 120, 400), fill=colour)
        drawing.rectangle((left + 8, 400, left + 16, 500), fill=colour)
        drawing.rectangle((left + 104, 400, left + 112, 500), fill=colour)
    page = io.BytesIO()
    room.save(page, "JPEG", quality=80)
    return Upload([page.getvalue()], f"{title}.jpg")
