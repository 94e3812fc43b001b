"""Writes of links upwards: which roadmap of a superior a roadmap mirrors, and which measure each of its measures carries out."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders import permissions
from vekha_portal.orders.actions.rights import locked_revision, locked_roadmap
from vekha_portal.orders.models import Measure, Order, Revision, Roadmap
from vekha_portal.orders.reads import read_roadmaps, revision_in_force

name_kinds({"roadmap-linked": "Мероприятия связаны с вышестоящей картой"})


@transaction.atomic
def link_measures(
    *,
    revision: Revision,
    superior: Roadmap | None,
    links: Mapping[int, uuid.UUID | None],
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> int:
    """Say which measure of the superior's roadmap each measure carries out; how many links changed.

    Many measures may carry out one of the superior's. Without a superior all links are taken away. The measures themselves do
    not change, so a closed revision may be linked too.
    """
    revision = locked_revision(revision, scope, permissions.can_change_order)
    roadmap = locked_roadmap(revision.roadmap, scope, permissions.can_change_order)
    keys: set[uuid.UUID] = set()
    if superior is not None:
        superior = read_roadmaps(scope).select_related("order").filter(pk=superior.pk).first()
        if superior is None:
            raise NotAllowed("Этой карты нет или она вам не видна.")
        _no_ring(roadmap, superior)
        current = revision_in_force(list(Revision.objects.filter(roadmap=superior)))
        if current is None:
            raise Refused("У вышестоящей карты нет утверждённой редакции.")
        keys = set(Measure.objects.filter(revision=current, removed_at=None).values_list("key", flat=True))
    wanted = {pk: key for pk, key in links.items() if superior is not None}
    if not {key for key in wanted.values() if key is not None} <= keys:
        raise Refused("Мероприятия вышестоящей карты изменились, пока вы выбирали: посмотрите ещё раз.")
    changed = _write(revision, wanted, clear=superior is None)
    if roadmap.superior_id != (superior.pk if superior else None):
        roadmap.superior = superior
        roadmap.save(update_fields=["superior"])
        changed += 1
    if superior is not None:
        Order.objects.filter(pk=roadmap.order_id, superior=None).exclude(pk=superior.order_id).update(
            superior_id=superior.order_id
        )
    if changed:
        data = {
            "вышестоящая карта": str(superior or "связь снята"),
            "связей": sum(key is not None for key in wanted.values()),
        }
        record("roadmap-linked", by=by, about=revision.basis, at=at, data=data)
    return changed


def _write(revision: Revision, wanted: Mapping[int, uuid.UUID | None], *, clear: bool) -> int:
    measures = Measure.objects.filter(revision=revision, removed_at=None).select_for_update(of=("self",)).order_by("pk")
    changed = []
    for measure in measures:
        key = None if clear else wanted.get(measure.pk, measure.superior_key)
        if measure.superior_key != key:
            measure.superior_key = key
            measure.version += 1
            changed.append(measure)
    Measure.objects.bulk_update(changed, ["superior_key", "version"])
    return len(changed)


def _no_ring(roadmap: Roadmap, superior: Roadmap) -> None:
    """A roadmap is not below itself, however many lie between."""
    seen: set[int] = set()
    current: int | None = superior.pk
    while current is not None and current not in seen:
        if current == roadmap.pk:
            raise Refused("Карта не может исполнять саму себя или нижестоящую: выберите карту вышестоящей организации.")
        seen.add(current)
        current = Roadmap.objects.filter(pk=current).values_list("superior_id", flat=True).first()
