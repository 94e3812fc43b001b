"""The write of an organisation's understanding of debatable deadlines."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction

from vekha_portal.accounts.models import Person
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders import permissions
from vekha_portal.orders.actions.rights import demand, same_version
from vekha_portal.orders.models import DeadlineSettings
from vekha_portal.registry.models import Organisation

name_kinds({"deadline-settings-changed": "Изменено понимание сроков"})


@transaction.atomic
def change_settings(
    *,
    organisation: Organisation,
    version: int,
    before_includes_day: bool,
    warning_days: int,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> DeadlineSettings:
    """Set how an organisation and those below it that set nothing themselves understand deadlines; ``version`` 0 sets them first."""
    demand(
        permissions.can_change_settings,
        scope,
        organisation,
        "Понимание сроков задаёт сама организация или вышестоящая в субъекте.",
    )
    if not 0 <= warning_days <= 366:
        raise Refused("Предупреждать можно за 0–366 дней.")
    values = {"before_includes_day": before_includes_day, "warning_days": warning_days}
    rows = DeadlineSettings.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.filter(organisation=organisation).first()
    if found is None:
        found = _set_first(organisation, version, values, by=by, at=at)
        data: dict[str, Any] = {_label(name): value for name, value in values.items()}
    else:
        same_version(version, found)
        data = {
            _label(name): {"было": getattr(found, name), "стало": value}
            for name, value in values.items()
            if getattr(found, name) != value
        }
        if not data:
            return found
        for name, value in values.items():
            setattr(found, name, value)
        found.changed_at, found.changed_by = at, by
        found.version += 1
        found.save()
    record("deadline-settings-changed", by=by, about=found, at=at, data=data)
    return found


def _label(name: str) -> str:
    field: Any = DeadlineSettings._meta.get_field(name)
    return str(field.verbose_name)


def _set_first(
    organisation: Organisation, version: int, values: dict[str, bool | int], *, by: Person, at: datetime.datetime
) -> DeadlineSettings:
    told = "Пока вы заполняли форму, понимание сроков задал кто-то другой. Посмотрите, что записано, и повторите."
    if version:
        raise Refused(told)
    try:
        with transaction.atomic():
            return DeadlineSettings.objects.create(
                organisation=organisation,
                region_id=organisation.region_id,
                **values,
                changed_at=at,
                changed_by=by,
            )
    except IntegrityError as error:
        raise Refused(told) from error
