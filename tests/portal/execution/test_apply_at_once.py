"""Two officials apply the same roadmap to the same wave at the same moment: one set of milestones."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from tests.portal.people import make_country
from tests.portal.plans import apply, fill_wave, make_plan, make_wave, many_schools
from vekha_portal.execution.models import Application, Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.measures import Reach


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_set() -> None:
    country = make_country()
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта 2026 г."] * 5, reach=Reach.CENTRE)
        wave = make_wave(country, schools=0)
        fill_wave(country, wave, many_schools(country, 20))
    ready, made, errors = threading.Barrier(2), [], []

    def click() -> None:
        try:
            ready.wait(timeout=60)
            with use_scope(SYSTEM_SCOPE):
                made.append(apply(country, revision, wave).pk)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join(timeout=120)
    assert not errors and len(made) == 2 and made[0] == made[1]
    with use_scope(SYSTEM_SCOPE):
        assert Application.objects.count() == 1
        assert Milestone.objects.count() == 100
