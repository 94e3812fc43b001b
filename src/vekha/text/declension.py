"""Names back to the nominative: «Ларину А.В.» in the accusative is «Ларина А.В.», «Иванова И.И.» is «Иванов И.И.».

The case is known from the context (accusative after «возложить на», genitive after «у», dative after «поручить»), and
with the case the ending alone tells the gender of most surnames. Regular endings are rules; the dictionary is asked only
about the others («Орла» → «Орёл», «Толстого» → «Толстой»). A form that cannot stand in the case is left alone: it is
already the nominative, or does not decline («Гринько», «Черных», a woman's «Мельник»).
"""

from __future__ import annotations

from enum import StrEnum

from vekha.text.lemmas import LONGEST_WORD, analyzer

_VOWELS = "аеёиоуыэюя"
_HUSHING = "жшщч"
_VELAR = "кгх"


class Case(StrEnum):
    """The case a name stands in."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


class Gender(StrEnum):
    """The grammatical gender of a name, named as in the dictionary's tags."""

    MASCULINE = "masc"
    FEMININE = "femn"


_Rule = tuple[str, str]

# Endings that decide by themselves: suffix in the case → suffix in the nominative, the longest first.
_FAMILY = ("ов", "ев", "ёв", "ин", "ын")
_SKY = ("ск", "цк")


def _regular(masculine: str, feminine: str, sky_masculine: str, sky_feminine: str) -> dict[Gender, tuple[_Rule, ...]]:
    """Rules of one case for «-ов/-ин» and «-ский» from its four endings."""
    return {
        Gender.MASCULINE: (
            *((f"{stem}{sky_masculine}", f"{stem}ий") for stem in _SKY),
            *((f"{stem}{masculine}", stem) for stem in _FAMILY),
        ),
        Gender.FEMININE: (
            *((f"{stem}{sky_feminine}", f"{stem}ая") for stem in _SKY),
            *((f"{stem}{feminine}", f"{stem}а") for stem in _FAMILY),
        ),
    }


_STRONG = {
    Case.GENITIVE: _regular("а", "ой", "ого", "ой"),
    Case.DATIVE: _regular("у", "ой", "ому", "ой"),
    Case.ACCUSATIVE: _regular("а", "у", "ого", "ую"),
    Case.INSTRUMENTAL: _regular("ым", "ой", "им", "ой"),
    Case.PREPOSITIONAL: _regular("е", "ой", "ом", "ой"),
}
# Other endings that belong to a word in «-а» or «-я», of a man or a woman.
_A_STEMS: dict[Case, tuple[_Rule, ...]] = {
    Case.GENITIVE: (("ии", "ия"), ("ы", "а")),
    Case.DATIVE: (("ии", "ия"), ("е", "а")),
    Case.ACCUSATIVE: (("ю", "я"), ("у", "а")),
    Case.INSTRUMENTAL: (("ией", "ия"), ("ою", "а"), ("ой", "а"), ("ей", "я")),
    Case.PREPOSITIONAL: (("ии", "ия"), ("е", "а")),
}
# Endings of a man's surname in a consonant: hard, soft.
_CONSONANT: dict[Case, tuple[str, ...]] = {
    Case.GENITIVE: ("а", "я"),
    Case.DATIVE: ("у", "ю"),
    Case.ACCUSATIVE: ("а", "я"),
    Case.INSTRUMENTAL: ("ом", "ем"),
    Case.PREPOSITIONAL: ("е", "е"),
}
_ADJECTIVE_MASCULINE = {
    Case.GENITIVE: ("ого", "его"),
    Case.DATIVE: ("ому", "ему"),
    Case.ACCUSATIVE: ("ого", "его"),
    Case.INSTRUMENTAL: ("ым", "им"),
    Case.PREPOSITIONAL: ("ом", "ем"),
}
_ADJECTIVE_FEMININE: dict[Case, tuple[_Rule, ...]] = {
    Case.ACCUSATIVE: (("ую", "ая"), ("юю", "яя")),
}
_TAGS = {
    Case.GENITIVE: ("gent", "gen2"),
    Case.DATIVE: ("datv",),
    Case.ACCUSATIVE: ("accs", "gent"),
    Case.INSTRUMENTAL: ("ablt",),
    Case.PREPOSITIONAL: ("loct", "loc2"),
}
_FIXED = ("ых", "их", "ко", "ово", "аго", "яго", "швили", "дзе", "еску")


def nominative_surname(surname: str, case: Case, gender: Gender | None = None) -> str:
    """A surname in a case → the nominative, letter case kept; parts of a hyphenated one are turned each.

    >>> nominative_surname("Ларину", Case.ACCUSATIVE), nominative_surname("ИВАНОВУ", Case.DATIVE)
    ('Ларина', 'ИВАНОВ')
    """
    if case is Case.NOMINATIVE or len(surname) > LONGEST_WORD:
        return surname
    return "-".join(_keep_letter_case(part, _turn(part.lower(), case, gender)) for part in surname.split("-"))


def nominative_given(name: str, case: Case, gender: Gender | None = None) -> str:
    """A given name in a case → the nominative, by the dictionary where it knows the name.

    >>> nominative_given("Ольгу", Case.ACCUSATIVE, Gender.FEMININE), nominative_given("Игоря", Case.ACCUSATIVE)
    ('Ольга', 'Игорь')
    """
    if case is Case.NOMINATIVE or len(name) > LONGEST_WORD:
        return name
    parts = []
    for part in name.split("-"):
        found = _by_dictionary(part.lower(), case, gender, ("Name",))
        parts.append(_keep_letter_case(part, found or _turn(part.lower(), case, gender)))
    return "-".join(parts)


def nominative_patronymic(patronymic: str, case: Case) -> str:
    """A patronymic in a case → the nominative; «-оглы» and «-кызы» do not change.

    >>> nominative_patronymic("Борисовну", Case.ACCUSATIVE), nominative_patronymic("Ивановича", Case.GENITIVE)
    ('Борисовна', 'Иванович')
    """
    if case is Case.NOMINATIVE:
        return patronymic
    lowered = patronymic.lower()
    for ending in ("ичем", "ичом", "ича", "ичу", "иче"):
        if lowered.endswith(ending):
            return patronymic[: 2 - len(ending)]
    for stem in ("вн", "чн"):
        for ending in ("ою", "ой", "у", "ы", "е"):
            if lowered.endswith(stem + ending):
                return patronymic[: -len(ending)] + ("А" if patronymic.isupper() else "а")
    return patronymic


def patronymic_gender(patronymic: str) -> Gender | None:
    """Whose patronymic it is, in any case; ``None`` if the word is none.

    >>> patronymic_gender("Ивановне"), patronymic_gender("Алиевичем")
    (<Gender.FEMININE: 'femn'>, <Gender.MASCULINE: 'masc'>)
    """
    lowered = patronymic.lower()
    if lowered.endswith(("ич", "ича", "ичу", "ичем", "ичом", "иче", "оглы", "улы", "уулу")):
        return Gender.MASCULINE
    if lowered.endswith(tuple(stem + ending for stem in ("вн", "чн") for ending in ("а", "ы", "е", "у", "ой", "ою"))):
        return Gender.FEMININE
    return Gender.FEMININE if lowered.endswith(("кызы", "гызы")) else None


def _turn(word: str, case: Case, gender: Gender | None) -> str:
    """One lower-case surname to the nominative: fixed, regular, by the dictionary, by its ending, in this order."""
    if word.endswith(_FIXED) or len(word) < 3:
        return word
    genders = (gender,) if gender else (Gender.MASCULINE, Gender.FEMININE)
    for candidate in genders:
        for suffix, replacement in _STRONG[case][candidate]:
            if word.endswith(suffix) and len(word) > len(suffix):
                return word[: -len(suffix)] + replacement
    if gender is not Gender.FEMININE and (adjective := _adjective(word, case)):
        return adjective
    return _by_dictionary(word, case, gender, ("Surn", "NOUN", "ADJF")) or _by_ending(word, case, gender)


def _adjective(word: str, case: Case) -> str | None:
    """A man's adjectival surname: «Белого» → «Белый», «Толстого» → «Толстой», «Чужого» → «Чужой»."""
    hard, soft = _ADJECTIVE_MASCULINE[case]
    if word.endswith(hard) and len(word) > len(hard) + 1:
        stem = word[: -len(hard)]
        found = _known_adjective(stem)
        if found or case in (Case.PREPOSITIONAL, Case.INSTRUMENTAL):
            return found
        return stem + ("ой" if stem[-1] in _HUSHING else "ий" if stem[-1] in _VELAR else "ый")
    if word.endswith(soft) and len(word) > len(soft) + 1:
        stem = word[: -len(soft)]
        return _known_adjective(stem) or (
            stem + "ий" if case in (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE) else None
        )
    return None


def _known_adjective(stem: str) -> str | None:
    """The nominative the dictionary knows for a stem, a surname («Толстой») rather than a mere adjective («толстый»)."""
    for kind in ("Surn", "ADJF"):
        for ending in ("ый", "ой", "ий"):
            if analyzer().word_is_known(stem + ending) and any(
                {kind, "nomn", "masc", "sing"} <= parse.tag.grammemes for parse in analyzer().parse(stem + ending)
            ):
                return stem + ending
    return None


def _by_dictionary(word: str, case: Case, gender: Gender | None, kinds: tuple[str, ...]) -> str | None:
    """The nominative of a form the dictionary itself knows in this case, the first kind of word that fits."""
    if not analyzer().word_is_known(word):
        return None
    parses = analyzer().parse(word)
    for kind in kinds:
        for parse in parses:
            grammemes = parse.tag.grammemes
            fits = kind in grammemes and "sing" in grammemes and not grammemes.isdisjoint(_TAGS[case])
            if fits and _gender_fits(grammemes, gender):
                nominative = parse.inflect({"nomn"})
                return str(nominative.word) if nominative else None
    return None


def _gender_fits(grammemes: frozenset[str], gender: Gender | None) -> bool:
    return gender is None or gender.value in grammemes or "ms-f" in grammemes


def _by_ending(word: str, case: Case, gender: Gender | None) -> str:
    """The nominative of a word nobody knows, by its last letters."""
    if gender is not Gender.MASCULINE:
        for suffix, replacement in _ADJECTIVE_FEMININE.get(case, ()):
            if word.endswith(suffix):
                return word[: -len(suffix)] + replacement
    prefers_consonant = gender is Gender.MASCULINE or (gender is None and case is Case.PREPOSITIONAL)
    if prefers_consonant and case in (Case.DATIVE, Case.PREPOSITIONAL) and (found := _consonant(word, case)):
        return found
    for suffix, replacement in _A_STEMS[case]:
        if word.endswith(suffix) and len(word) > len(suffix) + 1:
            return _soften(word[: -len(suffix)], replacement)
    if case is Case.GENITIVE and word.endswith("и"):
        return word[:-1] + ("а" if word[-2] in _HUSHING + _VELAR else "я")
    if gender is Gender.FEMININE:
        return word
    return _consonant(word, case) or word


def _soften(stem: str, replacement: str) -> str:
    """«Дании» → «Дания», but «Мишей» → «Миша»: after a hushing letter «я» is written «а»."""
    return stem + ("а" if replacement == "я" and stem and stem[-1] in _HUSHING + "ц" else replacement)


def _consonant(word: str, case: Case) -> str | None:
    """A man's surname in a consonant: «Коваля» → «Коваль», «Гайдая» → «Гайдай», «Кравца» → «Кравец»."""
    hard, soft = _CONSONANT[case]
    if word.endswith(soft) and soft != hard:
        stem = word[: -len(soft)]
        if stem.endswith("ь"):
            return stem[:-1] + "ей"
        if stem and stem[-1] in _VOWELS:
            return stem + "й"
        return stem if stem and stem[-1] in _HUSHING + "ц" else stem + "ь"
    if word.endswith(hard):
        stem = word[: -len(hard)]
        if len(stem) < 2 or stem[-1] in _VOWELS:
            return None
        if stem.endswith("ц") and stem[-2] in "вмбпдл":
            return stem[:-1] + "ец"
        if stem.endswith("льц"):
            return stem[:-2] + "ец"
        return stem[:-1] + "ок" if stem.endswith("чк") else stem
    return None


def _keep_letter_case(written: str, turned: str) -> str:
    if written.isupper() and len(written) > 1:
        return turned.upper()
    return turned[:1].upper() + turned[1:] if written[:1].isupper() else turned
