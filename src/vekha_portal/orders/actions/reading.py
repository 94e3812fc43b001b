"""Writes of readings: a file handed in to be read, and asked for once more."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from procrastinate.contrib.django import app

from vekha_portal.accounts.models import Person
from vekha_portal.files.actions import keep
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders import permissions
from vekha_portal.orders.actions.rights import NOT_YOURS, demand
from vekha_portal.orders.models import Order, Reading
from vekha_portal.orders.source.bridge import FILE_LIMIT
from vekha_portal.registry.models import Organisation

name_kinds({"order-uploaded": "Загружен файл распоряжения", "order-reread": "Файл распоряжения читается заново"})

#: By name: jobs import what they do, and nothing imports jobs.
READ_ORDER = "vekha_portal.orders.jobs.read_order"


@transaction.atomic
def upload_order(
    *,
    stream: Iterable[bytes],
    name: str,
    organisation: Organisation,
    subsidy_year: int | None = None,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Reading:
    """Keep the file and have it read: the bytes, the row and the job appear together or not at all.

    Those below the organisation may read the file too: an order binds them. Raises :class:`Refused`.
    """
    demand(
        permissions.can_upload_for,
        scope,
        organisation,
        "Распоряжение загружают от имени своей организации или подведомственной.",
    )
    file = keep(
        stream=stream,
        name=name,
        organisation=organisation,
        is_shared_below=True,
        by=by,
        scope=scope,
        at=at,
        limit=FILE_LIMIT,
    )
    reading = Reading.objects.create(
        file=file,
        organisation=organisation,
        region_id=organisation.region_id,
        asked_at=at,
        asked_by=by,
        subsidy_year=subsidy_year,
    )
    data = {"файл": file.name, "размер": file.size, "sha256": file.sha256}
    record("order-uploaded", by=by, about=reading, at=at, data=data)
    _defer(reading)
    return reading


@transaction.atomic
def read_again(*, reading: Reading, by: Person, scope: Scope, at: datetime.datetime) -> Reading:
    """Read a file once more after a failure; a reading that gave a draft stays as it is."""
    demand(permissions.can_review, scope, reading)
    rows = Reading.objects.visible_to(scope).select_for_update(of=("self",)).select_related("organisation", "file")
    found = rows.filter(pk=reading.pk).first()
    if found is None:
        raise NotAllowed(NOT_YOURS)
    if Order.objects.filter(reading=found).exists():
        raise Refused("Файл уже прочитан, черновик составлен: правьте его.")
    if found.ended_at is None:
        raise Refused("Файл ещё читается. Подождите: страница покажет, когда он будет прочитан.")
    found.begun_at = found.ended_at = None
    found.attempts = found.share = 0
    found.step = found.failure = ""
    found.save(update_fields=["begun_at", "ended_at", "attempts", "share", "step", "failure"])
    record("order-reread", by=by, about=found, at=at)
    _defer(found)
    return found


def _defer(reading: Reading) -> None:
    """The job of a reading; two jobs of one reading never run at once."""
    app.configure_task(READ_ORDER, lock=f"orders.reading.{reading.pk}").defer(reading_id=reading.pk)
