"""Every role at every page: who comes in, what nobody may see of another region, what no address can break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver

from tests.portal.overview.conftest import SECRET
from tests.portal.people import Country, signed_in
from tests.portal.works import Works, make_works
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

COUNTRY = {"admin", "operator", "ministry"}
REGION = {"coordinator", "centre", "controller"}
LOCAL = {"town", "school"}
ROLES = sorted(COUNTRY | REGION | LOCAL | {"stranger"})
EVERYBODY = set(ROLES)
#: Page → who is let in; others read why not.
OPENS = {
    "/": EVERYBODY,
    "/milestones/": EVERYBODY,
    "/milestones.csv": EVERYBODY,
    "/milestones.xlsx": EVERYBODY,
    "/search/?q=перечень": EVERYBODY,
    "/country/": COUNTRY,
    "/workload/": EVERYBODY - {"school"},
    "/administration/": {"admin"},
    "/administration/packs/": {"admin"},
    "/administration/calendar/": {"admin"},
    "/administration/health/": {"admin"},
}
SECTIONS = {
    "today": EVERYBODY, "milestones": EVERYBODY, "registry": EVERYBODY, "people": EVERYBODY, "journal": EVERYBODY,
    "region": REGION | {"stranger"}, "country": COUNTRY, "workload": EVERYBODY - {"school"}, "administration": {"admin"},
}  # fmt: skip


def test_who_is_let_in_where(works: Works, neighbour: Milestone, country: Country) -> None:
    regions = {"02": REGION | COUNTRY, "01": COUNTRY | {"stranger"}}
    ours, theirs = works.centres[0].pk, neighbour.centre_id
    for name in ROLES:
        client = signed_in(country, name)
        found = {path: client.get(path).status_code for path in OPENS}
        assert found == {path: 200 if name in who else 403 for path, who in OPENS.items()}, name
        for code, who in regions.items():
            status = client.get(f"/region/{code}/").status_code
            assert status == (200 if name in who else 403 if name in LOCAL else 404), (name, code)
        assert client.get("/region/00/").status_code in (403, 404), name
        assert client.get(f"/centre/{ours}/").status_code == (404 if name == "stranger" else 200), name
        assert client.get(f"/centre/{theirs}/").status_code == (200 if name in COUNTRY | {"stranger"} else 404), name


def test_nothing_of_another_region_is_shown(works: Works, neighbour: Milestone, country: Country) -> None:
    paths = (
        "/", "/milestones/", "/milestones/?region=01", "/milestones/?q=тайный", f"/milestones/?wave={neighbour.wave_id}",
        f"/milestones/?measure={neighbour.measure_id}", f"/milestones/?organisation={neighbour.organisation_id}",
        "/milestones.csv", "/search/?q=тайный", "/search/?q=тайном", "/search/?q=77-тайное", "/workload/?region=01&since=2026-01-01",
        "/region/02/?year=2026", f"/centre/{works.centres[0].pk}/",
    )  # fmt: skip
    for name in sorted(REGION | LOCAL):
        client = signed_in(country, name)
        for path in paths:
            text = client.get(path).content.decode()
            for secret in (SECRET, "Зареченска 01", "О тайном перечне"):
                assert secret not in text, (name, path)
    for name in ("ministry", "stranger"):
        client = signed_in(country, name)
        for path in ("/milestones/", "/search/?q=тайный", "/milestones/?q=тайный"):
            assert SECRET in client.get(path).content.decode(), (name, path)


def test_a_school_does_not_see_another_school(works: Works, country: Country) -> None:
    client = signed_in(country, "school")
    mine, other = works.centres[0], works.centres[1]
    assert client.get(f"/centre/{other.pk}/").status_code == 404
    listed = client.get("/milestones.csv").content.decode()
    assert mine.organisation.name in listed
    assert other.organisation.name not in listed


def test_sections_are_those_the_role_may_open(works: Works, country: Country) -> None:
    for name in ROLES:
        client = signed_in(country, name)
        frame = client.get("/search/").context["frame"]
        shown = {item.key: item.url for item in frame.navigation}
        assert {key for key, who in SECTIONS.items() if name in who} == shown.keys() & SECTIONS.keys(), name
        assert len(frame.bottom) <= 4
        assert frame.search_url == "/search/"
        assert frame.shows_gallery is (name == "admin")
        for key in shown.keys() & SECTIONS.keys():
            assert client.get(shown[key]).status_code == 200, (name, key)


def test_somebody_without_a_role_is_sent_to_the_settings(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        country.assignments["school"].until = country.assignments["school"].since
        country.assignments["school"].save()
    client = signed_in(country, "school")
    assert client.get("/").headers["Location"] == "/me/"
    assert client.get("/milestones/").status_code == 403
    assert client.get("/me/").status_code == 200


def test_strangers_sign_in_first(db: None) -> None:
    for path in ("/", "/milestones/", "/country/", "/region/02/", "/centre/1/", "/administration/", "/me/calendar/"):
        assert Client().get(path).headers["Location"].startswith("/sign-in/"), path


BROKEN = (
    "/milestones/?state=neon&stage=x&year=20x6&since=вчера&until=2026-99-01&wave=-1&centre=abc&measure=99999999999999999999",
    "/milestones/?q=%00&region=%00%00&municipality=%00&programme=%00&sort=%00&page=%00",
    "/milestones/?since=0001-01-01&until=9999-12-31&page=999999999&sort=-nothing",
    "/milestones/?q=%25_%5C%27%22&organisation=9223372036854775807",
    "/milestones.csv?since=9999-12-31&state=%00",
    "/country/?year=1&programme=%00&sort=nothing",
    "/region/02/?year=9999&programme=%27",
    "/workload/?since=9999-12-31&until=0001-01-01&region=%00%00",
    "/workload/?until=2001-01-01",
    "/search/?q=%00%00", "/search/?q=%25", "/search/?q=" + "я" * 3000, "/search/?q=" + "%20слово" * 300, "/search/?q=_%5C%5C",
    "/?x=%00",
)  # fmt: skip


def test_nonsense_in_an_address_breaks_nothing(works: Works, country: Country) -> None:
    for name in ("ministry", "coordinator"):
        client = signed_in(country, name)
        for path in BROKEN:
            assert client.get(path).status_code in (200, 403), (name, path)


def test_every_page_stands_behind_a_guard() -> None:
    def own(resolver: URLResolver) -> Iterator[Any]:
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                yield from own(each)
            elif each.callback.__module__.startswith(("vekha_portal.overview", "vekha_portal.notices")):
                yield each

    patterns = list(own(get_resolver()))
    assert len(patterns) > 12
    assert [each.name for each in patterns if not hasattr(each.callback, "guard")] == ["notices_calendar"]


def test_tables_of_these_apps_are_forced_under_policies(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relname ~ '^(overview|notices)_'"
            " and not (relrowsecurity and relforcerowsecurity)"
        )
        assert cursor.fetchall() == []


PINNED = (
    ("coordinator", "/", 24), ("school", "/", 20), ("ministry", "/", 18), ("coordinator", "/milestones/", 17),
    ("ministry", "/country/", 17), ("coordinator", "/region/02/", 20), ("coordinator", "/workload/", 17),
    ("coordinator", "/search/?q=школ", 17), ("coordinator", "/milestones.csv", 15),
)  # fmt: skip


def test_the_number_of_queries_does_not_depend_on_rows(country: Country) -> None:
    make_works(country, schools=12)
    for name, path, most in PINNED:
        client = signed_in(country, name)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        assert len(queries) <= most, (name, path, [query["sql"][:200] for query in queries])
