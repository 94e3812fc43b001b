"""The country into a database that holds nothing yet: in one transaction, wholly or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from vekha_portal.accounts.models import Person
from vekha_portal.examples.country.milestones import Teller, list_by_region
from vekha_portal.examples.country.people import add_people
from vekha_portal.examples.country.proofs import Proofs
from vekha_portal.examples.country.registry import add_federal, add_regions
from vekha_portal.examples.country.roadmaps import add_waves
from vekha_portal.examples.country.size import Size, plan_country
from vekha_portal.examples.passwords import make_up_password
from vekha_portal.examples.rows import Numbers
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.operations.example import FACT, SignIn
from vekha_portal.operations.models import Fact
from vekha_portal.orders.models import Order
from vekha_portal.overview.actions import count_milestones
from vekha_portal.registry.models import Organisation, Region

#: Written down beside the example's own fact.
COUNTRY = "country"
_BYSTANDERS = (Organisation, Person)
_WORK = (Order, Milestone)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded."""

    counts: dict[str, int]
    seconds: float
    size: int
    sign_ins: tuple[SignIn, ...]


def load_country(size: Size, say: Say, *, beside_people: bool = False) -> Loaded:
    """Load it. Raises :class:`Refused` where the database is not empty; with ``beside_people`` organisations and people may be there."""
    began = time.monotonic()
    with use_scope(SYSTEM_SCOPE):
        _refuse_unless_empty(beside_people=beside_people)
        with connection.cursor() as cursor:
            # else millions of checks of keys wait in memory for the end
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        sign_ins, counts = _fill(size, say)
        rows = [{"login": each.login, "password": each.password, "who": each.who} for each in sign_ins]
        count_milestones(day=size.day, at=timezone.now())
        Fact.objects.update_or_create(name=FACT, defaults={"value": {"loaded": True, "sign_ins": rows}})
        Fact.objects.create(name=COUNTRY, value={"seed": size.seed, "day": size.day.isoformat(), **counts})
    say("Собираю статистику для планировщика запросов…")
    return Loaded(counts, time.monotonic() - began, _analyse(), sign_ins)


def _fill(size: Size, say: Say) -> tuple[tuple[SignIn, ...], dict[str, int]]:
    codes = list(Region.objects.order_by("code").values_list("code", flat=True))
    plans = plan_country(size, codes)
    with _step(say, f"Организации: субъектов {len(plans)}, школ {sum(plan.schools for plan in plans)}"):
        federal = add_federal()
        regions = add_regions(plans, size.seed)
    with _step(say, "Люди и роли"):
        people = add_people(federal, regions, seed=size.seed, password=make_up_password())
    with _step(say, "Распоряжения, дорожные карты, волны и центры"):
        waves = add_waves(regions, people, size)
    teller, milestones = Teller(people, size, Numbers(Milestone), Proofs()), 0
    for number, (code, own) in enumerate(list_by_region(waves), start=1):
        milestones += teller.tell(own)
        if number % 10 == 0 or number == len(plans):
            say(f"Контрольные точки: субъектов {number} из {len(plans)} (последний {code}), всего {milestones}")
    return people.sign_ins, {
        "regions": len(plans),
        "municipalities": sum(plan.municipalities for plan in plans),
        "schools": sum(plan.schools for plan in plans),
        "waves": len(waves),
        "centres": sum(len(wave.centres) for wave in waves),
        "milestones": milestones,
    }


def _refuse_unless_empty(*, beside_people: bool) -> None:
    known = Fact.objects.select_for_update().filter(name=COUNTRY).first()
    if known is not None:
        raise Refused(
            f"Страна здесь уже загружена: на {known.value['day']}, контрольных точек {known.value['milestones']}."
        )
    kinds = _WORK if beside_people else (*_BYSTANDERS, *_WORK)
    found = [f"{model._meta.verbose_name_plural}: {model.objects.count()}" for model in kinds if model.objects.exists()]
    if found:
        raise Refused(
            f"База не пустая ({'; '.join(found)}), а страна загружается только в пустую. Возьмите другую папку данных: "
            "VEKHA_HOME=новая-папка."
        )


def _analyse() -> int:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT pg_database_size(current_database())")
        size: int = cursor.fetchone()[0]
    return size


@contextmanager
def _step(say: Say, what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - began:.0f} с")
