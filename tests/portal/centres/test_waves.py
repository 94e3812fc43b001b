"""Waves: opened once, led by a body of their region, ended; their lists of schools."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.portal.people import AT, Country
from tests.portal.plans import make_wave
from tests.portal.works import make_order, make_schools
from vekha_portal.centres.actions import add_centres, change_wave, close_wave, open_wave, remove_centre
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.registry.models import Organisation, Programme, Region


def begin(country: Country, **given: Any) -> Wave:
    values: dict[str, Any] = {
        "programme": Programme.objects.get(pk="growth-point"),
        "region": Region.objects.get(pk="02"),
        "subsidy_year": 2026,
        "organisation": country.organisations["body02"],
        "by": country.people["coordinator"],
        "scope": SYSTEM_SCOPE,
        "at": AT,
        **given,
    }
    return open_wave(**values)


def test_a_wave_is_begun_once(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        assert begin(country) == begin(country)
        with pytest.raises(Refused, match="уже есть"):
            begin(country, organisation=country.organisations["centre02"])
        assert Entry.objects.filter(kind="wave-opened").count() == 1


@pytest.mark.parametrize(("name", "words"), [("body01", "не этого субъекта"), ("operator", "не этого субъекта")])
def test_it_is_led_by_a_body_of_its_region(country: Country, name: str, words: str) -> None:
    with use_scope(SYSTEM_SCOPE), pytest.raises(Refused, match=words):
        begin(country, organisation=country.organisations[name])


OPENS = {"admin", "operator", "coordinator", "centre"}


@pytest.mark.parametrize(
    "name", ["admin", "operator", "ministry", "coordinator", "centre", "town", "school", "controller", "stranger"]
)
def test_who_begins_waves(country: Country, name: str) -> None:
    scope = country.scope(name)
    with use_scope(scope):
        if name in OPENS:
            assert begin(country, scope=scope, by=country.people[name]).pk
            return
        with pytest.raises(NotAllowed):
            begin(country, scope=scope, by=country.people[name])
        row = Wave(
            programme_id="growth-point", region_id="02", organisation=country.organisations["body02"],
            subsidy_year=2026, created_at=AT, created_by=country.people[name],
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save()


def test_everybody_in_the_region_sees_a_wave(country: Country) -> None:
    """Whoever leads it: municipalities do not stand below the regional operator."""
    with use_scope(SYSTEM_SCOPE):
        begin(country, organisation=country.organisations["centre02"])
    for name, sees in (("town", 1), ("school", 1), ("controller", 1), ("stranger", 0), ("ministry", 1)):
        scope = country.scope(name)
        with use_scope(scope):
            assert (Wave.objects.visible_to(scope).count(), Wave.objects.count()) == (sees, sees), name


def test_two_officials_change_a_wave(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        wave = begin(country)
        order = make_order(country)
        given: dict[str, Any] = {
            "wave": wave,
            "list_order": order,
            "by": country.people["coordinator"],
            "scope": SYSTEM_SCOPE,
            "at": AT,
        }
        changed = change_wave(version=1, organisation=country.organisations["centre02"], **given)
        assert (changed.version, changed.list_order) == (2, order)
        with pytest.raises(Refused, match="кто-то другой"):
            change_wave(version=1, organisation=country.organisations["body02"], **given)


def test_an_ended_wave_takes_no_schools(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        wave = make_wave(country, schools=0)
        given: dict[str, Any] = {"by": country.people["coordinator"], "scope": SYSTEM_SCOPE, "at": AT}
        with pytest.raises(Refused, match="основание"):
            close_wave(wave=wave, on=AT.date(), reason=" ", **given)
        closed = close_wave(wave=wave, on=AT.date(), reason="сделано", **given)
        assert close_wave(wave=wave, on=AT.date(), reason="ещё раз", **given) == closed
        with pytest.raises(Refused, match="больше не меняют"):
            add_centres(wave=closed, schools=[country.organisations["school02"]], **given)


def test_schools_are_added_once_and_removed_with_a_reason(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        wave, schools = make_wave(country, schools=0), make_schools(country, 2)
        given: dict[str, Any] = {"by": country.people["coordinator"], "scope": SYSTEM_SCOPE, "at": AT}
        assert len(add_centres(wave=wave, schools=schools, **given)) == 2
        assert add_centres(wave=wave, schools=schools, **given) == []
        centre = Centre.objects.order_by("pk")[0]
        with pytest.raises(Refused, match="почему"):
            remove_centre(centre=centre, reason="", **given)
        removed = remove_centre(centre=centre, reason="распоряжение № 9", **given)
        assert remove_centre(centre=centre, reason="ещё раз", **given).removed_because == removed.removed_because
        assert len(add_centres(wave=wave, schools=schools, **given)) == 1, "it may come back, as another centre"


@pytest.mark.parametrize(
    ("name", "words"),
    [("town02", "не школа"), ("school01", "другого субъекта"), ("closed", "прекратила")],
)
def test_what_cannot_be_on_the_list(country: Country, name: str, words: str) -> None:
    with use_scope(SYSTEM_SCOPE):
        wave = make_wave(country, schools=0)
        if name == "closed":
            Organisation.objects.filter(pk=country.organisations["school02"].pk).update(closed_on=AT.date())
            name = "school02"
        school = Organisation.objects.get(pk=country.organisations[name].pk)
        with pytest.raises(Refused, match=words):
            add_centres(wave=wave, schools=[school], by=country.people["coordinator"], scope=SYSTEM_SCOPE, at=AT)
        assert not Centre.objects.exists()


def test_a_school_has_one_centre_of_a_programme(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        make_wave(country, year=2025)
        later = make_wave(country, year=2026, schools=0)
        given: dict[str, Any] = {"by": country.people["coordinator"], "scope": SYSTEM_SCOPE, "at": AT}
        with pytest.raises(Refused, match="волна 2025 года"):
            add_centres(wave=later, schools=[country.organisations["school02"]], **given)
        other = make_wave(country, year=2026, schools=0, programme="it-cube")
        assert len(add_centres(wave=other, schools=[country.organisations["school02"]], **given)) == 1


def test_the_list_is_the_regions(country: Country) -> None:
    """The federal operator opens waves and does not choose schools; the database agrees."""
    with use_scope(SYSTEM_SCOPE):
        wave = Wave.objects.select_related("region", "programme").get(pk=make_wave(country, schools=0).pk)
    scope = country.scope("operator")
    school = country.organisations["school02"]
    with use_scope(scope):
        with pytest.raises(NotAllowed, match="Перечень школ ведут"):
            add_centres(wave=wave, schools=[school], by=country.people["operator"], scope=scope, at=AT)
        row = Centre(wave=wave, region_id="02", programme_id="growth-point", organisation=school, added_at=AT)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save()
