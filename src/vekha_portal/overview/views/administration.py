"""The doors of administrators, and what stands behind those that no other app keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vekha_portal.accounts.models import Person
from vekha_portal.embedded.doctor import State, examine
from vekha_portal.embedded.problems import CannotRun
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.overview import actions
from vekha_portal.overview.bridge import list_loaded_packs, list_years
from vekha_portal.overview.permissions import can_administer
from vekha_portal.overview.shown import find_url
from vekha_portal.registry.models import Organisation, Programme, Region
from vekha_portal.ui.frame import Crumb
from vekha_portal.ui.pages import page
from vekha_portal.ui.russian import counted
from vekha_portal.ui.tones import State as Shown
from vekha_portal.ui.tones import Tone

_PEOPLE = ("человек", "человека", "человек")
_ORGANISATIONS = ("организация", "организации", "организаций")
#: Years of the calendar that are shown around this one.
YEARS_BACK, YEARS_AHEAD = 7, 2
_STATES = {
    State.GOOD: Shown("есть", Tone.GOOD),
    State.ABSENT: Shown("нет, можно без", Tone.ATTENTION),
    State.MISSING: Shown("нет", Tone.BAD),
}


@dataclass(frozen=True, slots=True)
class Door:
    """A place administrators go to; without an address it only says something."""

    title: str
    text: str
    url: str
    icon: str


@require_safe
@guarded(can_administer)
@page("overview/administration.html")
def administration(request: ScopedRequest) -> Mapping[str, Any]:
    """The doors, with what stands behind each in a number."""
    scope = request.scope
    people = Person.objects.visible_to(scope).filter(is_active=True).count()
    kinds = dict(Organisation.objects.visible_to(scope).order_by().values_list("kind").annotate(Count("pk")))
    doors = _doors(counted(people, *_PEOPLE), counted(sum(kinds.values()), *_ORGANISATIONS))
    return {
        "title": "Администрирование",
        "section": "administration",
        "doors": doors,
        "regions": _regions(request),
        "is_country": scope.is_country,
    }


def _doors(people: str, organisations: str) -> list[Door]:
    """The doors that lead somewhere on this site."""
    doors = (
        Door("Люди и роли", f"{people}: роли на срок, приглашения, вход.", find_url("accounts_people"), "users-group"),
        Door(
            "Организации",
            f"{organisations} в реестре; загрузка школ из таблицы.",
            find_url("registry_list"),
            "building",
        ),
        Door(
            "Программы и наборы данных",
            "Какие справочные данные загружены и на какие даты.",
            reverse("administration_packs"),
            "package",
        ),
        Door(
            "Календарь",
            "Какие годы официальные, какие предварительные.",
            reverse("administration_calendar"),
            "calendar",
        ),
        Door(
            "Спорные сроки",
            "Как понимать «до 1 февраля» и за сколько дней предупреждать.",
            find_url("orders_settings"),
            "adjustments-horizontal",
        ),
        Door("Журнал", "Кто, когда, что и почему сделал.", find_url("journal_list"), "history"),
        Door(
            "Состояние программы",
            "Чего не хватает серверу: шрифты, распознавание, место.",
            reverse("administration_health"),
            "shield-check",
        ),
        Door("Оформление", "Составные части страниц с примерами.", find_url("ui:gallery"), "layout-grid"),
    )
    return [door for door in doors if door.url]


def _regions(request: ScopedRequest) -> list[Region]:
    scope = request.scope
    rows = Region.objects.order_by("sort_key")
    return list(rows if scope.is_country else rows.filter(pk=scope.region))


def _crumbs(title: str) -> tuple[Crumb, ...]:
    return (Crumb("Администрирование", reverse("administration")), Crumb(title))


@require_safe
@guarded(can_administer)
@page("overview/packs.html")
def packs(request: ScopedRequest) -> Mapping[str, Any]:
    """Programmes with their terms, and the packs they come from."""
    loaded, problems = list_loaded_packs()
    return {
        "title": "Программы и наборы данных",
        "section": "administration",
        "crumbs": _crumbs("Программы и наборы данных"),
        "programmes": Programme.objects.select_related("successor").order_by("name", "code"),
        "packs": loaded,
        "problems": problems,
    }


@require_safe
@guarded(can_administer)
@page("overview/calendar.html")
def calendar(request: ScopedRequest) -> Mapping[str, Any]:
    """Which years the calendar knows by decree."""
    year = timezone.localdate().year
    return {
        "title": "Календарь",
        "section": "administration",
        "crumbs": _crumbs("Календарь"),
        "years": list_years(range(year - YEARS_BACK, year + YEARS_AHEAD + 1)),
        "this_year": year,
    }


@require_safe
@guarded(can_administer)
@page("overview/health.html")
def health(request: ScopedRequest) -> Mapping[str, Any]:
    """What `vekha doctor` says of this machine."""
    try:
        findings = examine(settings.ENVIRONMENT, 0) if request.scope.is_country else []
        failure = ""
    except (CannotRun, OSError) as error:
        findings, failure = [], str(error)
    return {
        "title": "Состояние программы",
        "section": "administration",
        "crumbs": _crumbs("Состояние программы"),
        "findings": [(each, _STATES[each.state]) for each in findings if each.what != "Порт"],
        "failure": failure,
        "is_country": request.scope.is_country,
    }


@require_POST
@guarded(can_administer)
@page("overview/verified.html")
def verify(request: ScopedRequest) -> Mapping[str, Any] | HttpResponse:
    """Check the chain of a region's journal and say what came of it."""
    code = request.POST.get("region", "")
    found = next((each for each in _regions(request) if each.code == code), None)
    if found is None:
        messages.error(request, "Выберите субъект из списка: журнал проверяют по одному субъекту.")
        return redirect("administration")
    count, breaks = actions.verify_journal(region=found, by=request.user, scope=request.scope, at=timezone.now())
    return {
        "title": f"Проверка журнала: {found}",
        "section": "administration",
        "crumbs": _crumbs("Проверка журнала"),
        "region": found,
        "count": count,
        "breaks": breaks,
    }
