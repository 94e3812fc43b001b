"""A small invented country: two regions with their bodies, municipalities and schools, and a person in every role."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cache

from django.contrib.auth.hashers import make_password
from django.test import Client

from vekha_portal.accounts.actions import Name, add_person, give_role
from vekha_portal.accounts.models import Person, RoleAssignment
from vekha_portal.accounts.roles import Role
from vekha_portal.accounts.scope import Chair, scope_of
from vekha_portal.journal.scope import SYSTEM_SCOPE, Scope, use_scope
from vekha_portal.registry.actions import Card, add_municipality, add_organisation
from vekha_portal.registry.models import Organisation, OrganisationKind, Region

AT = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
LONG_AGO = datetime.date(2020, 1, 1)
PASSWORD = "Тихая-гавань-41"


@dataclass
class Country:
    """What was made, by short names."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    assignments: dict[str, RoleAssignment] = field(default_factory=dict)

    def scope(self, name: str) -> Scope:
        """The scope of the person of that name."""
        return scope_of(self.people[name], Chair(self.assignments[name]))


def make_organisation(
    name: str, kind: OrganisationKind, *, region: str | None = None, parent: Organisation | None = None, town: str = "", inn: str = "", kpp: str = ""
) -> Organisation:
    """An organisation entered by the program itself; to be called inside a scope that may."""
    where = Region.objects.get(pk=region) if region else None
    place = add_municipality(region=where, name=town, by=None, scope=SYSTEM_SCOPE, at=AT) if where and town else None
    card = Card(name=name, kind=kind, inn=inn, kpp=kpp)
    return add_organisation(card=card, region=where, parent=parent, municipality=place, by=None, scope=SYSTEM_SCOPE, at=AT)


@cache
def _hashed() -> str:
    """Hashing is slow on purpose: once for all tests."""
    return make_password(PASSWORD)


def make_person(name: str, role: Role, organisation: Organisation) -> tuple[Person, RoleAssignment]:
    """A person with a password and one role."""
    person = add_person(email=f"{name}@vekha.example", name=Name(name.title(), "Анна", "Петровна"), by=None, scope=SYSTEM_SCOPE, at=AT)
    person.password = _hashed()
    person.save(update_fields=["password"])
    assignment = give_role(person=person, role=role, organisation=organisation, since=LONG_AGO, by=None, scope=SYSTEM_SCOPE, at=AT)
    return person, assignment


def make_country() -> Country:
    """Two regions alike, a federal operator and a ministry, and people of every role."""
    country = Country()
    with use_scope(SYSTEM_SCOPE):
        made = country.organisations
        made["operator"] = make_organisation("Федеральный оператор «Заря»", OrganisationKind.FEDERAL_OPERATOR)
        made["ministry"] = make_organisation("Министерство", OrganisationKind.MINISTRY)
        for code in ("02", "01"):
            body = make_organisation(f"Департамент образования {code}", OrganisationKind.REGIONAL_BODY, region=code)
            centre = make_organisation(f"Институт развития {code}", OrganisationKind.REGIONAL_OPERATOR, region=code, parent=body)
            town = make_organisation(
                f"Управление образования города Зареченска {code}", OrganisationKind.MUNICIPAL_AUTHORITY, region=code, parent=body, town="Зареченск"
            )
            school = make_organisation(
                f"МБОУ «СОШ № 5» г. Зареченска {code}", OrganisationKind.SCHOOL, region=code, parent=town, town="Зареченск"
            )
            made |= {f"body{code}": body, f"centre{code}": centre, f"town{code}": town, f"school{code}": school}
        for name, role, where in (
            ("admin", Role.ADMINISTRATOR, "operator"),
            ("operator", Role.FEDERAL_OPERATOR, "operator"),
            ("ministry", Role.MINISTRY, "ministry"),
            ("coordinator", Role.REGIONAL_COORDINATOR, "body02"),
            ("centre", Role.REGIONAL_OPERATOR, "centre02"),
            ("town", Role.MUNICIPALITY, "town02"),
            ("school", Role.SCHOOL, "school02"),
            ("controller", Role.CONTROLLER, "body02"),
            ("stranger", Role.REGIONAL_COORDINATOR, "body01"),
        ):
            country.people[name], country.assignments[name] = make_person(name, role, made[where])
    return country


def signed_in(country: Country, name: str) -> Client:
    """A browser in which that person has signed in."""
    client = Client()
    with use_scope(SYSTEM_SCOPE):
        client.force_login(country.people[name])
    return client
