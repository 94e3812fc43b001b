"""The card of a centre: its passport, name, opening, end; who keeps it; what follows for milestones."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.portal.people import AT, Country, signed_in
from tests.portal.plans import apply, make_plan, make_wave
from vekha_portal.centres.actions import change_centre, open_centre, rename_centre
from vekha_portal.centres.models import Centre
from vekha_portal.execution.actions.apply import preview_again
from vekha_portal.execution.actions.lists import add_schools, close_centre
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.measures import Reach

OPENED = datetime.date(2026, 2, 2)


@pytest.fixture
def centre(country: Country) -> Centre:
    with use_scope(SYSTEM_SCOPE):
        make_wave(country)
        return Centre.objects.select_related("wave__region", "organisation", "programme").get()


def given(country: Country, name: str = "coordinator") -> dict[str, Any]:
    return {"by": country.people[name], "scope": country.scope(name), "at": AT}


KEEPS = {"admin", "coordinator", "centre", "town", "school"}


@pytest.mark.parametrize(
    "name", ["admin", "operator", "ministry", "coordinator", "centre", "town", "school", "controller", "stranger"]
)
def test_who_keeps_the_passport(country: Country, centre: Centre, name: str) -> None:
    scope = country.scope(name)
    values: dict[str, Any] = {"rooms": "кабинет 12", "enrolment": 40, "enrolment_on": OPENED}
    with use_scope(scope):
        if name in KEEPS:
            changed = change_centre(centre=centre, version=1, values=values, **given(country, name))
            assert (changed.rooms, changed.version) == ("кабинет 12", 2)
        else:
            with pytest.raises(NotAllowed):
                change_centre(centre=centre, version=1, values=values, **given(country, name))
            assert not Centre.objects.filter(pk=centre.pk).update(rooms="тайком")


def test_two_who_change_it_at_once(country: Country, centre: Centre) -> None:
    with use_scope(SYSTEM_SCOPE):
        change_centre(centre=centre, version=1, values={"rooms": "1"}, **given(country))
        with pytest.raises(Refused, match="кто-то другой"):
            change_centre(centre=centre, version=1, values={"rooms": "2"}, **given(country))


def test_a_number_of_pupils_has_its_day(country: Country, centre: Centre) -> None:
    with use_scope(SYSTEM_SCOPE), pytest.raises(Refused, match="на какую дату"):
        change_centre(centre=centre, version=1, values={"enrolment": 40}, **given(country))


def test_names_and_opening_leave_their_trace(country: Country, centre: Centre) -> None:
    with use_scope(SYSTEM_SCOPE):
        rename_centre(centre=centre, version=1, name=" Точка  роста ", basis="приказ № 3", **given(country))
        with pytest.raises(Refused, match="не наступило"):
            open_centre(centre=centre, version=2, on=datetime.date(2027, 1, 1), basis="акт", **given(country))
        opened = open_centre(centre=centre, version=2, on=OPENED, basis="акт № 1", **given(country))
        assert (opened.name, opened.opened_on) == ("Точка роста", OPENED)
        kinds = list(Entry.objects.filter(about_kind="centres.centre").order_by("pk").values_list("kind", flat=True))
        assert kinds == ["centre-renamed", "centre-opened"]


def test_an_end_withdraws_what_was_due_later(country: Country, centre: Centre) -> None:
    with use_scope(SYSTEM_SCOPE):
        phrases = ["1 февраля 2026 г.", "1 июня 2026 г.", "согласно графику, направляемому федеральным оператором"]
        apply(country, make_plan(country, phrases, reach=Reach.CENTRE), centre.wave)
        with pytest.raises(Refused, match="ещё не открыт"):
            close_centre(centre=centre, on=AT.date(), reason="акт", version=1, **given(country))
        open_centre(centre=centre, version=1, on=OPENED, basis="акт № 1", **given(country))
        count = close_centre(centre=centre, on=AT.date(), reason="приказ № 7", version=2, **given(country))
        assert count == 2
        kept = Milestone.objects.get(withdrawn_at=None)
        assert str(kept.due_on) == "2026-02-01"
        why = set(Milestone.objects.exclude(withdrawn_at=None).values_list("withdrawn_because", flat=True))
        assert why == {"центр закрыт с 02.03.2026: приказ № 7"}
        with pytest.raises(Refused, match="больше не меняется"):
            change_centre(centre=centre, version=3, values={"rooms": "1"}, **given(country))


def test_a_merged_centre_names_its_successor(country: Country, centre: Centre) -> None:
    with use_scope(SYSTEM_SCOPE):
        other = make_wave(country, programme="it-cube", year=2026)
        successor = Centre.objects.get(wave=other)
        open_centre(centre=centre, version=1, on=OPENED, basis="акт № 1", **given(country))
        with pytest.raises(Refused, match="он сам"):
            close_centre(centre=centre, on=AT.date(), reason="акт", version=2, successor=centre, **given(country))
        close_centre(centre=centre, on=AT.date(), reason="акт", version=2, successor=successor, **given(country))
        centre.refresh_from_db()
        assert centre.successor == successor
        assert Entry.objects.filter(kind="centre-merged").count() == 1


def test_a_school_added_later_gets_what_it_lacks(country: Country, centre: Centre) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(
            country, ["1 марта 2026 г.", "1 октября 2026 г., далее – ежеквартально"], reach=Reach.CENTRE
        )
        application = apply(country, revision, centre.wave)
        before = Milestone.objects.filter(application=application).count()
        elsewhere = country.organisations["school02"]
        Centre.objects.filter(pk=centre.pk).update(removed_at=AT, removed_because="ошибка")
        added = add_schools(wave=centre.wave, schools=[elsewhere], **given(country))
        assert Milestone.objects.filter(centre=added[0]).count() == before


@pytest.mark.parametrize("verb", ["change", "rename", "open"])
def test_the_pages_of_a_card(country: Country, centre: Centre, verb: str) -> None:
    client = signed_in(country, "school")
    there = f"/centres/{centre.pk}/{verb}/"
    assert client.get(there).status_code == 200
    wrong = {"change": {"enrolment": "много"}, "rename": {"name": ""}, "open": {"on": "вчера"}}[verb]
    assert client.post(there, {"version": "1", **wrong}).status_code == 422
    right = {
        "change": {"rooms": "кабинет 5"},
        "rename": {"name": "Точка роста", "basis": "приказ № 1"},
        "open": {"on": "2026-02-02", "basis": "акт № 2"},
    }[verb]
    assert client.post(there, {"version": "1", **right}).status_code == 302
    assert client.post(there, {"version": "1", **right, "rooms": "другой", "name": "Иное"}).status_code == 422
    assert signed_in(country, "stranger").get(there).status_code == 404


def test_the_end_is_the_regions(country: Country, centre: Centre) -> None:
    there = f"/waves/centres/{centre.pk}/close/"
    assert signed_in(country, "school").get(there).status_code == 403
    client = signed_in(country, "coordinator")
    assert client.get(there).status_code == 200
    answer = client.post(there, {"version": "1", "on": "2026-03-01", "reason": "акт"})
    assert answer.status_code == 422 and "ещё не открыт" in answer.content.decode()


def test_what_a_closed_centre_still_owes_outlives_applying_again(country: Country, centre: Centre) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 февраля 2026 г.", "1 июня 2026 г."], reach=Reach.CENTRE)
        application = apply(country, revision, centre.wave)
        open_centre(centre=centre, version=1, on=OPENED, basis="акт № 1", **given(country))
        close_centre(centre=centre, on=AT.date(), reason="приказ № 7", version=2, **given(country))
        difference = preview_again(application=application, revision=revision, reaches={}).difference
        assert difference.is_empty
