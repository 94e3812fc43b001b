"""The card of a centre: its data, its opening, its names, its end. Nothing is deleted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from vekha_portal.accounts.models import Person
from vekha_portal.centres import permissions
from vekha_portal.centres.actions.waves import STALE
from vekha_portal.centres.models import Centre
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope

name_kinds(
    {
        "centre-changed": "Паспорт центра изменён",
        "centre-opened": "Центр открыт",
        "centre-renamed": "Центр переименован",
        "centre-closed": "Центр закрыт",
        "centre-merged": "Центр продолжает работу как другой",
    }
)

#: What the school, its municipality and the coordinator write; the name, opening and end have verbs of their own.
_TITLES = {
    "address": "адрес",
    "rooms": "помещения",
    "enrolment": "число обучающихся",
    "enrolment_on": "число обучающихся на дату",
}
CARD_FIELDS = tuple(_TITLES)


@transaction.atomic
def change_centre(
    *, centre: Centre, version: int, values: Mapping[str, Any], by: Person, scope: Scope, at: datetime.datetime
) -> Centre:
    """Write the fields of a card that changed; whoever saw an older version is told, not overwritten."""
    centre = _locked(centre, version, scope)
    unknown = set(values) - set(CARD_FIELDS)
    if unknown:
        raise ValueError(f"no such fields of a card: {sorted(unknown)}")
    changed: dict[str, Any] = {}
    for field, value in values.items():
        if getattr(centre, field) != value:
            title = _TITLES[field]
            changed[title] = {"было": getattr(centre, field), "стало": value}
            setattr(centre, field, value)
    if centre.enrolment is not None and centre.enrolment_on is None:
        raise Refused("Укажите, на какую дату число обучающихся.")
    if changed:
        _save(centre)
        record("centre-changed", by=by, about=centre, at=at, data=changed)
    return centre


@transaction.atomic
def rename_centre(
    *, centre: Centre, version: int, name: str, basis: str, by: Person, scope: Scope, at: datetime.datetime
) -> Centre:
    """Another name, by a basis; the names before stay in the history."""
    centre = _locked(centre, version, scope)
    name = " ".join(name.split())
    if not name:
        raise Refused("Название центра пусто: впишите его, как в локальном акте.")
    if name == centre.name:
        return centre
    before, centre.name = centre.name, name
    _save(centre)
    record("centre-renamed", by=by, about=centre, reason=basis, at=at, data={"было": before, "стало": name})
    return centre


@transaction.atomic
def open_centre(
    *, centre: Centre, version: int, on: datetime.date, basis: str, by: Person, scope: Scope, at: datetime.datetime
) -> Centre:
    """The day a centre began to work, by the act or the news that says so; a slip is corrected the same way."""
    centre = _locked(centre, version, scope)
    if on > at.date():
        raise Refused(f"{on:%d.%m.%Y} ещё не наступило: открытие отмечают, когда оно состоялось.")
    if on.year < centre.wave.subsidy_year - 1:
        raise Refused(f"Центр волны {centre.wave.subsidy_year} года не мог открыться {on:%d.%m.%Y}: проверьте год.")
    if not basis.strip():
        raise Refused("Укажите, чем подтверждено открытие: акт, его номер и дата, или публикация.")
    if centre.opened_on == on:
        return centre
    before, centre.opened_on = centre.opened_on, on
    _save(centre)
    data = {"день": {"было": before, "стало": on}} if before else {"день": on}
    record("centre-opened", by=by, about=centre, reason=basis, at=at, data=data)
    return centre


@transaction.atomic
def close_centre(
    *,
    centre: Centre,
    version: int,
    on: datetime.date,
    reason: str,
    successor: Centre | None = None,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Centre:
    """End a centre on a day, with its successor where the work goes on in another one."""
    if not permissions.can_change_list.test(scope, centre.wave):
        raise NotAllowed("Закрывает центр региональный координатор или региональный оператор.")
    centre = _locked(centre, version, scope)
    if not reason.strip():
        raise Refused("Укажите основание закрытия: каким актом и почему.")
    if centre.opened_on is None:
        raise Refused("Центр ещё не открыт: его исключают из перечня волны.")
    if on < centre.opened_on:
        raise Refused(f"Центр открыт {centre.opened_on:%d.%m.%Y}: закрыть его раньше нельзя.")
    if successor is not None:
        _check_successor(centre, successor, on)
    centre.closed_on, centre.closed_because, centre.successor = on, reason.strip(), successor
    _save(centre)
    kind = "centre-closed" if successor is None else "centre-merged"
    data = {"с": on} if successor is None else {"с": on, "продолжает работу как": str(successor)}
    record(kind, by=by, about=centre, reason=reason, at=at, data=data)
    return centre


def _check_successor(centre: Centre, successor: Centre, on: datetime.date) -> None:
    if successor.pk == centre.pk:
        raise Refused("Центр не может продолжать работу как он сам: выберите другой.")
    if successor.region_id != centre.region_id or successor.removed_at is not None:
        raise Refused("Преемником может быть только центр того же субъекта из действующего перечня.")
    if successor.closed_on is not None and successor.closed_on <= on:
        raise Refused(f"Преемник закрыт {successor.closed_on:%d.%m.%Y}: выберите действующий центр.")


def _locked(centre: Centre, version: int, scope: Scope) -> Centre:
    if not permissions.can_change_centre.test(scope, centre):
        raise NotAllowed("Паспорт центра ведут его школа, муниципальный орган и региональный координатор.")
    rows = Centre.objects.visible_to(scope).select_for_update(of=("self",))
    found = rows.select_related("wave__region", "wave__programme", "organisation").filter(pk=centre.pk).first()
    if found is None:
        raise NotAllowed("Этого центра нет или он вне вашей территории.")
    if found.removed_at is not None:
        raise Refused("Школа исключена из перечня волны: её карточка больше не меняется.")
    if found.closed_on is not None:
        raise Refused(f"Центр закрыт {found.closed_on:%d.%m.%Y}: его карточка больше не меняется.")
    if found.version != version:
        raise Refused(STALE)
    return found


def _save(centre: Centre) -> None:
    centre.version += 1
    try:
        with transaction.atomic():
            centre.save()
    except IntegrityError as error:
        raise Refused("База данных не приняла запись: проверьте даты и число обучающихся.") from error
