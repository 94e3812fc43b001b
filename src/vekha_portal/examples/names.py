"""Invented names: people, settlements, municipalities, schools; from one source of chance, so that a seed gives the same ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

_SURNAME_FIRST = (
    "Бело", "Темно", "Красно", "Тихо", "Остро", "Светло", "Горно", "Зелено", "Кругло", "Долго", "Сухо", "Ясно",
    "Студено", "Крепко", "Добро", "Ново", "Старо", "Чисто", "Звонко", "Широко",
)  # fmt: skip
_SURNAME_LAST = (
    "лугов", "боров", "камнев", "речнов", "снегов", "полев", "ветров", "берегов", "мостов", "листов", "холмов",
    "дубров", "пашнев", "зорин", "росин", "рябинин", "осинин", "вершинин", "долинин", "крылов",
)  # fmt: skip
_MEN = ("Арсений", "Богдан", "Вадим", "Глеб", "Демид", "Егор", "Захар", "Игнат", "Кирилл", "Лука", "Матвей", "Назар")
_MEN_FATHERS = ("Арсеньевич", "Богданович", "Вадимович", "Глебович", "Егорович", "Захарович", "Игнатович", "Матвеевич")
_WOMEN = ("Алиса", "Варвара", "Галина", "Дарья", "Ева", "Злата", "Инна", "Кира", "Лидия", "Милана", "Нина", "Полина")
_WOMEN_FATHERS = (
    "Арсеньевна",
    "Богдановна",
    "Вадимовна",
    "Глебовна",
    "Егоровна",
    "Захаровна",
    "Игнатовна",
    "Матвеевна",
)
_PLACE_FIRST = (
    "Верхне", "Нижне", "Средне", "Ново", "Старо", "Мало", "Бело", "Красно", "Черно", "Право", "Сухо", "Круто",
    "Тихо", "Светло", "Дально", "Озёрно", "Горно", "Степно", "Лесо", "Камено",
)  # fmt: skip
_PLACE_LAST = (
    "кедров", "лугов", "яров", "омутов", "бродов", "полян", "ключев", "холмов", "боров", "рощин", "заводин", "мостов",
    "берёзов", "соснов", "пихтов", "плёсов", "родников", "отрадов", "зимов", "вишнев",
)  # fmt: skip
_KINDS = ("муниципальный округ", "муниципальный район", "городской округ")
_TITLES = (("Средняя школа", 70), ("Основная школа", 22), ("Гимназия", 4), ("Лицей", 4))


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person who does not exist."""

    surname: str
    given_name: str
    patronymic: str


@dataclass(frozen=True, slots=True)
class SchoolName:
    """A school's names: the one of its charter, and a short one."""

    full: str
    short: str
    is_rural: bool


def person_name(chance: random.Random) -> PersonName:
    """Somebody."""
    surname = chance.choice(_SURNAME_FIRST) + chance.choice(_SURNAME_LAST)
    if chance.random() < 0.3:
        return PersonName(surname, chance.choice(_MEN), chance.choice(_MEN_FATHERS))
    return PersonName(surname + "а", chance.choice(_WOMEN), chance.choice(_WOMEN_FATHERS))


def place_stems(chance: random.Random, count: int) -> list[str]:
    """Stems of adjectives, all different: «Верхнекедров» of «Верхнекедровский округ» and «Верхнекедровск»."""
    stems = [first + last for first, last in product(_PLACE_FIRST, _PLACE_LAST)]
    if count > len(stems):
        stems += [f"{first}-{last.capitalize()}" for first, last in product(("Большой", "Малый"), stems)]
    return chance.sample(stems, count)


def municipality_name(chance: random.Random, stem: str) -> str:
    """A district, or a town with what is around it."""
    return f"{stem}ский {chance.choice(_KINDS)}"


def town_name(stem: str) -> str:
    """The town of a municipality."""
    return f"{stem}ск"


def school_names(chance: random.Random, stem: str) -> Iterator[SchoolName]:
    """The schools of a municipality, numbered; those of the town first, then a village each."""
    titles = [title for title, weight in _TITLES for _ in range(weight)]
    villages = place_stems(chance, 24)
    number = 0
    while True:
        number += 1
        title = chance.choice(titles)
        is_rural = number > 3 and chance.random() < 0.75
        where = f"села {villages[number % len(villages)]}ского" if is_rural else f"города {town_name(stem)}а"
        full = f"Муниципальное бюджетное общеобразовательное учреждение «{title} № {number}» {where}"
        yield SchoolName(full, f"МБОУ «{title} № {number}» {where}", is_rural)
