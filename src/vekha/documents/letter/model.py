"""What a letter says, as frozen values in Russian."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter before it is signed.

    ``sender`` and ``addressee`` are lines as they stand on the sheet; ``answers`` is the number and date of the letter that this one
    answers, if it does; ``attachments`` are named below the text; ``signatory`` is a post and a name, either may be empty.
    """

    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    subject: str
    paragraphs: tuple[str, ...]
    drawn_up_on: date
    answers: str = ""
    attachments: tuple[str, ...] = ()
    signatory: tuple[str, str] = ("", "")
    executor: str = ""
