"""Which type of evidence the words of a result mean («письмо федерального оператора» → a letter in): a proposal a reviewer may change.

The heavier words come first: a photo report is an album, not a report; a register of notices is about procurement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

OTHER = "other"
_BODY = r"(?:комитет|департамент|министерств|управлени|отдел|орган|ведомств|начальник|министр|регион|рвпо|проектн)"
_SCHOOL = r"(?:школ|гимнази|лице|общеобразовательн|учреждени|организаци|директор|центр)"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words))
    for kind, words in (
        ("photo-album", r"фото"),
        ("media-publication", r"\bсми\b|средств\w* массов|публикаци|сюжет|пресс-релиз|новост|сайт|\bосвещени|ссылк"),
        ("letter-in", r"^ответ\b|письм\w* (?:от )?(?:федеральн\w+ )?оператора|входящ\w+ письм"),
        ("letter-out", r"письм|обращени|уведомлени|заявк"),
        ("procurement-notice", r"извещени|закупочн|закупк|план-график|аукцион|конкурсн\w+ документац|торг[иов]"),
        ("agreement", r"соглашени|договор|контракт"),
        ("acceptance-act", r"при[её]м\w*[- ]передач|при[её]мк|накладн|ввод\w* в эксплуатац|упд\b|акт\w* (?:о )?постав"),
        ("certificate", r"удостоверени|сертификат|свидетельств|диплом|справк\w+ (?:об обучении|о повышении|института)"),
        (
            "report",
            r"отч[её]т|доклад|аналитическ|информаци\w+ о (?:ход|реализац|выполн|достижен)|мониторинг\w* показат",
        ),
        ("filled-form", r"по форме|согласно форме|\bформ[аеуы]\b|справк|анкет|паспорт|таблиц|чек-лист"),
        (
            "region-act",
            r"правительств|губернатор|администраци\w+ \w+ (?:област|кра|республик)|(?:акт|закон)\w* субъекта",
        ),
        ("school-act", rf"локальн\w+|приказ\w* {_SCHOOL}|акт\w* {_SCHOOL}"),
        (
            "education-body-order",
            rf"приказ|распоряжени|постановлени|распорядительн|нормативн\w+ акт|правов\w+ акт|акт\w* {_BODY}",
        ),
        ("plan", r"\bплан|дорожн\w+ карт|программ|график|расписани"),
    )
)
_ADDRESSED = re.compile(r"оператору|в адрес|\bв (?:министерств|комитет|департамент|региональн|управлени)|направлени")
#: What a bare «акт», «акты» means by stage.
_BARE_ACT = re.compile(r"^акт\w*\W*$")
_BARE_ACTS = {"equipment-installed": "acceptance-act", "activity-plan": "school-act", "legal-basis": "region-act"}


def tell_evidence_type(text: str, *, stage: str = "") -> str:
    """The type of one result.

    >>> tell_evidence_type("Письмо федерального оператора о согласовании"), tell_evidence_type("Фотоотчёт по форме оператора")
    ('letter-in', 'photo-album')
    >>> tell_evidence_type("акты", stage="equipment-installed")
    'acceptance-act'
    """
    words = " ".join(text.casefold().split())
    if _BARE_ACT.match(words):
        return _BARE_ACTS.get(stage, "education-body-order")
    return next((kind for kind, pattern in _RULES if pattern.search(words)), OTHER)


def tell_evidence_types(texts: Sequence[str], *, stage: str = "") -> list[str]:
    """The types of all results of a measure: after a letter out, a letter that is addressed to nobody is its answer.

    >>> tell_evidence_types(["письмо в министерство", "письмо министерства", "приказ управления образования"])
    ['letter-out', 'letter-in', 'education-body-order']
    """
    found = [tell_evidence_type(text, stage=stage) for text in texts]
    sent = False
    for at, (text, kind) in enumerate(zip(texts, found, strict=True)):
        if kind == "letter-out":
            if sent and not _ADDRESSED.search(text.casefold()):
                found[at] = "letter-in"
            sent = True
    return found
