"""The only door of this app to the engines: words of dates, the chart's measurements, the list of regions."""

from __future__ import annotations

from functools import cache

from vekha.documents.plan.gantt import DAYS, HEAD, LABELS, ROW, Band
from vekha.documents.plan.wording import MONTHS_SHORT
from vekha.packs.library import list_packs
from vekha.text.months import MONTHS_GENITIVE

__all__ = ["DAYS", "HEAD", "LABELS", "MONTHS_GENITIVE", "MONTHS_SHORT", "ROW", "Band", "region_names"]


@cache
def region_names() -> dict[str, str]:
    """Code → name of every region of the built-in pack."""
    return {region.code: region.name for region in list_packs().regions}
