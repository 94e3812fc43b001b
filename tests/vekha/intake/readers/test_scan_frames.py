"""Picture files of every odd kind become grey pages or a clear refusal, never a traceback."""

from __future__ import annotations

import io
import random
import struct
import zlib

import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.builders.scan_pages import packed
from vekha.intake.document import UnreadableFile
from vekha.intake.readers.scan_frames import MAX_PAGES, Frame, even_grey, open_frames
from vekha.problems import Problem


def read_frames(data: bytes) -> tuple[tuple[Frame, ...], tuple[Problem, ...]]:
    """All pages at once, with what is said of them."""
    frames = open_frames(data)
    pages = tuple(frames.pages)
    assert len(pages) == frames.count
    return pages, frames.problems


def picture(mode: str = "L", size: tuple[int, int] = (120, 80)) -> Image.Image:
    """A white sheet with a black bar near its upper left corner."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).rectangle((10, 5, 60, 15), fill=0)
    return image.convert(mode)


def is_the_picture(grey: Image.Image) -> bool:
    values = np.asarray(grey)
    return bool(values[10, 30] < 40 and values[60, 100] > 215)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_every_kind_of_file(kind: str) -> None:
    frames, problems = read_frames(packed(picture(), kind))
    assert [is_the_picture(frame.grey) for frame in frames] == [True]
    assert problems == ()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "HSV", "LAB", "I", "I;16", "F"])
def test_every_mode_of_picture(mode: str) -> None:
    image = picture("L" if mode in ("HSV", "LAB", "I;16") else mode)
    if mode in ("HSV", "LAB"):
        image = (
            picture("RGB").convert(mode)
            if mode == "HSV"
            else Image.merge("LAB", (picture(), *[Image.new("L", (120, 80), 128)] * 2))
        )
    if mode == "I;16":
        image = Image.fromarray((np.asarray(picture()).astype(np.uint16)) * 257)
    assert is_the_picture(even_grey(image))


def test_transparent_ground_is_white() -> None:
    image = Image.new("RGBA", (120, 80), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((10, 5, 60, 15), fill=(0, 0, 0, 255))
    (frame,), _ = read_frames(packed(image))
    assert is_the_picture(frame.grey)


def test_palette_with_a_transparent_colour() -> None:
    image = picture("P")
    (frame,), _ = read_frames(packed(image, "PNG", transparency=255))
    assert is_the_picture(frame.grey)


def test_coloured_ink_comes_out_lighter_than_black_but_is_not_lost() -> None:
    image = Image.new("RGB", (3, 1), (0, 0, 0))
    image.putpixel((1, 0), (30, 40, 190))
    image.putpixel((2, 0), (220, 30, 30))
    black, blue, red = np.asarray(even_grey(image))[0]
    assert black == 0
    assert 100 < blue < 190
    assert 100 < red < 190


def test_exif_rotation_is_honoured() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = picture().rotate(90, expand=True)
    (frame,), _ = read_frames(packed(turned, "JPEG", exif=exif.tobytes()))
    assert frame.grey.size == (120, 80)
    assert is_the_picture(frame.grey)


def test_heic() -> None:
    out = io.BytesIO()
    pillow_heif.from_pillow(picture("RGB", (256, 192))).save(out, quality=90)
    (frame,), _ = read_frames(out.getvalue())
    assert frame.grey.size == (256, 192)
    assert is_the_picture(frame.grey)


def test_pages_of_a_tiff_are_frames() -> None:
    pages = [picture(), picture("1"), picture("RGB", (200, 100))]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200))
    frames, problems = read_frames(out.getvalue())
    assert [frame.grey.size for frame in frames] == [(120, 80), (120, 80), (200, 100)]
    assert all(is_the_picture(frame.grey) for frame in frames)
    assert frames[0].dpi == 200
    assert problems == ()


def test_too_many_pages_are_refused() -> None:
    small = Image.new("1", (8, 8))
    out = io.BytesIO()
    small.save(out, "TIFF", save_all=True, append_images=[small] * MAX_PAGES)
    with pytest.raises(UnreadableFile) as refusal:
        read_frames(out.getvalue())
    assert str(MAX_PAGES + 1) in refusal.value.problem.message


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_is_read_and_said_so(kind: str) -> None:
    out = io.BytesIO()
    others = [Image.new("RGB", (120, 80), colour) for colour in ("gray", "navy")]
    picture().convert("RGB").save(out, kind, save_all=True, append_images=others)
    frames, problems = read_frames(out.getvalue())
    assert [is_the_picture(frame.grey) for frame in frames] == [True]
    assert [problem.code for problem in problems] == ["scan-animated"]
    assert "3" in problems[0].message


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims a huge size in few bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(30_000, 30_000), (12_000, 10_000), (2_000_000_000, 2_000_000_000)])
def test_a_bomb_is_refused_before_it_goes_off(size: tuple[int, int]) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_frames(bomb(*size))
    assert "велико" in refusal.value.problem.message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_a_truncated_file_is_refused(kind: str, share: float) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (200, 300), np.uint8))
    data = packed(noise, kind)
    with pytest.raises(UnreadableFile) as refusal:
        read_frames(data[: int(len(data) * share)])
    assert refusal.value.problem.code == "image-unreadable"
    assert refusal.value.problem.hint


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypheic", b"II*\0", b"GIF89a", b"BM", b"\xff\xd8\xff"]
)
def test_what_only_begins_like_a_picture_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_frames(data)


@pytest.mark.fuzz
@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"]), seed=st.integers(0, 2**32))
def test_soiled_bytes_give_a_page_or_a_refusal(kind: str, seed: int) -> None:
    data = bytearray(packed(picture(), kind))
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        frames, _ = read_frames(bytes(data))
    except UnreadableFile as refusal:
        assert refusal.problem.message
    else:
        assert all(frame.grey.mode == "L" for frame in frames)
