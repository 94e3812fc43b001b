"""A thousand different orders of thirteen measures checked by all rules on one core, beside the time of reading the same orders.

The orders are made up here from a fixed seed: other dates, responsibles, numbers and slips in each, so that caches of phrases
and names serve as they would in a region's archive, and rules have something to find.
"""

from __future__ import annotations

import random
import time
from typing import Any

from vekha.calendar.working_days import official_calendar
from vekha.checks.catalogue import RULES
from vekha.checks.reference import pack_reference
from vekha.checks.run import run_rules
from vekha.checks.subject import build_subject
from vekha.intake.build import build_order
from vekha.intake.document import Document
from vekha.intake.open import open_bytes
from vekha.orders.model import OrderFile
from vekha.packs.library import list_packs, roadmap_for
from vekha.text.months import MONTHS_GENITIVE

ORDERS = 1000
GOAL_SECONDS = 10.0
MEASURES = (
    ("Утверждены: 1. должностное лицо; 2. комплекс мер; 3. перечень показателей деятельности центра", "Приказ"),
    ("Сформирован и согласован инфраструктурный лист", "1. Письмо оператору; 2. Письмо оператора; 3. Приказ"),
    ("Сформирован проект дизайна и зонирования помещений", "1. Письмо оператору; 2. Письмо оператора; 3. Приказ"),
    ("Обеспечено наличие базового набора оборудования, средств обучения и воспитания", "Гарантийное письмо"),
    ("Объявлены закупки товаров, работ, услуг для создания центра «Кванториум»", "Извещения или реестр извещений"),
    ("Информационная справка об общеобразовательной организации", "По форме проектного офиса"),
    ("Утверждены планы мероприятий центра на учебный год", "Локальные акты"),
    ("Получено, установлено и налажено оборудование", "По форме федерального оператора"),
    ("Проведен фотомониторинг по приведению помещений в соответствие с рекомендациями", "Фотоотчёт"),
    ("Сформирован единый комплексный план мероприятий", "Распорядительный акт"),
    ("Проведено повышение квалификации педагогических работников", "Справка"),
    ("Начало работы центра «Кванториум»", "Распорядительный акт"),
    ("Ежеквартальный мониторинг выполнения показателей", "Отчет федеральному оператору"),
)
INDICATORS = (
    ("1", "Ученики школы, изучающие два и более предмета с оборудованием центра (человек в год)", 750, 1500),
    ("2", "Дети на дополнительных программах технической направленности (человек в год)", 300, 600),
    ("3", "Дети 5–18 лет, участвовавшие во внеклассных мероприятиях центра (человек в год)", 3000, 6000),
    ("3.1", "Внеклассные мероприятия, проведённые центром для детей (единиц в год)", 15, 30),
    ("4", "Ученики 5–11 классов, участвовавшие в олимпиадах школьников (человек в год)", 0, 30),
    ("5", "Доля педагогов центра, обученных по программам из реестра (%)", 100, 100),
)
SURNAMES = (
    "Лосев",
    "Зимин",
    "Ковригин",
    "Осокин",
    "Глаголев",
    "Лапшин",
    "Туманов",
    "Мостов",
    "Ларин",
    "Енисеев",
    "Обский",
)
BODIES = ("Департамент образования", "Региональный координатор", "МБОУ «Школа № {n}»", "Управление образования города")


def make_order(chance: random.Random) -> str:
    """One order as text: items, a roadmap of thirteen measures, indicators, an acquaintance list."""
    year = chance.randint(2022, 2029)
    rows = [
        f"{number}\t{text}\t{_responsibles(chance)}\t{result}\t{_deadline(chance, number, year)}"
        for number, (text, result) in enumerate(MEASURES, start=1)
    ]
    minima = [
        f"{number}\t{name}\t{first if chance.random() < 0.9 else first // 2}\t{later}"
        for number, name, first, later in INDICATORS
    ]
    people = "\n\n".join(_person(chance) for _ in range(chance.randint(0, 5)))
    return "\n".join((
        "АДМИНИСТРАЦИЯ ЗАРЕЧНОЙ ОБЛАСТИ\nРАСПОРЯЖЕНИЕ\n",
        f"{chance.randint(1, 28):02}.12.{year - 1} № {chance.randint(1, 3999)}-р\n",
        f"О создании детских технопарков «Кванториум» на базе общеобразовательных организаций в {year} году\n",
        "На основании письма Министерства просвещения Российской Федерации от 30.11.2023 № ТВ-2357/02:\n",
        "1. Утвердить прилагаемый комплекс мер («дорожную карту»).\n",
        f"2. Контроль возложить на заместителя губернатора {_person(chance)}.\n",
        f"Губернатор\n{_person(chance)}\n",
        f"Комплекс мер («дорожная карта») по созданию детских технопарков «Кванториум» в {year} году\n",
        "№\tНаименование мероприятия\tОтветственный\tРезультат\tСрок", *rows,
        "\nПеречень показателей детских технопарков «Кванториум»\n",
        "№\tНаименование показателя\tМинимальное значение в год открытия\tМинимальное значение в последующие годы", *minima,
        f"\nОзнакомлены:\n\n{people}\n" if people else "",
    ))  # fmt: skip


def run() -> list[dict[str, Any]]:
    """The lines of the page: all rules, all rules against a pack, each beside reading the same orders."""
    chance = random.Random(20260901)
    texts = [make_order(chance) for _ in range(ORDERS)]
    calendar, library = official_calendar(), list_packs()
    started = time.perf_counter()
    read = [_read(text) for text in texts]
    reading = time.perf_counter() - started

    def check(*, against: bool) -> tuple[float, int]:
        started, found = time.perf_counter(), 0
        for document, order_file in read:
            roadmap = roadmap_for("school-quantorium", 2024, library) if against else None
            reference = pack_reference(order_file, roadmap.id, [roadmap.roadmap]) if roadmap is not None else None
            subject = build_subject(
                order_file, calendar=calendar, library=library, document=document, reference=reference
            )
            found += len(run_rules(subject, RULES).findings)
        return time.perf_counter() - started, found

    lines = []
    for name, against in (("check 1 000 orders of 13 measures", False), ("the same against a pack", True)):
        spent, found = check(against=against)
        note = f"{len(RULES)} rules, {found} findings, {spent / ORDERS * 1000:.1f} ms an order; beside it reading them from text"
        lines.append({
            "name": name, "ours": f"{spent:.1f} s", "floor": f"{reading:.1f} s", "ratio": round(spent / reading, 2),
            "goal": f"< {GOAL_SECONDS:.0f} s" if not against else None, "note": note,
        })  # fmt: skip
    return lines


def _read(text: str) -> tuple[Document, OrderFile]:
    document = open_bytes(text.encode(), "order.txt")
    return document, build_order(document)


def _person(chance: random.Random) -> str:
    return f"{chance.choice(SURNAMES)} {chance.choice('АБВГДЕИКЛМН')}.{chance.choice('АБВГДЕИКЛМН')}."


def _responsibles(chance: random.Random) -> str:
    pool = [*BODIES, _person(chance), _person(chance)]
    return ", ".join(
        each.replace("{n}", str(chance.randint(1, 99))) for each in chance.sample(pool, chance.randint(1, 3))
    )


def _deadline(chance: random.Random, number: int, year: int) -> str:
    if number == 2:
        return "согласно графику, направляемому федеральным оператором"
    if number == 11:
        return f"в течение {year} года"
    month = min(12, max(1, number - chance.randint(0, 1)))
    bound = chance.choice(("", "не позднее ", "до "))
    return f"{bound}{chance.randint(1, 28)} {MONTHS_GENITIVE[month - 1]} {year} года" + (
        ", далее – ежеквартально" if number == 13 else ""
    )
