"""The only door to the engine that compares names of people."""

from __future__ import annotations

from vekha.text.names import find_names, is_name, same_person
from vekha.text.normalise import fold

__all__ = ["fold", "is_person", "same_person", "surnames_of"]


def is_person(name: str) -> bool:
    """Whether a written responsible is nothing but a person's name.

    >>> is_person("Зорина П.С."), is_person("директор школы")
    (True, False)
    """
    return is_name(name)


def surnames_of(name: str) -> tuple[str, ...]:
    """The surnames in a written name, as written.

    >>> surnames_of("начальник отдела Зорина П.С.")
    ('Зорина',)
    """
    return tuple(found.surname for found in find_names(name))
