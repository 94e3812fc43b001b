"""The example region: loaded once into an empty database, with every state of the work, and its people can sign in."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.portal.examples.doors import knock, known_values
from tests.portal.people import make_country
from vekha_portal.accounts.models import Person
from vekha_portal.examples.example import is_empty
from vekha_portal.examples.region.writing import Dates, write_order
from vekha_portal.execution import progress
from vekha_portal.execution.models import Application, Extension, Milestone, State
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.operations.example import ensure_example, find_parts
from vekha_portal.orders.models import Order, Revision, Roadmap
from vekha_portal.registry.models import Organisation

DAY = datetime.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.mark.parametrize("day", [datetime.date(2026, 1, 1), datetime.date(2028, 2, 29), datetime.date(2026, 11, 21)])
@pytest.mark.parametrize("name", ["regional", "municipal", "amendment", "draft"])
def test_orders_are_dated_around_any_day(name: str, day: datetime.date) -> None:
    text = write_order(name, Dates(day)).decode()
    year = Dates(day).subsidy_year + (name == "draft")
    assert "{" not in text and f"в {year} году" in text
    assert all(Dates(day).on(offset).weekday() < 5 for offset in range(-30, 30))


def test_an_empty_portal_opens_with_a_region_at_work(db) -> None:
    assert is_empty()
    sign_ins = ensure_example(find_parts(), wanted=True)
    assert not is_empty()
    with use_scope(SYSTEM_SCOPE):
        states = {row.state for row in Milestone.objects.in_force().with_state(DAY)}
        assert states == {str(state) for state in State}
        assert Revision.objects.filter(approved_at=None, withdrawn_at=None).count() == 1, "a draft under review"
        assert Revision.objects.filter(number=2, approved_at__isnull=False).exists(), "an amendment in force"
        assert Roadmap.objects.filter(superior__isnull=False).exists(), "a municipal plan under the regional one"
        assert Milestone.objects.filter(superior__isnull=False).exists()
        assert Application.objects.count() == 2 and Order.objects.count() == 4
        assert (
            Extension.objects.filter(decided_at=None).exists() and Extension.objects.exclude(granted_on=None).exists()
        )
        organisations = Organisation.objects.count()
    assert progress.verify() == []
    assert ensure_example(find_parts(), wanted=True) == sign_ins, "the second start only tells it again"
    with use_scope(SYSTEM_SCOPE):
        assert Organisation.objects.count() == organisations
    _everybody_gets_in([(each.login, each.password) for each in sign_ins])
    _every_page_opens([each.login for each in sign_ins])


def _everybody_gets_in(sign_ins: list[tuple[str, str]]) -> None:
    for login, password in sign_ins[:2]:  # the hash of all is one, and slow on purpose
        answer = Client().post(reverse("account_login"), {"login": login, "password": password})
        assert answer.status_code == 302 and answer.headers["Location"] == "/", login
    with use_scope(SYSTEM_SCOPE):
        hashes = set(
            Person.objects.filter(email__in=[login for login, _ in sign_ins]).values_list("password", flat=True)
        )
    assert len(hashes) == 1


def _every_page_opens(logins: list[str]) -> None:
    values = known_values()
    with use_scope(SYSTEM_SCOPE):
        people = {person.email: person for person in Person.objects.filter(email__in=logins)}
    for login in logins:
        inside = login.split("@")[0] in ("coordinator", "school")  # the others ask for what needs no number
        answers = knock(people[login], values if inside else {})
        assert answers["today"] == 200, login


def test_where_somebody_works_nothing_is_added(db) -> None:
    make_country()
    with use_scope(SYSTEM_SCOPE):
        before = Organisation.objects.count(), Person.objects.count()
    assert not is_empty()
    assert ensure_example(find_parts(), wanted=True) == ()
    with use_scope(SYSTEM_SCOPE):
        assert (Organisation.objects.count(), Person.objects.count()) == before
