"""Who takes part: the bodies, municipalities and schools of an invented region, and a person in every role.

All of it is made up, the region too: it stands beside the real ones under a code that none of them has.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from vekha_portal.accounts.actions import Name, add_person, give_role
from vekha_portal.accounts.models import Person, RoleAssignment
from vekha_portal.accounts.roles import Role
from vekha_portal.accounts.scope import Chair, scope_of
from vekha_portal.journal.scope import SYSTEM_SCOPE, Scope
from vekha_portal.operations.example import SignIn
from vekha_portal.registry.actions import Card, add_municipality, add_organisation
from vekha_portal.registry.bridge import fold
from vekha_portal.registry.models import Municipality, Organisation, OrganisationKind, Region

#: No region has it.
CODE = "00"
_LONG_AGO = datetime.date(2010, 9, 1)
_KIND = OrganisationKind
_TOWNS = {
    "zarechensk": ("Город Зареченск", "Управление образования города Зареченска"),
    "kedrovogorsk": ("Город Кедровогорск", "Управление образования города Кедровогорска"),
    "verkhny-les": ("Верхнелесский муниципальный округ", "Управление образования Верхнелесского муниципального округа"),
    "tikhoplyosye": ("Тихоплёсский район", "Отдел образования Тихоплёсского района"),
}
#: Town, school, place, pupils.
_SCHOOLS = (
    ("zarechensk", "Средняя школа № 3", "города Зареченска", 812),
    ("zarechensk", "Средняя школа № 11", "города Зареченска", 640),
    ("zarechensk", "Гимназия № 2", "города Зареченска", 955),
    ("zarechensk", "Лицей «Перспектива»", "города Зареченска", 488),
    ("kedrovogorsk", "Средняя школа № 1", "города Кедровогорска", 701),
    ("kedrovogorsk", "Средняя школа № 4", "города Кедровогорска", 530),
    ("kedrovogorsk", "Основная школа № 6", "города Кедровогорска", 214),
    ("kedrovogorsk", "Средняя школа", "посёлка Рудничный Лог", 163),
    ("verkhny-les", "Средняя школа", "села Верхний Лес", 240),
    ("verkhny-les", "Основная школа", "села Дальние Ключи", 74),
    ("verkhny-les", "Средняя школа", "села Большая Заимка", 128),
    ("tikhoplyosye", "Средняя школа № 1", "села Тихое Плёсо", 305),
    ("tikhoplyosye", "Средняя школа", "села Бобровый Брод", 142),
    ("tikhoplyosye", "Основная школа", "деревни Крутой Яр", 58),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A role of the play: login, role, organisation, name, post; whether the sign-in is shown at the start."""

    login: str
    role: Role
    place: str
    name: Name
    post: str
    is_shown: bool = True


_PARTS = (
    Part("admin", Role.ADMINISTRATOR, "portal", Name("Ясноборова", "Инна", "Глебовна"), "администратор"),
    Part("coordinator", Role.REGIONAL_COORDINATOR, "body", Name("Белоречнова", "Анна", "Захаровна"), "начальник отдела"),
    Part("institute", Role.REGIONAL_OPERATOR, "institute", Name("Горнолугов", "Матвей", "Егорович"), "проректор"),
    Part("controller", Role.CONTROLLER, "body", Name("Тихоречнов", "Глеб", "Егорович"), "заместитель директора"),
    Part("kedrovogorsk", Role.MUNICIPALITY, "kedrovogorsk", Name("Светлохолмова", "Дарья", "Игнатовна"), "главный специалист"),
    Part("school", Role.SCHOOL, "school1", Name("Круглополева", "Полина", "Матвеевна"), "руководитель центра"),
    Part("operator", Role.FEDERAL_OPERATOR, "operator", Name("Остроберегов", "Демид", "Вадимович"), "куратор региона"),
    Part("ministry", Role.MINISTRY, "ministry", Name("Звонколистова", "Кира", "Богдановна"), "советник отдела"),
    Part("zarechensk", Role.MUNICIPALITY, "zarechensk", Name("Новоосинина", "Лидия", "Глебовна"), "начальник", is_shown=False),
    Part("verkhny-les", Role.MUNICIPALITY, "verkhny-les", Name("Долгополева", "Полина", "Матвеевна"), "начальник", is_shown=False),
    Part("tikhoplyosye", Role.MUNICIPALITY, "tikhoplyosye", Name("Сухоросин", "Лука", "Игнатович"), "начальник", is_shown=False),
)  # fmt: skip
_TEACHERS = (
    Name("Старовершинина", "Ева", "Глебовна"), Name("Чистоснегова", "Нина", "Вадимовна"), Name("Добролистов", "Егор", "Матвеевич"),
    Name("Крепкоберегова", "Варвара", "Захаровна"), Name("Краснодолинина", "Алиса", "Игнатовна"),
    Name("Зеленопашнева", "Милана", "Егоровна"), Name("Темнорябинин", "Назар", "Глебович"), Name("Яснокрылова", "Злата", "Богдановна"),
    Name("Студенозорина", "Галина", "Матвеевна"), Name("Широкодубров", "Кирилл", "Захарович"), Name("Белокамнева", "Инна", "Вадимовна"),
    Name("Тихоборова", "Лидия", "Игнатовна"), Name("Горномостова", "Полина", "Глебовна"),
)  # fmt: skip


@dataclass(slots=True)
class Cast:
    """What was made, by short names; schools are ``school1`` … ``school14``."""

    region: Region
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    sign_ins: list[SignIn] = field(default_factory=list)

    @property
    def schools(self) -> list[Organisation]:
        """All of them, in their order."""
        return [self.organisations[f"school{number}"] for number in range(1, len(_SCHOOLS) + 1)]

    def login_of(self, school: Organisation) -> str:
        """Who signs in for a school."""
        number = next(number for number, each in enumerate(self.schools, start=1) if each.pk == school.pk)
        return "school" if number == 1 else f"school{number}"


def add_cast(*, password: str, at: datetime.datetime) -> Cast:
    """Enter organisations and people, as an administrator would; to be called inside a scope that may."""
    name = "Заречная область"
    cast = Cast(Region.objects.create(code=CODE, name=name, sort_key=fold(name)))
    _add_bodies(cast, at)
    _add_schools(cast, at)
    _add_people(cast, password, at)
    return cast


def _add_bodies(cast: Cast, at: datetime.datetime) -> None:
    made = cast.organisations
    made["portal"] = _organisation("Администрация портала", _KIND.OTHER, at=at)
    made["operator"] = _organisation("Федеральный оператор «Полюс» (пример)", _KIND.FEDERAL_OPERATOR, at=at)
    made["ministry"] = _organisation("Министерство общего образования (пример)", _KIND.MINISTRY, at=at)
    made["body"] = _organisation(
        "Департамент образования Заречной области", _KIND.REGIONAL_BODY, region=cast.region, at=at
    )
    made["institute"] = _organisation(
        "Институт развития образования Заречной области",
        _KIND.REGIONAL_OPERATOR,
        region=cast.region,
        parent=made["body"],
        at=at,
    )


def _add_schools(cast: Cast, at: datetime.datetime) -> None:
    made, towns = cast.organisations, {}
    for login, (place, authority) in _TOWNS.items():
        towns[login] = add_municipality(region=cast.region, name=place, by=None, scope=SYSTEM_SCOPE, at=at)
        made[login] = _organisation(
            authority, _KIND.MUNICIPAL_AUTHORITY, region=cast.region, parent=made["body"], town=towns[login], at=at
        )
    for number, (login, title, place, enrolment) in enumerate(_SCHOOLS, start=1):
        quoted = title if "«" in title else f"«{title}»"
        made[f"school{number}"] = _organisation(
            f"Муниципальное бюджетное общеобразовательное учреждение {quoted} {place}",
            _KIND.SCHOOL, short=f"МБОУ {quoted} {place}", region=cast.region, parent=made[login], town=towns[login], at=at,
            enrolment=enrolment,
        )  # fmt: skip


def _organisation(
    name: str, kind: OrganisationKind, *, at: datetime.datetime, short: str = "", region: Region | None = None,
    parent: Organisation | None = None, town: Municipality | None = None, enrolment: int | None = None,
) -> Organisation:  # fmt: skip
    counted = None if enrolment is None else datetime.date(at.year - 1, 9, 1)
    is_rural = kind == _KIND.SCHOOL and "города" not in name
    is_small = enrolment is not None and enrolment < 100
    card = Card(
        name=name, kind=kind, short_name=short, opened_on=_LONG_AGO, is_rural=is_rural, is_small=is_small,
        enrolment=enrolment, enrolment_on=counted,
    )  # fmt: skip
    return add_organisation(
        card=card, region=region, parent=parent, municipality=town, by=None, scope=SYSTEM_SCOPE, at=at
    )


def _add_people(cast: Cast, password: str, at: datetime.datetime) -> None:
    teachers = [
        Part(f"school{number}", Role.SCHOOL, f"school{number}", name, "руководитель центра", is_shown=False)
        for number, name in enumerate(_TEACHERS, start=2)
    ]
    hashed = make_password(password)  # slow on purpose, so once
    for part in (*_PARTS, *teachers):
        where = cast.organisations[part.place]
        address = f"{part.login}@vekha.example"
        person = add_person(email=address, name=part.name, by=None, scope=SYSTEM_SCOPE, at=at)
        person.password = hashed
        person.save(update_fields=["password"])
        assignment = give_role(
            person=person,
            role=part.role,
            organisation=where,
            position=part.post,
            since=at.date(),
            by=None,
            scope=SYSTEM_SCOPE,
            at=at,
        )
        cast.people[part.login] = person
        cast.scopes[part.login] = scope_of(person, Chair(_with_organisation(assignment, where)))
        if part.is_shown:
            cast.sign_ins.append(SignIn(address, password, f"{part.role.label}: {person.short_name}, {where}"))


def _with_organisation(assignment: RoleAssignment, organisation: Organisation) -> RoleAssignment:
    assignment.organisation = organisation
    return assignment
