"""Feeds for calendars: whose they are, what they show, how they end; an address is a secret that is kept by nobody."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests.portal.overview.conftest import DAY, SECRET, put
from tests.portal.people import AT, Country, signed_in
from tests.portal.works import Works, make_works
from vekha_portal.accounts.models import RoleAssignment
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.notices.actions import MOST, open_feed, revoke_feed
from vekha_portal.notices.models import CalendarFeed


def open_address(country: Country, name: str, programme: str = "") -> str:
    """The path of a new address, as the person gets it on the page."""
    page = signed_in(country, name).post("/me/calendar/", {"programme": programme})
    assert page.status_code == 200, page.content.decode()
    address: str = page.context["address"]
    assert address in page.content.decode()
    return address.removeprefix("http://testserver")


def events(path: str) -> dict[str, Any]:
    """The events of a feed by their identifiers, as a calendar program reads them."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(each["uid"]): each for each in Calendar.from_ical(answer.content).walk("VEVENT")}


def days(found: dict[str, Any]) -> list[datetime.date]:
    return sorted(each["dtstart"].dt for each in found.values())


def test_a_school_s_calendar_holds_its_own_open_days(works: Works, country: Country) -> None:
    path = open_address(country, "school")
    centre = works.centres[0]
    put(works.of("report", centre)[0], "accepted")
    with use_scope(SYSTEM_SCOPE):
        own = [row for row in Milestone.objects.filter(centre=centre) if not row.is_done]
    found = events(path)
    assert set(found) == {f"milestone-{row.pk}@vekha" for row in own}
    assert days(found) == sorted(row.due_on for row in own if row.due_on)
    first = found[f"milestone-{works.of('training', centre)[0].pk}@vekha"]
    assert str(first["summary"]) == "обучить педагогов"
    assert "до 1 июня 2026 г." in str(first["description"])


def test_a_coordinator_s_calendar_holds_own_days_and_groups_of_centres(works: Works, country: Country) -> None:
    found = events(open_address(country, "coordinator"))
    own = {uid for uid in found if uid.startswith("milestone-")}
    assert own == {f"milestone-{works.of('basis')[0].pk}@vekha"}
    assert len(found) - len(own) == 5, "two items of training and three reports"
    titles = {str(each["summary"]).replace("\N{NO-BREAK SPACE}", " ") for each in found.values()}
    assert "Представить отчёт о показателях — 3 центра" in titles


def test_an_event_moves_and_stays_the_same(works: Works, country: Country) -> None:
    path = open_address(country, "school")
    milestone = works.of("training", works.centres[0])[0]
    with use_scope(SYSTEM_SCOPE):
        Milestone.objects.filter(pk=milestone.pk).update(due_on=datetime.date(2026, 6, 20), version=5)
    moved = events(path)[f"milestone-{milestone.pk}@vekha"]
    assert moved["dtstart"].dt == datetime.date(2026, 6, 20)
    assert moved["sequence"] == 5
    group = open_address(country, "coordinator")
    with use_scope(SYSTEM_SCOPE):
        Milestone.objects.filter(measure=works.measures["report"], ordinal=2).update(due_on=datetime.date(2026, 7, 9))
    before = {uid: each["dtstart"].dt for uid, each in events(group).items()}
    assert datetime.date(2026, 7, 9) in before.values()
    with use_scope(SYSTEM_SCOPE):
        Milestone.objects.filter(measure=works.measures["report"], ordinal=2).update(due_on=datetime.date(2026, 7, 16))
    after = {uid: each["dtstart"].dt for uid, each in events(group).items()}
    assert before.keys() == after.keys()
    assert [after[uid] for uid, day in before.items() if day == datetime.date(2026, 7, 9)] == [
        datetime.date(2026, 7, 16)
    ]


def test_nothing_of_others_and_no_names_are_in_it(works: Works, neighbour: Milestone, country: Country) -> None:
    for name in ("school", "town", "coordinator", "centre", "controller", "ministry"):
        text = Client().get(open_address(country, name)).content.decode().replace("\r\n ", "")
        assert SECRET not in text, name
        for person in country.people.values():
            assert person.surname not in text, (name, person.surname)
            assert person.email not in text
    assert SECRET in Client().get(open_address(country, "stranger")).content.decode().replace("\r\n ", "")


def test_a_programme_narrows_it(works: Works, country: Country) -> None:
    assert events(open_address(country, "school", "growth-point"))
    assert events(open_address(country, "school", "it-cube")) == {}
    bad = signed_in(country, "school").post("/me/calendar/", {"programme": "neon\x00"})
    assert bad.status_code == 422
    assert bad.context["address"] == ""


def test_a_revoked_address_answers_nobody(works: Works, country: Country) -> None:
    path = open_address(country, "school")
    client = signed_in(country, "school")
    assert events(path)
    with use_scope(SYSTEM_SCOPE):
        feed = CalendarFeed.objects.get()
    assert feed.used_on == DAY
    assert signed_in(country, "town").post(f"/me/calendar/{feed.pk}/revoke/").status_code == 404
    assert events(path)
    for _ in range(2):
        client.post(f"/me/calendar/{feed.pk}/revoke/")
    gone = Client().get(path)
    assert gone.status_code == 410
    assert "больше не действует" in gone.content.decode()
    with use_scope(SYSTEM_SCOPE):
        kinds = list(
            Entry.objects.filter(kind__startswith="calendar-feed").order_by("pk").values_list("kind", flat=True)
        )
    assert kinds == ["calendar-feed-opened", "calendar-feed-revoked"]


@pytest.mark.parametrize("what", ["role", "person"])
def test_an_address_ends_with_the_role_and_the_person(works: Works, country: Country, what: str) -> None:
    path = open_address(country, "school")
    assert events(path)
    with use_scope(SYSTEM_SCOPE):
        if what == "role":
            yesterday = DAY - datetime.timedelta(1)
            RoleAssignment.objects.filter(pk=country.assignments["school"].pk).update(until=yesterday)
        else:
            country.people["school"].is_active = False
            country.people["school"].save(update_fields=["is_active"])
    assert Client().get(path).status_code == 410


def test_the_secret_is_kept_nowhere(works: Works, country: Country) -> None:
    token = open_address(country, "school").removeprefix("/calendar/").removesuffix(".ics")
    with use_scope(SYSTEM_SCOPE):
        feed = CalendarFeed.objects.get()
        entries = str(list(Entry.objects.values()))
    assert token not in (feed.token_hash, str(feed.__dict__), entries)
    assert feed.token_hash not in entries
    assert token not in signed_in(country, "school").get("/me/calendar/").content.decode()
    assert Client().get(f"/calendar/{feed.token_hash}.ics").status_code == 410


def test_a_calendar_that_has_it_already_is_told_so(works: Works, country: Country) -> None:
    path = open_address(country, "school")
    first = Client().get(path)
    assert first.headers["Cache-Control"] == "private, max-age=900"
    same = Client().get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    put(works.of("report", works.centres[0])[1], "accepted")
    assert Client().get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_addresses_are_one_s_own_in_the_database_too(works: Works, country: Country) -> None:
    open_address(country, "school")
    with use_scope(SYSTEM_SCOPE):
        feed = CalendarFeed.objects.get()
        for name in country.people:
            assert CalendarFeed.objects.visible_to(country.scope(name)).exists() is (name == "school"), name
    for name in country.people:
        with use_scope(country.scope(name)):
            assert CalendarFeed.objects.exists() is (name == "school"), name
            if name != "school":
                with pytest.raises(NotAllowed):
                    revoke_feed(feed=feed, by=country.people[name], scope=country.scope(name), at=AT)
                assert CalendarFeed.objects.update(revoked_at=AT) == 0
                with pytest.raises(NotAllowed):
                    open_feed(
                        person=country.people["school"], assignment=country.assignments["school"], programme=None,
                        scope=country.scope(name), at=AT,
                    )  # fmt: skip
    with (
        use_scope(country.scope("school")),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("delete from notices_calendarfeed")


def test_there_is_an_end_to_addresses(works: Works, country: Country) -> None:
    for _ in range(MOST):
        open_address(country, "school")
    page = signed_in(country, "school").post("/me/calendar/", {"programme": ""})
    assert page.status_code == 422
    assert "отзовите те, которыми не пользуетесь" in page.content.decode()


def test_made_up_addresses_are_refused(db: None) -> None:
    assert Client().get(f"/calendar/{'x' * 43}.ics").status_code == 410
    for wrong in ("x", "x" * 200, "a%00" * 12, "../" * 10):
        assert Client().get(f"/calendar/{wrong}.ics").status_code == 404


def test_the_number_of_queries_does_not_depend_on_rows(country: Country) -> None:
    make_works(country, schools=12)
    for name in ("coordinator", "school"):
        path = open_address(country, name)
        Client().get(path)
        with CaptureQueriesContext(connection) as queries:
            Client().get(path)
        assert len(queries) <= 22, [query["sql"][:150] for query in queries]


def test_the_settings_lead_to_the_calendar(works: Works, country: Country) -> None:
    assert 'href="/me/calendar/"' in signed_in(country, "school").get("/me/").content.decode()
    assert signed_in(country, "school").get("/me/calendar/").status_code == 200
