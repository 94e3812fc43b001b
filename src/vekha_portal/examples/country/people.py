"""People in roles: in every region a coordinator, an operator and a controller; one in every municipality and school."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from vekha_portal.accounts.models import Person, RoleAssignment
from vekha_portal.accounts.roles import Role
from vekha_portal.examples.country.registry import Federal, RegionRows
from vekha_portal.examples.names import person_name
from vekha_portal.examples.rows import insert, reserve
from vekha_portal.operations.example import SignIn

_SINCE = datetime.date(2019, 9, 2)
_ADDED = datetime.datetime(2019, 9, 2, 6, 0, tzinfo=datetime.UTC)
_PERSON = ("id", "email", "password", "surname", "given_name", "patronymic", "created_at")
_ASSIGNMENT = ("person", "role", "organisation", "region", "position", "since")
_POSITIONS = {
    Role.ADMINISTRATOR: "администратор портала",
    Role.FEDERAL_OPERATOR: "руководитель программы",
    Role.MINISTRY: "советник отдела",
    Role.REGIONAL_COORDINATOR: "начальник отдела",
    Role.REGIONAL_OPERATOR: "методист",
    Role.CONTROLLER: "заместитель руководителя",
    Role.MUNICIPALITY: "главный специалист",
    Role.SCHOOL: "руководитель центра",
}


@dataclass(frozen=True, slots=True)
class Post:
    """A role to be held by somebody."""

    login: str
    role: Role
    organisation: int
    region: str | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Who does what, by number: the coordinators by region, the others by their organisation and role."""

    coordinators: dict[str, int]
    by_place: dict[tuple[int, Role], int]
    sign_ins: tuple[SignIn, ...]


def add_people(federal: Federal, regions: Sequence[RegionRows], *, seed: int, password: str) -> People:
    """Everybody, with one role each; only those whose sign-ins are printed have a password."""
    chance = random.Random(f"{seed}:people")
    shown = max(regions, key=lambda region: region.plan.schools)
    posts = [*_federal(federal), *(post for region in regions for post in _regional(region))]
    printed = {post.login: post for post in _printed(posts, shown)}
    hashed = make_password(password)
    ids = reserve(Person, len(posts))
    people = [
        _person(id_, post, hashed if post.login in printed else None, chance)
        for id_, post in zip(ids, posts, strict=True)
    ]
    insert(Person, _PERSON, people)
    insert(
        RoleAssignment,
        _ASSIGNMENT,
        (
            (id_, str(post.role), post.organisation, post.region, _POSITIONS[post.role], _SINCE)
            for id_, post in zip(ids, posts, strict=True)
        ),
    )
    numbered = list(zip(ids, posts, strict=True))
    return People(
        coordinators={
            post.region: id_ for id_, post in numbered if post.region and post.role is Role.REGIONAL_COORDINATOR
        },
        by_place={(post.organisation, post.role): id_ for id_, post in numbered},
        sign_ins=tuple(
            SignIn(_address(post), password, f"{post.role.label}{_where(post)}") for post in printed.values()
        ),
    )


def _federal(federal: Federal) -> Iterator[Post]:
    yield Post("administrator", Role.ADMINISTRATOR, federal.operator)
    yield Post("operator", Role.FEDERAL_OPERATOR, federal.operator)
    yield Post("ministry", Role.MINISTRY, federal.ministry)


def _regional(region: RegionRows) -> Iterator[Post]:
    code = region.plan.code
    yield Post(f"coordinator.{code}", Role.REGIONAL_COORDINATOR, region.body, code)
    yield Post(f"controller.{code}", Role.CONTROLLER, region.body, code)
    yield Post(f"institute.{code}", Role.REGIONAL_OPERATOR, region.operator, code)
    for number, authority in enumerate(region.authorities, start=1):
        yield Post(f"municipality.{code}.{number}", Role.MUNICIPALITY, authority, code)
    for number, school in enumerate(region.schools, start=1):
        yield Post(f"school.{code}.{number}", Role.SCHOOL, school.id, code)


def _printed(posts: Iterable[Post], region: RegionRows) -> Iterator[Post]:
    """One of each role; of the regional ones those of the biggest region."""
    met: set[Role] = set()
    for post in posts:
        if post.role not in met and post.region in (None, region.plan.code):
            met.add(post.role)
            yield post


def _person(id_: int, post: Post, password: str | None, chance: random.Random) -> tuple[object, ...]:
    name = person_name(chance)
    return (
        id_,
        _address(post),
        password or make_password(None),
        name.surname,
        name.given_name,
        name.patronymic,
        _ADDED,
    )


def _address(post: Post) -> str:
    return f"{post.login}@country.example"


def _where(post: Post) -> str:
    return f", регион {post.region}" if post.region else ""
