"""Opening a wave, saying who leads it and what approved its list, ending it."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction

from vekha_portal.accounts.models import Person
from vekha_portal.centres import permissions
from vekha_portal.centres.models import Wave
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Order
from vekha_portal.registry.models import Organisation, Programme, Region

name_kinds(
    {"wave-opened": "Волна начата", "wave-changed": "Сведения о волне изменены", "wave-closed": "Волна завершена"}
)

CLOSED_DOOR = "Волны ведут региональный координатор, региональный оператор и федеральный оператор программы."
STALE = "Пока вы заполняли форму, запись изменил кто-то другой. Посмотрите, что теперь записано, и повторите."


@transaction.atomic
def open_wave(
    *,
    programme: Programme,
    region: Region,
    subsidy_year: int,
    organisation: Organisation,
    list_order: Order | None = None,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Wave:
    """Begin a wave; the same wave asked for twice by the same person is given back."""
    if not permissions.can_open_wave.test(scope, (region, programme.pk)):
        raise NotAllowed(CLOSED_DOOR)
    if not 2000 <= subsidy_year <= 2100:
        raise Refused(f"Год получения субсидии {subsidy_year} невозможен: впишите год из четырёх цифр.")
    _check_parts(region, programme.pk, organisation, list_order)
    wave = Wave(
        programme=programme,
        region=region,
        organisation=organisation,
        subsidy_year=subsidy_year,
        list_order=list_order,
        created_at=at,
        created_by=by,
    )
    try:
        with transaction.atomic():
            wave.save(force_insert=True)
    except IntegrityError as error:
        known = Wave.objects.filter(programme=programme, region=region, subsidy_year=subsidy_year).first()
        if known is not None and (known.created_by_id, known.organisation_id) == (by.pk, organisation.pk):
            return known
        raise Refused(
            f"Волна «{programme}» {subsidy_year} года в этом субъекте уже есть: откройте её в списке волн."
        ) from error
    record("wave-opened", by=by, about=wave, at=at, data={"ведёт": str(organisation)})
    return wave


def _check_parts(region: Region, programme: str, organisation: Organisation, list_order: Order | None) -> None:
    if organisation.region_id != region.pk:
        raise Refused(
            f"«{organisation}» — организация не этого субъекта: волну ведёт орган или оператор своего субъекта."
        )
    if list_order is not None and list_order.region_id not in (None, region.pk):
        raise Refused("Перечень школ утверждён распоряжением другого субъекта: выберите распоряжение своего.")


@transaction.atomic
def change_wave(
    *,
    wave: Wave,
    version: int,
    organisation: Organisation,
    list_order: Order | None,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Wave:
    """Who leads the wave and which order approved its list."""
    wave = _locked(wave, scope)
    if wave.version != version:
        raise Refused(STALE)
    _check_parts(wave.region, wave.programme_id, organisation, list_order)
    before: dict[str, Any] = {"ведёт": wave.organisation, "перечень": wave.list_order}
    wave.organisation, wave.list_order = organisation, list_order
    after = {"ведёт": organisation, "перечень": list_order}
    changed = {
        name: {"было": str(before[name] or "—"), "стало": str(after[name] or "—")}
        for name in before
        if before[name] != after[name]
    }
    if not changed:
        return wave
    wave.version += 1
    wave.save()
    record("wave-changed", by=by, about=wave, at=at, data=changed)
    return wave


@transaction.atomic
def close_wave(*, wave: Wave, on: datetime.date, reason: str, by: Person, scope: Scope, at: datetime.datetime) -> Wave:
    """End a wave on a day: its deadlines are not rolled on any more, its list and milestones stay."""
    wave = _locked(wave, scope)
    if wave.closed_on is not None:
        return wave
    if not reason.strip():
        raise Refused("Укажите основание, по которому волна завершена.")
    if on > at.date():
        raise Refused("Волну завершают сегодняшним или прошедшим днём.")
    if on < wave.created_at.date() and on.year < wave.subsidy_year:
        raise Refused(f"Волна {wave.subsidy_year} года не может завершиться раньше этого года.")
    wave.closed_on = on
    wave.version += 1
    wave.save()
    record("wave-closed", by=by, about=wave, reason=reason, at=at, data={"с": on})
    return wave


def _locked(wave: Wave, scope: Scope) -> Wave:
    if not permissions.can_change_wave.test(scope, wave):
        raise NotAllowed(CLOSED_DOOR)
    rows = Wave.objects.visible_to(scope).select_for_update(of=("self",))
    found = rows.select_related("region", "programme", "organisation", "list_order").filter(pk=wave.pk).first()
    if found is None:
        raise NotAllowed("Этой волны нет или она вне вашей территории.")
    return found
