"""What every test of centres begins from."""

from __future__ import annotations

import pytest

from tests.portal.people import Country, make_country


@pytest.fixture
def country(db: None) -> Country:
    """Two regions with people in every role."""
    return make_country()
