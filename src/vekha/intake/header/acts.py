"""Other acts an order cites with a number or a date, and how they stand to it.

``relation`` is «superior» (an order of a higher body that this one carries out), «basis» (a law, a letter, a programme and the
act that approved it), «amended», «repealed», or «mentioned».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vekha.intake.header.body import Clause
from vekha.intake.header.requisites import FoundDate, FoundNumber, find_dates, find_numbers
from vekha.orders.model import CitedAct
from vekha.text.normalise import collapse

_LONGEST = 20_000
_MOST_ACTS = 60
_ORDER = r"распоряжени\w+|приказ(?:а|у|ом|е|ы|ов|ами|ах)?|постановлени\w+|указ(?:а|у|ом|е|ами|ов)?"
_ACT = re.compile(
    rf"(?<!\w)(?P<order>{_ORDER})(?!\w)|(?<!\w)(?P<other>(?:федеральн\w+\s+|областн\w+\s+|региональн\w+\s+)?закон(?:а|у|ом|е|ами|ов)?|кодекс\w*|письм(?:о|а|у|ом|е|ами)|решени(?:е|я|ю|ем|и)"
    r"|протокол(?:а|у|ом|е|ов)?|соглашени(?:е|я|ю|ем|и)|поручени(?:е|я|ю|ем|и)|паспорт(?:а|у|ом|е)?|устав(?:а|у|ом|е)?|методическ\w+\s+рекомендац\w+)(?!\w)",
    re.IGNORECASE,
)
_REACH = 420
_SENTENCE_END = re.compile(r"(?<![а-яё])(?P<word>[а-яё]*[а-яё»])\.\s+[А-ЯЁ]")
_ABBREVIATED = frozenset(["г", "с", "п", "д", "ул", "им", "р", "гор", "обл", "пос", "ст", "пгт"])
_QUOTE = re.compile(r"\s*[,(]?\s*(?P<title>[«\"„])")
_AMEND = re.compile(r"внести\b|внесении\s+изменени|излож\w+|дополнить|следующие\s+изменени", re.IGNORECASE)
_REPEAL = re.compile(
    r"утратив\w+\s+силу|отменить\b|считать\s+недействующ|прекратить\s+действие|не\s+применять", re.IGNORECASE
)
_APPROVED_BY = re.compile(r"утвержд[её]нн\w+\s+(?:\w+\s+){0,3}\Z|утв\.\s*\Z", re.IGNORECASE)
_NOT_OF_ACTS = re.compile(r"(?:гимнази\w+|школ\w+|лице\w+|приложени\w+|пункт\w*|учреждени\w+|сад\w*)\s*\Z")
_OWN = re.compile(r"(?:настоящ\w+|данн\w+)\s+\Z", re.IGNORECASE)
_CARRY_OUT = re.compile(
    r"в\s+соответствии|во\s+исполнени|на\s+основании|в\s+исполнени|руководствуясь|согласно"
    r"|в\s+целях\s+(?:исполнени|реализаци)",
    re.IGNORECASE,
)


def find_acts(clauses: Sequence[Clause], title: str | None) -> tuple[CitedAct, ...]:
    """The acts the preamble, the items and the title name with a number or a date, once each, in order."""
    found: list[CitedAct] = []
    seen: set[tuple[str | None, object]] = set()
    for text, context, preamble in _texts(clauses, title):
        for act in _acts_in(text, context, preamble=preamble):
            key = (act.number.lower() if act.number else None, act.date)
            if key in seen or len(found) >= _MOST_ACTS:
                continue
            seen.add(key)
            found.append(act)
    return tuple(found)


def _texts(clauses: Sequence[Clause], title: str | None) -> Iterator[tuple[str, str, bool]]:
    """Texts with what stands above them, and whether they are preamble; the title last, as it repeats the items."""
    for clause in clauses:
        yield clause.text[:_LONGEST], clause.intro[:2000], clause.preamble
    if title:
        yield title[:_LONGEST], "", False


def _acts_in(text: str, context: str, *, preamble: bool) -> Iterator[CitedAct]:
    matches = list(_ACT.finditer(text))
    dates = find_dates(text)
    numbers = find_numbers(text)
    taken = 0
    for order, match in enumerate(matches):
        if match.start() < taken or _OWN.search(text[max(0, match.start() - 20) : match.start()]):
            continue
        following = matches[order + 1].start() if order + 1 < len(matches) else len(text)
        limit = min(len(text), match.end() + _REACH, _limit(text, match.end(), following))
        day = next((found for found in dates if match.end() <= found.start < limit and found.day), None)
        number = next((found for found in numbers if match.end() <= found.start < limit and found.value), None)
        if day is None and number is None:
            continue
        if not _stands_by(text, match.end(), day, number):
            continue
        end = max(found.end for found in (day, number) if found is not None)
        end = _with_title(text, end)
        taken = end
        yield CitedAct(
            collapse(text[match.start() : end]).strip(" ,;:"),
            number.value if number else None,
            day.day if day else None,
            _relation(text, context, match, preamble=preamble),
        )


def _limit(text: str, start: int, following: int) -> int:
    """Up to the next act, unless that one stands inside the quoted title of this one."""
    opening = max(text.rfind("«", start, following), text.rfind("„", start, following))
    if opening >= 0 and "»" not in text[opening:following]:
        return min(opening + _REACH, len(text))
    return following


def _stands_by(text: str, start: int, day: FoundDate | None, number: FoundNumber | None) -> bool:
    """Whether the date or number belongs to the act: no sentence ends, and no other quoted title stands between."""
    first = min(found.start for found in (day, number) if found is not None)
    between = text[start:first]
    if number is not None and _NOT_OF_ACTS.search(text[: number.start].lower()[-30:]):
        return day is not None and ";" not in between
    ends = (found["word"] for found in _SENTENCE_END.finditer(between))
    return ";" not in between and all(word in _ABBREVIATED for word in ends)


def _with_title(text: str, end: int) -> int:
    """The end of the quoted title right after the requisites, nested quotes and all."""
    match = _QUOTE.match(text, end)
    if match is None:
        return end
    depth = 0
    for position in range(match.start("title"), min(len(text), match.start("title") + 1500)):
        character = text[position]
        if character in "«„" or (character == '"' and depth == 0):
            depth += 1
        elif character in "»“" or character == '"':
            depth -= 1
            if depth <= 0:
                return position + 1
    return end


def _relation(text: str, context: str, match: re.Match[str], *, preamble: bool) -> str:
    before = text[: match.start()]
    if (
        (_REPEAL.search(text[match.end() :]) and not preamble)
        or _REPEAL.search(before[-300:])
        or _REPEAL.search(context)
    ):
        return "repealed"
    if not preamble and (_AMEND.search(before[-300:]) or _AMEND.search(context)):
        return "amended"
    if not preamble:
        return "mentioned"
    if match["order"] is None or _APPROVED_BY.search(before[-60:]):
        return "basis"
    return "superior" if _CARRY_OUT.search(before) else "basis"
