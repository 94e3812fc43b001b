"""Waves in a real browser: from a new wave to milestones with scripts; no page has a violation or is too wide for a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings as configured

from tests.browser.conftest import Seat
from tests.portal.people import Country, make_country, signed_in
from tests.portal.plans import amend, apply, fill_wave, make_plan, make_wave, many_schools
from vekha_portal.centres.models import Centre
from vekha_portal.execution.models import Application, Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.measures import Reach

EXTERNAL = "согласно графику, направляемому федеральным оператором"
PHRASES = ["до 1 марта 2026 г.", EXTERNAL, "1 октября 2026 г., далее – ежеквартально", "по мере необходимости"]


def come_in(seat: Seat, country: Country) -> None:
    """The coordinator sits down."""
    cookie = signed_in(country, "coordinator").cookies[configured.SESSION_COOKIE_NAME]
    seat.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": seat.origin}])


@pytest.mark.django_db(transaction=True)
def test_a_roadmap_is_applied_by_clicks(sit: Callable[..., Seat]) -> None:
    country = make_country()
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, PHRASES, subsidy_year=2026)
        wave = make_wave(country, schools=0)
        fill_wave(country, wave, many_schools(country, 6))
        other = make_wave(country, programme="it-cube", schools=0)
        second = make_plan(country, PHRASES[:3], reach=Reach.CENTRE, programme="it-cube")
        fill_wave(country, other, [country.organisations["school02"]])
        applied = apply(country, second, other)
        amend(country, second, {1: "до 15 марта 2026 г.", 3: None})
        key = revision.measures.get(position=1).key
        centre = Centre.objects.filter(wave=other).get()
    seat = sit()
    come_in(seat, country)
    pages = (
        "/centres/waves/",
        "/centres/waves/new/",
        f"/waves/{wave.pk}/",
        f"/waves/{wave.pk}/schools/",
        f"/execution/apply/{revision.roadmap_id}/",
        f"/execution/{applied.pk}/again/",
        f"/execution/schedules/{other.pk}/",
        f"/centres/{centre.pk}/change/",
    )
    for path in pages:
        seat.open(path)
        assert seat.violations() == [], path
    there = f"/execution/apply/{wave.pk}/{revision.roadmap_id}/"
    seat.open(there)
    assert seat.violations() == []
    total = seat.page.locator("#measures .vk-alert b")
    before = total.inner_text()
    with seat.page.expect_response(lambda answer: there in answer.url and answer.request.method == "POST"):
        seat.page.check(f"#reach-{key}-centre")
    seat.page.wait_for_function(
        "text => document.querySelector('#measures .vk-alert b').innerText !== text", arg=before
    )
    seat.page.click("text=Применить >> nth=-1")
    seat.page.wait_for_url("**/execution/*/")
    with use_scope(SYSTEM_SCOPE):
        made = Application.objects.get(wave=wave)
        assert Milestone.objects.filter(application=made, measure_key=key).count() == 6
    phone = sit(width=390)
    come_in(phone, country)
    for path in pages:
        phone.open(path)
        assert phone.overflow() <= 0, path
