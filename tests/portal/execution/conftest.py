"""What every test of execution begins from."""

from __future__ import annotations

import pytest

from tests.portal.execution.deeds import Deeds
from tests.portal.people import make_country
from tests.portal.works import make_works


@pytest.fixture
def deeds(db: None) -> Deeds:
    """A country with a roadmap at work in three schools."""
    country = make_country()
    return Deeds(country, make_works(country))
