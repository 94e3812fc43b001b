"""Phrases of deadlines a second on one core, beside dateparser's rate and accuracy on the same phrases in the same run.

The phrases for the rate are made up here from a fixed seed, every one different, so that no cache can answer. Accuracy is
judged on the phrases of the specification: right is a reader whose first date is the specified one, or who gives no date
where the specification has none.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import dateparser

from tests.spec.deadlines.specification import Phrase, answer, read_chapters
from vekha.calendar.working_days import official_calendar
from vekha.deadlines import parse_deadline, resolve
from vekha.text.months import MONTHS_GENITIVE, MONTHS_NOMINATIVE

DISTINCT = 30_000
FOR_DATEPARSER = 300
GOAL = 20_000
ROMANS = ("I", "II", "III", "IV")
REPEATS = (
    "ежеквартально",
    "ежегодно",
    "ежемесячно",
    "по необходимости",
    "1 раз в полугодие",
    "ежегодно (по необходимости)",
)
EVENTS = ("подписания соглашения", "утверждения плана", "поставки оборудования", "открытия центра", "получения письма")
OFFSETS = (
    "получения субсидии",
    ", предшествующего году получения субсидии",
    ", следующего за годом получения субсидии",
)
BOUNDS = ("", "не позднее ", "до ", "к ", "в срок до ")


def make_phrases(count: int) -> list[str]:
    """So many different phrases in the proportions of real plans: mostly dates, a fifth relative, the rest of every class."""
    chance = random.Random(20240301)
    makers: Sequence[Callable[[random.Random], str]] = (
        *(_make_date,) * 6, *(_make_numeric,) * 2, *(_make_relative,) * 3, _make_repeat, _make_repeat, _make_period,
        _make_period, _make_event, _make_event, _make_external, _make_cycle, _make_stages,
    )  # fmt: skip
    found: dict[str, None] = {}
    while len(found) < count:
        found[chance.choice(makers)(chance)] = None
    return list(found)


def _make_date(chance: random.Random) -> str:
    day, year = chance.randint(1, 28), chance.randint(2015, 2045)
    ending = chance.choice((" года", " г.", "года", "г.", ""))
    return f"{chance.choice(BOUNDS)}{day}{chance.choice((' ', '-го '))}{chance.choice(MONTHS_GENITIVE)} {year}{ending}"


def _make_numeric(chance: random.Random) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(2010, 2050)
    return f"{chance.choice(BOUNDS)}{day:02d}.{month:02d}.{year}"


def _make_relative(chance: random.Random) -> str:
    day, month = chance.randint(1, 28), chance.choice(MONTHS_GENITIVE)
    tail = chance.choice(("", f", далее – {chance.choice(REPEATS)}"))
    return f"{chance.choice(BOUNDS)}{day} {month} года{chance.choice((' ', ''))}{chance.choice(OFFSETS)}{tail}".replace(
        "годап", "года п"
    ).replace(" ,", ",")


def _make_repeat(chance: random.Random) -> str:
    return f"{_make_date(chance)}, далее {chance.choice(('– ', '- ', ''))}{chance.choice(REPEATS)}"


def _make_period(chance: random.Random) -> str:
    year, month = chance.randint(2010, 2050), chance.randint(1, 11)
    return chance.choice(
        (
            f"{chance.choice(ROMANS)} квартал {year} г.",
            f"в течение {year} года",
            f"{MONTHS_NOMINATIVE[month - 1]} – {MONTHS_NOMINATIVE[month]} {year}",
            f"с {chance.randint(1, 14)} по {chance.randint(15, 28)} {MONTHS_GENITIVE[month]} {year} года",
            f"{year}–{year + chance.randint(1, 5)} годы",
            f"в течение {year}/{year + 1} учебного года",
        )
    )


def _make_event(chance: random.Random) -> str:
    count, event = chance.randint(5, 90), chance.choice(EVENTS)
    kind = chance.choice(("рабочих дней", "дней", "календарных дней", "недель", "месяцев"))
    lead, marker = (
        chance.choice(("в течение", "не позднее чем через", "через")),
        chance.choice(("со дня", "после", "с даты")),
    )
    return f"{lead} {count} {kind} {marker} {event}"


def _make_external(chance: random.Random) -> str:
    whose = chance.choice(("федеральным оператором", "Минпросвещения России", "региональным координатором"))
    return f"{chance.choice(('согласно графику', 'по графику'))}, утвержденному {whose} {_make_numeric(chance)[-10:]}"


def _make_cycle(chance: random.Random) -> str:
    day = chance.randint(1, 28)
    return chance.choice(
        (
            f"ежегодно {chance.choice(BOUNDS)}{day} {chance.choice(MONTHS_GENITIVE)}",
            f"ежемесячно, до {day} числа",
            f"ежеквартально, не позднее {day} числа месяца, следующего за отчетным кварталом",
        )
    )


def _make_stages(chance: random.Random) -> str:
    return f"{_make_date(chance)} – проект; {_make_date(chance)} – утверждение"


def count_a_second(read: Callable[[str], Any], phrases: Sequence[str]) -> float:
    """How many phrases a reader takes in a second of one core, each read once; other programs' time is not counted."""
    start = time.process_time()
    for phrase in phrases:
        read(phrase)
    return len(phrases) / (time.process_time() - start)


def judge(first_date: Callable[[Phrase], date | None]) -> tuple[int, int]:
    """How many phrases of the specification a reader gets right, and out of how many."""
    phrases = [phrase for chapter in read_chapters() for phrase in chapter.phrases]
    right = sum(first_date(phrase) == _specified(phrase) for phrase in phrases)
    return right, len(phrases)


def _specified(phrase: Phrase) -> date | None:
    return date.fromisoformat(phrase.dates[0].split()[0]) if phrase.dates else None


def _ours(phrase: Phrase) -> date | None:
    dates = answer(phrase).resolution.dates
    return dates[0].due if dates else None


def _theirs(phrase: Phrase) -> date | None:
    year = phrase.given.get("year", phrase.given.get("subsidy_year", 2024))
    settings: Any = {"DATE_ORDER": "DMY", "RELATIVE_BASE": datetime(year, 1, 1)}  # noqa: DTZ001 — dateparser is naive
    found = dateparser.parse(phrase.text, languages=["ru"], settings=settings) if phrase.text else None
    return found.date() if found else None


def run() -> list[dict[str, Any]]:
    """The lines of the table: rate, rate with dates, accuracy."""
    phrases = make_phrases(DISTINCT)
    calendar = official_calendar()
    parse_deadline(phrases[0])
    ours = count_a_second(parse_deadline, phrases)
    dated = count_a_second(
        lambda phrase: resolve(
            parse_deadline(phrase)[0], calendar=calendar, subsidy_year=2024, year=2024, event=date(2024, 2, 1)
        ),
        phrases[:6_000],
    )
    theirs = count_a_second(lambda phrase: dateparser.parse(phrase, languages=["ru"]), phrases[:FOR_DATEPARSER])
    (right, total), (their_right, _) = judge(_ours), judge(_theirs)
    return [
        {
            "name": "deadlines: phrases a second, one core",
            "ours": f"{ours:,.0f}".replace(",", " "),
            "peer": f"dateparser {theirs:,.0f}".replace(",", " "),
            "ratio": round(ours / theirs, 1),
            "goal": f"≥ {GOAL} a second",
            "note": f"{DISTINCT} different phrases, dateparser on the first {FOR_DATEPARSER} of them",
        },
        {
            "name": "deadlines: phrases a second, read and dated",
            "ours": f"{dated:,.0f}".replace(",", " "),
            "peer": f"dateparser {theirs:,.0f}".replace(",", " "),
            "ratio": round(dated / theirs, 1),
            "note": "with working days, reporting periods and repetitions to the end of the next year",
        },
        {
            "name": "deadlines: first date right",
            "ours": f"{right} of {total}",
            "peer": f"dateparser {their_right} of {total}",
            "ratio": round(right / max(their_right, 1), 1),
            "note": "the phrases of our own specification (tests/spec/deadlines); no date is right where none is specified",
        },
    ]


if __name__ == "__main__":
    for line in run():
        print(line)
