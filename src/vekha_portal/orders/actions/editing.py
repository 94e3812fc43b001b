"""What every change of a draft begins and ends with: the revision locked and still a draft, the row as the official saw it, the record."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import F

from vekha_portal.accounts.models import Person
from vekha_portal.journal.actions import record
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders import permissions
from vekha_portal.orders.actions.rights import NOT_YOURS, locked_revision
from vekha_portal.orders.models import ListedIndicator, Measure, Revision

Changes = dict[str, dict[str, Any]]


class Overtaken(Refused):
    """Somebody else changed the row meanwhile; nothing was written."""


def locked_draft(revision: Revision, scope: Scope) -> Revision:
    """The revision, locked until the end of the transaction; refused where it is no draft any more."""
    found = locked_revision(revision, scope, permissions.can_review)
    if not found.is_draft:
        raise Refused("Эта редакция уже утверждена или оставлена: она не меняется. Начните новую редакцию.")
    return found


def locked_measure(measure: Measure, version: int, scope: Scope) -> Measure:
    """The measure as it is now with its draft locked; refused where its version is not the one that was seen."""
    revision = locked_draft(measure.revision, scope)
    found = Measure.objects.select_for_update(of=("self",)).filter(pk=measure.pk, revision=revision).first()
    if found is None:
        raise NotAllowed(NOT_YOURS)
    found.revision = revision
    if found.version != version:
        raise Overtaken(
            "Пока вы правили, это мероприятие изменил кто-то другой. Ниже — что записано теперь; сверьте и запишите снова."
        )
    return found


def not_removed(measure: Measure) -> None:
    """Refuse to change what was taken out."""
    if measure.removed_at is not None:
        raise Refused("Мероприятие исключено. Сначала верните его.")


def assign(row: Measure | ListedIndicator | Any, values: Mapping[str, Any]) -> Changes:
    """Put the values into the row; what differed, by the Russian names of the fields."""
    changed: Changes = {}
    for name, value in values.items():
        old = getattr(row, name)
        if old != value:
            field: Any = type(row)._meta.get_field(name)
            label = str(field.verbose_name)
            changed[label] = {"было": _plain(old), "стало": _plain(value)}
            setattr(row, name, value)
    return changed


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | list | dict | bool | None) else str(value)


def save_measure(measure: Measure, *fields: str) -> None:
    """Write the fields with the next version of the measure and of its draft: an approval of what was seen before is refused."""
    measure.version += 1
    measure.save(update_fields=[*fields, "version"])
    touch_draft(measure.revision_id)


def touch_draft(revision_id: int) -> None:
    """The next version of a draft."""
    Revision.objects.filter(pk=revision_id).update(version=F("version") + 1)


def record_change(
    kind: str, measure: Any, *, by: Person, at: datetime.datetime, reason: str = "", data: Mapping[str, Any]
) -> None:
    """The entry of the journal, with the draft it belongs to."""
    record(kind, by=by, about=measure, reason=reason, at=at, data={"редакция": measure.revision_id, **data})
