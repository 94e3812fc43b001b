"""Writes of revisions: a draft approved or abandoned, the next revision begun or made of another order's draft."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction
from django.db.models import Max

from vekha_portal.accounts.models import Person
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders import permissions
from vekha_portal.orders.actions.copying import copy_aligned, copy_revision
from vekha_portal.orders.actions.rights import locked_revision, locked_roadmap, same_version
from vekha_portal.orders.models import Measure, Order, Revision, Roadmap
from vekha_portal.orders.reads import read_orders
from vekha_portal.orders.unresolved import list_unresolved

name_kinds(
    {
        "revision-approved": "Редакция дорожной карты утверждена",
        "revision-abandoned": "Черновик редакции оставлен",
        "revision-begun": "Начата новая редакция дорожной карты",
        "revision-adopted": "Черновик стал редакцией другой карты",
    }
)


@transaction.atomic
def approve_revision(
    *, revision: Revision, version: int, is_knowing: bool, by: Person, scope: Scope, at: datetime.datetime
) -> Revision:
    """Approve a draft: from now on it does not change. What is unresolved must be approved knowingly."""
    revision = locked_revision(revision, scope, permissions.can_approve_revision)
    if revision.approved_at is not None:
        return revision  # the second click
    same_version(version, revision)
    if revision.withdrawn_at is not None:
        raise Refused("Этот черновик оставлен: начните новую редакцию.")
    if revision.basis.withdrawn_at is not None:
        raise Refused(f"{revision.basis} отозвано: утверждать по нему нельзя.")
    unresolved = list_unresolved(revision)
    if unresolved.obstacles:
        raise Refused(" ".join(unresolved.obstacles))
    if unresolved.questions and not is_knowing:
        raise Refused("Остались нерешённые вопросы: решите их или отметьте, что утверждаете, зная о них.")
    revision.approved_at, revision.approved_by = at, by
    revision.version += 1
    revision.save(update_fields=["approved_at", "approved_by", "version"])
    data = {
        "карта": str(revision.roadmap),
        "редакция": revision.number,
        "мероприятий": unresolved.measures,
        "не решено": [each.title for each in unresolved.questions],
    }
    record("revision-approved", by=by, about=revision.basis, at=at, data=data)
    return revision


@transaction.atomic
def abandon_draft(
    *, revision: Revision, version: int, reason: str, by: Person, scope: Scope, at: datetime.datetime
) -> Revision:
    """Leave a draft: it stays to be read, is never approved, and another may be begun."""
    revision = locked_revision(revision, scope, permissions.can_approve_revision)
    if revision.withdrawn_at is not None:
        return revision
    same_version(version, revision)
    if revision.approved_at is not None:
        raise Refused("Редакция утверждена: она не меняется. Начните следующую редакцию.")
    if not reason.strip():
        raise Refused("Напишите, почему черновик оставлен.")
    _abandon(revision, by=by, at=at)
    data = {"карта": str(revision.roadmap), "редакция": revision.number}
    record("revision-abandoned", by=by, about=revision.basis, reason=reason, at=at, data=data)
    return revision


def _abandon(revision: Revision, *, by: Person, at: datetime.datetime) -> None:
    revision.withdrawn_at, revision.withdrawn_by = at, by
    revision.version += 1
    revision.save(update_fields=["withdrawn_at", "withdrawn_by", "version"])


@transaction.atomic
def begin_revision(*, roadmap: Roadmap, basis: Order, by: Person, scope: Scope, at: datetime.datetime) -> Revision:
    """A draft of the next revision: the measures of the last approved one under their keys, to be changed as the basis says."""
    roadmap, current = _ready(roadmap, scope)
    basis = _basis(basis, roadmap, scope)
    revision = _next(roadmap, current, basis, by=by, at=at)
    copied = copy_revision(current, revision)
    _amends(basis, roadmap)
    data = {"карта": str(roadmap), "редакция": revision.number, "основание": str(basis), "мероприятий": copied}
    record("revision-begun", by=by, about=roadmap.order, at=at, data=data)
    return revision


@transaction.atomic
def adopt_draft(
    *,
    draft: Revision,
    version: int,
    roadmap: Roadmap,
    follows: Mapping[int, uuid.UUID],
    keeps: Collection[uuid.UUID] = (),
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Revision:
    """Make the roadmap of an amending order the next revision of the amended one; its own draft is left.

    ``follows`` says which measure of the roadmap in force each measure of the draft continues; no measure is continued twice.
    ``keeps`` names those that stay as they are: an order often states only the rows it changes. The others leave the roadmap.
    """
    roadmap, current = _ready(roadmap, scope)
    draft = locked_revision(draft, scope, permissions.can_approve_revision)
    same_version(version, draft)
    if not draft.is_draft or draft.roadmap_id == roadmap.pk:
        raise Refused("Этот черновик уже не черновик или принадлежит той же карте.")
    gone = _check_follows(draft, current, follows, keeps)
    basis = _basis(draft.basis, roadmap, scope)
    revision = _next(roadmap, current, basis, by=by, at=at)
    copied = copy_aligned(draft, current, revision, follows, keeps)
    _abandon(draft, by=by, at=at)
    _amends(basis, roadmap)
    data = {
        "карта": str(roadmap),
        "редакция": revision.number,
        "основание": str(basis),
        "мероприятий": copied,
        "продолжают прежние": len(follows),
        "исключены": gone,
    }
    record("revision-adopted", by=by, about=roadmap.order, at=at, data=data)
    return revision


def _ready(roadmap: Roadmap, scope: Scope) -> tuple[Roadmap, Revision]:
    """The roadmap, locked, and its revision in force; refused where there is none, or where a draft is open."""
    roadmap = locked_roadmap(roadmap, scope, permissions.can_change_order)
    if roadmap.order.withdrawn_at is not None:
        raise Refused(f"{roadmap.order} отозвано: новых редакций его карты не бывает.")
    revisions = Revision.objects.filter(roadmap=roadmap)
    if revisions.filter(approved_at=None, withdrawn_at=None).exists():
        raise Refused("Новая редакция этой карты уже начата: закончите её черновик или оставьте его.")
    current = revisions.filter(approved_at__isnull=False).order_by("-number").first()
    if current is None:
        raise Refused("У карты нет утверждённой редакции: утвердите первую.")
    return roadmap, current


def _basis(basis: Order, roadmap: Roadmap, scope: Scope) -> Order:
    found: Order | None = read_orders(scope).select_related("organisation").filter(pk=basis.pk).first()
    if found is None:
        raise NotAllowed("Этого распоряжения нет или оно вам не видно.")
    if found.withdrawn_at is not None:
        raise Refused(f"{found} отозвано: оно не может менять карту.")
    if found.organisation_id != roadmap.organisation_id:
        raise Refused("Карту меняет распоряжение той же организации, которая её утвердила.")
    return found


def _next(roadmap: Roadmap, current: Revision, basis: Order, *, by: Person, at: datetime.datetime) -> Revision:
    last = Revision.objects.filter(roadmap=roadmap).aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            return Revision.objects.create(
                roadmap=roadmap,
                organisation_id=roadmap.organisation_id,
                region_id=roadmap.region_id,
                number=last + 1,
                basis=basis,
                previous=current,
                created_at=at,
                created_by=by,
            )
    except IntegrityError as error:
        raise Refused("Новая редакция этой карты уже начата: закончите её черновик или оставьте его.") from error


def _amends(basis: Order, roadmap: Roadmap) -> None:
    """The order that changes a roadmap amends its order, unless it is that order itself or says so already."""
    if basis.pk != roadmap.order_id and basis.amended_id is None:
        Order.objects.filter(pk=basis.pk, amended=None).update(amended_id=roadmap.order_id, version=basis.version + 1)


def _check_follows(
    draft: Revision, current: Revision, follows: Mapping[int, uuid.UUID], keeps: Collection[uuid.UUID]
) -> list[str]:
    """What is said of both revisions is still true; the measures that leave the roadmap, in words."""
    if len(set(follows.values())) != len(follows):
        raise Refused("Одно прежнее мероприятие продолжают два новых: оставьте одно из них новым.")
    mine = set(Measure.objects.filter(revision=draft, removed_at=None).values_list("pk", flat=True))
    theirs = {each.key: str(each) for each in Measure.objects.filter(revision=current, removed_at=None)}
    stays = {*follows.values(), *keeps}
    if not set(follows) <= mine or not stays <= set(theirs):
        raise Refused("Список мероприятий изменился, пока вы выбирали: посмотрите пары ещё раз.")
    return [name for key, name in theirs.items() if key not in stays]
