"""Writes of the registry. Nothing is deleted: organisations are renamed, moved, merged and closed on a day, with a reason."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from vekha_portal.journal.actions import Actor, record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.registry import permissions
from vekha_portal.registry.bridge import collapse, fold
from vekha_portal.registry.identifiers import inn_error, kpp_error, ogrn_error
from vekha_portal.registry.imports import Deed, RowPlan, plan_import
from vekha_portal.registry.likeness import match_key
from vekha_portal.registry.models import (
    Municipality,
    Organisation,
    OrganisationImport,
    OrganisationKind,
    OrganisationName,
    Region,
    School,
)
from vekha_portal.registry.sheets import read_sheet

name_kinds(
    {
        "organisation-added": "Организация внесена в реестр",
        "organisation-changed": "Сведения об организации изменены",
        "organisation-renamed": "Организация переименована",
        "organisation-closed": "Организация прекратила деятельность",
        "organisation-merged": "Организация присоединена",
        "organisation-moved": "Подчинение изменено",
        "municipality-added": "Муниципальное образование внесено",
        "organisations-imported": "Организации загружены из файла",
    }
)

#: Fields of a card that its keepers write; names, ends and subordination have verbs of their own.
CARD_FIELDS = ("inn", "kpp", "ogrn", "address", "opened_on", "short_name")
SCHOOL_FIELDS = ("is_rural", "is_small", "enrolment", "enrolment_on")
#: What a school may write about itself: identifiers are for those who keep the registry.
OWN_FIELDS = frozenset({"address", *SCHOOL_FIELDS})


@dataclass(frozen=True, slots=True)
class Card:
    """What is entered about an organisation; the school's part is ignored for other kinds."""

    name: str
    kind: str
    short_name: str = ""
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    address: str = ""
    opened_on: datetime.date | None = None
    is_rural: bool = False
    is_small: bool = False
    enrolment: int | None = None
    enrolment_on: datetime.date | None = None


def _check_identifiers(inn: str, kpp: str, ogrn: str) -> None:
    wrong = [error for error in (inn_error(inn), kpp_error(kpp), ogrn_error(ogrn)) if error]
    if wrong:
        raise Refused(" ".join(wrong))


def _allow(predicate: Any, scope: Scope, *objects: Any) -> None:
    if not predicate.test(scope, *objects):
        raise NotAllowed(
            "Ваша роль этого не позволяет. Кто может: раздел «Люди и роли», ведущие реестр вашей территории."
        )


def _seen(organisation: Organisation, scope: Scope) -> Organisation:
    """As it is now; a lock would need the right to change it, which nobody has over superiors."""
    found = Organisation.objects.visible_to(scope).filter(pk=organisation.pk).first()
    if found is None:
        raise NotAllowed("Этой организации нет или она вне вашей территории.")
    return found


def _locked(organisation: Organisation, scope: Scope, predicate: Any) -> Organisation:
    """As it is now, locked until the end of the transaction; the right is checked on what was read, and again on what is."""
    _allow(predicate, scope, organisation)
    found = Organisation.objects.visible_to(scope).select_for_update(of=("self",)).filter(pk=organisation.pk).first()
    if found is None:
        raise NotAllowed("Этой организации нет или она вне вашей территории.")
    _allow(predicate, scope, found)
    return found


def _lock_in_order(*organisations: Organisation | None) -> None:
    """Two officials who name the same organisations the other way round wait for each other instead of dead-locking."""
    keys = sorted(each.pk for each in organisations if each is not None)
    list(Organisation.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))


@transaction.atomic
def add_municipality(
    *, region: Region, name: str, oktmo: str = "", by: Actor | None, scope: Scope, at: datetime.datetime
) -> Municipality:
    """Add a municipality; the one with that name in the region is given back instead of a second one."""
    _allow(permissions.can_add_organisation, scope)
    if not scope.is_country and scope.region != region.code:
        raise NotAllowed("Муниципальные образования вносят только в своём субъекте.")
    name = collapse(name)
    found, made = Municipality.objects.get_or_create(
        region=region, sort_key=fold(name), defaults={"name": name, "oktmo": oktmo}
    )
    if made:
        record("municipality-added", by=by, about=found, at=at)
    return found


@transaction.atomic
def add_organisation(
    *,
    card: Card,
    region: Region | None,
    parent: Organisation | None,
    municipality: Municipality | None = None,
    by: Actor | None,
    scope: Scope,
    at: datetime.datetime,
) -> Organisation:
    """Enter an organisation; its first name holds from the day it was opened. Raises :class:`Refused`."""
    _allow(permissions.can_add_organisation, scope)
    if parent is not None:
        parent = _seen(parent, scope)
    _check_place(region, parent, scope)
    name = collapse(card.name)
    if not name:
        raise Refused("Наименование организации пусто: впишите полное наименование по уставу.")
    _check_identifiers(card.inn, card.kpp, card.ogrn)
    organisation = Organisation(
        kind=card.kind,
        region=region,
        parent=parent,
        municipality=municipality,
        name=name,
        sort_key=fold(name),
        match_key=match_key(name),
    )
    for field in CARD_FIELDS:
        setattr(organisation, field, getattr(card, field))
    _save(organisation)
    organisation.refresh_from_db(fields=["path"])
    OrganisationName.objects.bulk_create(
        [
            OrganisationName(
                organisation=organisation, region=region, name=name, short_name=card.short_name, since=card.opened_on
            )
        ]
    )
    if card.kind == OrganisationKind.SCHOOL and region is not None:
        School.objects.create(
            organisation=organisation, region=region, **{field: getattr(card, field) for field in SCHOOL_FIELDS}
        )
    record("organisation-added", by=by, about=organisation, at=at, data={"card": asdict(card)})
    return organisation


def _check_place(region: Region | None, parent: Organisation | None, scope: Scope) -> None:
    if scope.is_country:
        return
    if region is None or scope.region != region.code:
        raise NotAllowed("Организации вносят только в своём субъекте.")
    if scope.reach is Reach.SUBTREE and (parent is None or not parent.path.startswith(scope.path)):
        raise NotAllowed("Муниципальный орган вносит только подведомственные ему школы.")


def _save(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise Refused(_explain(error, organisation)) from error


def _explain(error: IntegrityError, organisation: Organisation) -> str:
    text = str(error)
    if "organisation_one_inn_and_kpp" in text:
        return (
            f"Организация с ИНН {organisation.inn} и КПП {organisation.kpp or '—'} уже есть в реестре. Найдите её поиском по ИНН; "
            "у филиала тот же ИНН, но свой КПП."
        )
    if "organisation_term" in text:
        return "Дата прекращения раньше даты создания: проверьте обе."
    if "below itself" in text:
        return "Организация не может подчиняться самой себе или своей подведомственной."
    if "organisation_has_a_region" in text:
        return "Выберите субъект Российской Федерации: без него бывают только федеральные организации."
    return "База данных не приняла запись: проверьте ИНН, КПП, ОГРН и даты."


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    version: int,
    values: dict[str, Any],
    by: Actor | None,
    scope: Scope,
    at: datetime.datetime,
) -> Organisation:
    """Write the fields of a card that changed; whoever saw an older version is told, not overwritten."""
    organisation = _locked(organisation, scope, permissions.can_change_organisation)
    if organisation.version != version:
        raise Refused(
            "Пока вы заполняли форму, карточку изменил кто-то другой. Посмотрите, что теперь записано, и повторите."
        )
    if scope.role == "school" and set(values) - OWN_FIELDS:
        raise NotAllowed(
            "Школа меняет только адрес, число обучающихся и признаки школы; остальное ведёт муниципальный орган."
        )
    unknown = set(values) - {*CARD_FIELDS, *SCHOOL_FIELDS}
    if unknown:
        raise ValueError(f"no such fields of a card: {sorted(unknown)}")
    school = School.objects.filter(pk=organisation.pk).first()
    changed: dict[str, Any] = {}
    for field, value in values.items():
        target: Organisation | School | None = organisation if field in CARD_FIELDS else school
        if target is not None and getattr(target, field) != value:
            changed[field] = {"было": getattr(target, field), "стало": value}
            setattr(target, field, value)
    if not changed:
        return organisation
    _check_identifiers(organisation.inn, organisation.kpp, organisation.ogrn)
    organisation.version += 1
    _save(organisation)
    if school is not None:
        school.save()
    record("organisation-changed", by=by, about=organisation, at=at, data=changed)
    return organisation


@transaction.atomic
def rename_organisation(
    *,
    organisation: Organisation,
    name: str,
    short_name: str = "",
    since: datetime.date,
    basis: str = "",
    by: Actor | None,
    scope: Scope,
    at: datetime.datetime,
) -> OrganisationName:
    """A new name from a day on; documents of earlier days keep the name of their day."""
    organisation = _locked(organisation, scope, permissions.can_rename_organisation)
    name = collapse(name)
    if not name or name == organisation.name:
        raise Refused("Новое наименование пусто или совпадает с нынешним.")
    if organisation.opened_on and since < organisation.opened_on:
        raise Refused(f"Организация создана {organisation.opened_on:%d.%m.%Y}: раньше переименовать её нельзя.")
    if OrganisationName.objects.filter(organisation=organisation, since=since).exists():
        raise Refused(f"С {since:%d.%m.%Y} наименование уже записано.")
    made = OrganisationName.objects.create(
        organisation=organisation,
        region_id=organisation.region_id,
        name=name,
        short_name=short_name,
        since=since,
        basis=basis,
    )
    later = OrganisationName.objects.filter(organisation=organisation, since__gt=since).exists()
    old = organisation.name
    if not later:
        organisation.name, organisation.short_name = name, short_name
        organisation.sort_key, organisation.match_key = fold(name), match_key(name)
    organisation.version += 1
    _save(organisation)
    record(
        "organisation-renamed",
        by=by,
        about=organisation,
        reason=basis,
        at=at,
        data={"было": old, "стало": name, "с": since},
    )
    return made


@transaction.atomic
def close_organisation(
    *, organisation: Organisation, on: datetime.date, reason: str, by: Actor | None, scope: Scope, at: datetime.datetime
) -> Organisation:
    """End an organisation on a day; its rows and history stay."""
    return _end(organisation, None, on=on, reason=reason, by=by, scope=scope, at=at)


@transaction.atomic
def merge_organisation(
    *,
    organisation: Organisation,
    into: Organisation,
    on: datetime.date,
    reason: str,
    by: Actor | None,
    scope: Scope,
    at: datetime.datetime,
) -> Organisation:
    """End an organisation on a day in favour of a successor that exists on that day."""
    return _end(organisation, into, on=on, reason=reason, by=by, scope=scope, at=at)


def _end(
    organisation: Organisation,
    into: Organisation | None,
    *,
    on: datetime.date,
    reason: str,
    by: Actor | None,
    scope: Scope,
    at: datetime.datetime,
) -> Organisation:
    _lock_in_order(organisation, into)
    organisation = _locked(organisation, scope, permissions.can_close_organisation)
    if not reason.strip():
        raise Refused("Укажите основание: каким актом организация прекращает деятельность.")
    if organisation.closed_on is not None:
        raise Refused(f"Организация уже прекратила деятельность {organisation.closed_on:%d.%m.%Y}.")
    if into is not None:
        into = _seen(into, scope)
        if into.pk == organisation.pk or not into.is_at_work_on(on):
            raise Refused("Правопреемник должен быть другой организацией, действующей на эту дату.")
    organisation.closed_on, organisation.successor = on, into
    organisation.version += 1
    _save(organisation)
    kind = "organisation-closed" if into is None else "organisation-merged"
    data = {"с": on} if into is None else {"с": on, "правопреемник": into.pk, "наименование": str(into)}
    record(kind, by=by, about=organisation, reason=reason, at=at, data=data)
    return organisation


@transaction.atomic
def move_organisation(
    *,
    organisation: Organisation,
    parent: Organisation | None,
    reason: str,
    by: Actor | None,
    scope: Scope,
    at: datetime.datetime,
) -> Organisation:
    """Put an organisation, with everything below it, under another one of the same region."""
    _lock_in_order(organisation, parent)
    organisation = _locked(organisation, scope, permissions.can_move_organisation)
    if parent is not None:
        parent = _seen(parent, scope)
        if parent.pk == organisation.pk or parent.path.startswith(organisation.path):
            raise Refused("Организация не может подчиняться самой себе или своей подведомственной.")
        if parent.region_id not in (None, organisation.region_id):
            raise Refused("Вышестоящая организация из другого субъекта.")
    if scope.reach is Reach.SUBTREE and (parent is None or not parent.path.startswith(scope.path)):
        raise NotAllowed("Муниципальный орган меняет подчинение только внутри своего ведения.")
    old = organisation.parent_id
    organisation.parent = parent
    organisation.version += 1
    _save(organisation)
    organisation.refresh_from_db(fields=["path"])
    record(
        "organisation-moved",
        by=by,
        about=organisation,
        reason=reason,
        at=at,
        data={"было": old, "стало": organisation.parent_id},
    )
    return organisation


@transaction.atomic
def keep_import(
    *, region: Region, file_name: str, content: bytes, by: Actor | None, scope: Scope, at: datetime.datetime
) -> OrganisationImport:
    """Keep an uploaded table, byte for byte, to be looked at before it is carried out."""
    _allow(permissions.can_import_organisations, scope)
    if not scope.is_country and scope.region != region.code:
        raise NotAllowed("Загружать можно только в свой субъект.")
    return OrganisationImport.objects.create(
        region=region,
        by_id=None if by is None else by.pk,
        made_at=at,
        file_name=file_name[:255],
        content=content,
        sha256=sha256(content).hexdigest(),
    )


@transaction.atomic
def carry_out_import(
    *, kept: OrganisationImport, decisions: Mapping[str, str], by: Actor | None, scope: Scope, at: datetime.datetime
) -> dict[str, int]:
    """Do what the file's plan says, wholly or not at all; a second click finds it done. Raises :class:`Refused`."""
    _allow(permissions.can_import_organisations, scope)
    kept = OrganisationImport.objects.visible_to(scope).select_for_update(of=("self",)).get(pk=kept.pk)
    if kept.applied_at is not None:
        return dict(kept.outcome)
    plan = plan_import(read_sheet(bytes(kept.content)), region=kept.region_id, scope=scope, decisions=decisions)
    if not plan.is_ready:
        raise Refused(
            f"Не загружено ничего: ошибок {len(plan.errors)}, нерешённых строк {len(plan.questions)}. Исправьте файл или решите строки."
        )
    places = _Places(kept.region, by=by, scope=scope, at=at)
    for each in plan.rows:
        try:
            _carry_out_row(each, kept.region, places, by=by, scope=scope, at=at)
        except Refused as refusal:
            raise Refused(f"Строка {each.row.number}: {refusal} Не загружено ничего.") from refusal
    kept.applied_at, kept.outcome = at, {name: count for name, count in plan.counts if count}
    kept.save(update_fields=["applied_at", "outcome"])
    record("organisations-imported", by=by, about=kept, at=at, data={**kept.outcome, "sha256": kept.sha256})
    return dict(kept.outcome)


class _Places:
    """The municipality of a row, made when it is new, and the authority its schools stand under."""

    def __init__(self, region: Region, *, by: Actor | None, scope: Scope, at: datetime.datetime) -> None:
        self._region, self._by, self._scope, self._at = region, by, scope, at
        self._known = {each.sort_key: each for each in Municipality.objects.filter(region=region)}
        authorities = Organisation.objects.visible_to(scope).filter(
            region=region, kind=OrganisationKind.MUNICIPAL_AUTHORITY, closed_on=None
        )
        self._parents: dict[int | None, list[Organisation]] = {}
        for each in authorities:
            self._parents.setdefault(each.municipality_id, []).append(each)
        self._own = next((each for each in authorities if each.pk in scope.organisations), None)

    def find(self, name: str) -> tuple[Municipality | None, Organisation | None]:
        """The municipality and, where there is exactly one, its authority."""
        if self._own is not None:
            return self._own.municipality, self._own
        key = fold(name)
        if not key:
            return None, None
        if key not in self._known:
            self._known[key] = add_municipality(
                region=self._region, name=name, by=self._by, scope=self._scope, at=self._at
            )
        municipality = self._known[key]
        above = self._parents.get(municipality.pk, [])
        return municipality, above[0] if len(above) == 1 else None


def _carry_out_row(
    each: RowPlan, region: Region, places: _Places, *, by: Actor | None, scope: Scope, at: datetime.datetime
) -> None:
    if each.deed is Deed.CHANGE and each.organisation is not None:
        found = each.organisation
        change_organisation(organisation=found, version=found.version, values=each.changes, by=by, scope=scope, at=at)
    if each.deed is Deed.ADD:
        values = {
            name: value for name, value in each.row.values.items() if name != "municipality" and value is not None
        }
        municipality, parent = places.find(str(each.row.values.get("municipality") or ""))
        card = Card(kind=OrganisationKind.SCHOOL, **values)  # type: ignore[arg-type]  # the sheet's fields are the card's
        add_organisation(card=card, region=region, parent=parent, municipality=municipality, by=by, scope=scope, at=at)
