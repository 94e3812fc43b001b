"""The gallery in a real browser: the policy holds, axe finds nothing, the keyboard goes everywhere, scripts are not needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from tests.browser.conftest import Seat

Sit = Callable[..., Seat]
PAGES = ("/ui/", "/ui/pictures/", "/ui/table/", "/ui/form/", "/ui/confirm/")
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'")


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_are_accessible_and_fit(sit: Sit, width: int, *, dark: bool) -> None:
    seat = sit(width=width, dark=dark)
    for path in PAGES:
        seat.open(path)
        assert seat.violations() == [], path
        assert seat.overflow() == 0, path
        assert (seat.page.get_attribute("html", "data-bs-theme") == "dark") is dark


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_page_of_an_error_is_accessible_too(sit: Sit, settings: Settings, *, dark: bool) -> None:
    seat = sit(width=390, dark=dark)
    settings.DEBUG = False
    seat.open("/nothing/here/")
    expect(seat.page.locator("h1")).to_have_text("Страницы нет")
    assert seat.violations() == []
    assert seat.overflow() == 0
    assert [complaint for complaint in seat.complaints if "404" not in complaint] == []
    seat.complaints.clear()


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_is_strict(sit: Sit, path: str) -> None:
    seat = sit()
    response = seat.page.goto(seat.origin + path)
    assert response is not None
    policy = response.headers["content-security-policy"]
    assert all(part in policy for part in POLICY)
    assert "unsafe" not in policy
    assert "*" not in policy


def test_the_policy_would_be_heard_of(sit: Sit) -> None:
    seat = sit()
    seat.open("/ui/")
    with seat.page.expect_console_message():
        seat.page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert any("Content Security Policy" in complaint for complaint in seat.complaints)
    seat.complaints.clear()


def test_a_list_changes_in_place_and_the_address_with_it(sit: Sit) -> None:
    seat = sit()
    seat.open("/ui/table/")
    seat.page.evaluate("document.querySelector('h1').dataset.same = 'yes'")
    seat.page.click("#rows-sort-number")
    seat.page.wait_for_url("**/ui/table/?sort=number")
    expect(seat.page.locator("#rows tbody tr").first.locator("td").first).to_have_text("1")
    assert seat.page.evaluate("document.activeElement.id") == "rows-sort-number", "the focus is lost"
    seat.page.fill("#q", "закупки")
    expect(seat.page.locator("#summary")).to_contain_text("14")
    assert seat.page.evaluate("document.querySelector('h1').dataset.same") == "yes", "the whole page was loaded"
    assert seat.violations() == []
    seat.page.go_back()
    seat.page.wait_for_url("**/ui/table/?sort=number")
    expect(seat.page.locator("#summary")).to_contain_text("126")


def test_a_list_works_without_scripts(sit: Sit) -> None:
    seat = sit(scripts=False)
    seat.open("/ui/table/")
    seat.page.click("#rows-sort-number")
    seat.page.wait_for_url("**/ui/table/?sort=number")
    seat.page.select_option("#state", "bad")
    seat.page.click("text=Показать")
    seat.page.wait_for_url("**state=bad**")
    assert seat.page.locator("#rows tbody tr").count() > 3


def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(sit: Sit) -> None:
    seat = sit()
    seat.open("/ui/form/")
    seat.page.fill("[name=number]", "б/н")
    seat.page.click("text=Зарегистрировать")
    expect(seat.page.locator("#letter")).to_contain_text("нет ни одной цифры")
    expect(seat.page.locator("[name=number]")).to_have_value("б/н")
    expect(seat.page.locator("[name=number]")).to_be_focused()
    assert seat.violations() == []
    seat.page.fill("[name=number]", "17-исх")
    seat.page.fill("[name=dated]", "2026-08-20")
    seat.page.click("text=Зарегистрировать")
    expect(seat.page.locator("#messages")).to_contain_text("зарегистрировано")


@pytest.mark.parametrize("scripts", [True, False], ids=["dialog", "page"])
def test_a_confirmation_asks_for_the_reason(sit: Sit, *, scripts: bool) -> None:
    seat = sit(scripts=scripts)
    seat.open("/ui/")
    seat.page.click("text=Вернуть документ")
    if scripts:
        expect(seat.page.locator("#dialog-frame")).to_be_visible()
        assert seat.violations() == []
        seat.page.click("#dialog >> text=Отменить")
        expect(seat.page.locator("#dialog-frame")).to_be_hidden()
        assert "Вернуть документ" in seat.page.evaluate("document.activeElement.textContent"), "the focus is lost"
        seat.page.click("text=Вернуть документ")
    else:
        seat.page.wait_for_url("**/ui/confirm/")
    seat.page.fill("#reason", "дата раньше запроса")
    seat.page.click("#dialog button")
    seat.page.wait_for_url("**/ui/")
    expect(seat.page.locator("#messages")).to_contain_text("Документ возвращён")


def test_the_keyboard_comes_first_to_the_content(sit: Sit) -> None:
    seat = sit()
    seat.open("/ui/")
    seat.page.keyboard.press("Tab")
    expect(seat.page.locator(".vk-skip")).to_be_focused()
    seat.page.keyboard.press("Enter")
    assert seat.page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", ["/ui/", "/ui/table/", "/ui/pictures/"])
def test_the_keyboard_reaches_everything_and_the_focus_is_seen(sit: Sit, path: str) -> None:
    seat = sit()
    seat.open(path)
    reachable = seat.page.evaluate(
        """() => [...document.querySelectorAll("main a[href], main button:not(:disabled), main input, main select, main summary")]
             .filter((each) => each.checkVisibility() && each.type !== "hidden" && each.tabIndex >= 0).length"""
    )
    seen = set()
    for _ in range(reachable * 2 + 60):
        seat.page.keyboard.press("Tab")
        place, outlined, inside = seat.page.evaluate(
            """() => { const now = document.activeElement; const style = getComputedStyle(now); const zone = now.closest("[data-drop]");
                 const line = zone ? getComputedStyle(zone) : style;
                 return [[...document.querySelectorAll("*")].indexOf(now), line.outlineStyle !== "none" && parseFloat(line.outlineWidth) > 0,
                         !!now.closest("main") && now.matches("a[href], button, input, select, summary")]; }"""
        )
        if inside:
            assert outlined, "the focus is not seen"
            if place in seen:
                break
            seen.add(place)
    assert len(seen) >= reachable


def test_menus_open_and_close_by_keyboard(sit: Sit) -> None:
    seat = sit()
    seat.open("/ui/")
    seat.page.focus("summary[aria-label=Оформление]")
    seat.page.keyboard.press("Enter")
    expect(seat.page.locator("button[value=dark]")).to_be_visible()
    seat.page.keyboard.press("Escape")
    expect(seat.page.locator("button[value=dark]")).to_be_hidden()
    expect(seat.page.locator("summary[aria-label=Оформление]")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_theme_is_kept(sit: Sit, *, scripts: bool) -> None:
    seat = sit(scripts=scripts)
    seat.open("/ui/table/?page=2")
    seat.page.click("summary[aria-label=Оформление]")
    seat.page.click("button[value=dark]")
    seat.page.wait_for_url("**/ui/table/?page=2")
    assert seat.page.get_attribute("html", "data-bs-theme") == "dark"


def test_a_phone_has_its_sections_below(sit: Sit) -> None:
    seat = sit(width=390)
    seat.open("/ui/")
    below = seat.page.locator(".vk-bottom")
    expect(below).to_be_visible()
    expect(seat.page.locator(".vk-nav")).to_be_hidden()
    for link in below.locator("ul > li > a, summary").all():
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    seat.page.click(".vk-bottom summary")
    expect(below.get_by_text("Нагрузка")).to_be_visible()
    assert seat.violations() == []


def test_a_whole_page_with_errors_begins_at_the_first(sit: Sit) -> None:
    seat = sit()
    seat.open("/ui/confirm/")
    seat.page.evaluate("document.querySelector('#reason').required = false")
    seat.page.click("#dialog button")
    expect(seat.page.locator("#reason-error")).to_contain_text("Напишите причину")
    expect(seat.page.locator("#reason")).to_be_focused()
    assert seat.violations() == []


def test_files_are_chosen_by_the_input_itself(sit: Sit, tmp_path: Path) -> None:
    order = tmp_path / "распоряжение.txt"
    order.write_text("слово " * 400, encoding="utf-8")
    seat = sit()
    seat.open("/ui/")
    seat.page.set_input_files("#drop-order", order)
    expect(seat.page.locator("#drop-order-chosen")).to_have_text("распоряжение.txt, 4 КБ")


def test_why_is_one_click(sit: Sit) -> None:
    seat = sit(scripts=False)
    seat.open("/ui/")
    seat.page.click("text=почему?")
    expect(seat.page.locator(".vk-why-text")).to_contain_text("акта приёмки ещё нет")


def test_charts_and_calendars_stand_beside_their_numbers(sit: Sit) -> None:
    seat = sit()
    seat.open("/ui/pictures/")
    assert seat.page.locator("[data-chart] svg").count() == 1
    assert seat.page.locator("[data-calendar] [role=gridcell]").count() >= 28
    without = sit(scripts=False)
    without.open("/ui/pictures/")
    expect(without.page.locator("[data-calendar]")).to_contain_text("Отчёт о ходе работ")
    without.page.click("text=числа таблицей")
    expect(without.page.locator("figure table")).to_contain_text("790")


def test_paper_has_no_navigation_and_says_when_it_was_printed(sit: Sit) -> None:
    seat = sit()
    seat.open("/ui/table/")
    seat.page.emulate_media(media="print")
    expect(seat.page.locator(".vk-head")).to_be_hidden()
    expect(seat.page.locator(".vk-filters")).to_be_hidden()
    expect(seat.page.locator(".vk-print-head")).to_contain_text("напечатано")


def test_a_lost_connection_is_said(sit: Sit) -> None:
    seat = sit()
    seat.open("/ui/table/")
    seat.page.context.set_offline(True)
    seat.page.click("#rows-sort-number")
    expect(seat.page.locator("#messages")).to_contain_text("Нет связи с сервером")
    seat.complaints.clear()


def test_a_form_is_sent_once(sit: Sit) -> None:
    seat = sit()
    seat.open("/ui/confirm/")
    sent: list[str] = []
    seat.page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    seat.page.fill("#reason", "дважды")
    seat.page.evaluate(
        "document.querySelector('#dialog button').click(); document.querySelector('#dialog button').click()"
    )
    seat.page.wait_for_url("**/ui/")
    assert sent == ["POST"]
