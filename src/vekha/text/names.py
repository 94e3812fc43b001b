"""People in a text: surnames with initials in every order and spacing, and full names.

What is found: «Иванов И.И.», «Иванов И. И.», «Иванова С.В» (the last dot lost), «И.И.Иванов», «Иванова-Петрова А.»,
«ИВАНОВ И.И.», «Фамилия Имя Отчество» and «Имя Отчество Фамилия», with «-оглы» and «-кызы». Not people of the document, so
left out: those an institution or a street is named after («им. А.С. Пушкина», «ул. Ю.А. Гагарина»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from vekha.text.declension import (
    Case,
    nominative_given,
    nominative_patronymic,
    nominative_surname,
    patronymic_gender,
)
from vekha.text.lemmas import is_surname
from vekha.text.normalise import collapse, fold

__all__ = ["Case", "NameMatch", "find_names", "is_name", "nominative_name", "same_person", "similar_person"]

_WORD = r"[А-ЯЁ](?:['’][А-ЯЁа-яё])?(?:[а-яё]{1,40}|[А-ЯЁ]{1,40})"
_SURNAME = rf"{_WORD}(?:-{_WORD}){{0,2}}"
_SPACE = r"[^\S\n]"
_INITIALS = re.compile(
    rf"(?<![А-ЯЁA-Z\d№./-])(?P<given>[А-ЯЁ][а-яё]?){_SPACE}?\."
    rf"(?:{_SPACE}{{0,3}}-?(?P<patronymic>[А-ЯЁ])(?:{_SPACE}?\.|(?![\w.])))?(?![а-яё])"
)
_BEFORE = re.compile(rf"(?<![\w.-])({_SURNAME})({_SPACE}{{0,3}})\Z")
_AFTER = re.compile(rf"({_SPACE}{{0,3}})({_SURNAME})(?![\w-])")
_FULL = re.compile(
    rf"(?<![\w-])(?P<a>{_SURNAME}){_SPACE}{{1,3}}(?P<b>{_SURNAME}){_SPACE}{{1,3}}(?P<c>{_SURNAME})(?!\w|-[А-ЯЁ])"
)
_PATRONYMIC = re.compile(
    r"[а-яё]{2,30}(?:[оеь]вич|[аея]ич|ьич|[фмткн]ич)(?:а|у|ем|ом|е)?\Z"
    r"|[а-яё]{2,30}(?:[аео]вн|ичн|шн)(?:а|ы|е|у|ой|ою)\Z"
    r"|[а-яё]{2,30}-(?:оглы|кызы|улы|уулу|гызы)\Z"
)
_TURKIC = re.compile(rf"(?:{_SPACE}{{1,3}}|-)(?:оглы|кызы|улы|уулу|гызы)(?!\w)", re.IGNORECASE)
_FAMILY_ENDING = re.compile(
    r"(?:[оеё]в|ин|ын)(?:а|у|ым|ой|е|ы)?\Z|(?:ск|цк)(?:ий|ой|ого|ому|им|ая|ую)\Z|[ыи]х\Z|(?:ко|ук|юк|чак|ян|янц|дзе|швили)\Z"
)
_RARER_ENDING = re.compile(r"(?:ич|ман|штейн|берг|ец|ик|як|ль|ия|ло|ба)\Z")
_NAMED_AFTER = re.compile(
    r"(?:\b(?:им|имени|имя|ул|улиц[аеуы]|пр|просп|проспект[ае]?|пл|площад[ьи]|пер|переул\w{0,4}|бульвар[ае]?|наб)\.?)"
    r"[\s«\"]{0,3}\Z|\b(?:им\.|имени)\s(?:[а-яё]{2,20}\s){1,6}\Z",
    re.IGNORECASE,
)
_TOWN = re.compile(r"(?:\b(?:г|гор|пос|с|д|ст|пгт)\.|\b[Гг]ород\w{0,2}|\b[Пп]осел\w{0,3}|\b[Сс]ел[оае])\s{0,3}\Z")
# Beginnings of words that stand beside initials and are not surnames.
_NOT_SURNAMES = tuple(re.findall(r"\w+", """
    утвержд согласован директор начальник министр министерств заместител глав губернатор председател руководител
    ответствен отв исполнител приложен пункт раздел част школ гимнази лице город област район республик федераци росси
    департамент комитет управлен администрац правительств отдел центр кванториум контрол подпис ознакомлен первый
    специалист консультант секретар педагог учител методист координатор оператор образован распоряжен приказ постановлен
    комисси отчет договор соглашен федеральн региональн муниципальн средн тел исп врио протокол комплекс мэр ректор
    проректор академик инспектор совет дума думы бухгалтер юрист ведущ завед куратор менеджер эксперт аналитик доктор
    профессор вице исполняющ уполномочен представител член контролер организатор наставник экономист инженер техник
"""))  # fmt: skip
_NEVER_SURNAMES = (
    "городск",
    "областн",
    "районн",
    "российск",
    "окружн",
    "министерств",
    "управлени",
    "минобр",
    "минпрос",
)
_TWIN_INITIAL = re.compile(r"(?<![A-Za-z])[ABCEHKMOPTXY]\.")
_CAPITAL_TWINS = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_WINDOW = 140


@dataclass(frozen=True, slots=True)
class NameMatch:
    """One person in a text: ``text[start:end] == written``; parts are as written, in whatever case they stand.

    ``given`` and ``patronymic`` are full names or bare initials; ``patronymic`` is ``None`` where one initial is written.
    """

    start: int
    end: int
    written: str
    surname: str
    given: str
    patronymic: str | None


def find_names(text: str) -> tuple[NameMatch, ...]:
    """The people named in a text, in order, none overlapping another.

    >>> [name.written for name in find_names("исполнители: Лосев Н.А., Гринько Е.Н, И.А.Зимин")]
    ['Лосев Н.А.', 'Гринько Е.Н', 'И.А.Зимин']
    >>> [name.surname for name in find_names("директору гимназии г. Энска С.В. Лариной поручить")]
    ['Лариной']
    """
    source = text.translate(_CAPITAL_TWINS) if _TWIN_INITIAL.search(text) else text
    found = sorted([*_with_initials(source), *_in_full(source)], key=lambda match: (match.start, -match.end))
    kept: list[NameMatch] = []
    for match in found:
        if kept and match.start < kept[-1].end:
            continue
        if not _NAMED_AFTER.search(source[max(0, match.start - 80) : match.start]):
            kept.append(match)
    if source is text:
        return tuple(kept)
    return tuple(replace(match, written=text[match.start : match.end]) for match in kept)


@dataclass(frozen=True, slots=True)
class _Side:
    """The word on one side of initials: what it is, how far it reaches, how much it looks like a surname (0 is not at all)."""

    word: str
    edge: int
    score: int


_NO_SIDE = _Side("", 0, 0)


def _with_initials(text: str) -> Iterator[NameMatch]:
    """Names around each pair (or one) of initials: the surname stands on the likelier side, the left one if both are."""
    taken = 0
    for initials in _INITIALS.finditer(text):
        start, end = initials.span()
        if start < taken:
            continue
        left = _left(text, taken, initials)
        right = _right(text, initials, contested=left.score > 0)
        if left.score == right.score > 0 and _prefers_right(left, right):
            left = _NO_SIDE
        if left.score > 0 and left.score >= right.score:
            taken = end
            yield _named(text, left.edge, end, left.word, initials)
        elif right.score > 0:
            taken = right.edge
            yield _named(text, start, right.edge, right.word, initials)


def _left(text: str, taken: int, initials: re.Match[str]) -> _Side:
    start = initials.start()
    before = _BEFORE.search(text[max(taken, start - _WINDOW) : start])
    if before is None:
        return _NO_SIDE
    edge = start - len(before.group())
    score = _likeness(before.group(1), alone=initials["patronymic"] is None)
    if _TOWN.search(text[max(0, edge - 12) : edge]):
        score -= 3
    return _Side(before.group(1), edge, score)


def _right(text: str, initials: re.Match[str], *, contested: bool) -> _Side:
    after = _AFTER.match(text[initials.end() : initials.end() + _WINDOW])
    if after is None:
        return _NO_SIDE
    edge = initials.end() + after.end()
    score = _likeness(after.group(2), alone=initials["patronymic"] is None)
    if score > 0 and not after.group(1) and text[initials.start() - 1 : initials.start()].isspace():
        score += 2
    following = edge + len(text[edge : edge + 4]) - len(text[edge : edge + 4].lstrip())
    if contested and _INITIALS.match(text, following):
        score -= 3
    return _Side(after.group(2), edge, score)


def _named(text: str, start: int, end: int, surname: str, initials: re.Match[str]) -> NameMatch:
    return NameMatch(start, end, text[start:end], surname, initials["given"], initials["patronymic"])


def _likeness(word: str, *, alone: bool) -> int:
    """How much a word beside initials looks like a surname: 0 is no surname; a single initial asks for more."""
    lowered = word.lower()
    if lowered.startswith(_NEVER_SURNAMES):
        return 0
    if _FAMILY_ENDING.search(lowered):
        return 2
    if lowered.startswith(_NOT_SURNAMES):
        return 0
    return 2 if _RARER_ENDING.search(lowered) else 0 if alone else 1


def _prefers_right(left: _Side, right: _Side) -> bool:
    """Which of two equally likely words it is: an abbreviation beside a written-out word is none, then the dictionary."""
    if left.word.isupper() and not right.word.isupper():
        return True
    return left.score == 1 and is_surname(right.word) and not is_surname(left.word)


def _in_full(text: str) -> Iterator[NameMatch]:
    """«Фамилия Имя Отчество» and «Имя Отчество Фамилия», recognised by the patronymic."""
    position = 0
    while (match := _FULL.search(text, position)) is not None:
        name = _full_name(text, match)
        if name is not None:
            yield name
            position = name.end
        else:
            position = match.end("a")


def _full_name(text: str, match: re.Match[str]) -> NameMatch | None:
    a, b, c = match["a"], match["b"], match["c"]
    turkic = _TURKIC.match(text, match.end())
    if turkic:
        end = turkic.end()
        return NameMatch(match.start(), end, text[match.start() : end], a, b, text[match.start("c") : end])
    if _PATRONYMIC.match(c.lower()) and not a.lower().startswith(_NOT_SURNAMES):
        return NameMatch(match.start(), match.end(), match.group(), a, b, c)
    if _PATRONYMIC.match(b.lower()) and not c.lower().startswith(_NOT_SURNAMES):
        return NameMatch(match.start(), match.end(), match.group(), c, a, b)
    return None


def is_name(text: str) -> bool:
    """Whether a text is exactly one person, nothing else but white space and closing punctuation.

    >>> is_name("Иванов И.И."), is_name(" И. И. Иванов;"), is_name("директор Иванов И.И.")
    (True, True, False)
    """
    return _only_name(text) is not None


@lru_cache(maxsize=1 << 12)
def _only_name(text: str) -> NameMatch | None:
    if len(text) > 3 * _WINDOW:
        return None
    line = collapse(text).rstrip(" ,;:")
    names = find_names(line)
    if len(names) != 1:
        return None
    name = names[0]
    return name if name.start == 0 and line[name.end :].strip(" .") == "" else None


def nominative_name(text: str, case: str = Case.ACCUSATIVE) -> str:
    """A name that stands in a case → the same name in the nominative, order and spacing of the parts as written.

    Text around the name stays; a text without a name comes back unchanged.

    >>> nominative_name("Ларину А.В."), nominative_name("Иванова И.И."), nominative_name("Гринько И.В.")
    ('Ларина А.В.', 'Иванов И.И.', 'Гринько И.В.')
    >>> nominative_name("С.В. Лариной", case="dative")
    'С.В. Ларина'
    """
    stands_in = Case(case)
    turned: list[str] = []
    position = 0
    for name in find_names(text):
        turned += [text[position : name.start], _nominative(name, stands_in)]
        position = name.end
    turned.append(text[position:])
    return "".join(turned)


def _nominative(name: NameMatch, case: Case) -> str:
    gender = patronymic_gender(name.patronymic) if name.patronymic and len(name.patronymic) > 1 else None
    parts = {name.surname: nominative_surname(name.surname, case, gender)}
    if len(name.given) > 2:
        parts[name.given] = nominative_given(name.given, case, gender)
    if name.patronymic and len(name.patronymic) > 1:
        parts[name.patronymic] = nominative_patronymic(name.patronymic, case)
    pattern = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda match: parts[match.group()], name.written)


@dataclass(frozen=True, slots=True)
class _Key:
    surname: str
    given: str
    patronymic: str


@lru_cache(maxsize=1 << 14)
def _key(text: str) -> _Key | None:
    name = _only_name(text)
    if name is None:
        return None
    return _Key(fold(name.surname), fold(name.given).rstrip("."), fold(name.patronymic or "").rstrip("."))


def same_person(a: str, b: str) -> bool:
    """Whether two names in the same case name one person: the surname and every part both of them state agree.

    >>> same_person("Иванов И.И.", "И. И. Иванов"), same_person("Иванов Иван Ильич", "Иванов И.И.")
    (True, True)
    >>> same_person("Беник Я.В.", "Бенник Я.В.")
    False
    """
    first, second = _key(a), _key(b)
    if first is None or second is None:
        return first is second and bool(a.strip()) and fold(a) == fold(b)
    return first.surname == second.surname and _initials_agree(first, second)


def similar_person(a: str, b: str) -> bool:
    """Whether two names are probably one person misspelt: a slip in the surname, or the initials in the other order.

    The same person is not "similar": this is for a warning.

    >>> similar_person("Беник Я.В.", "Бенник Я.В."), similar_person("Иванов И.П.", "Иванов П.И.")
    (True, True)
    >>> similar_person("Иванов И.П.", "Иванова И.П."), similar_person("Иванов И.П.", "Петров И.П.")
    (False, False)
    """
    first, second = _key(a), _key(b)
    if first is None or second is None or same_person(a, b):
        return False
    if first.surname == second.surname:
        return (first.given[:1], first.patronymic[:1]) == (second.patronymic[:1], second.given[:1])
    if not _initials_agree(first, second) or _differ_by_gender(first.surname, second.surname):
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415 — slow to import, and only near-duplicates need it

    allowed = 1 if min(len(first.surname), len(second.surname)) < 8 else 2
    return OSA.distance(first.surname, second.surname, score_cutoff=allowed) <= allowed


def _initials_agree(first: _Key, second: _Key) -> bool:
    return all(
        one == other if len(one) > 1 and len(other) > 1 else one[:1] == other[:1] or not (one and other)
        for one, other in ((first.given, second.given), (first.patronymic, second.patronymic))
    )


def _differ_by_gender(a: str, b: str) -> bool:
    """«Иванов» and «Иванова», «Белый» and «Белая»: two people, not a slip."""
    short, long = sorted((a, b), key=len)
    return long == short + "а" or (short[:-2] == long[:-2] and {short[-2:], long[-2:]} <= {"ий", "ый", "ой", "ая"})
