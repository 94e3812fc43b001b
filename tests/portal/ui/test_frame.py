"""What stands around a page: sections, roles, the theme; and pages of errors."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from vekha_portal.ui.frame import THEME_COOKIE, Crumb, Frame, NavItem, Seat, Who, frame

ITEMS = tuple(NavItem(f"k{n}", f"Раздел {n}", f"/{n}/", "home", on_phone=n < 6) for n in range(8))
SEAT = Seat("1", "координатор", "Департамент")


def render(framed: Frame, **context: object) -> str:
    request = RequestFactory().get("/somewhere/?a=1")
    request.frame = framed  # type: ignore[attr-defined]
    return render_to_string("ui/page.html", {"title": "Страница", **context}, request)


def test_at_most_four_sections_stand_below_a_phone() -> None:
    framed = Frame(navigation=ITEMS)
    assert [item.key for item in framed.bottom] == ["k0", "k1", "k2", "k3"]
    assert [item.key for item in framed.rest] == ["k4", "k5", "k6", "k7"]


def test_a_stranger_sees_no_sections() -> None:
    text = render(Frame(sign_in_url="/login/"))
    assert "Разделы" not in text
    assert 'href="/login/"' in text


def test_the_section_of_the_page_is_marked() -> None:
    text = render(Frame(navigation=ITEMS), section="k3")
    assert text.count('href="/3/" aria-current="true"') == 2  # above, and below a phone


def test_roles_are_switched_by_a_button_of_a_form() -> None:
    who = Who("Лукина А. П.", SEAT, (Seat("2", "контролёр", "Правительство"),), switch_url="/switch/")
    text = render(Frame(who=who))
    assert 'action="/switch/"' in text
    assert 'name="seat" value="2"' in text
    assert 'value="/somewhere/?a=1"' in text


def test_the_way_to_the_page_ends_with_the_page() -> None:
    text = render(Frame(), crumbs=(Crumb("Регион", "/region/"), Crumb("Центр")))
    assert '<span aria-current="page">Центр</span>' in text


def test_words_of_people_are_escaped() -> None:
    text = render(Frame(who=Who("<b>x</b>", SEAT)), title="<script>alert(1)</script>", crumbs=(Crumb('"><i>'),))
    assert "<b>x</b>" not in text
    assert "<script>alert" not in text
    assert '"><i>' not in text


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('x" onload=', "auto"), ("", "auto")]
)
def test_the_theme_comes_from_the_cookie_and_is_checked(cookie: str, theme: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES[THEME_COOKIE] = cookie
    assert frame(request)["theme"] == theme


def test_a_theme_is_chosen_without_scripts(client: Client, db: None) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": "/healthz?x=1"})
    assert response.headers["Location"] == "/healthz?x=1"
    assert response.cookies[THEME_COOKIE].value == "dark"
    assert response.cookies[THEME_COOKIE]["httponly"]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_choice_of_a_theme_sends_nobody_elsewhere(client: Client, db: None, elsewhere: str) -> None:
    response = client.post("/theme/", {"theme": "neon", "next": elsewhere})
    assert response.headers["Location"] == "/"
    assert THEME_COOKIE not in response.cookies


def test_a_theme_is_not_chosen_by_a_link(client: Client, db: None) -> None:
    assert client.get("/theme/").status_code == 405


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("400.html", "Запрос не понят"),
        ("403.html", "Сюда нет доступа"),
        ("404.html", "Страницы нет"),
        ("500.html", "Ошибка на сервере"),
        ("403_csrf.html", "Форма устарела"),
    ],
)
def test_pages_of_errors_stand_alone(name: str, words: str) -> None:
    text = render_to_string(name)  # without a request, as when everything else is broken
    assert words in text
    assert '<html lang="ru"' in text
    assert f"<title>{words} — Веха</title>" in " ".join(text.split()).replace("> ", ">").replace(" <", "<")


def test_a_refusal_says_its_reason() -> None:
    assert "Решает только контролёр." in render_to_string("403.html", {"exception": "Решает только контролёр."})


def test_a_page_that_is_not_there(client: Client, db: None) -> None:
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    text = response.content.decode()
    assert "Страницы нет" in text
    assert f"<code>{response.headers['X-Request-ID']}</code>" in text, "the number to tell the administrator"


def test_a_page_that_broke_says_its_number_and_nothing_else(client: Client, db: None) -> None:
    client.raise_request_exception = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vekha_portal.ui.views.url_has_allowed_host_and_scheme", lambda *_, **__: 1 // 0)
        response = client.post("/theme/", {"theme": "dark"})
    text = response.content.decode()
    assert response.status_code == 500
    assert "Ошибка на сервере" in text
    assert response.headers["X-Request-ID"] in text
    assert "ZeroDivisionError" not in text
