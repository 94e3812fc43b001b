"""How organisations understand debatable deadlines: inherited downwards, changed by those who may, never overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.portal.people import AT, Country, make_country, signed_in
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.actions.settings import change_settings
from vekha_portal.orders.models import DeadlineSettings
from vekha_portal.orders.reads import settings_for

MAY = {
    "admin": {"operator", "body02", "town02", "school02"},
    "operator": {"operator"},
    "ministry": set(),
    "coordinator": {"body02", "town02", "school02"},
    "centre": {"body02", "town02", "school02"},
    "controller": set(),
    "town": {"town02", "school02"},
    "school": {"school02"},
    "stranger": set(),
}
FORM = {"before_includes_day": "no", "warning_days": "10", "version": "0"}


@pytest.fixture
def country(db) -> Country:
    return make_country()


def change(country: Country, name: str, organisation: str, **values: Any) -> DeadlineSettings:
    given = {"version": 0, "before_includes_day": False, "warning_days": 10, **values}
    return change_settings(
        organisation=country.organisations[organisation],
        by=country.people[name],
        scope=country.scope(name),
        at=AT,
        **given,
    )


def test_settings_are_inherited_from_the_nearest_above(country) -> None:
    made = country.organisations
    with use_scope(SYSTEM_SCOPE):
        for each in made.values():
            each.refresh_from_db()
        assert (settings_for(made["school02"]).before_includes_day, settings_for(made["school02"]).of) == (True, "")
        change(country, "admin", "body02")
        for name in ("body02", "town02", "school02", "centre02"):
            assert settings_for(made[name]).of == str(made["body02"])
        change(country, "admin", "town02", before_includes_day=True, warning_days=5)
        assert settings_for(made["school02"]).warning_days == 5
        assert settings_for(made["centre02"]).warning_days == 10
        assert settings_for(made["body01"]).of == ""
    with use_scope(country.scope("school")):  # what binds the school, the school sees
        assert settings_for(made["school02"]).warning_days == 5


@pytest.mark.parametrize("name", sorted(MAY))
def test_who_changes_whose_settings(country, name) -> None:
    scope, client = country.scope(name), signed_in(country, name)
    for short in ("operator", "body02", "town02", "school02"):
        allowed = short in MAY[name]
        organisation = country.organisations[short]
        with use_scope(scope), transaction.atomic():
            if allowed:
                change(country, name, short)
            else:
                with pytest.raises(NotAllowed):
                    change(country, name, short)
            transaction.set_rollback(True)
        seen = client.get(f"/orders/settings/{organisation.pk}/").status_code == 200
        status = client.post(f"/orders/settings/{organisation.pk}/", FORM).status_code
        assert status == (302 if allowed else 403 if seen else 404), short


def test_the_page_explains_and_keeps_what_was_typed(country) -> None:
    client = signed_in(country, "coordinator")
    page = client.get("/orders/settings/").content.decode()
    assert "«До 1 февраля» включает 1 февраля." in page
    assert "по умолчанию" in page
    for wrong in (
        {"warning_days": "400"},
        {"warning_days": "сто"},
        {"before_includes_day": "может быть"},
        {"version": ""},
    ):
        assert client.post("/orders/settings/", {**FORM, **wrong}).status_code == 422, wrong
    assert client.post("/orders/settings/", FORM).status_code == 302
    assert "означает не позднее 31 января" in client.get("/orders/settings/").content.decode()
    assert client.post("/orders/settings/", FORM).status_code == 422  # seen before somebody set it
    with use_scope(SYSTEM_SCOPE):
        assert Entry.objects.filter(kind="deadline-settings-changed").count() == 1
    assert "как у вышестоящей" in signed_in(country, "school").get("/orders/settings/").content.decode()


def test_a_stale_version_is_refused_and_the_database_keeps_limits(country) -> None:
    with use_scope(country.scope("coordinator")):
        change(country, "coordinator", "body02")
        change(country, "coordinator", "body02", version=1, warning_days=20)
        with pytest.raises(Refused, match="изменил кто-то другой"):
            change(country, "coordinator", "body02", version=1, warning_days=30)
        with pytest.raises(Refused, match="0–366"):
            change(country, "coordinator", "body02", version=2, warning_days=999)
        with pytest.raises(DatabaseError), transaction.atomic():
            DeadlineSettings.objects.update(warning_days=999)
        assert DeadlineSettings.objects.get().warning_days == 20
