"""The annexes an order declares in its items: «Утвердить комплекс мер … согласно приложению № 2», «прилагаемый перечень показателей»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vekha.intake.header.body import Clause
from vekha.intake.header.model import AnnexDeclaration, AnnexKind
from vekha.intake.header.words import INDICATORS_WORD, ROADMAP_WORD
from vekha.text.normalise import collapse, fold

_LONGEST = 20_000
_REFERENCE = re.compile(
    r"[(,]?\s*(?:(?:согласно|в\s+соответствии\s+с[о]?|по\s+форме\s+согласно|приведенн\w+\s+в|указанн\w+\s+в|установленн\w+\s+в)\s+)?(?P<word>приложени(?:е|я|ю|ем|и|ях|ям|ями))"
    r"(?:\s*(?:№№?|N)?\s*(?P<number>\d{1,3}(?:\.\d{1,2})?)(?!\d)(?:\s*[,и–-]\s*(?:№|N)?\s*(?P<second>\d{1,3})(?![\d.]))?)?"
    r"(?:\s+к\s+(?:настоящему\s+)?(?:распоряжению|приказу|постановлению|решению|письму))?\s*\)?",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"\bприлага(?:ем\w+|ется|ются)|\(\s*прилага\w+\s*\)", re.IGNORECASE)
_APPROVE = re.compile(
    r"\b(?:утвердить|утверждается|утверждаются|утверждаю|ввести\s+в\s+действие|принять|одобрить|согласовать)\b",
    re.IGNORECASE,
)
_REVISE = re.compile(r"\b(?:излож\w+|внести\b|дополн\w+)", re.IGNORECASE)
_OTHER_ACT = re.compile(
    r"(?:утвержденн\w+|утверждённ\w+)\s+(?:\w+\s+){0,6}?(?:распоряжени|приказ|постановлени)|признать\s+утративш|отменить|\bк\s+(?:распоряжению|приказу|постановлению)\s+(?!\()",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[«\"„][^»\"“]{0,2000}[»\"“]")
_LEADING = re.compile(
    r"^(?:\s|[,;:–—-]|и\s|а\s+также\s|утвердить\b|утверждается\b|утверждаются\b|одобрить\b|принять\b|согласовать\b|ввести\s+в\s+действие\b"
    r"|прилагаем\w+\b|прилагаемые\b|следующ\w+\b|к\s+исполнению\b)+",
    re.IGNORECASE,
)
_OTHER_HEAD = re.compile(
    r"\b(?:переч\w+\s+(?:общеобразоват|образоват|муниципальн|школ|организац|учрежд|должност|оборуд|объект)|реестр\w*|положени\w+|состав\w*|список\w*|концепци\w+)"
)
_HEAD_WORD = re.compile(
    r"\b(?:комплекс\w*|дорожн\w+|план\w*|переч\w+|показател\w+|индикатор\w+|положени\w+|реестр\w*|состав\w*|спис\w+|форм[ау]\w*|график\w*|порядок|концепци\w+|значени\w+)"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a clause that is about one annex: its own words, the reference at its end, and the order's verb above it."""

    text: str
    number: str | None
    referred: bool
    approving: bool


def annex_kind(text: str) -> AnnexKind:
    """What an annex with such a title is; the word that comes first decides between a roadmap and its indicators.

    >>> annex_kind("перечень показателей и индикаторов создания центра").value
    'indicators'
    >>> annex_kind("Комплекс мер («дорожную карту») по созданию центров").value, annex_kind("типовое положение").value
    ('roadmap', 'other')
    """
    key = fold(text[:_LONGEST])
    roadmap = ROADMAP_WORD.search(key)
    indicators = INDICATORS_WORD.search(key)
    other = _OTHER_HEAD.search(key)
    starts = [(found.start(), kind) for found, kind in (
        (roadmap, AnnexKind.ROADMAP), (indicators, AnnexKind.INDICATORS), (other, AnnexKind.OTHER),
    ) if found is not None]  # fmt: skip
    return min(starts)[1] if starts else AnnexKind.OTHER


def find_annexes(clauses: Sequence[Clause]) -> tuple[AnnexDeclaration, ...]:
    """Every annex the items declare, once each, in order.

    Roadmaps and indicator lists count when the order approves or revises them, or refers to them by a number not met before;
    anything else counts only where it refers to an annex. Acts that are cited, amended or repealed declare nothing.
    """
    found: list[AnnexDeclaration] = []
    numbers: set[str] = set()
    for clause in clauses:
        if clause.preamble and not _APPROVE.search(clause.text[:_LONGEST]):
            continue
        for piece in _pieces(clause):
            declaration = _declare(piece, clause, numbers)
            if declaration is not None and not _repeats(declaration, found):
                found.append(declaration)
                if declaration.number is not None:
                    numbers.add(declaration.number)
    return tuple(found)


def _repeats(new: AnnexDeclaration, found: Sequence[AnnexDeclaration]) -> bool:
    """An unnumbered reference to what is declared already («исполнить комплекс мер согласно приложению»)."""
    if new.number is not None:
        return False
    same = [old for old in found if old.kind is new.kind and old.number is None]
    return any(fold(old.title) == fold(new.title) for old in same)


def _declare(piece: _Piece, clause: Clause, numbers: set[str]) -> AnnexDeclaration | None:
    if piece.number is not None and piece.number in numbers:
        return None
    title = _title(piece.text)
    kind = annex_kind(_unquoted(title))
    if kind is AnnexKind.OTHER and not _HEAD_WORD.search(fold(title)):
        kind = annex_kind(_unquoted(clause.intro)) if clause.intro else kind
    if not piece.referred and (kind is AnnexKind.OTHER or not piece.approving):
        return None
    if piece.referred and piece.number is None and not piece.approving:
        return None
    return AnnexDeclaration(piece.number, kind, title, clause.place)


def _unquoted(text: str) -> str:
    """Without quoted titles of other acts; short quotes («дорожную карту») stay."""
    return _QUOTED.sub(lambda match: match.group() if len(match.group()) < 30 else " ", text)


def _title(text: str) -> str:
    title = _LEADING.sub("", collapse(text)).strip(" ,;:.–—-")
    title = re.sub(r"\(\s*\)?$", "", title).strip(" ,;:.–—-")
    title += "." if title.endswith((" гг", " г")) else ""
    return title[:1].upper() + title[1:]


def _pieces(clause: Clause) -> Iterator[_Piece]:
    """The clause cut after every reference to an annex, or at semicolons where it refers to none by number."""
    text = clause.text[:_LONGEST]
    approving = bool(_APPROVE.search(text) or _APPROVE.search(clause.intro[:_LONGEST]) or _revises(clause))
    if _OTHER_ACT.search(_before_reference(text)) and not _REVISE.search(f"{clause.intro[:2000]} {text}"):
        approving = False
        if not _APPROVE.match(text):
            return
        approving = True
    references = [match for match in _REFERENCE.finditer(text) if _is_own(match, text)]
    if not references:
        yield from _unreferenced(clause, text, approving=approving)
        return
    position = 0
    for match in references:
        words = text[position : match.start()]
        position = match.end()
        for number in [match["number"], match["second"]] if match["second"] else [match["number"]]:
            yield _Piece(words, number, True, approving)


def _revises(clause: Clause) -> bool:
    """An amending order brings the whole annex anew («изложить в новой редакции согласно приложению»)."""
    return bool(_REVISE.search(clause.text[:_LONGEST])) and "редакци" in clause.text[:_LONGEST].lower()


def _before_reference(text: str) -> str:
    match = _REFERENCE.search(text)
    return text[: match.start()] if match else text


def _is_own(match: re.Match[str], text: str) -> bool:
    """A reference to an annex of this order: not «приложение № 1 изложить …», not «приложение к постановлению Правительства»."""
    word = match["word"].lower()
    bracketed = text[match.start()] == "(" or text[max(0, match.start() - 1) : match.start()] == "("
    if re.match(
        r"\s*к\s+(?:\w+\s+){0,3}(?:распоряжени|приказ|постановлени|письм|методическ|государственн)",
        text[match.end() : match.end() + 80],
    ):
        return False
    if word in ("приложение", "приложения"):
        return bracketed or bool(re.search(r"(?:согласно|форме|форма)\s*$", text[: match.start()][-20:], re.IGNORECASE))
    return word in ("приложению", "приложением", "приложениям", "приложениями") or "согласно" in match.group().lower()


def _unreferenced(clause: Clause, text: str, *, approving: bool) -> Iterator[_Piece]:
    if not approving or text.endswith(":"):
        return
    if not (_APPROVE.match(text) or clause.intro or _APPROVE.search(text)):
        return
    attached = bool(_ATTACHED.search(text) or _ATTACHED.search(clause.intro))
    start = _APPROVE.search(text)
    body = text[start.start() :] if start else text
    for part in re.split(r";", body):
        if part.strip():
            yield _Piece(part, None, attached or bool(_ATTACHED.search(part)), True)
