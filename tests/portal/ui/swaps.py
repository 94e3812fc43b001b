"""Applies what HTMX would put into a page, so that a test can compare it with a reload: swap ≡ reload."""

from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import etree, html

from vekha_portal.ui.pages import MARK


def swap(page: str, response: Any, target: str) -> str:
    """The page after HTMX has put the answer inside ``#target`` and its further pieces where they belong."""
    assert response.headers.get(MARK) == target, f"the answer is not the region #{target}: {response.headers}"
    document: Any = html.document_fromstring(page)
    pieces: Any = html.fragment_fromstring(response.content.decode(), create_parent="div")
    for piece in pieces.xpath("./*[@hx-swap-oob]"):
        place, _, selector = piece.attrib.pop("hx-swap-oob").partition(":")
        assert place == "innerHTML"
        tail = piece.tail
        pieces.remove(piece)
        if tail:
            pieces.text = (pieces.text or "") + tail
        _fill(_region(document, selector.removeprefix("#")), piece)
    _fill(_region(document, target), pieces)
    return html.tostring(document, encoding="unicode")


def assert_swap_is_reload(client: Client, page: str, link: str, *, target: str) -> None:
    """Following the link inside ``#target`` shows on ``page`` what a reload of the link's address shows."""
    before = client.get(page)
    assert before.status_code == 200
    piece = client.get(link, headers={"HX-Request": "true", "HX-Target": target})
    assert piece.status_code == 200
    reloaded = client.get(link)
    assert shown(swap(before.content.decode(), piece, target)) == shown(reloaded.content.decode())


def shown(page: str) -> str:
    """What a person sees of a page, one token a line: without tokens of forms and without spaces of the layout."""
    document: Any = html.document_fromstring(page)
    for field in document.xpath("//input[@name='csrfmiddlewaretoken' or @name='next']"):
        field.getparent().remove(field)
    for field in document.xpath("//form[@role='search']//*[self::input or self::option]"):
        field.attrib.pop(
            "value", None
        )  # a person typed it there: it is in the address, and in the field before the swap
        field.attrib.pop("selected", None)
    lines = []
    for element in document.body.iter():
        if isinstance(element, etree._Comment):
            continue
        attributes = " ".join(f'{key}="{value}"' for key, value in sorted(element.attrib.items()))
        lines.append(f"<{element.tag} {attributes}> {_words(element.text)}")
        if tail := _words(element.tail):
            lines.append(tail)
    return "\n".join(line.rstrip() for line in lines)


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _region(document: Any, name: str) -> Any:
    found = document.xpath("//*[@id=$name]", name=name)
    assert len(found) == 1, f"the page has {len(found)} elements #{name}"
    return found[0]


def _fill(region: Any, source: Any) -> None:
    for child in list(region):
        region.remove(child)
    region.text = source.text
    region.extend(list(source))
