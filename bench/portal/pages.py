"""The pages that are measured: who asks for which, where they are, how many queries each makes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from vekha_portal.accounts.models import Person
from vekha_portal.accounts.scope import list_chairs, scope_of
from vekha_portal.centres.models import Wave
from vekha_portal.execution.models import Application, Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, scope_settings, use_scope
from vekha_portal.operations.models import Fact
from vekha_portal.overview.actions import count_milestones

_WHO = ("coordinator", "municipality", "school", "ministry", "controller")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to ask for: the first of the names that has an address, by whom, with what after the question mark."""

    title: str
    names: tuple[str, ...]
    who: str
    floor: str
    query: str = ""
    kind: str = ""
    goal: int = 300


PAGES = (
    Page("Сегодня, coordinator of the biggest region", ("today",), "coordinator", "today"),
    Page("Сегодня, municipality", ("today",), "municipality", "today_below"),
    Page("Сегодня, school", ("today",), "school", "today_below"),
    Page("Сегодня, ministry", ("today",), "ministry", "today_country"),
    Page("roadmap, thirteen measures with their state", ("roadmap_measures", "orders_roadmap"), "coordinator", "roadmap"),
    Page("grid of 300 centres × 13 measures", ("execution_grid",), "coordinator", "grid", goal=500),
    Page("milestone with its documents and history", ("execution_milestone",), "school", "milestone"),
    Page("list of milestones of a region", ("milestones",), "coordinator", "list"),
    Page("Регион", ("region",), "coordinator", "region"),
    Page("Страна", ("country",), "ministry", "country"),
    Page("centre", ("centre",), "school", "centre"),
    Page("CSV of a region", ("milestones_file",), "coordinator", "file", kind="csv", goal=0),
    Page("XLSX of a region", ("milestones_file",), "coordinator", "file", kind="xlsx", goal=0),
)  # fmt: skip


def describe() -> dict[str, Any]:
    """Everything the measuring needs to know: sign-ins, scopes, the values of the SQL, the pages."""
    with use_scope(SYSTEM_SCOPE):
        count_milestones(day=timezone.localdate(), at=timezone.now())
        people = _people()
        values = _values(people)
    found = []
    for page in PAGES:
        path = _address(page, values)
        person = people[page.who][0]
        queries = None if path is None else _count_queries(person, path)
        found.append({**asdict(page), "path": path, "queries": queries})
    return {
        "people": {
            who: {"login": login, "password": password, "scope": _settings(person)}
            for who, (person, login, password) in people.items()
        },
        "values": values,
        "pages": found,
    }


def _people() -> dict[str, tuple[Person, str, str]]:
    sign_ins = Fact.objects.get(name="example").value["sign_ins"]
    found = {}
    for who in _WHO:
        each = next(sign_in for sign_in in sign_ins if sign_in["login"].startswith(who))
        found[who] = (Person.objects.get(email=each["login"]), each["login"], each["password"])
    return found


def _values(people: dict[str, tuple[Person, str, str]]) -> dict[str, Any]:
    """One of everything that addresses and queries name."""
    day = timezone.localdate()
    waves = Wave.objects.filter(subsidy_year=day.year).annotate(size=Count("centres"))
    wave = waves.order_by("-size", "pk")[:1].get()
    application = Application.objects.get(wave=wave)
    school = people["school"][0].assignments.get().organisation
    point = Milestone.objects.filter(organisation=school, progress="accepted").order_by("-due_on", "pk")[:1].get()
    return {
        "day": day.isoformat(),
        "wave_id": wave.pk,
        "wave": wave.pk,
        "application_id": application.pk,
        "roadmap_id": application.roadmap_id,
        "revision_id": application.revision_id,
        "order_id": application.roadmap.order_id,
        "milestone_id": point.pk,
        "milestone": point.pk,
        "centre_id": point.centre_id,
        "code": wave.region_id,
        "region": wave.region_id,
        "school": school.pk,
        "school_path": school.path,
        "town_path": people["municipality"][0].assignments.get().organisation.path,
        "body": wave.organisation_id,
    }


def _address(page: Page, values: dict[str, Any]) -> str | None:
    """Where the page is, or ``None`` where this version has no such page."""
    known = get_resolver().reverse_dict
    for name in page.names:
        for possibilities, *_ in known.getlist(name):
            for template, parameters in possibilities:
                chosen = {each: page.kind if each == "kind" else values.get(each) for each in parameters}
                if None not in chosen.values():
                    return f"/{template % chosen}{page.query}"
    return None


def _count_queries(person: Person, path: str) -> int:
    client = Client(SERVER_NAME="localhost")
    with use_scope(SYSTEM_SCOPE):
        client.force_login(person)
    client.get(path)  # what is read once for a process is not this page's
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return len(captured)


def _settings(person: Person) -> dict[str, str]:
    with use_scope(SYSTEM_SCOPE):
        chairs = list_chairs(person, timezone.localdate())
    return scope_settings(scope_of(person, chairs[0]))
