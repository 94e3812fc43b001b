"""What a protocol of a check says, as frozen values in Russian."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vekha.problems import Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding as the protocol tells it; ``waiver`` says who answers for leaving it, why and until when."""

    rule: str
    severity: Severity
    place: str
    text: str
    advice: str = ""
    basis: str = ""
    waiver: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The findings about one roadmap, or about the document as a whole."""

    title: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Protocol:
    """The whole protocol; ``crashed`` are the codes of rules by which nothing was checked."""

    about: str
    subject: str
    organisation: str
    source: str
    drawn_up_on: date
    checked: str
    rules: str
    sections: tuple[Section, ...]
    crashed: tuple[str, ...] = ()
    drawn_up_by: str = ""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """All findings, section by section."""
        return tuple(remark for section in self.sections for remark in section.remarks)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity nobody answers for leaving."""
        return sum(each.severity is severity and not each.waiver for each in self.remarks)

    @property
    def waived(self) -> int:
        """How many findings somebody answers for leaving."""
        return sum(bool(each.waiver) for each in self.remarks)
