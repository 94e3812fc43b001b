"""Sign-in: the form, the count of wrong passwords, invitations, switching of roles, sessions; every page answers."""

import datetime
import re
import time

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.portal.people import AT, LONG_AGO, PASSWORD, Country, make_country, signed_in
from vekha_portal.accounts.actions import give_role, name_deputy
from vekha_portal.accounts.roles import Role
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

TODAY = timezone.localdate()


@pytest.fixture
def country(db) -> Country:
    return make_country()


def post_sign_in(client: Client, name: str, password: str = PASSWORD, address: str = "10.0.0.1"):
    return client.post("/sign-in/", {"login": f"{name}@vekha.example", "password": password}, REMOTE_ADDR=address)


def test_the_form_lets_in_and_out(country, client) -> None:
    assert post_sign_in(client, "town").status_code == 302
    assert "Сегодня" in client.get("/").content.decode()
    page = client.get("/me/")
    assert page.status_code == 200
    assert "Муниципальный орган" in page.content.decode()
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/me/")["Location"].startswith("/sign-in/")


def test_letter_case_of_the_address_does_not_matter(country, client) -> None:
    answer = client.post("/sign-in/", {"login": "TOWN@Vekha.Example", "password": PASSWORD})
    assert answer.status_code == 302


def test_five_wrong_passwords_lock_the_pair_and_nobody_else(country, client) -> None:
    for _ in range(5):
        assert "не" in post_sign_in(client, "town", "не тот пароль").content.decode()
    locked = post_sign_in(client, "town")
    assert "Слишком много неудачных попыток" in locked.content.decode()
    assert post_sign_in(Client(), "school").status_code == 302  # the same address, another person
    assert post_sign_in(Client(), "town", address="10.0.0.2").status_code == 302  # the same person, another address


def test_a_right_password_begins_the_count_anew(country, client) -> None:
    for _ in range(4):
        post_sign_in(client, "town", "не тот пароль")
    assert post_sign_in(client, "town").status_code == 302
    client.post("/sign-out/")
    for _ in range(4):
        post_sign_in(client, "town", "не тот пароль")
    assert post_sign_in(client, "town").status_code == 302


def test_nobody_signs_up_alone(country, client) -> None:
    answer = client.get("/sign-in/none/")
    assert "приглашен" in answer.content.decode().casefold()
    assert "<input" not in answer.content.decode().partition("<main")[2].replace('type="hidden"', "")


def test_an_invitation_sets_a_password_once(country, client, django_capture_on_commit_callbacks) -> None:
    coordinator = signed_in(country, "coordinator")
    with django_capture_on_commit_callbacks(execute=True):
        answer = coordinator.post(
            "/people/invite/",
            {
                "email": "Nova@vekha.example", "surname": "Пробная", "given_name": "Ольга", "role": "school",
                "organisation": country.organisations["school02"].pk, "since": "2026-01-01",
            },
        )  # fmt: skip
    assert answer.status_code == 200, answer.content.decode()
    link = re.search(r"http://testserver(/invitation/[^\"<\s]+)", str(mail.outbox[0].body))
    assert link
    assert client.get(link[1]).status_code == 200
    weak = client.post(link[1], {"password": "123", "again": "123"})
    assert weak.status_code == 422
    done = client.post(link[1], {"password": PASSWORD, "again": PASSWORD})
    assert done.status_code == 302
    assert client.get(link[1]).status_code == 410
    assert client.post("/sign-in/", {"login": "nova@vekha.example", "password": PASSWORD}).status_code == 302


def test_roles_are_switched_by_one_click(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        other = give_role(
            person=country.people["town"], role=Role.CONTROLLER, organisation=country.organisations["body01"],
            since=LONG_AGO, by=None, scope=SYSTEM_SCOPE, at=AT,
        )  # fmt: skip
    client = signed_in(country, "town")
    foreign = f"/registry/{country.organisations['school01'].pk}/"
    assert client.get(foreign).status_code == 404
    assert client.post("/me/switch/", {"seat": other.pk, "next": foreign})["Location"] == foreign
    assert client.get(foreign).status_code == 200
    assert client.post("/me/switch/", {"seat": other.pk, "next": "//evil.example/"})["Location"] == "/"
    client.post("/me/switch/", {"seat": country.assignments["admin"].pk})  # not one's own
    assert client.get("/people/invite/").status_code == 403


def test_a_deputy_acts_for_the_absent_person_and_no_longer_after(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        name_deputy(
            principal=country.people["coordinator"], deputy=country.people["town"], since=TODAY, until=TODAY,
            reason="отпуск", by=None, scope=country.scope("admin"), at=AT,
        )  # fmt: skip
    client = signed_in(country, "town")
    assert client.get("/registry/import/").status_code == 200  # as the municipality
    client.post("/me/switch/", {"seat": country.assignments["coordinator"].pk})
    page = client.get("/me/")
    assert "за Coordinator" in page.content.decode()
    assert client.get(f"/registry/{country.organisations['body02'].pk}/change/").status_code == 200
    answer = client.post("/me/deputy/", {"deputy": "school@vekha.example", "since": TODAY, "until": TODAY, "reason": "отпуск"})
    assert "Замещение назначает сам отсутствующий" in answer.content.decode()  # a deputy names no further deputies


def test_a_blocked_person_is_out_with_the_next_request(country) -> None:
    client = signed_in(country, "school")
    assert client.get("/registry/").status_code == 200
    admin = signed_in(country, "admin")
    person = country.people["school"].pk
    assert admin.post(f"/people/{person}/access/", {"reason": "уволен"}).status_code == 302
    assert client.get("/registry/").status_code == 302


def test_an_ended_role_is_out_with_the_next_request(country) -> None:
    client = signed_in(country, "school")
    coordinator = signed_in(country, "coordinator")
    yesterday = TODAY - datetime.timedelta(days=1)
    answer = coordinator.post(f"/roles/{country.assignments['school'].pk}/end/", {"on": yesterday, "reason": "уволен"})
    assert answer.status_code == 302
    assert client.get("/registry/").status_code == 403
    assert client.get("/me/").status_code == 200


def test_a_sign_in_elsewhere_is_closed_by_its_owner_alone(country, client) -> None:
    post_sign_in(client, "town")
    elsewhere = Client()
    post_sign_in(elsewhere, "town")
    stranger = Client()
    post_sign_in(stranger, "school")
    sessions = client.get("/me/sessions/").context["sessions"]
    other = next(each for each in sessions if each.session_key == elsewhere.session.session_key)
    assert stranger.post(f"/me/sessions/{other.pk}/end/").status_code == 404
    assert elsewhere.get("/me/").status_code == 200
    assert client.post(f"/me/sessions/{other.pk}/end/").status_code == 302
    assert elsewhere.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize("name", ["admin", "operator", "ministry", "coordinator", "centre", "town", "school", "controller"])
def test_every_page_answers_every_role(country, name) -> None:
    client = signed_in(country, name)
    own = country.assignments[name].organisation_id
    person = country.people[name].pk
    for address in (
        "/me/", "/me/deputy/", "/me/sessions/", "/me/factors/", "/people/", f"/people/{person}/", "/people/?q=school",
        "/registry/", "/registry/?q=сош", f"/registry/{own}/", "/journal/", "/journal/?kind=role-given", "/journal/?since=ерунда",
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address


def test_factors_and_passwords_have_pages(country, client) -> None:
    post_sign_in(client, "town")
    assert client.get("/me/password/").status_code == 200
    assert client.get("/me/factors/totp/activate/")["Location"].startswith("/sign-in/again/")
    again = client.post("/sign-in/again/?next=/me/factors/totp/activate/", {"password": PASSWORD})
    assert again["Location"] == "/me/factors/totp/activate/"
    page = client.get("/me/factors/totp/activate/")
    secret = page.context["form"].secret
    done = client.post("/me/factors/totp/activate/", {"code": current_code(secret)})
    assert done.status_code == 302, page.content.decode()
    assert client.get("/me/factors/recovery-codes/").status_code == 200
    client.post("/sign-out/")
    assert post_sign_in(client, "town")["Location"].startswith("/me/factors/authenticate/")
    assert client.get("/me/")["Location"].startswith("/sign-in/")  # the password alone no longer opens
    assert client.get("/me/factors/authenticate/").status_code == 200
    assert client.post("/me/factors/authenticate/", {"code": "000000"}).status_code == 200
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=2)):
        assert client.post("/me/factors/authenticate/", {"code": current_code(secret)}).status_code == 302
        assert client.get("/me/").status_code == 200


def current_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_wrong_password_asked_again_counts_against_its_person_only(country, client) -> None:
    post_sign_in(client, "town")
    neighbour = Client()
    post_sign_in(neighbour, "school")
    for _ in range(5):
        assert client.post("/sign-in/again/", {"password": "не тот"}, REMOTE_ADDR="10.0.0.1").status_code == 200
    locked = client.post("/sign-in/again/", {"password": PASSWORD}, REMOTE_ADDR="10.0.0.1")
    assert locked.status_code == 200
    assert neighbour.post("/sign-in/again/", {"password": PASSWORD}, REMOTE_ADDR="10.0.0.1").status_code == 302
