"""Which pages ask for the time of a scan."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from vekha.intake.scanned_pages import count_scanned_pages


def pdf(*pages: str) -> bytes:
    """Pages by kind: «text», «picture», «blank»."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    picture = ImageReader(Image.new("L", (300, 400), "white"))
    for kind in pages:
        if kind == "text":
            canvas.drawString(50, 700, "a line of text that is long enough to be the text of a page")
        elif kind == "picture":
            canvas.drawImage(picture, 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("pages", "count"),
    [(("text",), 0), (("picture", "picture"), 2), (("text", "picture", "blank"), 1), (("blank",) * 300, 0)],
)
def test_pages_with_a_picture_and_no_text_count(pages: tuple[str, ...], count: int) -> None:
    assert count_scanned_pages(pdf(*pages), is_pdf=True) == count


def test_frames_of_an_image_count() -> None:
    buffer = io.BytesIO()
    frames = [Image.new("L", (20, 20), shade) for shade in (0, 120, 255)]
    frames[0].save(buffer, "TIFF", save_all=True, append_images=frames[1:])
    assert count_scanned_pages(buffer.getvalue(), is_pdf=False) == 3


@pytest.mark.parametrize("is_pdf", ["pdf", "image"])
def test_broken_files_count_little(is_pdf: str) -> None:
    assert count_scanned_pages(b"%PDF-1.4 nothing", is_pdf=is_pdf == "pdf") <= 1
