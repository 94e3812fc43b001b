"""How many pages of a file have to be recognised from a picture: what its time is measured by.

A page counts that has a picture and hardly any text; blank pages, of which a hostile file may have thousands, do not.
"""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

_FEW_CHARACTERS = 40
_PAGES_LOOKED_AT = 200


def count_scanned_pages(data: bytes, *, is_pdf: bool) -> int:
    """The pages without text of a PDF, or the frames of an image; 0 where it cannot be opened."""
    return _pages_without_text(data) if is_pdf else _frames(data)


def _pages_without_text(data: bytes) -> int:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return 0
    count = 0
    try:
        for index in range(min(len(document), _PAGES_LOOKED_AT)):
            page = document[index]
            characters = page.get_textpage()
            if characters.count_chars() < _FEW_CHARACTERS:
                count += any(True for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))
            characters.close()
            page.close()
    except pypdfium2.PdfiumError:
        return count
    finally:
        document.close()
    return count


def _frames(data: bytes) -> int:
    try:
        with Image.open(io.BytesIO(data)) as image:
            return int(getattr(image, "n_frames", 1))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 1
