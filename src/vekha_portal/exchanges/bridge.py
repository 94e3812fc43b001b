"""The only door of this app to the engines: the draft of a letter as a file."""

from __future__ import annotations

from vekha.documents.letter.docx import write_letter
from vekha.documents.letter.model import LetterDraft

__all__ = ["LetterDraft", "write_letter"]
