"""The write that says who a written responsible is; also of an approved revision, because people come and go."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.accounts.roles import Role
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders import permissions
from vekha_portal.orders.actions.rights import demand
from vekha_portal.orders.models import Responsible, Revision
from vekha_portal.orders.proposals import SaidNames, said_of
from vekha_portal.orders.reads import read_revisions
from vekha_portal.registry.models import Organisation

name_kinds({"responsible-mapped": "Указано, кто ответственный"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """Who a written responsible is: an organisation, a role, a person, the school of each centre; or nobody yet."""

    organisation: Organisation | None = None
    role: str = ""
    person: Person | None = None
    is_each_centre: bool = False

    def __str__(self) -> str:
        if self.is_each_centre:
            return "школа каждого центра"
        if self.role:
            return str(Role(self.role).label)
        return str(self.organisation or self.person or "не указано")


@transaction.atomic
def map_responsible(
    *, revision: Revision, name: str, meaning: Meaning, by: Person, scope: Scope, at: datetime.datetime
) -> int:
    """Say who the responsible written so is, in every measure of the revision at once; how many places changed."""
    demand(permissions.can_map_responsibles, scope, revision)
    found = read_revisions(scope).select_related("organisation", "basis__organisation").filter(pk=revision.pk).first()
    if found is None:
        raise NotAllowed("Этой редакции нет или она вам не видна.")
    demand(permissions.can_map_responsibles, scope, found)
    if found.withdrawn_at is not None:
        raise Refused("Этот черновик оставлен: сопоставлять в нём нечего.")
    _check(meaning, scope)
    rows = Responsible.objects.filter(
        measure__revision=found, measure__removed_at=None, removed_at=None, name=name
    ).order_by("pk")
    places = list(rows.select_for_update(of=("self",)))
    if not places:
        raise Refused(f"«{name}» в этой редакции больше не встречается: обновите страницу.")
    values = {
        "mapped_organisation_id": meaning.organisation.pk if meaning.organisation else None,
        "mapped_role": meaning.role,
        "mapped_person_id": meaning.person.pk if meaning.person else None,
        "is_each_centre": meaning.is_each_centre,
    }
    changed = [each for each in places if any(getattr(each, field) != value for field, value in values.items())]
    if not changed:
        return 0
    before = said_of(changed[0], SaidNames.of(changed[:1]))[1]
    Responsible.objects.filter(pk__in=[each.pk for each in changed]).update(**values)
    data = {"как написано": name, "кто": {"было": before, "стало": str(meaning)}, "мероприятий": len(changed)}
    record("responsible-mapped", by=by, about=found.basis, at=at, data=data)
    return len(changed)


def _check(meaning: Meaning, scope: Scope) -> None:
    said = [meaning.organisation, meaning.role, meaning.person, meaning.is_each_centre]
    if sum(bool(each) for each in said) > 1:
        raise Refused("Выберите что-то одно: организацию, роль, человека или школу каждого центра.")
    if meaning.role and meaning.role not in set(Role):
        raise Refused("Такой роли нет.")
    if meaning.organisation is not None and not (
        Organisation.objects.visible_to(scope).filter(pk=meaning.organisation.pk).exists()
    ):
        raise NotAllowed("Этой организации нет или она вне вашей территории.")
    if meaning.person is not None and not Person.objects.visible_to(scope).filter(pk=meaning.person.pk).exists():
        raise NotAllowed("Этого человека нет или он вне вашей территории.")
