"""The example country: as big as asked for, the same for a seed, true to its documents, and only into an empty database."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.db import transaction

from tests.portal.examples.doors import knock, known_values
from tests.portal.people import make_country
from vekha_portal.accounts.models import Person, RoleAssignment
from vekha_portal.accounts.roles import Role
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.examples.country.load import Loaded, load_country
from vekha_portal.examples.country.size import BIGGEST_WAVE, Size, divide, plan_country
from vekha_portal.execution import progress
from vekha_portal.execution.models import Milestone, Progress
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.operations.models import Fact
from vekha_portal.orders.models import Revision
from vekha_portal.registry.models import Municipality, Organisation, School

DAY = datetime.date(2026, 11, 20)
SMALL = Size(regions=2, centres=30, seed=7, day=DAY)
WHOLE = Size(regions=89, centres=25_000, seed=1, day=DAY)


def load(size: Size = SMALL, **options: bool) -> Loaded:
    return load_country(size, lambda _: None, **options)


def test_the_whole_country_is_planned_to_the_last_centre() -> None:
    plans = plan_country(WHOLE, [f"{number:02d}" for number in range(1, 90)])
    waves = [wave for plan in plans for wave in plan.waves]
    assert sum(wave.centres for wave in waves) == 25_000 and len(plans) == 89
    assert 2200 <= sum(plan.municipalities for plan in plans) <= 2400
    assert max(wave.centres for wave in waves) == BIGGEST_WAVE
    assert {wave.year for wave in waves} == set(range(2020, 2028)), "the next year is being prepared in November"
    assert plan_country(WHOLE, [f"{number:02d}" for number in range(1, 90)]) == plans
    assert plan_country(replace(WHOLE, seed=2), [f"{number:02d}" for number in range(1, 90)]) != plans


def test_a_total_is_divided_without_loss() -> None:
    assert divide(7, [1, 1, 1]) == [2, 3, 2] and sum(divide(25_000, [0.3, 1.7, 2.2, 0.01])) == 25_000


def test_everything_is_there_and_follows_from_documents(db) -> None:
    loaded = load()
    with use_scope(SYSTEM_SCOPE):
        counted = {
            "regions": Wave.objects.values("region").distinct().count(),
            "municipalities": Municipality.objects.count(),
            "schools": School.objects.count(),
            "waves": Wave.objects.count(),
            "centres": Centre.objects.count(),
            "milestones": Milestone.objects.count(),
        }
        assert counted == loaded.counts and counted["centres"] == counted["schools"] == 30
        assert not Revision.objects.filter(approved_at=None).exists()
        assert {Progress.ACCEPTED, Progress.NOTHING} <= set(Milestone.objects.values_list("progress", flat=True))
        held = RoleAssignment.objects.values_list("role", flat=True)
        assert set(held) == set(Role) and list(held).count(Role.REGIONAL_COORDINATOR) == 2
        usable = [person.email for person in Person.objects.all() if person.has_usable_password()]
        open_waves = Wave.objects.filter(closed_on=None).values_list("subsidy_year", flat=True)
        assert min(open_waves) == 2024, "older ones have been monitored for two years"
        assert all(Organisation.objects.exclude(region=None).values_list("path", flat=True))
    assert sorted(usable) == sorted(sign_in.login for sign_in in loaded.sign_ins)
    assert len(loaded.sign_ins) == len(Role)
    assert progress.verify() == []


def test_a_seed_is_a_country(db) -> None:
    def fingerprint(size: Size) -> Sequence[tuple[object, ...]]:
        with transaction.atomic():
            load(size)
            rows = Milestone.objects.order_by("organisation__sort_key", "measure_key", "item", "period", "due_on")
            with use_scope(SYSTEM_SCOPE):
                found = list(rows.values_list("organisation__name", "stage", "due_on", "progress", "submitted_at"))
            transaction.set_rollback(True)
        return found

    tiny = replace(SMALL, regions=1, centres=8)
    assert fingerprint(tiny) == fingerprint(tiny) != fingerprint(replace(tiny, seed=8))


def test_it_comes_once(db) -> None:
    load(replace(SMALL, regions=1, centres=3))
    with pytest.raises(Refused, match="Страна здесь уже загружена: на 2026-11-20"):
        load()


def test_it_never_joins_people_at_work(db) -> None:
    make_country()
    with pytest.raises(Refused, match=r"База не пустая \(организации: \d+; люди: \d+\)"):
        load()
    assert not Fact.objects.filter(name="country").exists()
    load(replace(SMALL, regions=1, centres=3), beside_people=True)
    with use_scope(SYSTEM_SCOPE):
        assert Person.objects.filter(email="coordinator@vekha.example").exists(), "who was there is there"


def test_every_page_opens(db) -> None:
    loaded = load(replace(SMALL, regions=1, centres=12))
    values = known_values()
    logins = [each.login for each in loaded.sign_ins]
    with use_scope(SYSTEM_SCOPE):
        people = {
            person.email.split("@")[0].split(".")[0]: person for person in Person.objects.filter(email__in=logins)
        }
    answers = knock(people["coordinator"], values)
    opened = {name for name, status in answers.items() if status == 200}
    assert {"today", "milestones", "region", "execution_grid", "execution_milestone", "centre"} <= opened
    assert knock(people["ministry"], {})["country"] == 200
