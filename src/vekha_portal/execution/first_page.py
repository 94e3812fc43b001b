"""The first page of a document as a small JPEG: a program of its own, so that a hostile file breaks it and nothing else.

Run as ``python first_page.py <file> <media type>``; writes the picture to standard output. Knows neither Django nor the portal.
"""

from __future__ import annotations

import resource
import sys

WIDTH, HEIGHT = 480, 640
MEMORY = 1 << 30
SECONDS = 15
MOST_PIXELS = 100_000_000


def draw(path: str, media_type: str) -> None:
    """Draw the first page or the picture, upright, without whatever else the file tells."""
    import pypdfium2  # noqa: PLC0415 — after the limits hold
    from PIL import Image, ImageOps  # noqa: PLC0415 — after the limits hold

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    if media_type == "application/pdf":
        page = pypdfium2.PdfDocument(path)[0]
        width, height = page.get_size()
        picture = page.render(scale=min(WIDTH / max(width, 1), HEIGHT / max(height, 1), 4)).to_pil()
    else:
        opened = Image.open(path)
        opened.draft("RGB", (WIDTH * 2, HEIGHT * 2))
        picture = ImageOps.exif_transpose(opened)
    picture.thumbnail((WIDTH, HEIGHT))
    sheet = Image.new("RGB", picture.size, "white")
    colours = picture.convert("RGBA")
    sheet.paste(colours, mask=colours.getchannel("A"))
    sheet.save(sys.stdout.buffer, "JPEG", quality=80)


def main() -> None:
    """Set the limits, then draw."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    draw(sys.argv[1], sys.argv[2])


if __name__ == "__main__":
    main()
