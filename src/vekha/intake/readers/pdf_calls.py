"""pdfium's functions that are called for every character, object or line of a page, with plain integers for pointers.

The bindings that come with pdfium check and wrap each argument, which costs three times as much as the call itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_POINTER, _INT, _UINT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint

Call = Callable[..., Any]


def _plain(function: Any, result: Any, *arguments: Any) -> Call:
    """The same function of the library; a pointer in is an address or ``None``, a pointer out an address or ``None``."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


def address_of(handle: Any) -> int:
    """The address behind one of pdfium's typed handles."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


count_chars: Call = _plain(pdfium.FPDFText_CountChars, _INT, _POINTER)
char_code: Call = _plain(pdfium.FPDFText_GetUnicode, _UINT, _POINTER, _INT)
char_object: Call = _plain(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
char_box: Call = _plain(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
char_matrix: Call = _plain(pdfium.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
char_size: Call = _plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
text_mode: Call = _plain(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
text_font: Call = _plain(pdfium.FPDFTextObj_GetFont, _POINTER, _POINTER)
font_name: Call = _plain(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t)
font_flags: Call = _plain(pdfium.FPDFFont_GetFlags, _INT, _POINTER)

count_objects: Call = _plain(pdfium.FPDFPage_CountObjects, _INT, _POINTER)
page_object: Call = _plain(pdfium.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
count_form_objects: Call = _plain(pdfium.FPDFFormObj_CountObjects, _INT, _POINTER)
form_object: Call = _plain(pdfium.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
object_kind: Call = _plain(pdfium.FPDFPageObj_GetType, _INT, _POINTER)
object_matrix: Call = _plain(pdfium.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
object_bounds: Call = _plain(pdfium.FPDFPageObj_GetBounds, _INT, *[_POINTER] * 5)
fill_colour: Call = _plain(pdfium.FPDFPageObj_GetFillColor, _INT, *[_POINTER] * 5)
stroke_colour: Call = _plain(pdfium.FPDFPageObj_GetStrokeColor, _INT, *[_POINTER] * 5)
draw_mode: Call = _plain(pdfium.FPDFPath_GetDrawMode, _INT, *[_POINTER] * 3)
count_segments: Call = _plain(pdfium.FPDFPath_CountSegments, _INT, _POINTER)
path_segment: Call = _plain(pdfium.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
segment_kind: Call = _plain(pdfium.FPDFPathSegment_GetType, _INT, _POINTER)
segment_point: Call = _plain(pdfium.FPDFPathSegment_GetPoint, _INT, *[_POINTER] * 3)
segment_closes: Call = _plain(pdfium.FPDFPathSegment_GetClose, _INT, _POINTER)


class Slots:
    """A few numbers of one C type that the library writes into; ``addresses`` are to be passed, values read by index."""

    def __init__(self, kind: Any, count: int) -> None:
        self.values = (kind * count)()
        start, step = ctypes.addressof(self.values), ctypes.sizeof(kind)
        self.addresses = [start + step * place for place in range(count)]
