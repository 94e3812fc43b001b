"""The review in a real browser: a place lights up beside its measure, a deadline is dated as it is typed, all of it without scripts too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings as configured
from playwright.sync_api import expect

from tests.browser.conftest import Seat
from tests.portal.orders.uploads import SAMPLES, draft_of, read, upload
from tests.portal.people import Country, make_country, signed_in
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Measure, Reading, Revision

Sit = Callable[..., Seat]


@pytest.fixture
def country(transactional_db: None) -> Country:
    """People of two regions."""
    return make_country()


def come_in(seat: Seat, country: Country) -> Seat:
    """The region's coordinator sits down."""
    cookie = signed_in(country, "coordinator").cookies[configured.SESSION_COOKIE_NAME]
    seat.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": seat.origin}])
    return seat


def drafted(country: Country, name: str) -> tuple[Revision, list[Measure]]:
    path = SAMPLES / name
    with use_scope(SYSTEM_SCOPE):
        draft = draft_of(read(upload(country, path.read_bytes(), name)))
        return draft, list(Measure.objects.filter(revision=draft).order_by("position"))


def test_a_file_is_dropped_read_and_reviewed(sit: Sit, country: Country) -> None:
    seat = come_in(sit(), country)
    page = seat.page
    seat.open("/orders/upload/")
    assert seat.violations() == []
    page.set_input_files("input[name=file]", SAMPLES / "16-landscape.pdf")
    expect(page.locator("[data-chosen]")).to_contain_text("16-landscape.pdf")
    page.click("text=Загрузить и прочитать")
    expect(page.locator("#progress")).to_contain_text("Ждёт очереди")
    with use_scope(SYSTEM_SCOPE):
        read(Reading.objects.get())
    expect(page.locator("#progress")).to_contain_text("Черновик составлен")
    page.click("text=Проверить:")
    page.wait_for_load_state("networkidle")
    assert seat.violations() == []
    assert seat.overflow() == 0
    page.locator(".rv-where a").nth(2).click()
    expect(page.locator("rect.rv-now")).to_have_count(1)
    expect(page.locator("rect.rv-now")).to_be_in_viewport()
    expect(page.locator("tr.rv-now")).to_contain_text("Заключено соглашение")
    page.locator(".rv-measure").nth(2).locator("dt", has_text="Срок").click()
    expect(page.locator("td.rv-now-cell")).to_contain_text("30 декабря 2024 года")


def test_a_deadline_is_dated_while_it_is_typed(sit: Sit, country: Country) -> None:
    draft, measures = drafted(country, "06-deadline-classes.txt")
    measure = measures[5]
    seat = come_in(sit(), country)
    seat.open(f"/orders/revisions/{draft.pk}/review/")
    place = seat.page.locator(f"#measure-{measure.pk}")
    expect(place).to_contain_text("не существует")
    place.locator("text=Изменить").click()
    field = place.get_by_label("Срок, как в документе")
    expect(seat.page.locator("tr.rv-now")).to_contain_text("Объявлены закупки")
    field.fill("до 1 марта 2026 г.")
    expect(place.locator(".rv-dates")).to_contain_text("нерабочий день")
    expect(place.locator(".rv-dates")).to_contain_text("27.02.2026")
    assert seat.violations() == []
    place.locator("text=Записать >> nth=0").click()
    expect(place.locator("[data-editor]")).to_have_count(0)
    expect(place.locator(".rv-days")).to_contain_text("01.03.2026")
    expect(place).not_to_contain_text("не существует")
    with use_scope(SYSTEM_SCOPE):
        assert Measure.objects.get(pk=measure.pk).deadline == "до 1 марта 2026 г."


def test_the_same_without_scripts_on_a_phone(sit: Sit, country: Country) -> None:
    draft, measures = drafted(country, "06-deadline-classes.txt")
    seat = come_in(sit(width=400, scripts=False), country)
    seat.page.goto(f"{seat.origin}/orders/revisions/{draft.pk}/review/")
    seat.page.locator(f"#measure-{measures[5].pk} .rv-where a").click()
    assert seat.page.url.endswith("#line-29")
    seat.page.locator(f"#measure-{measures[5].pk} >> text=Изменить").click()
    seat.page.get_by_label("Срок, как в документе").fill("до 1 марта 2026 г.")
    seat.page.locator("text=Записать >> nth=0").click()
    assert seat.page.url.endswith(f"/orders/revisions/{draft.pk}/review/#measure-{measures[5].pk}")
    expect(seat.page.locator(f"#measure-{measures[5].pk}")).to_contain_text("01.03.2026")
