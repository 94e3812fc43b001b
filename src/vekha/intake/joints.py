"""How two pieces of one cell meet: cut in the middle of a phrase, or one complete thing under another."""

from __future__ import annotations

import re

from vekha.intake.cells.marks import LINE_MARK
from vekha.intake.cells.responsibles import starts_responsible
from vekha.intake.cells.results import starts_with_document
from vekha.intake.header_words import Role
from vekha.text.lemmas import is_word
from vekha.text.lines import join_lines
from vekha.text.normalise import collapse

UNFINISHED = re.compile(
    r"(?:[,\-–—(«:/]|(?:^|\s)(?:и|или|а|в|во|на|по|с|со|к|о|об|от|до|для|из|за|у|при|под|над|через|не|не позднее|№|п\.|ст\.|г\.|им\.))$",
    re.IGNORECASE,
)

ENDING = re.compile(r"[А-Яа-яё]+$")
BEGINNING = re.compile(r"[а-яё]+")
LEAST_CUT = 6
LEAST_WORD = 3
INITIALS = re.compile(r"^[А-ЯЁ]\.\s?[А-ЯЁ]\.(?:,|\s*$)")  # of a surname that stands on the page above
BEGINS_DATE = re.compile(r"^(?:(?:до|не позднее|к|с)\s+)?\d{1,2}(?:\.\d|\s*[а-я])", re.IGNORECASE)


def joins_phrase(above: str, below: str, role: Role, *, over_page: bool) -> bool:
    """Whether ``below`` goes on with the phrase that ``above`` began.

    >>> joins_phrase("Департамент образования", "Энской области", Role.RESPONSIBLE, over_page=True)
    True
    >>> joins_phrase("Письмо комитета;", "Письмо оператора", Role.RESULT, over_page=True)
    False
    """
    upper, lower = collapse(above), collapse(below)
    if not upper or not lower:
        return True
    if LINE_MARK.match(lower) or _both_whole(upper, lower, role):
        return False
    if lower[0].islower() or lower[0] in ",.;:)»" or INITIALS.match(lower) or UNFINISHED.search(upper):
        return not (role is Role.RESPONSIBLE and upper.endswith((",", ";")))
    if role is Role.DEADLINE:
        return over_page or not any(letter.isdigit() for letter in upper)
    if role is Role.RESPONSIBLE:
        return not upper.endswith(";") and not starts_responsible(lower)
    if not over_page or upper.endswith((";", ".")):
        return False
    if role is Role.RESULT:
        return not starts_with_document(lower)
    return True


def _is_one_word(last: str, first: str) -> bool:
    """Whether a piece ends with the beginning of a word that the next piece begins with the end of."""
    head, tail = ENDING.search(last), BEGINNING.match(first)
    if head is None or tail is None or len(head[0]) < LEAST_CUT:
        return False
    begins, ends = is_word(head[0]), is_word(tail[0])
    if is_word(head[0] + tail[0]):
        return not (begins and ends and len(tail[0]) > LEAST_WORD)
    return not begins and not ends  # neither piece is a word of its own: a compound that no dictionary has


def _both_whole(upper: str, lower: str, role: Role) -> bool:
    """Whether each piece says a thing of its own although the second begins with a small letter: two documents, two dates."""
    if UNFINISHED.search(upper):
        return False
    if role is Role.RESULT:
        return starts_with_document(upper) and starts_with_document(lower)
    return role is Role.DEADLINE and any(letter.isdigit() for letter in upper) and bool(BEGINS_DATE.match(lower))


def join_cell(above: str, below: str, role: Role, *, over_page: bool, typeset: bool = False) -> str:
    """The two pieces as one text, with a hard break between them where each is a thing of its own.

    ``typeset`` is for pages set by a machine (PDF, scans): there a word too long for its column may be cut without a hyphen.

    >>> join_cell("не позднее", "25 августа", Role.DEADLINE, over_page=True)
    'не позднее 25 августа'
    >>> join_cell("и функционир", "ование центра", Role.TEXT, over_page=True, typeset=True)
    'и функционирование центра'
    """
    if not above.strip():
        return below
    if not below.strip():
        return above
    if joins_phrase(above, below, role, over_page=over_page):
        *before, last = above.rstrip().split("\n")
        first, *after = below.lstrip().split("\n")
        if over_page and typeset and _is_one_word(last, first):
            return "\n".join([*before, last + first, *after])
        return "\n".join([*before, join_lines([last, first]), *after])
    return f"{above.rstrip()}\n{below.lstrip()}"
