"""State identifiers of organisations: the digits, and the check digits that catch a slip of the hand.

Sources: приказ ФНС of 29.06.2012 № ММВ-7-6/435 (ИНН, КПП), приказ Минфина of 30.10.2017 № 165н (ОГРН).
"""

from __future__ import annotations

import re

_INN10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_KPP = re.compile(r"\d{4}[0-9A-Z]{2}\d{3}")


def clean_identifier(text: str) -> str:
    """The identifier without the spaces, dashes and ``.0`` that people and spreadsheets put in.

    >>> clean_identifier(" 7707 083893.0 ")
    '7707083893'
    """
    return re.sub(r"[\s\-–\u00a0]", "", re.sub(r"\.0+$", "", text.strip())).upper()


def _digit(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11 % 10)


def inn_error(inn: str) -> str | None:
    """What is wrong with an ИНН, in Russian; nothing when it is right or empty.

    >>> inn_error("7707083893"), inn_error("7707083894")
    (None, 'ИНН 7707083894: контрольная цифра не сходится (ожидалась 3).')
    """
    if not inn:
        return None
    if not re.fullmatch(r"[0-9]{10}|[0-9]{12}", inn):
        return f"ИНН «{inn}»: нужно 10 цифр (у физического лица 12), а здесь {len(inn)} знаков."
    expected = _digit(inn, _INN10) if len(inn) == 10 else _digit(inn, _INN11) + _digit(inn, _INN12)
    if inn.endswith(expected) and (len(inn) == 12 or inn[9] == expected):
        return None
    return f"ИНН {inn}: контрольная цифра не сходится (ожидалась {expected})."


def ogrn_error(ogrn: str) -> str | None:
    """What is wrong with an ОГРН (13 digits) or ОГРНИП (15), in Russian.

    >>> ogrn_error("1027700132195"), ogrn_error("102770013219")
    (None, 'ОГРН «102770013219»: нужно 13 цифр, а здесь 12 знаков.')
    """
    if not ogrn:
        return None
    if not re.fullmatch(r"[0-9]{13}|[0-9]{15}", ogrn):
        return f"ОГРН «{ogrn}»: нужно 13 цифр, а здесь {len(ogrn)} знаков."
    expected = str(int(ogrn[:-1]) % (len(ogrn) - 2) % 10)
    return None if ogrn[-1] == expected else f"ОГРН {ogrn}: контрольная цифра не сходится (ожидалась {expected})."


def kpp_error(kpp: str) -> str | None:
    """What is wrong with a КПП (it has no check digit), in Russian.

    >>> kpp_error("773601001"), kpp_error("7736")
    (None, 'КПП «7736»: нужно 9 знаков: 4 цифры, 2 цифры или латинские буквы, 3 цифры.')
    """
    if not kpp or _KPP.fullmatch(kpp):
        return None
    return f"КПП «{kpp}»: нужно 9 знаков: 4 цифры, 2 цифры или латинские буквы, 3 цифры."
