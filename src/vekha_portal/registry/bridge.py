"""The only door of this app to the engines: packs of regions and programmes, and texts made equal for comparing."""

from __future__ import annotations

from collections.abc import Sequence

from vekha.packs.library import list_packs
from vekha.packs.model import ProgrammeRecord
from vekha.packs.model import Region as RegionRecord
from vekha.text.normalise import collapse, fold

__all__ = ["collapse", "fold", "list_programmes", "list_regions"]


def list_regions() -> Sequence[RegionRecord]:
    """The regions of the built-in packs, by code."""
    return sorted(list_packs().regions, key=lambda region: region.code)


def list_programmes() -> Sequence[ProgrammeRecord]:
    """The programmes of the built-in packs; those that follow no other come first."""
    return sorted(list_packs().programmes, key=lambda programme: programme.successor is not None)
