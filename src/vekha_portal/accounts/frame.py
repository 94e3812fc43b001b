"""What stands around a page for the person signed in: sections of the role in force, the other roles, the way out."""

from __future__ import annotations

from django.urls import reverse

from vekha_portal.accounts.models import Person
from vekha_portal.accounts.scope import Chair
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.permissions import is_signed_in
from vekha_portal.ui.frame import Frame, NavItem, Seat, Who


def build_frame(person: Person | None, scope: Scope, chair: Chair | None, chairs: list[Chair]) -> Frame:
    """The frame of one request; asks the database nothing."""
    if person is None:
        return Frame(sign_in_url=reverse("account_login"))
    navigation = _sections() if is_signed_in.test(scope) else ()
    others = tuple(_seat(each) for each in chairs if each is not chair)
    here = _seat(chair) if chair is not None else Seat("", "Без роли", "роль даёт администратор")
    who = Who(
        name=person.short_name,
        seat=here,
        others=others,
        switch_url=reverse("accounts_switch"),
        profile_url=reverse("accounts_profile"),
        sign_out_url=reverse("account_logout"),
    )
    return Frame(navigation=navigation, who=who)


def _sections() -> tuple[NavItem, ...]:
    return (
        NavItem("registry", "Реестр", reverse("registry_list"), "building", on_phone=True),
        NavItem("people", "Люди и роли", reverse("accounts_people"), "users", on_phone=True),
        NavItem("journal", "Журнал", reverse("journal_list"), "history", on_phone=True),
    )


def _seat(chair: Chair) -> Seat:
    assignment = chair.assignment
    where = str(assignment.organisation)
    if chair.deputising is not None:
        where = f"{where}, за {assignment.person}"
    if assignment.programme is not None:
        where = f"{where} ({assignment.programme})"
    return Seat(str(assignment.pk), assignment.get_role_display(), where)
