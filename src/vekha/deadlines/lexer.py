"""A phrase as tokens: one pass of one regular expression, each token with its class, its number and its place."""

from __future__ import annotations

import re

from vekha.deadlines.words import KNOWN, classify

_TOKEN = re.compile(
    r"(?P<WORD>[^\W\d_]+)"
    r"|(?P<ISO>(?<!\d)[12]\d{3}-\d{1,2}-\d{1,2}(?!\d))"
    r"|(?P<DATE>\d{1,2} ?[./] ?\d{1,2} ?[./] ?(?:\d{4}|\d\d)(?!\d)|\d{1,2}-\d{1,2}-\d{4}(?!\d))"
    r"|(?P<MONTHYEAR>(?<![\d.])(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?!\d))"
    r"|(?P<DAYMONTH>(?<![\d.])\d{1,2}\.\d\d(?![\d.]\d))"
    r"|(?P<NUM>\d++(?: ?-? ?(?:го|ого|му|ому|ый|ой|ое|ая|ых)|-(?:й|е|м|я|ти|и|х|ю|мя|та|а))?(?![^\W\d_]))"
    r"|(?P<DIGITS>\d+)"
    r"|(?P<SIGN>[-‐‑‒–—―−⁃,;:()/+&])"
)
_SIGNS = {
    ",": "COMMA", ";": "SEMI", ":": "COLON", "(": "LPAR", ")": "RPAR", "/": "SLASH", "+": "PLUS", "&": "AND",
}  # fmt: skip
_NUMBERS_IN = re.compile(r"\d+")
_LARGEST = 99_999_999


class Cursor:
    """The tokens of one phrase as parallel lists, and the place the grammar has come to.

    ``kinds``, ``values`` and ``words`` are the class, the number and the folded spelling of each token; three END tokens
    close the lists, so that looking two tokens ahead never falls off. ``doubts`` collects the codes of what was guessed.
    """

    __slots__ = ("_matches", "doubts", "kinds", "pos", "text", "values", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: list[str] = []
        self.values: list[int] = []
        self.words: list[str] = []
        self.doubts: list[tuple[str, str]] = []
        self.pos = 0
        self._matches = list(_TOKEN.finditer(_fold(text)))
        self._read()

    def _read(self) -> None:
        kinds, values, words = self.kinds, self.values, self.words
        for match in self._matches:
            group, word = match.lastgroup, match.group()
            if group == "WORD":
                kind, value = KNOWN.get(word) or classify(word)
            elif group == "SIGN":
                kind, value = _SIGNS.get(word, "DASH"), 0
            elif group == "NUM" or group == "DIGITS":
                kind, value = "NUM", int(word) if word.isdigit() and len(word) < 9 else _number(word)
            else:
                kind, value = group or "", 0
            kinds.append(kind)
            values.append(value)
            words.append(word)
        kinds += ("END", "END", "END")
        values += (0, 0, 0)
        words += ("", "", "")

    def looking_at(self, *kinds: str) -> bool:
        """Whether the next tokens are of these classes, in order."""
        start = self.pos
        return tuple(self.kinds[start : start + len(kinds)]) == kinds

    def take(self, kind: str) -> bool:
        """Step over the next token if it is of this class."""
        if self.kinds[self.pos] == kind:
            self.pos += 1
            return True
        return False

    def take_all(self, *kinds: str) -> bool:
        """Step over the next tokens if they are of these classes, in order."""
        if self.looking_at(*kinds):
            self.pos += len(kinds)
            return True
        return False

    def take_any(self, kinds: frozenset[str]) -> bool:
        """Step over one token if its class is among these."""
        if self.kinds[self.pos] in kinds:
            self.pos += 1
            return True
        return False

    def start(self, position: int) -> int:
        """Where a token begins in the phrase; the END begins where the phrase ends."""
        return self._matches[position].start() if position < len(self._matches) else len(self.text)

    def end(self, position: int) -> int:
        """Where a token ends in the phrase."""
        return self._matches[position].end() if position < len(self._matches) else len(self.text)

    def source(self, first: int, last: int) -> str:
        """The phrase from one token to another, the last one not included."""
        return self.text[self.start(first) : self.end(last - 1)] if last > first else ""


def numbers_of(word: str) -> list[int]:
    """The numbers of a date in digits, as they stand.

    >>> numbers_of("01.03.2024")
    [1, 3, 2024]
    """
    return [int(number) for number in _NUMBERS_IN.findall(word)]


def _number(word: str) -> int:
    digits = word if word.isdigit() else _NUMBERS_IN.findall(word)[0]
    return int(digits) if len(digits) < 9 else _LARGEST


def _fold(text: str) -> str:
    """Lower case with «е» for «ё», every character keeping its place."""
    folded = text.lower().replace("ё", "е")
    if len(folded) != len(text):
        folded = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text).replace("ё", "е")
    return folded
