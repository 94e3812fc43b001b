"""A page answers whole or with a declared region; a swap shows what a reload shows; without scripts it is the same page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from tests.portal.ui.swaps import assert_swap_is_reload, swap
from vekha_portal.ui.frame import Frame
from vekha_portal.ui.pages import MARK, Answer, asked_region, page
from vekha_portal.ui.permissions import can_see_gallery
from vekha_portal.ui.requests import WholePageMiddleware

TEMPLATES = Path(__file__).resolve().parents[3] / "src/vekha_portal/ui/templates"
ASK = {"HX-Request": "true", "HX-Target": "rows"}


@pytest.fixture
def gallery(client: Client, db: None, settings: Settings) -> Client:
    """A client who may see the gallery."""
    settings.DEBUG = True
    return client


@pytest.mark.parametrize("path", ["/ui/", "/ui/pictures/", "/ui/table/", "/ui/form/", "/ui/confirm/"])
def test_the_gallery_opens(gallery: Client, path: str) -> None:
    response = gallery.get(path)
    text = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="ru"' in text
    assert text.count("<main ") == text.count("<h1") - (path == "/ui/confirm/" and text.count("<h1") > 1)
    assert "{{" not in text
    assert "{%" not in text
    assert "<c-" not in text


def test_every_component_stands_in_the_gallery() -> None:
    shown = "".join(path.read_text(encoding="utf-8") for path in (TEMPLATES / "ui").rglob("*.html"))
    shown += "".join(path.read_text(encoding="utf-8") for path in (TEMPLATES / "cotton").glob("table.html"))
    names = {path.stem.replace("_", "-") for path in (TEMPLATES / "cotton").glob("*.html")}
    assert names == set(re.findall(r"<c-([a-z-]+)", shown)) - {"slot", "vars"}


def test_the_gallery_is_not_for_everybody(client: Client, db: None) -> None:
    assert client.get("/ui/").status_code == 404


def test_administrators_see_the_gallery() -> None:
    request = RequestFactory().get("/ui/")
    request.user = AnonymousUser()
    assert not can_see_gallery(request)
    request.frame = Frame(shows_gallery=True)  # type: ignore[attr-defined]
    assert can_see_gallery(request)


@pytest.mark.parametrize(
    "link",
    [
        "/ui/table/?sort=-number",
        "/ui/table/?sort=text&page=3",
        "/ui/table/?page=999",
        "/ui/table/?page=x&sort=nonsense",
        "/ui/table/?state=bad&sort=-due",
        "/ui/table/?q=закупки",
        "/ui/table/?q=такого+нет",
    ],
)
def test_a_swap_of_the_list_is_a_reload(gallery: Client, link: str) -> None:
    assert_swap_is_reload(gallery, "/ui/table/?page=2", link, target="rows")


def test_the_comparison_sees_a_region_that_was_forgotten(gallery: Client) -> None:
    with pytest.raises(AssertionError):
        assert_swap_is_reload(gallery, "/ui/table/", "/ui/table/?state=bad", target="summary")


def test_a_filter_tells_how_much_it_found(gallery: Client) -> None:
    assert "126 контрольных точек" in gallery.get("/ui/table/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    nothing = gallery.get("/ui/table/", {"q": "такого нет"}).content.decode()
    assert "Измените отбор" in nothing


def test_sorting_goes_both_ways(gallery: Client) -> None:
    text = gallery.get("/ui/table/?sort=number").content.decode()
    assert 'aria-sort="ascending"' in text
    assert "?sort=-number" in text
    assert 'aria-sort="descending"' in gallery.get("/ui/table/?sort=-number").content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX-Request": "true", "HX-Target": "main"},
        {"HX-Request": "true"},
        {**ASK, "HX-Boosted": "true"},
        {**ASK, "HX-History-Restore-Request": "true"},
        {"HX-Target": "rows"},
    ],
)
def test_whoever_asks_for_no_declared_region_gets_no_piece(gallery: Client, headers: dict[str, str]) -> None:
    response = gallery.get("/ui/table/", headers=headers)
    assert MARK not in response.headers
    assert "HX-Request" in response.headers.get("Vary", "") or response.headers.get("HX-Redirect")


def test_an_undeclared_region_sends_to_the_whole_page(gallery: Client) -> None:
    response = gallery.get("/ui/table/?sort=text", headers={"HX-Request": "true", "HX-Target": "main"})
    assert response.headers["HX-Redirect"] == "/ui/table/?sort=text"
    assert response.content == b""


def test_a_form_shows_its_errors_with_scripts_and_without(gallery: Client) -> None:
    wrong = {"number": "б/н", "kind": "out"}
    whole = gallery.post("/ui/form/", wrong)
    piece = gallery.post("/ui/form/", wrong, headers={"HX-Request": "true", "HX-Target": "letter"})
    assert whole.status_code == piece.status_code == 422
    for answer in (whole, piece):
        text = answer.content.decode()
        assert "В номере «б/н» нет ни одной цифры" in text
        assert "Укажите дату письма." in text
        assert 'value="б/н"' in text
    assert "<html" in whole.content.decode()
    assert "<html" not in piece.content.decode()


def test_a_form_that_is_right_leaves_a_message_in_the_swap(gallery: Client) -> None:
    right = {"number": "17-исх", "dated": "2026-08-20", "kind": "out"}
    before = gallery.get("/ui/form/").content.decode()
    piece = gallery.post("/ui/form/", right, headers={"HX-Request": "true", "HX-Target": "letter"}, follow=True)
    assert "Письмо № 17-исх зарегистрировано" in swap(before, piece, "letter")


def test_a_confirmation_is_a_page_and_a_dialog(gallery: Client) -> None:
    assert "<html" in gallery.get("/ui/confirm/").content.decode()
    piece = gallery.get("/ui/confirm/", headers={"HX-Request": "true", "HX-Target": "dialog"}).content.decode()
    assert "Вернуть документ?" in piece
    assert "<html" not in piece
    missing = gallery.post("/ui/confirm/", {"reason": "  "})
    assert missing.status_code == 422
    assert "Напишите причину" in missing.content.decode()
    assert gallery.post("/ui/confirm/", {"reason": "не та дата"}).status_code == 302


def test_companions_must_be_declared() -> None:
    with pytest.raises(ValueError, match="summary"):
        page("ui/gallery.html", partials=["rows"], along={"rows": ["summary"]})


def test_an_answer_of_its_own_passes_untouched() -> None:
    @page("ui/gallery.html", partials=["rows"])
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect("/elsewhere/")

    assert view(RequestFactory().get("/", headers=ASK)).headers["Location"] == "/elsewhere/"


def test_an_answer_carries_status_and_headers() -> None:
    @page("ui/messages.html")
    def view(request: HttpRequest, number: int) -> Answer:
        context: Mapping[str, Any] = {"messages": []}
        return Answer(context, status=409, headers={"Retry-After": str(number)})

    response = view(RequestFactory().get("/"), 5)
    assert (response.status_code, response.headers["Retry-After"]) == (409, "5")


@pytest.mark.parametrize(
    ("body", "status", "sent_there"),
    [
        ("<!DOCTYPE html><html></html>", 200, True),
        ("\n<!doctype html>\n<html></html>", 200, True),
        ("<p>кусок</p>", 200, False),
        ("<!doctype html>", 404, False),
    ],
)
def test_whole_pages_never_land_in_regions(body: str, status: int, *, sent_there: bool) -> None:
    request = RequestFactory().get("/accounts/login/?next=/", headers=ASK)
    response = WholePageMiddleware(lambda _: HttpResponse(body, status=status))(request)
    assert (response.headers.get("HX-Redirect") == "/accounts/login/?next=/") is sent_there


def test_a_plain_visit_passes_the_middleware() -> None:
    response = WholePageMiddleware(lambda _: HttpResponse("<!doctype html>"))(RequestFactory().get("/"))
    assert "HX-Redirect" not in response.headers
    assert asked_region(RequestFactory().get("/", headers=ASK)) == "rows"
