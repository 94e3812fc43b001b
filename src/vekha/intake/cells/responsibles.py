"""The responsibles of a measure: bodies, roles, persons, schools and territories, the name of each as written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vekha.intake.cells.items import trim_item
from vekha.intake.cells.marks import find_marks
from vekha.orders.model import Responsible, ResponsibleKind
from vekha.text.lemmas import is_surname
from vekha.text.names import find_names, is_name
from vekha.text.normalise import collapse, fold

LABEL = re.compile(
    r"^(?:отв(?:етственн(?:ый|ые|ая|ое лицо|ые лица))?(?:\s+исполнител[ьи])?|исполнител[ьи]|соисполнител[ьи])\s*[.:]+\s*",
    re.IGNORECASE,
)
NOTHING = re.compile(r"^[\s\-–—.…_*]*$")
DEFINED = re.compile(r"\s*\(\s*(?:далее|в дальнейшем)(?:\s+по тексту)?\s*[-–—:]?\s*(?P<short>[^()]*)\)", re.IGNORECASE)

ROLE = (
    r"федеральн\w+ оператор\w*|региональн\w+ оператор\w*|региональн\w+ координатор\w*|муниципальн\w+ координатор\w*|координатор\w*|"
    r"рвпо|рпо|проектн\w+ команд\w+|рабоч\w+ групп\w+|руководител\w+|директор\w*|заместител\w+|начальник\w*|заведующ\w+|"
    r"куратор\w*|завхоз\w*|зам\.? директора|методист\w*|педагог\w*|учител\w*|специалист\w*|главн\w+ специалист\w*|консультант\w*|администратор\w*|"
    r"ответственн\w+ лиц\w+|должностн\w+ лиц\w+|поставщик\w*|исполнител\w+|подрядчик\w*|заказчик\w*|министр\w*|глав[аы]|председател\w+|"
    r"контрактн\w+ управляющ\w+|бухгалтер\w*|завуч\w*|оператор\w*|ответственн\w+(?= за )|член\w*|наставник\w*|тьютор\w*|инженер\w*|"
    r"секретар\w*|лаборант\w*|юрист\w*|юрисконсульт\w*|экономист\w*|библиотекар\w*|психолог\w*|социальн\w+ педагог\w*|"
    r"обучающ\w+ся|родител\w+|(?:педагогическ\w+ |трудов\w+ )?коллектив\w*|и\.\s?о\.|врио|зам\.|ведущ\w+ специалист\w*"
)
# «МОБУ», «КГКОУ»: whose the institution is, what kind of purse it has, what it does; those that teach adults are no schools.
OWNER_AND_PURSE = r"[гмкобфрчнс]{0,4}[абк]"
SCHOOL = (
    rf"(?!фг)(?:(?:{OWNER_AND_PURSE}|[гмнч])?д?оу|м[оa]бу|маdоу|maou|mbou)(?!\s?(?:дпо|спо|во)(?![а-яё]))(?:\s+(?:сош|оош|нош|сш|ш))?|"
    r"сош|оош|нош|сш|м[аб]уд?о|"
    r"(?:средн\w+ |основн\w+ |начальн\w+ )?(?:общеобразовательн\w+ )?школ\w+|гимнази\w+|лице\w+|кадетск\w+ корпус\w*|"
    r"(?:муниципальн\w+ |государственн\w+ )?(?:бюджетн\w+ |автономн\w+ |казенн\w+ )?(?:обще)?образовательн\w+ (?:организаци\w+|учреждени\w+)|"
    r"образовательн\w+ организаци\w+|оо|центр\w* [«\"]точка роста[»\"]|школьн\w+ кванториум\w*"
)
INSTITUTION = rf"{OWNER_AND_PURSE}(?:о|по|спо)?у(?:\s?(?:до|дпо|спо|во|здрав\w*|культур\w*))?"
BODY = (
    r"департамент\w*|министерств\w+|комитет\w*|управлени\w+|администраци\w+|отдел\w*|правительств\w+|агентств\w+|служб[аы]|инспекци\w+|"
    r"проектн\w+ офис\w*|(?:региональн\w+|муниципальн\w+|ведомственн\w+|федеральн\w+)(?: ведомственн\w+)? проектн\w+ офис\w*|"
    r"орган\w*|омсу|моуо|мо?уо|рооо|учредител\w+|институт\w*|академи\w+|университет\w*|колледж\w*|техникум\w*|центр\w*|учреждени\w+|"
    r"фонд\w*|ассоциаци\w+|совет\w*|комисси\w+|дирекци\w+|сектор\w*|палат[аы]|федеральн\w+ государственн\w+|фгау|фгаоу|фгбу|"
    rf"{INSTITUTION}|дпо|ано|ооо|оао|пао|ао|ип|министерств[оа]м?|муп|гуп|гкз|рцои|иро|ирост|ипк\w*|"
    r"минпросвещени\w+|минобрнауки\w*|минобр\w*|минцифры|минфин\w*|минстрой\w*|роспотребнадзор\w*|"
    r"(?:[грм]|гор|рай)?(?:уо|роо)|(?:[грм]|гор|рай)оо|г[уо]уо|имц|[гмр]м[цк]|цнппм\w*|цопп|рцо\w+|кабинет\w*|"
    r"муниципалитет\w*|муниципальн\w+ (?:образовани\w+|орган\w*|район\w*|округ\w*|учреждени\w+|методическ\w+)|"
    r"исполнительн\w+ орган\w*|организаци\w+|предприяти\w+|редакци\w+|сми"
)
TERRITORY = (
    r"[а-яё-]+(?:ская|ский|ое|ая) (?:область|край|округ|район|автономный округ)|республика [а-яё-]+(?: [а-яё-]+)?|"
    r"(?:город(?:ской округ)?|г\.) ?[а-яё-]+(?:ск|град|ург|бург|поль)?|[а-яё-]+ муниципальный (?:район|округ)"
)
ADJECTIVE = r"(?:[а-яё-]+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|ому|ым|им|ной|ыми)\s+){0,2}"
QUANTITY = r"(?:все|всем|каждая|каждый)?\s*"
ROLE_HEAD = re.compile(rf"^{QUANTITY}{ADJECTIVE}(?:{ROLE})(?![а-яё])")
SCHOOL_HEAD = re.compile(rf"^{QUANTITY}(?:{SCHOOL})(?![а-яёa-z])")
BODY_HEAD = re.compile(rf"^{QUANTITY}{ADJECTIVE}(?:{BODY})(?![а-яё])")
TERRITORY_WHOLE = re.compile(rf"^(?:{TERRITORY})$")
SEPARATOR = re.compile(r"[,;\n]|\s+(?:и|а также|совместно с|при участии)\s+|\s*/\s*", re.IGNORECASE)
# «Управление образования / администрации района» – the next line goes on with the name; nominatives begin a new one.
GENITIVE_LINE = re.compile(
    r"^(?:администрации|департамента|министерства|комитета|управления|отдела|правительства|сектора|центра|института)\b"
)
POST_WORDS = re.compile(
    r"^(?:и\.?\s?о\.?\s|врио\s|гл(?:авный|\.)\s|вед(?:ущий|\.)\s|ст(?:арший|\.)\s)?(?:заместител|зам\.|начальник|бухгалтер|инженер|завхоз|директор|министр|специалист|консультант|руководител|глав|завед|председател|методист|учител|советник|референт|куратор)",
    re.IGNORECASE,
)

SEVERAL_POSTS = re.compile(
    r"(?:учителя|педагоги|методисты|руководители|директора|заместители|специалисты|начальники|консультанты|инженеры)(?![а-яё])",
    re.IGNORECASE,
)
TERRITORY_HEAD = re.compile(r"^(?:мо|мр|го)\s+(?=[«\"а-яё])")
FAMILY_ENDING = re.compile(r"(?:[оеё]в|[иы]н)а?$|(?:ск|цк)(?:ий|ая)$")
SURNAMES = re.compile(r"[А-ЯЁ][а-яё]{2,}(?:-[А-ЯЁ][а-яё]+)?(?:\s*[,;\n]\s*[А-ЯЁ][а-яё]{2,}(?:-[А-ЯЁ][а-яё]+)?)*\.?$")


def read_responsibles(text: str) -> tuple[Responsible, ...]:
    """Who answers for a measure, in order; a label («Отв.») and a defined short name are left out of the name.

    >>> [responsible.name for responsible in read_responsibles("Министерство образования, науки и спорта, федеральный оператор")]
    ['Министерство образования, науки и спорта', 'федеральный оператор']
    >>> [(responsible.name, responsible.kind.value) for responsible in read_responsibles("Отв. Енисеева Н.А., Обская Е.Н.")]
    [('Енисеева Н.А.', 'person'), ('Обская Е.Н.', 'person')]
    """
    found: list[Responsible] = []
    surnames = _surnames(LABEL.sub("", text.strip()))
    if surnames:
        return tuple(Responsible(surname, ResponsibleKind.PERSON) for surname in surnames)
    for piece in _pieces(LABEL.sub("", text.strip())):
        if NOTHING.match(piece):
            continue
        responsible = _read_one(piece)
        if responsible is not None:
            found.append(responsible)
    return tuple(found)


def _surnames(text: str) -> list[str]:
    """The people of a cell that holds nothing but surnames («Отв. Снегов, Лыкова»), as the dictionary knows them."""
    if len(text) > 200 or not SURNAMES.match(text) or kind_of(text) is not None:
        return []
    words = [word.strip(" .") for word in re.split(r"[,;\n]", text)]
    known = all(is_surname(word) for word in words)
    return words if known or (len(words) > 1 and all(FAMILY_ENDING.search(word) for word in words)) else []


def kind_of(name: str) -> ResponsibleKind | None:
    """The kind of a responsible by its first words, ``None`` where they say nothing."""
    folded = fold(name)
    if is_name(name):
        return ResponsibleKind.PERSON
    if SCHOOL_HEAD.match(folded):
        return ResponsibleKind.SCHOOL
    if ROLE_HEAD.match(folded) and not folded.startswith(("управлени", "центр")):
        return ResponsibleKind.ROLE
    if BODY_HEAD.match(folded):
        return ResponsibleKind.BODY
    if TERRITORY_WHOLE.match(folded) or TERRITORY_HEAD.match(folded):
        return ResponsibleKind.TERRITORY
    return None


def starts_responsible(text: str) -> bool:
    """Whether the text begins like a responsible: a label, a body, a role, a school, a person."""
    stripped = text.strip()
    if LABEL.match(stripped):
        return True
    names = find_names(stripped[:60])
    return bool(names and names[0].start == 0) or kind_of(stripped) is not None


def _read_one(piece: str) -> Responsible | None:
    name = trim_item(DEFINED.sub("", piece))
    if not name:
        return None
    names = find_names(name)
    if len(names) == 1 and not is_name(name):
        person = names[0]
        rest = collapse((name[: person.start] + " " + name[person.end :]).strip(" \n,–—-()"))
        if rest and (POST_WORDS.match(rest) or ROLE_HEAD.match(fold(rest))) and not BODY_HEAD.match(fold(rest)):
            return Responsible(name[person.start : person.end].strip(), ResponsibleKind.PERSON, post=rest)
    return Responsible(name, kind_of(name) or ResponsibleKind.BODY)


def _pieces(text: str) -> Iterator[str]:
    """The cell cut where a new responsible begins; a comma inside a name («образования, науки и спорта») does not cut."""
    marks = tuple(mark for mark in find_marks(text) if mark.opens_line or not _ends_with_name(text[: mark.start]))
    if len(marks) >= 2:
        yield from (collapse(text[: marks[0].start]),) if text[: marks[0].start].strip(" :\n") else ()
        for index, mark in enumerate(marks):
            yield from _cut(text[mark.end : marks[index + 1].start if index + 1 < len(marks) else len(text)])
        return
    yield from _cut(text)


def _ends_with_name(text: str) -> bool:
    """«Ларина С.В. – директор»: the dash behind a name sets off its post, it opens no list."""
    line = collapse(text)[-80:]
    names = find_names(line)
    return bool(names) and not line[names[-1].end :].strip(" .")


def _cut(text: str) -> Iterator[str]:
    start = 0
    for found in SEPARATOR.finditer(text):
        if found.start() < start or _inside_brackets(text, start, found.start()):
            continue
        before, after = text[start : found.start()], text[found.end() :]
        if _cuts(found[0], before, after):
            yield collapse(before)
            start = found.end()
    yield collapse(text[start:])


def _cuts(separator: str, before: str, after: str) -> bool:
    if not before.strip():
        return False
    following = LABEL.sub("", after.lstrip())
    if separator == "\n" and GENITIVE_LINE.match(following) and not before.rstrip().endswith((",", ";")):
        return False
    if separator.strip() == ";" and following:
        return True
    if separator == "\n" and _post_and_person(before, following):
        return False
    names_before = find_names(collapse(before)[-60:])
    if separator.strip() == "," and is_name(collapse(before)) and POST_WORDS.match(following):
        return not _is_post_of_person(following)
    if starts_responsible(following.split("\n")[0][:200]):
        return separator != "\n" or not _unfinished(before)
    if separator == "\n":
        return bool(following[:1].isupper()) and not _unfinished(before)
    return bool(names_before and find_names(following[:60]) and separator.strip() in {",", "и"})


def _post_and_person(before: str, following: str) -> bool:
    """A person and the post on two lines, either above the other: «Ларина С.В. / директор школы», «Директор школы / Ларина С.В.»."""
    above, below = collapse(before.split("\n")[-1]), collapse(following.split("\n")[0])
    if above.endswith((",", ";")):
        return False
    if is_name(above):
        posts_first = any(POST_WORDS.match(line.strip()) for line in before.split("\n")[:-1])
        return below[:1].islower() and bool(POST_WORDS.match(below)) and not find_names(below) and not posts_first
    return bool(POST_WORDS.match(above)) and not find_names(above) and is_name(below)


def _is_post_of_person(following: str) -> bool:
    """«Иванов И.И., директор школы» – a post behind its person; «Иванов И.И., директор Петров П.П.» – another person."""
    clause = re.split(r"[,;\n]", following, maxsplit=1)[0]
    return not find_names(clause) and not SEVERAL_POSTS.match(clause)


def _unfinished(before: str) -> bool:
    last = collapse(before).rsplit(" ", 1)[-1].casefold()
    return last in {"и", "по", "в", "на", "для", "с", "о", "об"} or last.endswith(("-", "–"))


def _inside_brackets(text: str, start: int, position: int) -> bool:
    return text.count("(", start, position) > text.count(")", start, position) or text.count(
        "«", start, position
    ) > text.count("»", start, position)
