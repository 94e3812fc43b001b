"""A milestone and the grid in a real browser: from a school's phone to the coordinator's table, with scripts and without."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.conf import settings as configured
from django.urls import reverse
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Seat
from tests.portal.execution.deeds import Deeds
from tests.portal.people import make_country, signed_in
from tests.portal.works import make_works
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

Sit = Callable[..., Seat]


@pytest.fixture
def deeds(transactional_db: None) -> Deeds:
    """A roadmap at work in three schools."""
    with use_scope(SYSTEM_SCOPE):
        country = make_country()
        return Deeds(country, make_works(country))


def come_in(seat: Seat, deeds: Deeds, name: str) -> Seat:
    """The person of that name sits down."""
    cookie = signed_in(deeds.country, name).cookies[configured.SESSION_COOKIE_NAME]
    seat.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": seat.origin}])
    return seat


def page_of(milestone: Milestone) -> str:
    return reverse("execution_milestone", args=[milestone.pk])


def picture() -> FilePayload:
    """A photograph of a sheet of paper."""
    drawn = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(drawn, "PNG")
    return {"name": "отчёт.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_school_hands_in_from_a_phone_and_it_is_returned(
    sit: Sit, deeds: Deeds, *, scripts: bool
) -> None:
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    school = come_in(sit(width=390, scripts=scripts), deeds, "school")
    school.open(page_of(milestone))
    school.page.set_input_files("input[name=file]", [picture()])
    school.page.click("text=Подать >> nth=-1")
    expect(school.page.locator("#hand-in")).to_contain_text("Укажите дату")
    school.page.set_input_files("input[name=file]", [picture()])
    school.page.fill("[name=number]", "17")
    school.page.fill("[name=dated_on]", "2026-03-30")
    school.page.click("text=Подать >> nth=-1")
    expect(school.page.locator("#messages")).to_contain_text("подан")
    assert school.overflow() == 0
    if scripts:
        assert school.violations() == []
    town = come_in(sit(scripts=scripts), deeds, "town")
    town.open(page_of(milestone))
    town.page.click("text=Вернуть")
    town.page.fill("[name=reason]", "нет подписи директора")
    town.page.click("button:has-text('Вернуть')")
    expect(town.page.locator("main")).to_contain_text("нет подписи директора")
    school.open(page_of(milestone))
    expect(school.page.locator("main")).to_contain_text("возвращён, нужна новая версия")


def test_one_document_closes_a_column_of_the_grid(sit: Sit, deeds: Deeds) -> None:
    seat = come_in(sit(), deeds, "coordinator")
    grid = reverse("execution_grid", args=[deeds.works.application.pk])
    seat.open(grid)
    assert seat.violations() == []
    assert seat.page.locator("#grid tbody tr").count() == 3
    seat.page.select_option("[name=stage]", "launch")
    seat.page.wait_for_url("**stage=launch**")
    expect(seat.page.locator("#grid thead th")).to_have_count(2)
    seat.page.click("text=Выбрать клетки")
    seat.page.wait_for_url("**choose=yes**")
    seat.page.click("#grid thead a")
    expect(seat.page.locator("#grid input:checked")).to_have_count(3)
    assert seat.violations() == []
    seat.page.click("text=Продолжить с отмеченными")
    assert seat.violations() == []
    seat.page.select_option("[name=evidence_type]", "media-publication")
    seat.page.set_input_files("input[name=file]", [picture()])
    seat.page.fill("[name=dated_on]", "2026-05-20")
    seat.page.click("text=Подать ко всем")
    expect(seat.page.locator("#messages")).to_contain_text("к контрольным точкам: 3")
    with use_scope(SYSTEM_SCOPE):
        assert [deeds.now(each).progress for each in deeds.works.milestones if each.stage == "launch"] == ["part"] * 3
