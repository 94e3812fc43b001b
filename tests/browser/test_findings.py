"""Findings in a browser: a defect is put right with one click, another is left for a reason; every page is accessible and fits."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conftest import Seat
from tests.portal.findings.conftest import TEXT
from tests.portal.findings.rows import rows_of_text
from tests.portal.people import AT, make_country, signed_in
from vekha_portal.findings.models import Occasion
from vekha_portal.findings.runs import check_now
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

Sit = Callable[..., Seat]


def sign_in(seat: Seat, client) -> None:
    """Give a window the session of a test client."""
    morsel = client.cookies[settings.SESSION_COOKIE_NAME]
    seat.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": morsel.value, "url": seat.origin}])


@pytest.mark.django_db(transaction=True)
def test_a_draft_is_put_right(sit: Sit) -> None:
    country = make_country()
    with use_scope(SYSTEM_SCOPE):
        one, other = (
            rows_of_text(text, country, country.organisations["body02"], subsidy_year=2027)[0]
            for text in (TEXT, TEXT.replace("1 сентября", "6 сентября").replace("MAOU", "МАОУ"))
        )
        for each in (one, other):
            check_now(revision_id=each.pk, occasion=Occasion.CHANGE, by=None, at=AT)
    coordinator = signed_in(country, "coordinator")
    wide, narrow = sit(), sit(width=390, dark=True)
    for seat in (wide, narrow):
        sign_in(seat, coordinator)
    pages = (
        f"/findings/revisions/{one.pk}/",
        "/findings/",
        "/findings/rules/DL04/",
        f"/findings/compare/?a={one.pk}&b={other.pk}",
        "/findings/compare/regions/?programme=growth-point&year=2027&stage=launch",
    )
    for seat in (wide, narrow):
        for number, page in enumerate(pages):
            seat.open(page)
            if folder := os.environ.get("VEKHA_PICTURES"):
                seat.page.screenshot(path=f"{folder}/findings-{number}-{'wide' if seat is wide else 'narrow'}.png", full_page=True)
            assert seat.violations() == []
            assert seat.overflow() <= 0
    wide.open(pages[0])
    wide.page.get_by_role("button", name="На пт 13.08.2027").click()
    expect(wide.page.get_by_text("Черновик исправлен и проверен снова")).to_be_visible()
    expect(wide.page.get_by_text("приходится на нерабочий день")).to_have_count(0)
    expect(wide.page.locator("[data-chart] canvas, [data-chart] svg").first).to_be_visible()
    row = wide.page.get_by_role("row").filter(has_text="ST14")
    row.get_by_role("link", name="Принять до срока").click()
    wide.page.get_by_label("Почему замечание остаётся").fill("так названа школа в реестре")
    wide.page.get_by_role("button", name="Принять до срока").click()
    expect(wide.page.get_by_text("Замечание принято до срока")).to_be_visible()
