"""The main pages in a real browser: nothing axe would name, nothing wider than a phone, paper without navigation, links that lead."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.browser.conftest import Seat
from tests.portal.people import Country, make_country, signed_in
from tests.portal.works import Works, make_works
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

Sit = Callable[..., Seat]


@pytest.fixture
def country(transactional_db: None) -> Country:
    """Two regions and people in every role."""
    return make_country()


@pytest.fixture
def works(country: Country) -> Works:
    """A region at work, with something in every state; all of last year's days have passed."""
    made = make_works(country)
    progress = ("accepted", "nothing", "submitted", "returned", "part", "not_applicable", "nothing")
    with use_scope(SYSTEM_SCOPE):
        for each, value in zip(made.milestones, progress * 3, strict=False):
            Milestone.objects.filter(pk=each.pk).update(progress=value)
        ahead = datetime.date(2099, 8, 25)
        Milestone.objects.filter(pk=made.milestones[-1].pk).update(due_on=ahead, progress="nothing")
    return made


def enter(seat: Seat, client: Client) -> Seat:
    """The window of somebody who has signed in already."""
    cookie = client.cookies["sessionid"].value
    seat.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": seat.origin}])
    return seat


def test_pages_are_accessible_and_fit(sit: Sit, works: Works, country: Country) -> None:
    pages = {
        "coordinator": ("/", "/milestones/", "/region/02/", "/workload/?since=2026-01-01&until=2026-12-31"),
        "ministry": ("/country/", "/search/?q=педагогов"),
        "school": ("/", f"/centre/{works.centres[0].pk}/", "/me/calendar/"),
        "admin": ("/administration/", "/administration/packs/", "/administration/health/"),
    }
    for name, paths in pages.items():
        seat = enter(sit(), signed_in(country, name))
        for path in paths:
            seat.open(path)
            for width in (1400, 390):
                seat.page.set_viewport_size({"width": width, "height": 900})
                assert seat.violations() == [], (name, path, width)
                assert seat.overflow() == 0, (name, path, width)


def test_a_number_of_a_region_leads_to_its_rows(sit: Sit, works: Works, country: Country) -> None:
    seat = enter(sit(), signed_in(country, "coordinator"))
    seat.open("/region/02/")
    seat.page.select_option("[name=year]", "2025")
    expect(seat.page.locator("#picture")).to_contain_text("Здесь пока нечего показывать")
    seat.page.select_option("[name=year]", "")
    cell = seat.page.locator(".vk-heat-cell.vk-tone-bad a").first
    late = (cell.text_content() or "").removeprefix("−")
    cell.click()
    seat.page.wait_for_url("**/milestones/?**")
    expect(seat.page.locator("#rows tbody tr")).to_have_count(int(late))


def test_a_person_finds_what_to_do_without_scripts_and_prints_it(sit: Sit, works: Works, country: Country) -> None:
    seat = enter(sit(scripts=False), signed_in(country, "school"))
    seat.open("/")
    seat.page.click("text=почему? >> nth=0")
    expect(seat.page.locator(".vk-why-text").first).to_contain_text("В документе: «")
    seat.page.emulate_media(media="print")
    expect(seat.page.locator(".vk-nav")).to_be_hidden()
    expect(seat.page.locator(".vk-print-head")).to_contain_text("напечатано")
    seat.page.emulate_media(media="screen")
    seat.page.fill("#search", "педагогов")
    seat.page.keyboard.press("Enter")
    seat.page.wait_for_url("**/search/?q=**")
    expect(seat.page.locator("main")).to_contain_text("Мероприятия")
