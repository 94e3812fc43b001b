"""What an amending order changes: «пункт 5 изложить в следующей редакции», «строку 3 исключить», «дополнить строкой 14»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vekha.intake.header.body import Clause
from vekha.orders.model import Amendment
from vekha.text.normalise import collapse, fold

_LONGEST = 20_000
_LONGEST_TARGET = 600
_ACTIONS = (
    ("rephrase", re.compile(
        r"\bслов\w*\s+[\"«].{0,2000}?\bзамен\w+|\bцифр\w*\s+[\"«].{0,500}?\bзамен\w+|\bзамен\w+\s+слов"
        r"|\bслов\w*\s+[\"«].{0,1500}?\b(?:исключ\w+|дополн\w+)|\bдополн\w+\s+слов", re.IGNORECASE,
    )),
    ("replace", re.compile(r"\bизлож\w+|\bв\s+(?:следующей|новой)\s+редакци|\bзамен\w+", re.IGNORECASE)),
    ("add", re.compile(r"\bдополн\w+|\bвключить\b|\bдобавить\b", re.IGNORECASE)),
    ("remove", re.compile(r"\bисключ\w+|\bпризна\w+\s+утратив|\bутратив\w+\s+силу|\bудалить\b", re.IGNORECASE)),
)  # fmt: skip
_AMENDS = re.compile(r"\bвнести\b|\bизменени[яй]|\bизлож\w+|\bдополнить\b|\bисключить\b|\bзаменить\b", re.IGNORECASE)
_PARTS = r"(?:пункт|строк|позици|подпункт|приложени|слова\b|слово\b|цифр)"
_DIRECT = re.compile(
    rf"(?:в\s+)?{_PARTS}|(?:дополнить|исключить|изложить|заменить)\s+(?:из\s+|в\s+)?(?:комплекс|дорожн|план)?\w*\s*{_PARTS}"
)
_LEADS = re.compile(r"\bвнести\b.*\bизменени", re.IGNORECASE | re.DOTALL)
_ROW_WORD = re.compile(
    r"\b(?:строк\w*|позици\w*|пункт\w*|подпункт\w*|мероприяти\w*|п\.|пп\.|стр\.)\s*(?:№№?|N)?\s*"
    r"(?P<list>[\"«]?\d{1,3}(?:\.\d{1,2}){0,2}[\"»]?(?:\s*(?:,|;|и|[-–—])\s*(?:(?:строк\w*|пункт\w*|позици\w*)\s*)?(?:№\s*)?\d{1,3}(?:\.\d{1,2}){0,2}(?!\d)){0,60})",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,3}(?:\.\d{1,2}){0,2})\s*[-–—]\s*(\d{1,3})(?![\d.]*\d)")
_ONE = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,2}")
_OF_THE_ORDER = re.compile(
    r"пункт\w*\s*(?:№\s*)?[\d.,\s и–-]{1,40}\s*(?:постановляющ\w+|распорядительн\w+"
    r"|(?:настоящ\w+|указанн\w+)?\s*(?:распоряжени|приказ|постановлени))",
    re.IGNORECASE,
)
_BY_ROW = re.compile(
    r"\bдополн\w+\s+(?:нов\w+\s+)?(?P<by>(?:строк|пункт|позици|мероприяти)\w*\s.*)", re.IGNORECASE | re.DOTALL
)
_QUOTED = re.compile(r"[«\"„][^»\"“]{0,3000}[»\"“]")


def find_amendments(clauses: Sequence[Clause]) -> tuple[Amendment, ...]:
    """Every change the items make to another act or its annexes, in order; an order that changes nothing gives none."""
    found: list[Amendment] = []
    for clause in clauses:
        if clause.preamble and not _LEADS.search(clause.text[:_LONGEST]):
            continue
        for text in _changes(clause):
            amendment = _read(text, clause)
            if amendment is not None:
                found.append(amendment)
    return tuple(found)


def _changes(clause: Clause) -> Iterator[str]:
    """The clause cut into its single changes; one that only announces changes below it gives none."""
    text = clause.text[:_LONGEST]
    inside = bool(_LEADS.search(clause.intro[:4000])) or bool(_AMENDS.search(clause.intro[:4000]))
    if not inside and not _LEADS.search(text) and not _direct(text):
        return
    lead = _LEADS.search(text)
    if lead is not None:
        after = re.search(r"изменени\w*[^:;]{0,400}?(?::|,\s*(?=излож|дополн|исключ|замен))", text, re.IGNORECASE)
        text = text[after.end() :] if after else text
    for part in _split(text):
        if part.strip():
            yield part.strip()


def _direct(text: str) -> bool:
    """A change without «внести изменения»: «Пункт 5 комплекса мер … изложить в следующей редакции»."""
    return _DIRECT.match(fold(text[:60])) is not None and _AMENDS.search(text) is not None


def _split(text: str) -> Iterator[str]:
    """At semicolons outside quotes."""
    depth = 0
    start = 0
    for position, character in enumerate(text):
        if character in "«„":
            depth += 1
        elif character in "»“":
            depth = max(0, depth - 1)
        elif character == ";" and depth == 0:
            yield text[start:position]
            start = position + 1
    yield text[start:]


def _read(text: str, clause: Clause) -> Amendment | None:
    plain = _QUOTED.sub(" «…» ", text)
    action = next((name for name, pattern in _ACTIONS if pattern.search(text if name == "rephrase" else plain)), None)
    if action is None:
        return None
    if (
        action == "remove"
        and re.match(r"признать", fold(text[:20]))
        and not re.search(r"строк|позици|пункт|мероприяти", plain.lower())
    ):
        return None
    return Amendment(action, collapse(text)[:_LONGEST_TARGET].strip(" ,;"), _rows(action, plain), clause.place)


def _rows(action: str, text: str) -> tuple[str, ...]:
    """The numbers of the rows a change is about; «дополнить … строкой 14» is about row 14, whatever stands before."""
    if _OF_THE_ORDER.search(text):
        return ()
    by = _BY_ROW.search(text) if action == "add" else None
    source = by["by"] if by else text
    rows: list[str] = []
    for match in _ROW_WORD.finditer(source):
        for number in _expand(match["list"]):
            if number not in rows:
                rows.append(number)
    return tuple(rows)


def _expand(written: str) -> Iterator[str]:
    """«3–5, 7» → 3, 4, 5, 7."""
    position = 0
    for match in _RANGE.finditer(written):
        yield from _ONE.findall(written[position : match.start()])
        position = match.end()
        first, last = match.group(1), match.group(2)
        if "." not in first and int(first) <= int(last) <= int(first) + 60:
            yield from (str(number) for number in range(int(first), int(last) + 1))
        else:
            yield from (first, last)
    yield from _ONE.findall(written[position:])
