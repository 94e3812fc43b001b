"""Debian's Chromium on a live server over the tests' database; whatever a page complains of fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.fixtures import Settings

from tests.patience import HANG

# the same database as the portal's other tests
from tests.portal.conftest import cluster, django_db_setup, environment, own_media  # noqa: F401 — fixtures, asked by name

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
ASK_AXE = "axe.run(document, {resultTypes: ['violations']})"
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@dataclass
class Seat:
    """One window: its page, and what went wrong in it so far."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to a page and wait until scripts and pictures are there."""
        self.page.goto(self.origin + path)
        self.page.wait_for_load_state("networkidle")

    def violations(self) -> list[str]:
        """What axe finds on the page as it is now; by the protocol of the developers' tools, which no policy stops."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Runtime.evaluate", {"expression": AXE})
        found: list[dict[str, Any]] = self.page.evaluate(ASK_AXE)["violations"]
        return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this session."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium: sudo apt-get install chromium")
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # its event loop stays in this thread: Django is told that nothing here is asynchronous
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=1000 * HANG)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def portal(live_server: Any, settings: Settings) -> str:
    """The address of the running portal, with the gallery open."""
    settings.DEBUG = True
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_STATIC}
    return str(live_server.url)


@pytest.fixture
def sit(chromium: Browser, portal: str) -> Iterator[Callable[..., Seat]]:
    """Opens a window: its width, the colours, with scripts or without; at the end nothing may have been complained of."""
    seats: list[tuple[BrowserContext, Seat]] = []

    def open_window(*, width: int = 1400, dark: bool = False, scripts: bool = True) -> Seat:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="ru-RU",
        )
        context.set_default_timeout(1000 * HANG)
        seat = Seat(context.new_page(), portal)
        seat.page.on("console", lambda message: _note(seat, message.type, message.text))
        seat.page.on("pageerror", lambda error: seat.complaints.append(str(error)))
        seat.page.on("requestfailed", lambda request: seat.complaints.append(f"{request.url} {request.failure}"))
        seats.append((context, seat))
        return seat

    yield open_window
    complaints = [complaint for _, seat in seats for complaint in seat.complaints]
    for context, _ in seats:
        context.close()
    assert complaints == []


def _note(seat: Seat, kind: str, text: str) -> None:
    expected = "422 (Unprocessable" in text  # a form that came back with its errors
    if kind in ("error", "warning") and not expected:
        seat.complaints.append(text)
