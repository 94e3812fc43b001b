"""Pages of these tests are made without collected static files."""

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def plain_static(settings: LazySettings) -> None:
    """Addresses of static files without the manifest that `collectstatic` writes."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
