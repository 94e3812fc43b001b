"""Who issues an act, from the lines of its letterhead.

The lines are cut into bodies, each beginning with a body's name in the nominative; the last body issues, so under
«Администрация Энской области» + «КОМИТЕТ ОБРАЗОВАНИЯ ЭНСКОЙ ОБЛАСТИ» it is the committee. A department that names no territory
of its own takes its superior's: «АДМИНИСТРАЦИЯ ГОРОДА ЭНСКА» + «ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ» is «Департамент образования
администрации города Энска», as its own acts call it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vekha.intake.header.cases import genitive_head, nominative_head
from vekha.intake.header.letter_case import is_capitals, natural_case
from vekha.intake.header.words import find_body_name, is_body_name
from vekha.text.lines import join_lines
from vekha.text.normalise import collapse, fold

_FOREIGN = re.compile(r"[әөүҗңһғҡҙҫӑӗӧӳіїєґқұҳҷӯӣӱӹӓӟӝӵӥҥҕҝԥҽџҩ]", re.IGNORECASE)
_TERRITORY = re.compile(
    r"\b(?:област[ьи]|кра[йя]|республик[аи]|район[а]?|округ[а]?|город[а]?|г\.|федераци[ия]|росси[ия]|поселени[яе]|автономн\w+|ао)\b"
)
_SUBORDINATE = re.compile(
    r"(?:главное\s+)?(?:департамент|комитет|управление|отдел|отделение|министерство|служба|агентство)\b"
)
_SUPERIOR = re.compile(r"(?:администраци|мэри|исполком|исполнительн)")
_GOVERNMENT = re.compile(r"правительство\s+(?P<territory>\S.*)")
_ARMS = re.compile(r"(?:российская\s+федерация|герб\b.*|росси[яи]|\(?логотип\)?)[\s.,]*$")
_TERRITORY_LINE = re.compile(
    r"(?:(?:[\w-]+(?:ая|ий|ый|ое|ой)\s+){0,3}(?:область|край|район|округ|поселение)|муниципальное\s+образование|республика|город)(?:\s.*)?"
)
_AWAITS_TOWN = re.compile(r"(?:округа|образования|поселения)\Z")
_TERRITORIES = re.compile(
    r"(?:(?:герб|логотип|российская\s+федерация|(?:[\w-]+(?:ая|ий|ый)\s+)?(?:область|край|район|округ)|республика\s+[\w-]+)[\s.,]*)+"
)


def read_issuer(lines: Sequence[str]) -> str | None:
    """The issuing body in natural case, from a letterhead's lines without requisites, addresses and kinds.

    >>> read_issuer(["РОССИЙСКАЯ ФЕДЕРАЦИЯ", "Администрация Энской области", "КОМИТЕТ", "ОБЩЕГО ОБРАЗОВАНИЯ"])
    'Комитет общего образования администрации Энской области'
    """
    bodies = [_tidy(join_lines(body)) for body in _cut_into_bodies(lines)]
    if not bodies:
        return None
    last = bodies[-1]
    if len(bodies) == 1 and " " not in last:
        territory = next((line for line in reversed(lines) if _TERRITORY_LINE.fullmatch(fold(line))), None)
        return f"{last} {_genitive_territory(territory)}" if territory else last
    return _with_territory(last, bodies[:-1])


def _genitive_territory(line: str) -> str:
    """«МУНИЦИПАЛЬНОЕ ОБРАЗОВАНИЕ «ГОРОД ЭНСК»» → «муниципального образования «Город Энск»»; the adjective of a name keeps its capital."""
    genitive = genitive_head(_tidy(line))
    if re.match(r"(?:муниципальн|городск|сельск|город\b|города\b)", fold(genitive)):
        return genitive[:1].lower() + genitive[1:]
    return genitive


def read_issuer_after(text: str) -> str | None:
    """The issuer that follows the kind in the genitive («РАСПОРЯЖЕНИЕ / АДМИНИСТРАЦИИ ЭНСКОЙ ОБЛАСТИ»), in the nominative."""
    natural = _tidy(text)
    nominative = nominative_head(natural)
    if not is_body_name(fold(nominative)):
        return None
    return nominative[:1].upper() + nominative[1:]


def _cut_into_bodies(lines: Sequence[str]) -> list[list[str]]:
    bodies: list[list[str]] = []
    for line in _split_joined([_without_arms(line) for line in lines]):
        key = fold(line)
        if _FOREIGN.search(line) or _ARMS.match(key):
            continue
        if is_body_name(key) and not (bodies and _continues_a_name(bodies[-1], line)):
            bodies.append([line])
        elif bodies and (not _TERRITORY_LINE.fullmatch(key) or _AWAITS_TOWN.search(fold(bodies[-1][-1]))):
            bodies[-1].append(line)
        elif _SUBORDINATE.search(key) is not None and is_capitals(line):
            bodies.append([line])
    return bodies


def _without_arms(line: str) -> str:
    """A line without the state's or territory's name before a body («РОССИЙСКАЯ ФЕДЕРАЦИЯ АДМИНИСТРАЦИЯ …»)."""
    line = collapse(line)
    key = fold(line)
    start = find_body_name(key, 0)
    if not start or len(key) != len(line) or not _TERRITORIES.fullmatch(key[:start]):
        return line
    return line[start:]


def _continues_a_name(body: Sequence[str], line: str) -> bool:
    """A school's name goes on with its kind: «Муниципальное бюджетное» «общеобразовательное учреждение», «… учреждение» «средняя школа»."""
    text = " ".join(body)
    if text.count("«") > text.count("»") or text.count('"') % 2:
        return True
    if line[:1].islower() or fold(text).endswith((" и", ",", " по", "-")):
        return True
    return bool(re.search(r"учреждение(?:\s+\w+\s+(?:области|края|района))?$|организация$", fold(text))) and bool(
        re.match(r"(?:\w+\s+){0,3}(?:школа|гимназия|лицей|центр|колледж|сош|техникум)", fold(line))
    )


def _split_joined(lines: Sequence[str]) -> list[str]:
    """Lines in capitals that hold two bodies, cut before the second («АДМИНИСТРАЦИЯ ГОРОДА ЭНСКА ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ»)."""
    result: list[str] = []
    for line in lines:
        rest = line[:1000]
        while True:
            cut = _second_body(rest)
            if cut is None:
                break
            result.append(rest[:cut].strip())
            rest = rest[cut:].strip()
        result.append(rest)
    return result


def _second_body(line: str) -> int | None:
    """Where a second body in the nominative begins in a line: typed in capitals, and not inside quotes."""
    first = line.split(" ", 1)[0]
    for match in re.finditer(
        r"(?<=\s)(?:ГЛАВНОЕ\s+)?(?:КОМИТЕТ|ДЕПАРТАМЕНТ|УПРАВЛЕНИЕ|МИНИСТЕРСТВО|ОТДЕЛ|МУНИЦИПАЛЬНОЕ|ГОСУДАРСТВЕННОЕ)(?=\s|$)",
        line,
    ):
        before = line[: match.start()]
        if before.strip() == first == "ГЛАВНОЕ" or before.count("«") > before.count("»"):
            continue
        if re.search(r"(?:\b(?:И|ПО|НА|В|ЧЕРЕЗ)|,)\s*$", before):
            continue
        if is_body_name(fold(before)) or _ARMS.match(fold(before)):
            return match.start()
    return None


def _tidy(text: str) -> str:
    key = fold(text)
    if key.startswith("российская федерация "):
        start = find_body_name(key, 0)
        text = text[start:] if start else text
    text = text.strip(" .,;:_-–—/*")
    if is_capitals(text):
        return natural_case(text)
    return _mixed_case(text)


def _mixed_case(text: str) -> str:
    """Lines in capitals joined to lines in small letters: each run of capitals in natural case by itself."""
    words = text.split(" ")
    if not any(word.isupper() and len(word) > 4 for word in words):
        return text[:1].upper() + text[1:]
    pieces: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if word.isupper() or (run and word and not any(character.isalpha() for character in word)):
            run.append(word)
            continue
        if run:
            joined = " ".join(run)
            natural = natural_case(joined) if is_capitals(joined) and len(joined) > 4 else joined
            pieces.append(natural if not pieces else _lower_first_unless_name(natural, joined))
            run = []
        if word:
            pieces.append(word)
    text = " ".join(pieces)
    return text[:1].upper() + text[1:]


def _lower_first_unless_name(natural: str, written: str) -> str:
    """The first word's capital inside a name is kept only where it would be kept anywhere."""
    probe = natural_case(f"ОТДЕЛ {written}")
    return probe[len("ОТДЕЛ ") :] if len(probe) > len("ОТДЕЛ ") else natural


def _with_territory(body: str, superiors: Sequence[str]) -> str:
    key = fold(body)
    if not superiors or _TERRITORY.search(key) or not _SUBORDINATE.match(key):
        return body
    superior = superiors[-1]
    government = _GOVERNMENT.match(fold(superior))
    if government is not None:
        return f"{body} {superior[government.start('territory') :]}"
    if _SUPERIOR.match(fold(superior)) and "администраци" not in key:
        genitive = genitive_head(superior)
        return f"{body} {genitive[:1].lower()}{genitive[1:]}"
    return body
