"""Writes of an order itself: entered without a file, corrected, linked to the act above it, withdrawn."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import connection, transaction
from django.db.models import Q

from vekha_portal.accounts.models import Person
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders import permissions
from vekha_portal.orders.actions.copying import copy_reference
from vekha_portal.orders.actions.rights import demand, locked_order, same_version
from vekha_portal.orders.models import Order, Revision, Roadmap
from vekha_portal.orders.reads import read_orders
from vekha_portal.orders.reference.bridge import Reference
from vekha_portal.registry.models import Organisation, Programme

name_kinds(
    {
        "order-entered": "Распоряжение внесено без файла",
        "order-corrected": "Реквизиты распоряжения исправлены",
        "order-linked": "Указан вышестоящий акт",
        "order-withdrawn": "Распоряжение отозвано",
    }
)

#: Which advisory lock it is that entering orders takes.
_ENTERING = 5207
#: What may be corrected by hand; the rest follows from the file and from links.
FIELDS = (
    "kind",
    "issuer",
    "number",
    "signed_on",
    "title",
    "coordinator",
    "control_name",
    "control_post",
    "signatory_name",
    "signatory_post",
)


@dataclass(frozen=True, slots=True)
class Requisites:
    """The order's own data, as in the document; empty where the document is silent."""

    kind: str = ""
    issuer: str = ""
    number: str = ""
    signed_on: datetime.date | None = None
    title: str = ""
    coordinator: str = ""
    control_name: str = ""
    control_post: str = ""
    signatory_name: str = ""
    signatory_post: str = ""


@dataclass(frozen=True, slots=True)
class NewRoadmap:
    """A roadmap to begin: its programme, its year, and the reference roadmap to copy, if any."""

    programme: Programme
    subsidy_year: int | None = None
    title: str = ""
    reference: Reference | None = None


@transaction.atomic
def enter_order(
    *,
    organisation: Organisation,
    requisites: Requisites,
    roadmaps: Sequence[NewRoadmap] = (),
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Order:
    """An order typed in without a file, with a draft of each roadmap; without roadmaps it is only an act to refer to."""
    demand(
        permissions.can_upload_for,
        scope,
        organisation,
        "Распоряжение вносят от имени своей организации или подведомственной.",
    )
    if not requisites.number and not requisites.title:
        raise Refused("Укажите номер или заголовок: иначе распоряжение не найти.")
    _once(organisation, requisites)
    owned = {"organisation": organisation, "region_id": organisation.region_id}
    order = Order.objects.create(**owned, **asdict(requisites), created_at=at, created_by=by)
    for position, each in enumerate(roadmaps, start=1):
        roadmap = Roadmap.objects.create(
            **owned,
            order=order,
            programme=each.programme,
            position=position,
            title=each.title or (each.reference.title if each.reference else ""),
            subsidy_year=each.subsidy_year,
        )
        revision = Revision.objects.create(
            **owned, roadmap=roadmap, number=1, basis=order, created_at=at, created_by=by
        )
        if each.reference is not None:
            copy_reference(each.reference, revision)
    data = {
        "карты": [str(each.programme) for each in roadmaps],
        "образцы": [each.reference.id for each in roadmaps if each.reference],
    }
    record("order-entered", by=by, about=order, at=at, data=data)
    return order


def _once(organisation: Organisation, requisites: Requisites) -> None:
    """A second click, or the same order typed in twice, finds the first one; two who enter at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_ENTERING, organisation.pk])
    same = Order.objects.filter(
        organisation=organisation, withdrawn_at=None, number=requisites.number, signed_on=requisites.signed_on
    )
    if not requisites.number or requisites.signed_on is None:
        same = same.filter(title=requisites.title)
    found = same.first()
    if found is not None:
        raise Refused(
            f"{found} уже внесено: откройте его в списке распоряжений. "
            "Новая редакция карты начинается на странице «Редакции»."
        )


@transaction.atomic
def correct_order(
    *,
    order: Order,
    version: int,
    requisites: Requisites,
    reason: str,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Order:
    """Correct what was read or typed wrong; what changed and why stays in the journal."""
    order = locked_order(order, scope, permissions.can_change_order)
    same_version(version, order)
    _not_withdrawn(order)
    changed = {}
    for name, value in asdict(requisites).items():
        old = getattr(order, name)
        if old != value:
            changed[str(Order._meta.get_field(name).verbose_name)] = {"было": old, "стало": value}  # type: ignore[union-attr]
            setattr(order, name, value)
    if not changed:
        return order
    is_approved = Revision.objects.filter(basis=order, approved_at__isnull=False).exists()
    if is_approved and not reason.strip():
        raise Refused("По этому распоряжению карта уже утверждена: напишите, почему меняются реквизиты.")
    order.version += 1
    order.save()
    record("order-corrected", by=by, about=order, reason=reason, at=at, data=changed)
    return order


def _not_withdrawn(order: Order) -> None:
    if order.withdrawn_at is not None:
        raise Refused("Распоряжение отозвано и больше не меняется.")


@transaction.atomic
def link_superior(
    *, order: Order, version: int, superior: Order | None, by: Person, scope: Scope, at: datetime.datetime
) -> Order:
    """Say which act of a superior the order carries out; ``None`` takes the link away."""
    order = locked_order(order, scope, permissions.can_change_order)
    same_version(version, order)
    _not_withdrawn(order)
    if superior is not None:
        superior = read_orders(scope).filter(pk=superior.pk).first()
        if superior is None:
            raise NotAllowed("Этого распоряжения нет или оно вам не видно.")
        _no_ring(order, superior)
    old = order.superior
    if (old and old.pk) == (superior and superior.pk):
        return order
    order.superior = superior
    order.version += 1
    order.save(update_fields=["superior", "version"])
    data = {"вышестоящий акт": {"было": str(old or ""), "стало": str(superior or "")}}
    record("order-linked", by=by, about=order, at=at, data=data)
    return order


def _no_ring(order: Order, superior: Order) -> None:
    """An order is not below itself, however many acts lie between."""
    seen: set[int] = set()
    current: int | None = superior.pk
    while current is not None and current not in seen:
        if current == order.pk:
            raise Refused("Распоряжение не может исполнять само себя или нижестоящее: выберите вышестоящий акт.")
        seen.add(current)
        current = Order.objects.filter(pk=current).values_list("superior_id", flat=True).first()


@transaction.atomic
def withdraw_order(
    *, order: Order, version: int, reason: str, by: Person, scope: Scope, at: datetime.datetime
) -> Order:
    """Withdraw an order that was never applied to a wave; its open drafts are abandoned with it, nothing is deleted."""
    order = locked_order(order, scope, permissions.can_change_order)
    same_version(version, order)
    if order.withdrawn_at is not None:
        raise Refused("Распоряжение уже отозвано.")
    if not reason.strip():
        raise Refused("Напишите, почему распоряжение отзывается.")
    # whoever applies a roadmap at this moment holds its row: then it is applied, and seen below
    roadmaps = list(Roadmap.objects.filter(order=order).select_for_update(of=("self",)).order_by("pk"))
    applied = Roadmap.objects.filter(pk__in=[each.pk for each in roadmaps], applications__isnull=False).exists()
    if applied:
        raise Refused(
            "Карта этого распоряжения применена к волне, по ней идёт работа. Измените её новой редакцией, отозвать нельзя."
        )
    if Revision.objects.filter(basis=order, approved_at__isnull=False).exclude(roadmap__order=order).exists():
        raise Refused("Этим распоряжением утверждена редакция другой карты: отозвать его нельзя.")
    drafts = Revision.objects.filter(Q(basis=order) | Q(roadmap__order=order), approved_at=None, withdrawn_at=None)
    for draft in drafts.select_for_update(of=("self",)).order_by("pk"):
        draft.withdrawn_at, draft.withdrawn_by = at, by
        draft.version += 1
        draft.save(update_fields=["withdrawn_at", "withdrawn_by", "version"])
    order.withdrawn_at, order.withdrawn_by = at, by
    order.version += 1
    order.save(update_fields=["withdrawn_at", "withdrawn_by", "version"])
    record("order-withdrawn", by=by, about=order, reason=reason, at=at)
    return order
