"""«АДМИНИСТРАЦИЯ ЭНСКОЙ ОБЛАСТИ» → «Администрация Энской области»: names typed in capitals, in natural case.

Only text in capitals is touched. Small letters are the rule; capitals stay on abbreviations, on the adjective before «область»
and its like, on the name after «город», «республика» and their like, after an opening quote, and on words the dictionary knows
as names or does not know at all. The usual words of letterheads are listed so that the dictionary is seldom asked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vekha.text.lemmas import analyzer

_TOKEN = re.compile(r"[^\W_]+(?:[-–][^\W_]+)*|[^\w\s]|_+|\s+")
_RUSSIAN = re.compile(r"[а-яё]+\Z")
_CAPITALS_SHARE = 0.7

_ABBREVIATION = (
    "РФ РТ РБ РК РД РХ РМ ХМАО ЯНАО НАО ЕАО ДНР ЛНР КБР КЧР МБОУ МАОУ МКОУ МОУ ГБОУ ГАОУ ГКОУ ГОУ ОГБОУ ОГАОУ КГБОУ ОУ ОО МБУ МАУ МКУ"
    " ГБУ ГАУ ГКУ ОГБУ ОГАУ КГБУ КГАУ ГБПОУ ГАПОУ ОГБПОУ СОШ ООШ НОШ СШ УО ЦОС ЦДО ИМЦ ЗАТО ФГБОУ ФГБУ ФГАУ ФГКОУ МБДОУ МАДОУ МБУДО МАУДО"
    " ГБУДО ГАУДО СПО ДПО ВО РВПО УИОП МО ГО МР ЦОКО РЦОКО ИРО ИПК МВД СССР ТР РСО СОГБУ ЧОУ НОУ АНО ФОК"
)
_ABBREVIATIONS = frozenset(_ABBREVIATION.split(" "))
_PLACE_NOUN = re.compile(
    r"(?:област[ьиюе]й?|кра[йяюе]|краем|район[ауеы]?|районом|районов|округ[ауе]?|округом|республик[аиуе]|волост[ьи]|улус[а]?|губерни[яи]"
    r"|поселени[яею]|сельсовет[а]?|федераци[яи]|наслег[а]?)\Z"
)
_BETWEEN = re.compile(
    r"(?:муниципальн|городск|сельск|автономн|национальн|административн|внутригородск|территориальн)\w*\Z"
)
_PLAIN_ADJECTIVE = re.compile(
    r"(?:муниципальн|городск|сельск|автономн|национальн|административн|внутригородск|территориальн|общ|профессиональн|дополнительн|региональн"
    r"|государственн|федеральн|областн|краев|республиканск|районн|окружн|исполнительн|законодательн|социальн|молодежн|молодёжн|бюджетн|казенн"
    r"|казённ|средн|основн|начальн|образовательн|общеобразовательн|дошкольн|высш|детск|главн|внутренн|местн|проектн|цифров|информационн|правов"
    r"|кадров|физическ|научн|данн|отдельн|перв|втор|друг|сво|эт|ваш|наш|котор)\w*\Z"
)
_ADJECTIVE = re.compile(r"[\w-]{2,}(?:ого|его|ой|ей|ая|яя|ий|ый|ому|ему|ом|ем|ые|ых|ую)\Z")
_NAMED = re.compile(
    r"(?:город|города|городе|городу|гор|г|республика|республики|поселка|посёлка|поселок|посёлок|села|село|станица|станицы|деревни|деревня|пгт|п|с"
    r"|рп|аул|аула|хутор|хутора|имени|им|округ|округа)\Z"
)
_USUAL = re.compile(
    r"(?:администраци|правительств|министерств|комитет|департамент|управлени|отдел|служб|агентств|губернатор|глав|мэри|дум|совет|собрани|учреждени"
    r"|организаци|школ|гимнази|лице|институт|центр|академи|университет|дирекци|образовани|наук|просвещени|культур|спорт|политик|молодеж|молодёж"
    r"|семь|семе|воспитани|развити|город|област|кра[йяюе]|край|район|округ|республик|поселени|сельсовет|приказ|распоряжени|постановлени|решени"
    r"|исполнительн|исполком|мэр|технологи|инноваци|труд|защит|прав|дет|детств|населени|вопрос|дел|кадр|колледж|техникум|совет|аппарат|изучени|предмет"
    r"|углублен|углублён|имен|номер|сфер|обеспечени|деятельност|занятост|туризм|искусств|мер|карт|год)\w{0,4}\Z|(?:и|по|в|на|с|для|при|о|об|от|из|к|им|г)\Z"
)


def is_capitals(text: str) -> bool:
    """Whether a text is typed in capitals (abbreviations alone do not count as a text)."""
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 4:
        return False
    return sum(1 for letter in letters if letter.isupper()) >= _CAPITALS_SHARE * len(letters)


def natural_case(text: str) -> str:
    """A body's name in natural case; text that is not in capitals comes back as it is, beginning with a capital.

    >>> natural_case("КОМИТЕТ ПО ОБРАЗОВАНИЮ ГОРОДА ЭНСКА"), natural_case("ПРАВИТЕЛЬСТВО РОССИЙСКОЙ ФЕДЕРАЦИИ")
    ('Комитет по образованию города Энска', 'Правительство Российской Федерации')
    """
    if not is_capitals(text):
        return text[:1].upper() + text[1:]
    tokens = _TOKEN.findall(text)
    words = [index for index, token in enumerate(tokens) if token[0].isalpha()]
    lowered = [tokens[index].lower() for index in words]
    capital = _capital_positions(lowered, [tokens[index] for index in words])
    for order, index in enumerate(words):
        opened = index > 0 and tokens[index - 1] in '«"„“'
        initial = _is_initial(tokens, index)
        named = initial or _after_initial(tokens, index)
        tokens[index] = _cased(tokens[index], capital=order in capital or opened or named or order == 0)
    return "".join(tokens)


def _is_initial(tokens: list[str], index: int) -> bool:
    """Whether a letter before a stop is an initial; «Г. ЭНСКА» is a town, unless somebody's name stands around it."""
    if len(tokens[index]) != 1 or tokens[index + 1 : index + 2] != ["."]:
        return False
    if tokens[index] not in "ГСПД":
        return True
    before = [token for token in tokens[max(0, index - 4) : index] if not token.isspace()]
    after = [token for token in tokens[index + 2 : index + 5] if not token.isspace()]
    named = any(token.lower() in {"им", "имени"} for token in before) or (
        len(before) > 1 and before[-1] == "." and len(before[-2]) == 1
    )
    return named or (len(after) > 1 and len(after[0]) == 1 and after[1] == ".")


def _after_initial(tokens: list[str], index: int) -> bool:
    """Whether «А.» or «А. » stands right before a word."""
    before = [token for token in tokens[max(0, index - 3) : index] if not token.isspace()]
    return len(before) > 1 and before[-1] == "." and len(before[-2]) == 1 and before[-2].isalpha() and before[-2] != "г"


def _capital_positions(lowered: list[str], written: list[str]) -> set[int]:
    """Positions of the words that are names."""
    capital: set[int] = set()
    for position, word in enumerate(lowered):
        if _PLACE_NOUN.match(word):
            named = position - 1
            while named >= 0 and _BETWEEN.match(lowered[named]):
                named -= 1
            if named >= 0 and _is_own_adjective(lowered[named]):
                capital.add(named)
                if word.startswith("федераци"):
                    capital.add(position)
        if _NAMED.match(word) and position + 1 < len(lowered):
            named_after = _named_after(lowered, position)
            capital.update(named_after)
            if named_after and word.startswith("республик"):
                capital.add(position)
        elif position and word in ("правительства", "губернатора", "югры", "югра"):
            capital.add(position)
    return capital | {
        position
        for position, word in enumerate(lowered)
        if position and position not in capital and _is_name(word, written[position])
    }


def _is_own_adjective(word: str) -> bool:
    return bool(_ADJECTIVE.match(word)) and not _PLAIN_ADJECTIVE.match(word)


def _named_after(lowered: list[str], position: int) -> set[int]:
    """The one or two words after «города», «республики»: an adjective of a name takes its noun with it."""
    following = position + 1
    if _USUAL.match(lowered[following]) or _PLACE_NOUN.match(lowered[following]):
        return set()
    found = {following}
    after = following + 1
    is_adjective = _is_own_adjective(lowered[following])
    if (
        is_adjective
        and after < len(lowered)
        and not _PLACE_NOUN.match(lowered[after])
        and not _USUAL.match(lowered[after])
    ):
        found.add(after)
    return found


@lru_cache(maxsize=4096)
def _is_name(word: str, written: str) -> bool:
    """Whether the dictionary takes a word for a name, or does not know it at all."""
    if (
        len(word) < 3
        or len(word) > 40
        or _USUAL.match(word)
        or _PLAIN_ADJECTIVE.match(word)
        or written in _ABBREVIATIONS
    ):
        return False
    if _PLACE_NOUN.match(word) or any(character.isdigit() for character in word):
        return False
    if "-" in word or "–" in word:
        return any(_is_name(part, part.upper()) for part in re.split("[-–]", word))
    if not _RUSSIAN.match(word):
        return False  # the dictionary raises on letters that Unicode gives no name
    parses = analyzer().parse(word)
    if not parses[0].is_known:
        return True
    names = sum(parse.score for parse in parses if {"Geox", "Name", "Surn", "Patr"} & parse.tag.grammemes)
    return bool(names > 0.5)


def _cased(word: str, *, capital: bool) -> str:
    if word in _ABBREVIATIONS or (len(word) > 1 and not re.search("[АЕЁИОУЫЭЮЯаеёиоуыэюяAEIOUYaeiouy]", word)):
        return word
    if any(character.isdigit() for character in word) or (len(word) == 1 and capital):
        return word
    lowered = word.lower()
    if not capital:
        return lowered
    return re.sub(r"(?:^|[-–])(?!на(?:[-–]|$))\w", lambda match: match.group().upper(), lowered)
