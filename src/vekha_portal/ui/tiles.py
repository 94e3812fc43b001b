"""The map of the regions as equal tiles: small regions are seen as well as large ones, and a tile holds a number and a link."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from vekha_portal.ui.tones import Tone

SIDE = 58
GAP = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a region's tile stands, and the letters on it."""

    code: str
    column: int
    row: int
    short: str


@dataclass(frozen=True, slots=True)
class TileValue:
    """What a region's tile says: a short figure, a tone with its word, a sentence for the pointer, an address."""

    figure: str
    tone: Tone
    word: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile in pixels; ``value`` is absent where there is nothing to say."""

    x: int
    y: int
    short: str
    name: str
    value: TileValue | None

    @property
    def title(self) -> str:
        """What a pointer and a screen reader get."""
        return f"{self.name}: {self.value.title}" if self.value else f"{self.name}: нет данных"


@dataclass(frozen=True, slots=True)
class TileMap:
    """All tiles, row by row, so that the keyboard walks as the eye does."""

    width: int
    height: int
    tiles: tuple[Tile, ...]


@cache
def list_places() -> tuple[Place, ...]:
    """The places of all regions, row by row."""
    with Path(__file__).with_name("tiles.csv").open(encoding="utf-8", newline="") as file:
        rows = [Place(row["code"], int(row["column"]), int(row["row"]), row["short"]) for row in csv.DictReader(file)]
    return tuple(sorted(rows, key=lambda place: (place.row, place.column)))


def draw_tiles(values: Mapping[str, TileValue], *, names: Mapping[str, str]) -> TileMap:
    """The map for values and names by region code; a code without a place is a mistake and raises ``KeyError``."""
    places = list_places()
    if unknown := values.keys() - {place.code for place in places}:
        raise KeyError(f"no tile for {sorted(unknown)}")
    step = SIDE + GAP
    tiles = tuple(
        Tile(place.column * step + 1, place.row * step + 1, place.short, names[place.code], values.get(place.code))
        for place in places
    )
    columns, rows = (max(getattr(place, axis) for place in places) + 1 for axis in ("column", "row"))
    return TileMap(
        columns * step - GAP + 2, rows * step - GAP + 2, tiles
    )  # a pixel around for the lines of the outermost


def draw_marks(tiles: Sequence[Tile]) -> SafeString:
    """The tiles as SVG; plain string building, since templates took a tenth of the page of the country."""
    return mark_safe("".join(map(_mark, tiles)))


def _mark(tile: Tile) -> str:
    value = tile.value
    middle = tile.x + SIDE // 2
    shape = (
        f'<title>{escape(tile.title)}</title><rect x="{tile.x}" y="{tile.y}" width="{SIDE}" height="{SIDE}" rx="4"/>'
        f'<text class="vk-tile-name" x="{middle}" y="{tile.y + 23}">{escape(tile.short)}</text>'
    )
    if value is None:
        return f'<g class="vk-tile vk-tile-none" role="img">{shape}</g>'
    shape += f'<text class="vk-tile-figure" x="{middle}" y="{tile.y + 44}">{escape(value.figure)}</text>'
    if value.url:
        return f'<a href="{escape(value.url)}" class="vk-tile vk-tone-{value.tone}">{shape}</a>'
    return f'<g class="vk-tile vk-tone-{value.tone}" role="img">{shape}</g>'
