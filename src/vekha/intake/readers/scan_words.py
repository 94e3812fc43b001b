"""Recognised words → lines → text: dashes by their width, slips of recognition put right where certain, list items on new lines.

Knows pictures only by the boxes of their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vekha.intake.readers.scan_ocr import Word
from vekha.text.lines import join_lines
from vekha.text.lookalikes import fix_lookalikes
from vekha.text.months import MONTHS

_REPAIRED = 0.9
"""What a repaired word's confidence is multiplied by."""

_DASHES = frozenset("-–—−")
_HYPHEN_WIDTH, _EN_DASH_WIDTH = 0.84, 1.65
"""Of a small letter's height: narrower is a hyphen, wider an em dash (they are 0.33, 0.5 and 1 em; a letter is 0.45 em)."""

_FLAT = frozenset("АВГЕЖЗИКЛМНОПСТХЧШЫЬЭЮЯ")
_NEARLY_FLAT = _FLAT | frozenset("ДЦЩ")
"""Capitals whose small letters look the same and do not, or hardly, reach under the line."""

_SMALL, _NEARLY_SMALL = 1.16, 1.38
"""Of a small letter's height: a word in such capitals that is not higher was drawn in small letters (capitals: 1.45)."""

_LIST_MARK = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[а-яё]\)|[-–—•·▪●])\s+\S")
_ITEM_END = (";", ":", ".", ",")
_DOUBLE_DOT = re.compile(r"(?<![.…])\.\.(?![.…])")
_LATIN_SCHOOL = re.compile(r"(?P<kind>МАДО|МБДО|МКДО|ОГБО|ОГАО|КГБО|МАО|МБО|МКО|ГБО|ГАО|ГКО)[UVЧЦТПИЛ]{1,2}\Z")
"""«MAOU» typed in Latin letters: a model of Russian has no U and gives one of these instead, but reads a true «У» well."""

_TO_LATIN = str.maketrans("МАБКГОД", "MABKGOD")
_NUMERO = re.compile(r"(?:N[°ºe]|Nо|№№|Ле|Ме)(?=\d|\Z)")
_DOTLESS_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[:;,]\Z")
_NUMBER_HEAD = re.compile(r"№\s?п\s?[/|иiгтl1]\s?[пнт]\.?\Z")
_DIGIT_TWINS = str.maketrans("ОоOoЗзбlI|", "0000336111")
_DATE = re.compile(r"(?:[012]?\d|3[01])\.(?:0?[1-9]|1[012])\.(?:19|20)\d\d\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\Z")
_TAIL = ".,;:)"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one picture: text, box, and the confidence of its words, weighted by length, with the weakest word's own."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    weakest: float
    weight: int


def build_lines(words: Sequence[Word], *, letter: float) -> list[Line]:
    """The words' lines from top to bottom; ``letter`` is the height of a small letter in the same points."""
    by_line: dict[int, list[Word]] = {}
    for word in words:
        by_line.setdefault(word.line, []).append(word)
    lines = [_line(repair(sorted(line, key=lambda word: word.left), letter=letter)) for line in by_line.values()]
    return sorted(lines, key=lambda line: (line.top, line.left))


def repair(words: Sequence[Word], *, letter: float) -> list[Word]:
    """The words of one line with certain slips put right; a word that was changed for doubtful reasons is trusted less."""
    repaired = [_small(_dash(word, letter), letter) for word in words]
    for at, word in enumerate(repaired):
        after = repaired[at + 1].text if at + 1 < len(repaired) else ""
        meant = _meant(word.text, after)
        if meant != word.text:
            repaired[at] = replace(word, text=meant, confidence=word.confidence * _REPAIRED)
    return repaired


def wrapped_text(lines: Sequence[Line]) -> str:
    """The lines as one text: wrapped lines joined, a hard break before every item of a list.

    >>> wrapped_text([Line(text, 0, 0, 9, 9, 1, 1, 9) for text in ("Утверждены:", "1) план обще-", "образовательный;", "2) перечень")])
    'Утверждены:\\n1) план общеобразовательный;\\n2) перечень'
    """
    pieces: list[list[str]] = []
    for line in lines:
        new_item = _LIST_MARK.match(line.text) is not None and (not pieces or pieces[-1][-1].endswith(_ITEM_END))
        if new_item or not pieces:
            pieces.append([line.text])
        else:
            pieces[-1].append(line.text)
    return "\n".join(join_lines(piece) for piece in pieces)


def starts_item(text: str) -> bool:
    """Does the line begin with a list mark: «1.», «2.1.», «а)», «–»?"""
    return _LIST_MARK.match(text) is not None


def short_text(text: str) -> str:
    """The whole text of a cell, put right where it is a number with a misread dot, or the usual head of a column of numbers.

    >>> short_text("2:"), short_text("№ пит")
    ('2.', '№ п/п')
    """
    if _DOTLESS_NUMBER.match(text):
        return text[:-1] + "."
    return "№ п/п" if _NUMBER_HEAD.match(text) else text


def joint_confidence(lines: Iterable[Line]) -> float:
    """The confidence of a text 0…1: the mean by length, drawn down half-way to its weakest word; 1 for no text."""
    known = [line for line in lines if line.weight]
    if not known:
        return 1.0
    mean = sum(line.confidence * line.weight for line in known) / sum(line.weight for line in known)
    return round((mean + min(line.weakest for line in known)) / 2, 3)


def _line(words: Sequence[Word]) -> Line:
    spelled = [word for word in words if any(letter.isalnum() for letter in word.text)] or list(words)
    weight = sum(len(word.text) for word in spelled)
    return Line(
        text=" ".join(word.text for word in words),
        left=min(word.left for word in words),
        top=min(word.top for word in words),
        right=max(word.right for word in words),
        bottom=max(word.bottom for word in words),
        confidence=sum(word.confidence * len(word.text) for word in spelled) / weight,
        weakest=min(word.confidence for word in spelled),
        weight=weight,
    )


def _dash(word: Word, letter: float) -> Word:
    """A dash that stands alone, by its drawn width."""
    if not word.text or not set(word.text) <= _DASHES or len(word.text) > 1 or letter <= 0:
        return word
    width = (word.right - word.left) / letter
    mark = "-" if width < _HYPHEN_WIDTH else "–" if width < _EN_DASH_WIDTH else "—"
    return replace(word, text=mark)


def _small(word: Word, letter: float) -> Word:
    """A word read in capitals, or with one, but no higher than small letters, as it was drawn («ПИСЬМО» for «письмо»)."""
    letters = word.text.rstrip(".")
    signs = set(letters.upper())
    capital = letters.isupper() or (letters[:1].isupper() and letters[1:].islower())
    if not capital or not signs <= _NEARLY_FLAT or letter <= 0:
        return word
    height = (word.bottom - word.top) / letter
    return replace(word, text=word.text.lower()) if height <= (_SMALL if signs <= _FLAT else _NEARLY_SMALL) else word


def _meant(text: str, after: str) -> str:
    text = fix_lookalikes(text.replace("<<", "«").replace(">>", "»").replace("‹‹", "«").replace("››", "»"))
    text = _DOUBLE_DOT.sub(".", _NUMERO.sub("№", text))
    core = text.rstrip(_TAIL)
    school = _LATIN_SCHOOL.match(core)
    if school is not None:
        return school["kind"].translate(_TO_LATIN) + "U" + text[len(core) :]
    digits = core.translate(_DIGIT_TWINS)
    if digits == core or not digits[:1].isdigit() or not any(letter.isdigit() for letter in core):
        return text
    if _DATE.match(digits) or _YEAR.match(digits) or (_DAY.match(digits) and after.casefold().strip(_TAIL) in MONTHS):
        return digits + text[len(core) :]
    return text
