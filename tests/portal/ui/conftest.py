"""Static files straight from their folders: nobody has collected them before a test."""

from __future__ import annotations

import pytest
from django.conf import settings as given
from pytest_django.fixtures import Settings

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    """Addresses of static files without the hashes that collecting gives them."""
    settings.STORAGES = {**given.STORAGES, "staticfiles": PLAIN}
