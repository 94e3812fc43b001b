"""The example enters an empty database once, and never one that is in use."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from vekha_portal.operations.example import FACT, Part, SignIn, ensure_example
from vekha_portal.operations.models import Fact

ANNA = SignIn("anna@school.example", "пример-пример", "координатор")
pytestmark = pytest.mark.django_db


class Loader:
    """A part that counts how often it was loaded."""

    def __init__(self, *, empty: bool = True) -> None:
        self.empty, self.times = empty, 0

    def part(self) -> Part:
        return Part(lambda: self.empty, self.load)

    def load(self) -> tuple[SignIn, ...]:
        self.times += 1
        return (ANNA,)


def test_it_is_loaded_once_and_its_sign_ins_are_remembered() -> None:
    loader = Loader()
    assert ensure_example([loader.part()], wanted=True) == (ANNA,)
    assert ensure_example([loader.part()], wanted=True) == (ANNA,)
    assert loader.times == 1


def test_it_never_joins_real_data() -> None:
    loader = Loader()
    assert ensure_example([loader.part(), Loader(empty=False).part()], wanted=True) == ()
    assert ensure_example([loader.part()], wanted=True) == ()
    assert loader.times == 0


def test_declined_once_it_stays_declined() -> None:
    loader = Loader()
    assert ensure_example([loader.part()], wanted=False) == ()
    assert ensure_example([loader.part()], wanted=True) == ()
    assert loader.times == 0


def test_a_part_that_fails_leaves_nothing_decided() -> None:
    def fail() -> tuple[SignIn, ...]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ensure_example([Loader().part(), Part(lambda: True, fail)], wanted=True)
    assert not Fact.objects.filter(name=FACT).exists()


def test_without_parts_nothing_is_decided_yet() -> None:
    assert ensure_example([], wanted=True) == ()
    assert not Fact.objects.exists()


def test_the_shared_cache_is_the_databases() -> None:
    cache.set("attempts", 3, 60)
    assert cache.get("attempts") == 3
    assert cache.incr("attempts") == 4
