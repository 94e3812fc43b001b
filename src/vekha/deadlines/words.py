"""The words the deadline language knows: every form → the class the grammar sees, and a number where the class has one."""

from __future__ import annotations

from functools import lru_cache

from vekha.deadlines.syntax import Every
from vekha.text.lookalikes import fix_lookalikes
from vekha.text.months import MONTHS
from vekha.text.numerals import parse_numeral

STEPS: tuple[Every, ...] = (Every.WEEK, Every.MONTH, Every.QUARTER, Every.HALF_YEAR, Every.YEAR)
"""The steps of a repetition; the value of a CYCLE word is its place here."""

_CLASSES: dict[str, str] = {
    "YEAR": "год года году годом годе годы годов годах годам годами лет г гг",
    "QUARTER": "квартал квартала кварталу кварталом квартале кварталы кварталов кварталам кварталах кв",
    "HALF": "полугодие полугодия полугодию полугодием полугодии полугодий полугодиям полугодиях",
    "HALFOF": "половина половины половине половину половиной",
    "HALFSPAN": "полгода полугода",
    "MONTHW": "месяц месяца месяцу месяцем месяце месяцы месяцев месяцам месяцах мес",
    "WEEKW": "неделя недели неделю неделе неделей недель неделям неделями неделях",
    "DAYW": "день дня дню днем дне дни дней дням днями днях дн сутки суток суткам",
    "DATEW": "число числа числу числом числе",
    "DECADE": "декада декады декаде декаду декадой",
    "PERIODW": "период периода периоду периодом периоде периоды периодов",
    "WORK": "рабочий рабочего рабочему рабочим рабочем рабочая рабочие рабочих рабочими раб",
    "CAL": "календарный календарного календарных календарные календарным календарном кал",
    "SCHOOL": "учебный учебного учебному учебном учебным учебных уч",
    "NOT": "не",
    "LATER": "позднее позже поздней",
    "NOTLATER": "непозднее непозже",
    "EARLIER": "ранее раньше",
    "NOTEARLIER": "неранее нераньше",
    "THAN": "чем",
    "DO": "до",
    "K": "к ко",
    "PO": "по",
    "S": "с со",
    "ZA": "за",
    "V": "в во",
    "NA": "на",
    "OT": "от",
    "PRI": "при",
    "AND": "и",
    "BUT": "но",
    "COURSE": "течение течении теченье теченьи протяжении протяжение втечение втечении",
    "THROUGH": "через спустя",
    "EXPIRY": "истечении истечению истечения",
    "STARTING": "начиная",
    "AFTER": "после",
    "MOMENT": "момента момент моменту",
    "DATEOF": "даты дата",
    "ENDOF": "конец конца концу конце",
    "FINISH": "окончания окончании окончанию завершения завершении завершению",
    "START": "начало начала началу начале",
    "LAST": "последний последнего последнему последнее последним последнем последняя последней последнюю",
    "NEXT": "следующий следующего следующему следующем следующим следующие следующих следующей следующую следующее",
    "PREV": "предшествующий предшествующего предшествующему предшествующем предшествующим предыдущий предыдущего"
    " предыдущему предыдущем",
    "SUBSEQUENT": "последующий последующие последующем последующих последующего",
    "CURRENT": "текущий текущего текущему текущем текущим сего",
    "REPORT": "отчетный отчетного отчетному отчетным отчетном отчетной отчетное",
    "EACH": "каждый каждого каждому каждым каждом каждое каждая каждой каждую каждые каждых",
    "TIMES": "раз раза разу",
    "TWICE": "дважды",
    "RARELY": "реже менее",
    "FURTHER": "далее затем впоследствии дальнейшем",
    "NEED": "необходимости надобности необходимость потребности",
    "MEASURE": "мере",
    "CASE": "случае случаях",
    "REQUEST": "запросу запросам запросе требованию требованиям заявке заявкам поручению поручениям обращению",
    "PERMANENT": "постоянно бессрочно непрерывно систематически регулярно ежедневно круглогодично",
    "CONSTANT": "постоянной регулярной непрерывной систематической",
    "WHOLE": "весь всего всем вся всей всю",
    "SCHEDULE": "график графика графику графиком графике графики графикам графиками план плана плану планом планам"
    " планами расписание расписанию расписанием",
    "TERM": "срок срока сроку сроком сроке сроки сроков срокам сроками сроках",
    "FILLER": "исполнения реализации выполнения проведения представления включительно плановый крайний",
    "ACCORD": "согласно соответствии соответствие сообразно",
    "AGREEMENT": "согласованию согласованным",
    "GETTING": "получения предоставления выделения получению предоставлению получением предоставлением получении"
    " предоставлении",
    "SUBSIDY": "субсидии субсидий субсидию субсидия субсидией гранта грантов трансферта",
    "OPENING": "создания открытия созданию открытию созданием открытием создании открытии",
    "WHICH": "котором который которого",
    "X": "x х n",
}

_CYCLES: dict[Every, str] = {
    Every.WEEK: "еженедельн понедельн",
    Every.MONTH: "ежемесячн помесячн",
    Every.QUARTER: "ежеквартальн поквартальн",
    Every.HALF_YEAR: "ежеполугодн полугодов",
    Every.YEAR: "ежегодн погодов",
}
_CYCLE_ENDINGS = ("о", "ый", "ая", "ое", "ые", "ого", "ой", "ому", "ых", "ым")
_ROMANS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
    "і": 1, "іі": 2, "ііі": 3, "іv": 4, "l": 1, "ll": 2, "lll": 3, "lv": 4, "п": 2, "ш": 3, "iу": 4, "іу": 4,
}  # fmt: skip
"""Roman numerals, also as scanners and Russian keyboards write them; the grammar takes them only before «квартал» and the like."""

SCANNED_ROMANS = frozenset({"l", "ll", "lll", "lv", "п", "ш", "iу", "іу"})
"""Roman numerals that were surely written with other letters: they are read, with a warning."""

_WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_WEEKDAY_ENDINGS = ("", "а", "у", "ам", "и", "ы", "е", "ю", "я", "ям", "ой", "ей")


def _build() -> dict[str, tuple[str, int]]:
    table: dict[str, tuple[str, int]] = {form: ("ROMAN", value) for form, value in _ROMANS.items()}
    for kind, forms in _CLASSES.items():
        table.update(dict.fromkeys(forms.split(), (kind, 0)))
    for every, stems in _CYCLES.items():
        for stem in stems.split():
            table.update({stem + ending: ("CYCLE", STEPS.index(every)) for ending in _CYCLE_ENDINGS})
    table.update({"ежекв": ("CYCLE", 2), "ежемес": ("CYCLE", 1), "ежегод": ("CYCLE", 4)})
    for number, stem in enumerate(_WEEKDAYS, start=1):
        table.update({stem + ending: ("WEEKDAY", number) for ending in _WEEKDAY_ENDINGS})
    table.update({form: ("MONTH", number) for form, number in MONTHS.items()})
    return table


KNOWN = _build()
"""Every known form: its class and its number."""
_MONTH_FORMS = tuple(form for form in MONTHS if len(form) >= 5)
_LONGEST_WORD = 40


def classify(word: str) -> tuple[str, int]:
    """The class of a lower-case word («ё» written «е») and its number; unknown words are ("WORD", 0).

    >>> classify("марта"), classify("ежеквартально"), classify("двадцать"), classify("парта")
    (('MONTH', 3), ('CYCLE', 2), ('NUMERAL', 20), ('WORD', 0))
    """
    return KNOWN.get(word) or _classify_rare(word)


@lru_cache(maxsize=8192)
def _classify_rare(word: str) -> tuple[str, int]:
    if len(word) > _LONGEST_WORD:
        return "WORD", 0
    number = parse_numeral(word)
    if number is not None:
        return "NUMERAL", number
    meant = fix_lookalikes(word)
    return KNOWN.get(meant, ("WORD", 0)) if meant != word else ("WORD", 0)


@lru_cache(maxsize=4096)
def find_misspelled_month(word: str) -> int | None:
    """The month a misspelled word surely means, ``None`` where two are as near or none is near enough.

    One letter may be wrong, missing, added or swapped; two in words of seven letters or more. Words of four letters or fewer
    are never repaired: «мар», «май», «июн» and «июл» are too near to each other.

    >>> find_misspelled_month("сентебря"), find_misspelled_month("окября"), find_misspelled_month("июля")
    (9, 10, None)
    """
    if not 5 <= len(word) <= _LONGEST_WORD or word in KNOWN:
        return None
    from rapidfuzz.distance import OSA  # noqa: PLC0415 — only misspelled phrases need it

    allowed = 2 if len(word) >= 7 else 1
    near: dict[int, int] = {}
    for form in _MONTH_FORMS:
        distance = OSA.distance(word, form, score_cutoff=allowed)
        if distance <= allowed:
            near[MONTHS[form]] = min(distance, near.get(MONTHS[form], distance))
    if not near:
        return None
    best = min(near.values())
    nearest = [month for month, distance in near.items() if distance == best]
    return nearest[0] if len(nearest) == 1 else None


def is_known(word: str) -> bool:
    """Whether a lower-case word stands in the table."""
    return word in KNOWN


_WORTH_REPAIRING = frozenset(
    {"CYCLE", "YEAR", "QUARTER", "HALF", "GETTING", "SUBSIDY", "PREV", "NEXT", "NEED", "SCHEDULE", "FURTHER", "LATER", "COURSE",
     "ACCORD", "REPORT", "WORK", "PERMANENT", "MONTHW", "CAL", "SCHOOL", "LAST", "REQUEST", "MONTH", "FINISH"}
)  # fmt: skip
_LONG_FORMS = tuple(form for form, (kind, _) in KNOWN.items() if len(form) >= 5 and kind in _WORTH_REPAIRING)


@lru_cache(maxsize=4096)
def find_known_word(word: str) -> str | None:
    """The known word a misspelled one surely means: one slip in six letters or more, two in nine or more.

    >>> find_known_word("ежекваратльно"), find_known_word("необходмости"), find_known_word("школы")
    ('ежеквартально', 'необходимости', None)
    """
    if not 6 <= len(word) <= _LONGEST_WORD:
        return None
    from rapidfuzz.distance import OSA  # noqa: PLC0415 — only misspelled phrases need it

    allowed = 2 if len(word) >= 9 else 1
    near: dict[tuple[str, int], tuple[int, str]] = {}
    for form in _LONG_FORMS:
        distance = OSA.distance(word, form, score_cutoff=allowed)
        if distance <= allowed:
            meaning = KNOWN[form]
            near[meaning] = min((distance, form), near.get(meaning, (distance, form)))
    if not near:
        return None
    ranked = sorted(near.values())
    return ranked[0][1] if len(ranked) == 1 or ranked[0][0] < ranked[1][0] else None


@lru_cache(maxsize=4096)
def split_glued(word: str) -> str | None:
    """Known words grown together, apart again, in as few pieces as possible.

    >>> split_glued("годаполучениясубсидии"), split_glued("непозднеемарта"), split_glued("школа")
    ('года получения субсидии', 'непозднее марта', None)
    """
    if len(word) > 2 * _LONGEST_WORD:
        return None
    best: list[tuple[int, int] | None] = [(0, 0)] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - 20), end - 1):
            before = best[start]
            if before is not None and word[start:end] in KNOWN:
                now = best[end]
                if now is None or before[0] + 1 < now[0]:
                    best[end] = (before[0] + 1, start)
    pieces: list[str] = []
    end = len(word)
    while end:
        step = best[end]
        if step is None:
            return None
        pieces.append(word[step[1] : end])
        end = step[1]
    return " ".join(reversed(pieces)) if len(pieces) > 1 else None
