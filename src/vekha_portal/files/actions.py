"""The one write of files: bytes that came are kept as they came."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.files import disk, permissions
from vekha_portal.files.models import StoredFile
from vekha_portal.files.orphans import hold_sum
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.models import Organisation

#: Takes the path of received bytes; answers why they may not be kept, in a Russian sentence, or nothing.
Inspector = Callable[[Path], str]
_MEBIBYTE = 1 << 20


def keep(
    *,
    stream: Iterable[bytes],
    name: str,
    organisation: Organisation,
    is_shared_below: bool,
    by: Person | None,
    scope: Scope,
    at: datetime.datetime,
    limit: int,
) -> StoredFile:
    """Keep bytes exactly as they came, in the name of an organisation; part of the caller's transaction if there is one.

    ``stream`` gives the bytes in pieces; an uploaded file of Django does. Raises :class:`Refused` for nothing, for more than
    ``limit`` bytes, and for what the inspector turns down.
    """
    if not permissions.can_keep_file.test(scope, organisation):
        raise NotAllowed("Файлы от имени этой организации хранит тот, в чьей территории она находится.")
    pieces = stream.chunks(disk.CHUNK) if hasattr(stream, "chunks") else stream
    try:
        with disk.receive(pieces, limit=limit) as received:
            _demand_acceptable(received)
            with transaction.atomic():
                hold_sum(received.sum)
                return StoredFile.objects.create(
                    organisation=organisation,
                    region_id=organisation.region_id,
                    is_shared_below=is_shared_below,
                    name=disk.clean_name(name),
                    media_type=received.media_type[:127],
                    size=received.size,
                    sha256=received.sum,
                    content=disk.settle(received),
                    kept_at=at,
                    kept_by=by,
                )
    except disk.TooLarge as error:
        raise Refused(
            f"Файл больше {limit // _MEBIBYTE} МиБ. Сохраните его без лишних картинок или разделите на части."
        ) from error
    except OSError as error:
        raise Refused(
            "Файл не удалось сохранить на диск. Сообщите администратору: возможно, кончилось место."
        ) from error


def _demand_acceptable(received: disk.Received) -> None:
    if received.size == 0:
        raise Refused("Файл пуст: в нём нет ни одного байта. Проверьте, тот ли это файл.")
    inspect = _inspector()
    verdict = inspect(received.path) if inspect is not None else ""
    if verdict:
        raise Refused(verdict)


def _inspector() -> Inspector | None:
    """The function that ``VEKHA_FILE_INSPECTOR`` names («package.module:function»)."""
    named: str = settings.FILE_INSPECTOR
    if not named:
        return None
    module, _, function = named.partition(":")
    found: Inspector = getattr(importlib.import_module(module), function)
    return found
