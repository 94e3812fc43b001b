"""Files handed in and read, as the upload page and the worker do it; for tests of readings and drafts."""

from __future__ import annotations

from pathlib import Path

from tests.portal.people import AT, Country
from vekha_portal.journal.scope import use_scope
from vekha_portal.orders.actions.reading import upload_order
from vekha_portal.orders.jobs import read_order
from vekha_portal.orders.models import Reading, Revision

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
#: A small order of one region: ten measures, one of them doubtful.
PLAIN = SAMPLES / "01-deadline-third.txt"


def upload(
    country: Country,
    content: bytes,
    file_name: str = "приказ.txt",
    *,
    who: str = "coordinator",
    where: str = "body02",
    year: int | None = None,
) -> Reading:
    """A file handed in by somebody; nobody has read it yet."""
    scope = country.scope(who)
    with use_scope(scope):
        return upload_order(
            stream=iter([content]), name=file_name, organisation=country.organisations[where], subsidy_year=year,
            by=country.people[who], scope=scope, at=AT,
        )  # fmt: skip


def read(reading: Reading) -> Reading:
    """The reading after the worker was at it."""
    read_order(reading_id=reading.pk)
    return fresh(reading)


def fresh(reading: Reading) -> Reading:
    """The reading as it is now, whoever asks."""
    return Reading.objects.select_related("file", "organisation").get(pk=reading.pk)


def draft_of(reading: Reading, position: int = 1) -> Revision:
    """A draft that came of a reading."""
    return Revision.objects.select_related("roadmap__order", "organisation").get(
        roadmap__order__reading=reading, roadmap__position=position
    )
