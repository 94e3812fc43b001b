"""What a colour means, everywhere the same; it never stands without an icon and words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """The six meanings a colour may have; style sheets know them by these values."""

    GOOD = "good"
    BUSY = "busy"
    ATTENTION = "attention"
    BAD = "bad"
    WAITING = "waiting"
    QUIET = "quiet"


SIGNS = {
    Tone.GOOD: "circle-check",
    Tone.BUSY: "progress",
    Tone.ATTENTION: "alert-triangle",
    Tone.BAD: "alert-hexagon",
    Tone.WAITING: "clock-pause",
    Tone.QUIET: "circle-dashed",
}


@dataclass(frozen=True, slots=True)
class State:
    """The state of a thing as a person sees it: words, a tone, an icon that defaults to the tone's own."""

    label: str
    tone: Tone = Tone.QUIET
    icon: str = ""

    @property
    def sign(self) -> str:
        """The icon to draw."""
        return self.icon or SIGNS[self.tone]
