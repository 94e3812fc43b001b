"""Who coordinates and who controls: the body named regional coordinator, the person or post that control is laid upon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vekha.intake.header.body import Clause
from vekha.intake.header.cases import nominative_head
from vekha.intake.header.people import names_in
from vekha.orders.model import Control, Signatory
from vekha.problems import Place, Problem, Severity
from vekha.text.names import nominative_name

_LONGEST = 6000
_COORDINATOR = r"региональн\w+\s+координатор\w*"
_BETWEEN = re.compile(
    rf"(?:определить|назначить|утвердить|считать|установить,?\s+что|наделить)\s+(?P<body>(?!{_COORDINATOR}).{{2,600}}?)[\s,–—-]+(?:в\s+качестве\s+|функциями\s+|полномочиями\s+|является\s+)?"
    rf"(?:ответственн\w+\s+)?{_COORDINATOR}",
    re.IGNORECASE,
)
_AFTER_VERB = re.compile(
    rf"{_COORDINATOR}(?P<middle>[^.;]{{0,900}}?)\s*(?:определить|назначить|является|считать|утвердить|выступает|[–—-](?=\s*(?:является)?))\s*(?P<body>[^.;]{{2,600}})",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(
    rf"(?:определить|назначить|утвердить)\s+(?:в\s+качестве\s+)?{_COORDINATOR}\w*(?P<middle>,\s*ответственн[^.;:]{{0,900}}?,|[^.;:,]{{0,900}}?(?:[,:–—-]|(?=\s[А-ЯЁ])))\s*(?P<body>[А-ЯЁ«а-яё][^.;]{{2,600}})",
    re.IGNORECASE,
)
_OF_SOMETHING = re.compile(
    rf"(?:определить|назначить|утвердить)\s+(?:в\s+качестве\s+)?{_COORDINATOR}\s+[^.;]{{2,900}}?\s"
    r"(?P<body>(?:министерство|департамент|комитет|управление|главное\s+управление|администрацию|агентство|отдел|институт|учреждение"
    r"|(?:государственн|муниципальн|краев|областн)\w+\s+\w+\s+учреждение|[ГМКО]{0,3}[АБК]У)(?!\w)[^.;]{0,600})",
    re.IGNORECASE,
)
_IS_COORDINATOR = re.compile(
    rf"(?P<body>[^.;:]{{2,400}}?)\s+(?:является|выступает|[–—-])\s+{_COORDINATOR}", re.IGNORECASE
)
_LAID_UPON = re.compile(
    rf"(?:функции|полномочия|обязанности)\s+{_COORDINATOR}[^.;]{{0,600}}?\s+(?:возложить\s+)?на\s+(?P<body>[^.;]{{2,600}})",
    re.IGNORECASE,
)
_LAY = re.compile(
    rf"возложить\s+на\s+(?P<body>[^.;]{{2,600}}?)\s+(?:функции|полномочия|обязанности)\s+{_COORDINATOR}", re.IGNORECASE
)
_BODY_END = re.compile(
    r"\s*\((?:далее|приложение)|,\s*(?:ответственн|котор|осуществля|обеспечива|определ|в\s+лице|на\s+период|с\s+)|\s+ответственн\w+\s+за\s|\s+(?:функции|в\s+срок|до\s+\d)"
)

_CONTROL = re.compile(r"контрол\w*\s+(?:за|над|исполнени|выполнени|реализаци)|контроль\b", re.IGNORECASE)
_CONTROL_UPON = re.compile(
    r"(?:возложить|возлагаю|возлагается|возложен|поручить)\s+на\s+(?P<who>.+)", re.IGNORECASE | re.DOTALL
)
_CONTROL_ON = re.compile(r"поручить\s+(?P<who>.+)", re.IGNORECASE | re.DOTALL)
_CONTROL_MYSELF = re.compile(
    r"(?:оставляю|оставить|возлагаю|возложить|остается|беру)\s+(?:за\s+собой|на\s+себя)", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[^\s.А-ЯЁ(])[.;](?:\s+(?=[А-ЯЁ«])|\s*\Z)")


def find_coordinator(clauses: Sequence[Clause]) -> str | None:
    """The body (or person) that the order names regional coordinator, in the nominative as far as that is certain."""
    for clause in clauses:
        text = clause.text[:_LONGEST]
        if not re.search(_COORDINATOR, text, re.IGNORECASE):
            continue
        for pattern in (_BETWEEN, _OF_SOMETHING, _VERB_FIRST, _LAY, _LAID_UPON, _AFTER_VERB, _IS_COORDINATOR):
            match = pattern.search(text)
            body = _clean_body(match["body"]) if match else None
            if body is not None:
                return body
    return None


def _clean_body(text: str) -> str | None:
    end = _BODY_END.search(text)
    body = (text[: end.start()] if end else text).strip(" ,.;:–—-")
    body = re.sub(r"^(?:что\s+|также\s+|на\s+|в\s+лице\s+)", "", body)
    if not body or len(body) > 400 or not any(character.isalpha() for character in body):
        return None
    if re.match(r"(?i)(?:ответственн|функци|по\s|за\s|в\s+(?:рамках|целях)|региональн\w+\s+координатор)", body):
        return None
    if names_in(body):
        return nominative_name(body)
    nominative = nominative_head(body)
    return nominative[:1].upper() + nominative[1:]


def find_control(clauses: Sequence[Clause], signatory: Signatory | None) -> tuple[Control | None, tuple[Problem, ...]]:
    """Who controls execution: the name in the nominative, the post as written; «за собой» is the signatory."""
    for clause in reversed(clauses):
        text = clause.text[:_LONGEST]
        start = _CONTROL.search(text)
        if start is None:
            continue
        sentence = text[start.start() :]
        if _CONTROL_MYSELF.search(sentence):
            return _by_signatory(signatory), ()
        match = _CONTROL_UPON.search(sentence) or _CONTROL_ON.search(sentence)
        if match is not None:
            return _read_control(match["who"], clause.place)
    return None, ()


def _by_signatory(signatory: Signatory | None) -> Control:
    if signatory is None:
        return Control(None, None)
    return Control(signatory.name, signatory.post)


def _read_control(text: str, place: Place) -> tuple[Control, tuple[Problem, ...]]:
    text = _first_sentence(text)
    names = names_in(text)
    if not names:
        return Control(None, text.strip(" .,;:") or None), ()
    name = names[0]
    before = text[: name.start].strip(" ,;:–—-(")
    after = text[name.end :].strip(" ,;:.–—-)")
    post = before or (text[name.end : names[1].start] if len(names) > 1 else after)
    control = Control(nominative_name(name.written), post.strip(" ,;:.–—-()") or None)
    return control, (_tell_several(text, place),) if len(names) > 1 else ()


def _first_sentence(text: str) -> str:
    """Up to the first full stop that is not an initial's or an abbreviation's."""
    names = names_in(text)
    for match in _SENTENCE.finditer(text):
        if any(name.start <= match.start() < name.end for name in names):
            continue
        if re.search(r"(?:^|\s)(?:г|ул|им|обл|р-н|пос|с|д|ст|зам|и\.\s?о|к|гг)\Z", text[: match.start()]):
            continue
        return text[: match.start()]
    return text


def _tell_several(text: str, place: Place) -> Problem:
    return Problem(
        "control-several",
        f"Контроль возложен на нескольких лиц: «{text.strip()[:300]}»; взято первое.",
        Severity.NOTE,
        "Добавьте остальных контролирующих вручную.",
        place,
    )
