"""A picture file's bytes → upright greyscale pages of a sane size; every odd kind of picture ends here.

Palettes, transparency, CMYK, 16 bits, EXIF rotation and several pages (TIFF) are evened out; bombs and damage are refused.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image, UnidentifiedImageError

from vekha.intake.document import UnreadableFile
from vekha.problems import Problem, Severity

MAX_PAGES = 300
"""Pages of one TIFF; an order has a few dozen at most."""

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF", "MPO")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, KeyError, OverflowError, TypeError)
"""What Pillow's decoders are known to raise on damaged files (a broken PNG chunk is a ``SyntaxError`` there)."""

_COLOUR_LIFT = 90
"""How much lighter coloured ink (stamps, signatures, marks) may become than its luminance; black text does not change."""


_BAND = 256
"""Rows that are evened at a time: a large colour picture would otherwise be in memory several times over."""

_TURNS = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
"""How a picture is turned upright, by its EXIF orientation."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One page as a greyscale picture (0 black … 255 white) and its resolution, 0 where the file does not say."""

    grey: Image.Image
    dpi: int


@dataclass(frozen=True, slots=True)
class Frames:
    """The pages of a picture file: how many, what is to be said of them, and the pages themselves, opened one at a time.

    ``pages`` can be gone through once; it raises ``UnreadableFile`` at a damaged page.
    """

    count: int
    problems: tuple[Problem, ...]
    pages: Iterator[Frame]


def open_frames(data: bytes) -> Frames:
    """The pages of a PNG, JPEG, TIFF, BMP, WebP, GIF or HEIC picture; of an animation only the first frame, with a note.

    Raises ``UnreadableFile`` for damage, unknown kinds, pictures over Pillow's limit of pixels and more than 300 pages.
    """
    if not data:
        raise _unreadable("Файл изображения пуст.", "Получите файл заново.")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return Frames(1, (), _heif_pages(data))
    with _refusing_damage(), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        count = int(getattr(image, "n_frames", 1))
        kind = image.format
    if kind == "TIFF" and count > MAX_PAGES:
        raise _unreadable(f"В изображении страниц: {count}, больше {MAX_PAGES}.", "Разделите файл на части.")
    if kind == "TIFF":
        return Frames(count, (), _pages(data, count))
    notes = (_animation_note(count),) if count > 1 and kind != "MPO" else ()
    return Frames(1, notes, _pages(data, 1))


def even_grey(image: Image.Image) -> Image.Image:
    """Any picture as greyscale on white ground; coloured ink comes out lighter than black print.

    >>> even_grey(Image.new("RGBA", (1, 1), (0, 0, 0, 0))).getpixel((0, 0))
    255
    """
    if image.mode in ("L", "1") and "transparency" not in image.info:
        return image.convert("L")
    if image.mode.startswith(("I", "F")):
        return _from_deep(image)
    width, height = image.size
    grey = Image.new("L", image.size, 255)
    for top in range(0, height, _BAND):
        band = image.crop((0, top, width, min(top + _BAND, height)))
        grey.paste(_lifted(_on_white(band)), (0, top))
    return grey


def _pages(data: bytes, count: int) -> Iterator[Frame]:
    with _refusing_damage():
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    with image:
        for at in range(count):
            with _refusing_damage():
                image.seek(at)
                frame = _frame(image)
            yield frame


def _frame(image: Image.Image) -> Frame:
    dpi = _stated_dpi(image)
    orientation = image.getexif().get(0x0112, 1)
    grey = even_grey(image)
    for turn in _TURNS.get(orientation, ()):
        grey = grey.transpose(turn)
    return Frame(grey, dpi)


def _animation_note(count: int) -> Problem:
    return Problem(
        "scan-animated",
        f"В файле изображения кадров: {count}; прочитан только первый.",
        Severity.NOTE,
        "Если кадры — страницы документа, сохраните их в TIFF или PDF.",
    )


def _stated_dpi(image: Image.Image) -> int:
    stated = image.info.get("dpi")
    try:
        value = float(stated[0]) if stated else 0.0
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0
    return round(value) if 72 < value <= 2400 else 0


def _heif_pages(data: bytes) -> Iterator[Frame]:
    import pillow_heif  # noqa: PLC0415 — loads a codec library that other formats do not need

    with _refusing_damage():
        opened = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
        width, height = opened.size
        if Image.MAX_IMAGE_PIXELS is not None and width * height > Image.MAX_IMAGE_PIXELS:
            raise Image.DecompressionBombError(f"{width}x{height}")
        frame = Frame(even_grey(opened.to_pillow()), 0)
    yield frame


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        colour = image.convert("RGBA")
        ground = Image.new("RGBA", colour.size, (255, 255, 255, 255))
        ground.alpha_composite(colour)
        image = ground
    return image.convert("RGB")


def _from_deep(image: Image.Image) -> Image.Image:
    values = np.nan_to_num(np.asarray(image).astype(np.float64), posinf=0.0, neginf=0.0)
    top = 65535.0 if image.mode.startswith("I") and 255 < values.max(initial=0.0) <= 65535 else values.max(initial=0.0)
    return Image.fromarray(np.clip(values * (255.0 / (top or 1.0)), 0, 255).astype(np.uint8))


def _lifted(image: Image.Image) -> Image.Image:
    rgb = np.asarray(image)
    luma = np.asarray(image.convert("L"))
    lifted = np.minimum(rgb.max(axis=2), np.minimum(luma, 255 - _COLOUR_LIFT) + _COLOUR_LIFT)
    return Image.fromarray(lifted.astype(np.uint8))


@contextmanager
def _refusing_damage() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise _unreadable(
            "Изображение слишком велико: больше 89 миллионов точек на странице.",
            "Отсканируйте документ с разрешением 300 точек на дюйм.",
        ) from error
    except UnidentifiedImageError as error:
        raise _unreadable(
            "Файл не распознан как изображение (PNG, JPEG, TIFF, BMP, WebP, GIF, HEIC) или повреждён.",
            "Получите файл заново или пересохраните его в PNG или PDF.",
        ) from error
    except _DAMAGE as error:
        raise _unreadable(
            "Изображение повреждено: его не удалось раскрыть до конца.",
            "Получите файл заново или отсканируйте документ ещё раз.",
        ) from error


def _unreadable(message: str, hint: str) -> UnreadableFile:
    return UnreadableFile(Problem("image-unreadable", message, Severity.ERROR, hint))
