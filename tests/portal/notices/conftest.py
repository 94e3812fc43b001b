"""The same region at work on the same fixed day."""

from tests.portal.overview.conftest import country, neighbour, one_day, works

__all__ = ["country", "neighbour", "one_day", "works"]
