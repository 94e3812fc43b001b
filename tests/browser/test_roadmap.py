"""The page «Дорожная карта» in a real browser: every tab, wide and on a phone, light and dark; axe; the filter of the matrix."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from tests.browser.conftest import Seat
from tests.portal.people import Country, make_country, signed_in
from tests.portal.works import Works, approve, make_measure, make_order, make_revision, make_works
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

Sit = Callable[..., Seat]
TABS = ("", "matrix/", "gantt/", "calendar/", "document/")


@pytest.fixture
def country(transactional_db: None) -> Country:
    return make_country()


@pytest.fixture
def works(country: Country) -> Works:
    made = make_works(country)
    with use_scope(SYSTEM_SCOPE):
        other = make_revision(country, made.order, programme="it-cube", position=2)
        make_measure(other, 1, "Открыть клуб", deadline="1 сентября 2026 г.", stage="launch", responsible="Зорина П.С.")
        approve(other, country)
    return made


def enter(seat: Seat, country: Country, name: str, settings: Settings) -> None:
    """Sit down as a person who has signed in."""
    cookie = signed_in(country, name).cookies[settings.SESSION_COOKIE_NAME]
    seat.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": seat.origin}])


def shoot(seat: Seat, name: str) -> None:
    """A picture for whoever asks for one by VEKHA_PICTURES."""
    if folder := os.environ.get("VEKHA_PICTURES"):
        seat.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (390, True)], ids=["wide", "phone"])
def test_every_tab_is_accessible_and_fits(
    sit: Sit, country: Country, works: Works, settings: Settings, width: int, *, dark: bool
) -> None:
    seat = sit(width=width, dark=dark)
    enter(seat, country, "coordinator", settings)
    for tab in TABS:
        seat.open(f"/roadmaps/{works.roadmap.pk}/{tab}")
        shoot(seat, f"roadmap-{tab.strip('/') or 'measures'}-{width}")
        assert seat.violations() == [], tab
        assert seat.overflow() == 0, tab
        expect(seat.page.locator(".vk-tabs [aria-current=page]")).to_have_count(1)


def test_the_matrix_is_of_one_person_in_place(sit: Sit, country: Country, works: Works, settings: Settings) -> None:
    seat = sit()
    enter(seat, country, "school", settings)
    seat.open(f"/roadmaps/{works.roadmap.pk}/matrix/")
    seat.page.evaluate("document.querySelector('h1').dataset.same = 'yes'")
    seat.page.select_option("#person", "Зорина П.С.")
    seat.page.wait_for_url("**/matrix/?person=*")
    expect(seat.page.locator("#matrix")).to_contain_text("Открыть клуб")
    expect(seat.page.locator("#matrix")).not_to_contain_text("Обучить педагогов")
    assert seat.page.evaluate("document.querySelector('h1').dataset.same") == "yes", "the whole page was loaded"


def test_the_pages_of_an_order_are_accessible(sit: Sit, country: Country, works: Works, settings: Settings) -> None:
    with use_scope(SYSTEM_SCOPE):
        draft = make_revision(country, make_order(country, number="20-р"), programme="it-cube")
        make_measure(draft, 1, "Открыть клуб", deadline="когда получится", stage="launch", responsible="Зорина П.С.")
        town = make_revision(country, make_order(country, body="town02", number="3-п"))
        make_measure(town, 1, "Утвердить перечень школ", deadline="до 1 марта 2026 г.", stage="legal-basis")
    seat = sit(width=390)
    enter(seat, country, "coordinator", settings)
    for name, path in (
        ("list", "/orders/"),
        ("order", f"/orders/{works.order.pk}/"),
        ("new", "/orders/new/"),
        ("approve", f"/orders/revisions/{draft.pk}/approve/"),
        ("adopt", f"/orders/revisions/{draft.pk}/adopt/?roadmap={works.roadmap.pk}"),
        ("mapping", f"/orders/revisions/{works.revision.pk}/mapping/"),
        ("links", f"/orders/revisions/{town.pk}/links/?superior={works.roadmap.pk}"),
        ("revisions", f"/orders/roadmaps/{works.roadmap.pk}/revisions/"),
        ("begin", f"/orders/roadmaps/{works.roadmap.pk}/begin/"),
        ("settings", "/orders/settings/"),
        ("superior", f"/orders/{town.basis_id}/superior/?q=15"),
    ):
        seat.open(path)
        shoot(seat, f"orders-{name}")
        assert seat.violations() == [], path
        assert seat.overflow() == 0, path


def test_paper_cuts_no_column(sit: Sit, country: Country, works: Works, settings: Settings) -> None:
    """A sheet of A4 between its margins is 703 pixels wide; what is wider is lost on paper."""
    seat = sit(width=703)
    enter(seat, country, "coordinator", settings)
    for path in (f"/roadmaps/{works.roadmap.pk}/", "/region/02/", f"/waves/{works.wave.pk}/"):
        seat.open(path)
        seat.page.emulate_media(media="print")
        ends = seat.page.locator("main table").evaluate_all("all => all.map(each => each.getBoundingClientRect().right)")
        assert ends and max(ends) <= 703, path
        seat.page.emulate_media(media="screen")
