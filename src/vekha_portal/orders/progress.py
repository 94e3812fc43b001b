"""The progress of a reading, written so that a page can show it while the job goes on, and the job can be begun again.

Every step is a short transaction of its own under the program's scope; the document is parsed outside of all of them.
"""

from __future__ import annotations

import datetime
from typing import Any

from vekha_portal.files.disk import path_of
from vekha_portal.journal.actions import record
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.drafting import make_draft
from vekha_portal.orders.models import Order, Reading
from vekha_portal.orders.source.bridge import Seen, Unreadable, read_document

#: So often a reading may be begun without coming to an end before its file is held to be the cause.
MOST_ATTEMPTS = 3
_OPENED, _READ, _DRAFTED = 5, 90, 100


def carry_out(reading_id: int, *, now: Any) -> None:
    """Read the file of a reading and make its draft, once, however often this is called; ``now`` gives the moment."""
    reading = _begin(reading_id, now())
    if reading is None:
        return
    try:
        seen = read_document(_bytes_of(reading), reading.file.name, on_page=_Pages(reading_id).tell)
    except Unreadable as refused:
        _end_unread(reading_id, f"{refused} {refused.hint}".strip(), now())
        return
    _tell(reading_id, "Составляется черновик", _READ)
    _end(reading_id, seen, now())


class _Pages:
    """Says which page is being read; whatever is too early to be worth a write is left out."""

    def __init__(self, reading_id: int) -> None:
        self.reading_id = reading_id
        self.told = -1

    def tell(self, done: int, total: int) -> None:
        """So many pages of so many are read."""
        share = _OPENED + (_READ - _OPENED) * done // max(total, 1)
        if share != self.told:
            self.told = share
            _tell(self.reading_id, f"Прочитано страниц: {done} из {total}", share)


def _begin(reading_id: int, at: datetime.datetime) -> Reading | None:
    """The reading with one more attempt counted; ``None`` where it is done already or was tried too often."""
    with use_scope(SYSTEM_SCOPE):
        reading = _locked(reading_id)
        if reading is None or reading.ended_at is not None:
            return None
        if reading.attempts >= MOST_ATTEMPTS:
            _fail(
                reading,
                "Чтение файла несколько раз прерывалось и прекращено. Сохраните документ заново или в другом формате.",
                at,
            )
            return None
        reading.attempts += 1
        reading.begun_at = reading.begun_at or at
        reading.step, reading.share = "Файл открывается", 0
        reading.save(update_fields=["attempts", "begun_at", "step", "share"])
        return reading


def _end(reading_id: int, seen: Seen, at: datetime.datetime) -> None:
    with use_scope(SYSTEM_SCOPE):
        reading = _locked(reading_id)
        if reading is None or reading.ended_at is not None or Order.objects.filter(reading=reading).exists():
            return
        reading.found, reading.source = seen.found, seen.source
        make_draft(reading, at=at)
        reading.ended_at = at
        reading.step, reading.share = "", 0 if reading.failure else _DRAFTED
        reading.save(update_fields=["found", "source", "failure", "ended_at", "step", "share"])


def _end_unread(reading_id: int, failure: str, at: datetime.datetime) -> None:
    with use_scope(SYSTEM_SCOPE):
        reading = _locked(reading_id)
        if reading is not None and reading.ended_at is None:
            _fail(reading, failure, at)


def _fail(reading: Reading, failure: str, at: datetime.datetime) -> None:
    reading.failure, reading.ended_at, reading.step, reading.share = failure, at, "", 0
    reading.save(update_fields=["failure", "ended_at", "step", "share"])
    record("order-unread", by=None, about=reading, reason=failure, at=at)


def _tell(reading_id: int, step: str, share: int) -> None:
    with use_scope(SYSTEM_SCOPE):
        Reading.objects.filter(pk=reading_id, ended_at=None).update(step=step, share=share)


def _locked(reading_id: int) -> Reading | None:
    rows = Reading.objects.select_for_update(of=("self",)).select_related("file", "organisation", "asked_by")
    return rows.filter(pk=reading_id).first()


def _bytes_of(reading: Reading) -> bytes:
    try:
        return path_of(str(reading.file.content)).read_bytes()
    except OSError as error:
        raise Unreadable("Файл не найден в хранилище.", "Сообщите администратору и загрузите файл ещё раз.") from error
