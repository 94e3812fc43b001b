"""Every role × object × verb, three times over: at the page, at the action, in the database. The tables below are the expectation."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import URLResolver, get_resolver

from tests.portal.people import AT, LONG_AGO, Country, make_country, make_organisation, signed_in
from vekha_portal.accounts.actions import Name, add_person, end_role, give_role, invite, name_deputy, set_active
from vekha_portal.accounts.models import Person, RoleAssignment
from vekha_portal.accounts.roles import Role
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import NOBODY, SYSTEM_SCOPE, use_scope
from vekha_portal.registry.actions import change_organisation, close_organisation, rename_organisation
from vekha_portal.registry.models import Organisation, OrganisationKind, School

FEDERAL = {"operator", "ministry"}
OURS = {"body02", "centre02", "town02", "school02"}
OTHER = {"body01", "centre01", "town01", "school01"}
ALL = FEDERAL | OURS | OTHER
SEES = {
    "admin": ALL,
    "operator": ALL,
    "ministry": ALL,
    "coordinator": FEDERAL | OURS,
    "centre": FEDERAL | OURS,
    "controller": FEDERAL | OURS,
    "town": FEDERAL | {"body02", "town02", "school02"},
    "school": FEDERAL | {"body02", "town02", "school02"},
    "stranger": FEDERAL | OTHER,
}
KEEPS = {
    "admin": ALL,
    "operator": set(),
    "ministry": set(),
    "coordinator": OURS,
    "centre": OURS,
    "controller": set(),
    "town": {"town02", "school02"},
    "school": set(),
    "stranger": OTHER,
}
CHANGES = {**KEEPS, "school": {"school02"}}
#: Who gives whom a role in 02: the pairs of role and place that are allowed.
GIVES = {
    "admin": {
        ("administrator", "body02"), ("federal_operator", "operator"), ("ministry", "ministry"), ("regional_coordinator", "body02"),
        ("regional_operator", "centre02"), ("municipality", "town02"), ("school", "school02"), ("controller", "body02"), ("school", "school01"),
    },
    "coordinator": {("regional_operator", "centre02"), ("municipality", "town02"), ("school", "school02"), ("controller", "body02")},
    "town": {("school", "school02")},
    "stranger": {("school", "school01")},
}  # fmt: skip
WANTED = sorted({pair for pairs in GIVES.values() for pair in pairs} | {("school", "town02"), ("municipality", "school02")})
ROLES = sorted(SEES)


@pytest.fixture
def country(db) -> Country:
    return make_country()


def refuses(act) -> bool:
    """Whether an action refuses for want of a right; what it did is undone."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except NotAllowed:
        return True
    return False


def database_refuses(statement: str, values: list) -> bool:
    """Whether the database touches no row or refuses; what it did is undone."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            touched = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return touched == 0


@pytest.mark.parametrize("name", ROLES)
def test_who_sees_which_organisation(country, name) -> None:
    scope, client = country.scope(name), signed_in(country, name)
    for short, organisation in country.organisations.items():
        wanted = short in SEES[name]
        page = client.get(f"/registry/{organisation.pk}/").status_code
        assert page == (200 if wanted else 404), (short, "page")
        with use_scope(SYSTEM_SCOPE):  # the application's own filter alone
            assert Organisation.objects.visible_to(scope).filter(pk=organisation.pk).exists() is wanted, (short, "filter")
        with use_scope(scope):  # the policy alone
            assert Organisation.objects.filter(pk=organisation.pk).exists() is wanted, (short, "policy")
            if short.startswith("school"):
                assert School.objects.filter(pk=organisation.pk).exists() is wanted, (short, "school")


@pytest.mark.parametrize("name", ROLES)
def test_who_changes_which_organisation(country, name) -> None:
    scope, client = country.scope(name), signed_in(country, name)
    person = country.people[name]
    for short, organisation in country.organisations.items():
        wanted = short in CHANGES[name]
        form = {"address": "ул. Новая, 1", "version": "1"}
        page = client.post(f"/registry/{organisation.pk}/change/", form).status_code
        assert (page == 302) is wanted, (short, "page", page)
        with use_scope(scope):
            now = Organisation.objects.filter(pk=organisation.pk).first() or organisation
            act = lambda now=now: change_organisation(  # noqa: E731 — the same call for every row
                organisation=now, version=now.version, values={"address": "ул. Другая, 2"}, by=person, scope=scope, at=AT
            )
            assert refuses(act) is not wanted, (short, "action")
            update = "update registry_organisation set address = 'x' where id = %s"
            assert database_refuses(update, [organisation.pk]) is not wanted, (short, "database")
            assert database_refuses("delete from registry_organisation where id = %s", [organisation.pk]), (short, "delete")


@pytest.mark.parametrize("name", ROLES)
def test_who_renames_and_closes(country, name) -> None:
    scope, client, person = country.scope(name), signed_in(country, name), country.people[name]
    for short, organisation in country.organisations.items():
        wanted = short in KEEPS[name]
        for page in ("rename", "end"):
            status = client.get(f"/registry/{organisation.pk}/{page}/").status_code
            assert (status == 200) is wanted, (short, page, status)
        same = {"organisation": organisation, "by": person, "scope": scope, "at": AT}
        with use_scope(scope):
            assert refuses(lambda same=same: rename_organisation(name="Новое имя", since=LONG_AGO, **same)) is not wanted, short
            assert refuses(lambda same=same: close_organisation(on=LONG_AGO, reason="акт", **same)) is not wanted, short


@pytest.mark.parametrize("name", ROLES)
def test_who_adds_a_school_where(country, name) -> None:
    scope, person = country.scope(name), country.people[name]
    allowed = {"admin": {"02", "01"}, "coordinator": {"02"}, "centre": {"02"}, "town": {"02"}, "stranger": {"01"}}.get(name, set())
    for code in ("02", "01"):
        town = country.organisations[f"town{code}"]
        with use_scope(scope):
            statement = (
                "insert into registry_organisation (kind, region_id, parent_id, path, name, short_name, sort_key, match_key, inn, kpp, ogrn,"
                " address, version) values ('school', %s, %s, '', 'x', '', 'x', 'x', '', '', '', '', 1)"
            )
            assert database_refuses(statement, [code, town.pk]) is (code not in allowed), (code, "database")
    form = {"kind": "school", "name": "Гимназия", "region": "02", "parent": country.organisations["town02"].pk}
    answer = signed_in(country, name).post("/registry/add/", form)
    assert (answer.status_code == 302) is ("02" in allowed)
    assert person.pk


@pytest.mark.parametrize("name", ROLES)
def test_who_gives_which_role(country, name) -> None:
    scope, person = country.scope(name), country.people[name]
    other = country.people["controller"]
    client = signed_in(country, name)
    assert (client.get("/people/invite/").status_code == 200) is bool(GIVES.get(name))
    for role, place in WANTED:
        organisation = country.organisations[place]
        wanted = (role, place) in GIVES.get(name, set())
        with use_scope(scope):
            act = lambda role=role, organisation=organisation: give_role(  # noqa: E731 — the same call for every row
                person=other, role=Role(role), organisation=organisation, since=AT.date(), by=person, scope=scope, at=AT
            )
            assert refuses(act) is not wanted, (role, place)
            if organisation.pk not in {each.pk for each in Organisation.objects.filter(pk=organisation.pk)} or name not in GIVES:
                statement = (
                    "insert into accounts_roleassignment (person_id, role, organisation_id, region_id, position, since, basis)"
                    " values (%s, %s, %s, %s, '', '2026-01-01', '')"
                )
                values = [other.pk, role, organisation.pk, organisation.region_id]
                assert database_refuses(statement, values), (role, place, "database")


@pytest.mark.parametrize("name", ROLES)
def test_nobody_else_s_people_are_seen(country, name) -> None:
    scope = country.scope(name)
    listed = signed_in(country, name).get("/people/").content.decode()
    for short, person in country.people.items():
        place = next(key for key, each in country.organisations.items() if each.pk == country.assignments[short].organisation_id)
        wanted = place in SEES[name] or short == name
        assert (person.full_name in listed) is wanted, (short, "page")
        with use_scope(scope):
            assert Person.objects.filter(pk=person.pk).exists() is wanted, (short, "policy")
            assert RoleAssignment.objects.filter(person=person).exists() is wanted, (short, "roles")
        with use_scope(SYSTEM_SCOPE):
            assert Person.objects.visible_to(scope).filter(pk=person.pk).exists() is wanted, (short, "filter")


@pytest.mark.parametrize("name", ROLES)
def test_the_journal_shows_what_its_reader_sees(country, name) -> None:
    scope = country.scope(name)
    with use_scope(scope):
        by_policy = set(Entry.objects.values_list("pk", flat=True))
    with use_scope(SYSTEM_SCOPE):
        by_filter = set(Entry.objects.visible_to(scope).values_list("pk", flat=True))
        everything = Entry.objects.count()
    assert by_policy == by_filter
    assert (len(by_policy) == everything) is (name in ("admin", "operator", "ministry"))


def test_a_coordinator_s_powers_end_at_wider_people(country) -> None:
    coordinator, person = country.scope("coordinator"), country.people["coordinator"]
    with use_scope(SYSTEM_SCOPE):
        made = add_person(email="both@vekha.example", name=Name("Общая", "Анна"), by=None, scope=SYSTEM_SCOPE, at=AT)
        for place in ("school02", "school01"):
            give_role(person=made, role=Role.SCHOOL, organisation=country.organisations[place], since=LONG_AGO, by=None, scope=SYSTEM_SCOPE, at=AT)
    with use_scope(coordinator):
        assert refuses(lambda: set_active(person=made, is_active=False, reason="x", by=person, scope=coordinator, at=AT))
        assert refuses(lambda: invite(person=country.people["admin"], by=person, scope=coordinator, at=AT))
        assert refuses(lambda: end_role(assignment=country.assignments["coordinator"], on=AT.date(), reason="x", by=person, scope=coordinator, at=AT))
        assert refuses(
            lambda: name_deputy(
                principal=country.people["admin"], deputy=person, since=AT.date(), until=AT.date(), reason="x", by=person, scope=coordinator, at=AT
            )
        )


def test_without_a_scope_nothing_is_there(country) -> None:
    with use_scope(NOBODY), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,), table


TABLES = (
    "registry_region", "registry_municipality", "registry_programme", "registry_organisation", "registry_organisationname",
    "registry_school", "registry_organisationevent", "registry_schoolevent", "registry_organisationimport", "accounts_person",
    "accounts_roleassignment", "accounts_deputy", "accounts_invitation", "accounts_personevent", "accounts_roleassignmentevent",
    "accounts_deputyevent", "accounts_signinlock", "journal_entry",
)  # fmt: skip


def test_every_table_of_these_apps_is_forced_under_policies(db) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relname ~ '^(registry|accounts|journal)_' and relname <> 'journal_head'"
            " and not (relrowsecurity and relforcerowsecurity)"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "alter table registry_organisation disable row level security",
        "alter table registry_organisation no force row level security",
        "drop policy registry_organisation_read on registry_organisation",
        "create policy open on registry_organisation using (true)",
        "alter table journal_entry disable trigger all",
        "set role vekha_owner",
        "set session authorization vekha_owner",
        "alter role vekha_web bypassrls",
        "set local row_security = off; select * from registry_organisation",
        "set session_replication_role = replica",
        "truncate registry_organisation",
        "create or replace function journal_link() returns trigger language plpgsql as 'begin return new; end'",
    ],
)
def test_the_web_role_cannot_open_its_own_door(country, statement) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


OPEN_TO_ALL = {"healthz", "readyz", "metrics", "accounts_invited"}
OPEN_PREFIXES = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_", "ui_")


APPS = ("registry", "accounts", "journal")


def own_views(resolver: URLResolver):
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from own_views(each)
        elif each.callback.__module__.split(".")[:1] == ["vekha_portal"] and each.callback.__module__.split(".")[1] in APPS:
            yield each


def test_every_view_stands_behind_a_guard() -> None:
    patterns = list(own_views(get_resolver()))
    assert len(patterns) > 20
    assert [each.name for each in patterns if not hasattr(each.callback, "guard") and each.name not in OPEN_TO_ALL] == []


def test_a_made_up_school_of_another_kind_has_no_school_card(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        made = make_organisation("Дом творчества", OrganisationKind.OTHER)
        assert not School.objects.filter(pk=made.pk).exists()
    with pytest.raises(Refused), use_scope(SYSTEM_SCOPE):
        make_organisation("Школа без субъекта", OrganisationKind.SCHOOL)
