"""Writes of waves and centres. The list of schools is kept here; what follows from it for milestones, above."""

from __future__ import annotations

from vekha_portal.centres.actions.cards import change_centre, close_centre, open_centre, rename_centre
from vekha_portal.centres.actions.lists import add_centres, keep_list, remove_centre
from vekha_portal.centres.actions.waves import change_wave, close_wave, open_wave

__all__ = [
    "add_centres",
    "change_centre",
    "change_wave",
    "close_centre",
    "close_wave",
    "keep_list",
    "open_centre",
    "open_wave",
    "remove_centre",
    "rename_centre",
]
