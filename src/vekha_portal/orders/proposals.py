"""Who a written responsible may be: proposals for a person to choose from, a constant number of queries for a whole revision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz

from vekha_portal.accounts.models import Person
from vekha_portal.accounts.roles import Role
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Responsible, Revision
from vekha_portal.orders.naming.bridge import fold, same_person, surnames_of
from vekha_portal.orders.people import names_of_organisations, names_of_people
from vekha_portal.registry.likeness import Known, Names, match_key
from vekha_portal.registry.models import Organisation, OrganisationKind

EACH_CENTRE = "each"
_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"региональн\w* координатор|\bрвпо\b|ведомственн\w+ проектн\w+ офис"), Role.REGIONAL_COORDINATOR),
    (re.compile(r"региональн\w* оператор"), Role.REGIONAL_OPERATOR),
    (re.compile(r"федеральн\w* оператор"), Role.FEDERAL_OPERATOR),
    (re.compile(r"министерств\w+ просвещения"), Role.MINISTRY),
    (
        re.compile(
            r"муниципальн\w+ (?:орган|район|округ|образовани)|орган\w* местного самоуправления|\bомсу\b|\bмоуо\b"
        ),
        Role.MUNICIPALITY,
    ),
)
_SCHOOLS = r"(?:обще)?образовательн\w+ (?:организаци\w+|учреждени\w+)"
_EVERY_SCHOOL = re.compile(
    rf"{_SCHOOLS}|(?:общеобразовательн\w+ )?школ[ыа]?|центры образования"
    rf"|(?:руководител\w+|директор\w*) (?:школ|{_SCHOOLS})"
    rf"|(?:{_SCHOOLS}|школы), (?:на базе|в) котор.*"
)
#: From this likeness of names (0…100) an authority is proposed; the person decides.
_LIKE = 90
_PROPOSED = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its value in the form, its words, and whether it is as good as certain."""

    value: str
    label: str
    is_sure: bool = False


@dataclass(slots=True)
class WrittenName:
    """A name as it is written, in how many measures, what is said of it and what is proposed."""

    name: str
    kind: str
    measures: int = 0
    chosen: str = ""
    chosen_label: str = ""
    is_mixed: bool = False
    proposals: list[Choice] = field(default_factory=list)

    @property
    def sure(self) -> Choice | None:
        """The proposal that may be taken without looking: the only certain one of a name nothing is said of.

        An organisation of exactly this name goes before the role that the order gives it.
        """
        certain = [each for each in self.proposals if each.is_sure]
        own = [each for each in certain if each.value.startswith("organisation:")] or certain
        return own[0] if len(own) == 1 and not self.chosen and not self.is_mixed else None


def list_written(revision: Revision) -> list[WrittenName]:
    """Each distinct name of a revision once, in the order of the document; three queries."""
    rows = Responsible.objects.filter(measure__revision=revision, measure__removed_at=None, removed_at=None)
    found: dict[str, WrittenName] = {}
    seen: dict[str, set[str]] = {}
    written = list(rows.order_by("measure__position", "position", "pk"))
    names = SaidNames.of(written)
    for each in written:
        known = found.setdefault(each.name, WrittenName(each.name, each.kind))
        known.measures += 1
        value, label = said_of(each, names)
        seen.setdefault(each.name, set()).add(value)
        if value:
            known.chosen, known.chosen_label = value, label
    for name, values in seen.items():
        found[name].is_mixed = len(values) > 1
    return list(found.values())


@dataclass(frozen=True, slots=True)
class SaidNames:
    """The names of the people and organisations that responsibles are said to be."""

    people: dict[int, str]
    organisations: dict[int, str]

    @classmethod
    def of(cls, responsibles: Iterable[Responsible]) -> SaidNames:
        """Of these; two queries however many."""
        known = list(responsibles)
        people = names_of_people(each.mapped_person_id for each in known)
        return cls(people, names_of_organisations(each.mapped_organisation_id for each in known))


def said_of(each: Responsible, names: SaidNames) -> tuple[str, str]:
    """Who a responsible is said to be, as a value of the form and in words; empty where nothing is said."""
    if each.is_each_centre:
        return EACH_CENTRE, "школа каждого центра"
    if each.mapped_role:
        return f"role:{each.mapped_role}", str(Role(each.mapped_role).label)
    if each.mapped_organisation_id is not None:
        return f"organisation:{each.mapped_organisation_id}", names.organisations.get(each.mapped_organisation_id, "")
    if each.mapped_person_id is not None:
        return f"person:{each.mapped_person_id}", names.people.get(each.mapped_person_id, "")
    return "", ""


def propose(names: Sequence[WrittenName], *, scope: Scope, revision: Revision) -> None:
    """Fill the proposals of every name: roles by words, people by surname and initials, organisations by likeness."""
    people = _people(names, scope)
    schools, bodies = _organisations(scope, revision)
    for each in names:
        folded = fold(each.name)
        each.proposals = [
            *_by_words(folded, fold(revision.basis.coordinator)),
            *_by_person(each.name, people),
            *_by_organisation(each.name, schools, bodies, revision),
        ][:_PROPOSED]


def _by_words(folded: str, coordinator: str) -> Iterable[Choice]:
    """By what the words mean; who the order itself calls the regional coordinator is that."""
    if coordinator and folded == coordinator:
        yield Choice(f"role:{Role.REGIONAL_COORDINATOR.value}", str(Role.REGIONAL_COORDINATOR.label), is_sure=True)
    if _EVERY_SCHOOL.fullmatch(folded):
        yield Choice(EACH_CENTRE, "школа каждого центра", is_sure=True)
    for pattern, role in _ROLES:
        if pattern.search(folded):
            yield Choice(f"role:{role.value}", str(role.label), is_sure=pattern.fullmatch(folded) is not None)


def _people(names: Sequence[WrittenName], scope: Scope) -> list[Person]:
    surnames = {surname for each in names for surname in surnames_of(each.name)}
    if not surnames:
        return []
    alike = Q(pk__in=())
    for surname in sorted(surnames)[:200]:
        alike |= Q(surname__istartswith=surname[: max(3, len(surname) - 2)])
    return list(Person.objects.visible_to(scope).filter(alike, is_active=True).order_by("surname", "pk")[:500])


def _by_person(name: str, people: Sequence[Person]) -> Iterable[Choice]:
    found = [each for each in people if same_person(name, each.full_name)]
    written = [each for each in people if each not in found and each.surname in surnames_of(name)]
    for each in found:
        yield Choice(f"person:{each.pk}", each.full_name, is_sure=len(found) == 1)
    for each in written:
        yield Choice(f"person:{each.pk}", each.full_name)


def _organisations(scope: Scope, revision: Revision) -> tuple[Names, list[tuple[int, str, str]]]:
    """Schools by their keys; authorities with their folded names, which are few enough to be compared one by one."""
    rows = Organisation.objects.visible_to(scope).filter(closed_on=None)
    rows = rows.filter(Q(region_id=revision.region_id) | Q(region=None))
    known: list[tuple[Any, ...]] = list(
        rows.values_list("pk", "kind", "name", "short_name", "match_key").order_by("sort_key")
    )
    schools = Names(Known(pk, key) for pk, kind, _, _, key in known if kind == OrganisationKind.SCHOOL)
    bodies = [(pk, short or name, fold(name)) for pk, kind, name, short, _ in known if kind != OrganisationKind.SCHOOL]
    return schools, bodies


def _by_organisation(
    name: str, schools: Names, bodies: Sequence[tuple[int, str, str]], revision: Revision
) -> Iterable[Choice]:
    folded = fold(name)
    scored = [(_likeness(folded, key), key == folded, pk, label) for pk, label, key in bodies]
    best = sorted((each for each in scored if each[0] >= _LIKE), key=lambda each: (-each[1], -each[0], each[3]))
    for _, is_same, pk, label in best[:3]:
        yield Choice(f"organisation:{pk}", label, is_sure=is_same)
    alike = schools.find_alike(match_key(name))
    titles = (
        dict(Organisation.objects.filter(pk__in=[each.known.id for each in alike]).values_list("pk", "name"))
        if alike
        else {}
    )
    for each in alike:
        if each.known.id in titles:
            yield Choice(
                f"organisation:{each.known.id}", titles[each.known.id], is_sure=len(alike) == 1 and each.score == 100
            )


def _likeness(name: str, key: str) -> float:
    """How alike two names of authorities are (0…100): one may leave words out, but a single word is too little to go by."""
    return fuzz.token_set_ratio(name, key) if " " in key and " " in name else fuzz.ratio(name, key)


def search_choices(scope: Scope, words: Sequence[str]) -> list[Choice]:
    """Organisations and people to choose from, by words."""
    if not words:
        return []
    organisations, people = (
        Organisation.objects.visible_to(scope).filter(closed_on=None),
        Person.objects.visible_to(scope),
    )
    for word in words:
        organisations = organisations.filter(sort_key__contains=fold(word))
        people = people.filter(Q(surname__istartswith=word) | Q(given_name__istartswith=word))
    found = [Choice(f"organisation:{each.pk}", each.name) for each in organisations.order_by("sort_key", "pk")[:20]]
    return [*found, *(Choice(f"person:{each.pk}", each.full_name) for each in people.order_by("surname", "pk")[:20])]
