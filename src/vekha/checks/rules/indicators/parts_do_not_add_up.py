"""Sub-indicators that do not make up the whole they are parts of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import folded, quoted
from vekha.orders.model import Indicator
from vekha.problems import Severity

_WHOLE = re.compile(r"\bвсего\b|в том числе:?$|\bитого\b|\bобщ(?:ее|ая) (?:числ|количеств|численност)")
_CLOSE = 1e-9


@rule(
    "IN05",
    slug="parts-do-not-add-up",
    family=Family.INDICATORS,
    severity=Severity.WARNING,
    basis="Сумма слагаемых равна целому",
)
def parts_do_not_add_up(subject: Subject) -> Iterator[Violation]:
    """Слагаемые не дают в сумме целого.

    Почему:
        Если показатель назван общим («всего», «в том числе»), его части должны с ним сходиться. Где целое не названо общим,
        части могут пересекаться или не исчерпывать его, и правило молчит; доли не складываются вовсе.

    Нарушение:
        | №   | Наименование показателя                                  | В год открытия | В последующие годы |
        | 1   | Численность обученных детей, всего (человек в год)       | 100 | 200 |
        | 1.1 | на технических программах (человек в год)                | 60  | 120 |
        | 1.2 | на естественно-научных программах (человек в год)        | 30  | 80  |

    Правильно:
        | №   | Наименование показателя                                  | В год открытия | В последующие годы |
        | 1   | Численность обученных детей, всего (человек в год)       | 100 | 200 |
        | 1.1 | на технических программах (человек в год)                | 60  | 120 |
        | 1.2 | на естественно-научных программах (человек в год)        | 40  | 80  |
    """
    for index, _, indicators in subject.indicators():
        parts: dict[str, list[Indicator]] = defaultdict(list)
        for indicator in indicators:
            if indicator.parent:
                parts[indicator.parent].append(indicator)
        for whole in indicators:
            children = parts.get(whole.number or "", [])
            if len(children) < 2 or not _is_total(whole) or any(_unit(each) != _unit(whole) for each in children):
                continue
            for when, total, values in (
                ("в год открытия", whole.opening_year, [each.opening_year for each in children]),
                ("в последующие годы", whole.following_years, [each.following_years for each in children]),
            ):
                summed = _sum(values)
                if total is not None and summed is not None and abs(summed - total) > _CLOSE:
                    message = (
                        f"Части показателя {whole.number} {quoted(whole.name, 60)} {when} дают в сумме {summed:g}, "
                        f"а он равен {total:g}."
                    )
                    yield Violation(message, "Проверьте слагаемые и итог.", index, place=whole.place)


def _is_total(indicator: Indicator) -> bool:
    return bool(_WHOLE.search(folded(indicator.name).split(" (")[0])) and _unit(indicator) != "%"


def _unit(indicator: Indicator) -> str:
    return folded(indicator.unit or "")


def _sum(values: Sequence[float | int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
