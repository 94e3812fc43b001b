"""What stands around a page for the person signed in: sections of the role in force, the other roles, the way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, get_urlconf, reverse

from vekha_portal.accounts.models import Person
from vekha_portal.accounts.roles import Role
from vekha_portal.accounts.scope import Chair
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.registry.permissions import is_signed_in
from vekha_portal.ui.frame import Frame, NavItem, Seat, Who


@dataclass(frozen=True, slots=True)
class Place:
    """A section: the name of its page, and who has it. A page that no app brings has no section."""

    key: str
    label: str
    page: str
    icon: str
    opens: Callable[[Scope], bool]
    on_phone: bool = False
    is_minor: bool = False


def _everybody(scope: Scope) -> bool:
    return True


def _region(scope: Scope) -> bool:
    return scope.reach is Reach.REGION


def _country(scope: Scope) -> bool:
    return scope.is_country


def _leads(scope: Scope) -> bool:
    return scope.role != Role.SCHOOL


def is_administrator(scope: Scope) -> bool:
    """Whether the role in force is an administrator's."""
    return scope.role == Role.ADMINISTRATOR


#: From the left to the right; the pages of the apps above are named, not imported, and ask their own permissions again.
SECTIONS = (
    Place("today", "Сегодня", "today", "calendar-due", _everybody, on_phone=True),
    Place("orders", "Дорожные карты", "orders_list", "gavel", _everybody, on_phone=True),
    Place("waves", "Волны и центры", "centres_waves", "school", _everybody, on_phone=True),
    Place("milestones", "Контрольные точки", "milestones", "checklist", _everybody, on_phone=True),
    Place("exchanges", "Переписка", "exchanges_list", "mail", _everybody),
    Place("findings", "Замечания", "findings_list", "alert-triangle", _everybody),
    Place("region", "Регион", "region", "map-2", _region),
    Place("country", "Страна", "country", "map", _country),
    Place("workload", "Нагрузка", "workload", "chart-bar", _leads),
    Place("registry", "Реестр", "registry_list", "building", _everybody, is_minor=True),
    Place("people", "Люди и роли", "accounts_people", "users", _everybody, is_minor=True),
    Place("journal", "Журнал", "journal_list", "history", _everybody, is_minor=True),
    Place("administration", "Администрирование", "administration", "settings", is_administrator, is_minor=True),
)


def build_frame(person: Person | None, scope: Scope, chair: Chair | None, chairs: list[Chair]) -> Frame:
    """The frame of one request; asks the database nothing."""
    if person is None:
        return Frame(sign_in_url=reverse("account_login"))
    signed_in = is_signed_in.test(scope)
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
    return Frame(
        navigation=_sections(scope) if signed_in else (),
        who=who,
        search_url=_address("search", "", get_urlconf()) if signed_in else "",
        shows_gallery=signed_in and is_administrator(scope),
    )


def _sections(scope: Scope) -> tuple[NavItem, ...]:
    urlconf = get_urlconf()
    items = []
    for place in SECTIONS:
        url = _address(place.page, scope.region if place.page == "region" else "", urlconf) if place.opens(scope) else ""
        if url:
            items.append(
                NavItem(place.key, place.label, url, place.icon, on_phone=place.on_phone, is_minor=place.is_minor)
            )
    return tuple(items)


@cache
def _address(page: str, argument: str, urlconf: str | None) -> str:
    """The address of a page by its name; empty where no installed app has it."""
    try:
        return reverse(page, urlconf=urlconf, args=[argument] if argument else None)
    except NoReverseMatch:
        return ""


def _seat(chair: Chair) -> Seat:
    assignment = chair.assignment
    where = str(assignment.organisation)
    if chair.deputising is not None:
        where = f"{where}, за {assignment.person}"
    if assignment.programme is not None:
        where = f"{where} ({assignment.programme})"
    return Seat(str(assignment.pk), assignment.get_role_display(), where)
