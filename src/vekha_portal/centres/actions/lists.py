"""The list of schools of a wave: added, taken out with a reason, kept tables. Milestones follow in the app above."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.centres import permissions
from vekha_portal.centres.actions.waves import CLOSED_DOOR
from vekha_portal.centres.models import Centre, ListImport, Wave
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.models import Organisation, OrganisationKind

name_kinds({"schools-added": "Школы включены в перечень волны", "school-removed": "Школа исключена из перечня волны"})

KEPT_BY = "Перечень школ ведут региональный координатор и региональный оператор."


@transaction.atomic
def add_centres(
    *, wave: Wave, schools: Sequence[Organisation], by: Person, scope: Scope, at: datetime.datetime
) -> list[Centre]:
    """Put schools on the list; those already on it are passed over. Raises :class:`Refused` naming what cannot be added."""
    if not permissions.can_change_list.test(scope, wave):
        raise NotAllowed(KEPT_BY)
    if wave.closed_on is not None:
        raise Refused(f"Волна завершена {wave.closed_on:%d.%m.%Y}: её перечень больше не меняют.")
    schools = list({each.pk: each for each in schools}.values())
    _check_schools(wave, schools, at.date())
    taken = Centre.objects.filter(
        programme_id=wave.programme_id, organisation__in=schools, removed_at=None, closed_on=None
    ).select_related("wave", "organisation")
    elsewhere = [each for each in taken if each.wave_id != wave.pk]
    if elsewhere:
        names = "; ".join(f"{each.organisation} (волна {each.wave.subsidy_year} года)" for each in elsewhere[:5])
        raise Refused(f"В школе уже есть центр этой программы: {names}. Уберите её из списка.")
    known = {each.organisation_id for each in taken}
    new = [each for each in schools if each.pk not in known]
    made = Centre.objects.bulk_create(
        Centre(
            wave=wave,
            region_id=wave.region_id,
            programme_id=wave.programme_id,
            organisation=each,
            added_at=at,
            added_by=by,
        )
        for each in new
    )
    if made:
        data = {"школ": len(made), "школы": [str(each) for each in new[:200]]}
        record("schools-added", by=by, about=wave, at=at, data=data)
    return made


def _check_schools(wave: Wave, schools: Sequence[Organisation], day: datetime.date) -> None:
    for each in schools:
        if each.kind != OrganisationKind.SCHOOL:
            raise Refused(f"«{each}» — не школа: центр создают только в общеобразовательной организации.")
        if each.region_id != wave.region_id:
            raise Refused(f"Школа «{each}» из другого субъекта: в перечень волны её не включают.")
        if not each.is_at_work_on(day):
            raise Refused(f"Школа «{each}» прекратила деятельность: выберите правопреемника.")


@transaction.atomic
def remove_centre(*, centre: Centre, reason: str, by: Person, scope: Scope, at: datetime.datetime) -> Centre:
    """Take a school off the list with a reason; twice is once."""
    if not permissions.can_change_list.test(scope, centre.wave):
        raise NotAllowed(KEPT_BY)
    centre = Centre.objects.visible_to(scope).select_for_update(of=("self",)).select_related("wave").get(pk=centre.pk)
    if centre.removed_at is not None:
        return centre
    if not reason.strip():
        raise Refused("Укажите, почему школа исключена из перечня: номер и дату распоряжения или другую причину.")
    if centre.opened_on is not None and centre.opened_on <= at.date():
        raise Refused(f"Центр открыт {centre.opened_on:%d.%m.%Y}: его закрывают, а не исключают из перечня.")
    centre.removed_at, centre.removed_by, centre.removed_because = at, by, reason.strip()
    centre.version += 1
    centre.save()
    record("school-removed", by=by, about=centre, reason=reason, at=at, data={"школа": str(centre.organisation)})
    return centre


@transaction.atomic
def keep_list(
    *,
    wave: Wave,
    purpose: str,
    asked: Mapping[str, Any],
    file_name: str,
    content: bytes,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> ListImport:
    """Keep an uploaded table, byte for byte, to be looked at before it is carried out."""
    if not permissions.can_change_wave.test(scope, wave):
        raise NotAllowed(CLOSED_DOOR)
    return ListImport.objects.create(
        wave=wave,
        region_id=wave.region_id,
        by_id=by.pk,
        made_at=at,
        purpose=purpose,
        asked=dict(asked),
        file_name=file_name[:255],
        content=content,
        sha256=sha256(content).hexdigest(),
    )
