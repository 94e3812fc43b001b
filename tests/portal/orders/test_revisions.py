"""Revisions: approval knowingly and for good, two at once, the next revision under the same keys, differences, links upwards."""

from __future__ import annotations

import datetime
import threading
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from tests.portal.people import AT, Country, make_country, signed_in
from tests.portal.ui.swaps import assert_swap_is_reload
from tests.portal.works import approve, make_measure, make_order, make_revision
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders import reads
from vekha_portal.orders.actions.order import Requisites, enter_order
from vekha_portal.orders.actions.revision import abandon_draft, adopt_draft, approve_revision, begin_revision
from vekha_portal.orders.actions.superior import link_measures
from vekha_portal.orders.differences import compare_revisions
from vekha_portal.orders.models import ExpectedDocument, Measure, Order, Responsible, Revision, Roadmap
from vekha_portal.orders.pairs import propose_follows, propose_links
from vekha_portal.orders.unresolved import list_unresolved
from vekha_portal.registry.models import Organisation

KEEPERS = {"admin", "coordinator", "centre"}
ALL = {*KEEPERS, "operator", "ministry", "controller", "town", "school", "stranger"}


@pytest.fixture
def country(db) -> Country:
    return make_country()


def deed(country: Country, name: str = "coordinator") -> dict[str, Any]:
    return {"by": country.people[name], "scope": country.scope(name), "at": AT}


def draft_of(country: Country, *, body: str = "body02", number: str = "15-р") -> Revision:
    """A draft of three measures, everything in it clear but who the responsible is."""
    with use_scope(SYSTEM_SCOPE):
        revision = make_revision(country, make_order(country, body=body, number=number))
        make_measure(
            revision,
            1,
            "Утвердить перечень школ",
            deadline="до 1 марта 2026 г.",
            stage="legal-basis",
            documents=[("region-act", "распоряжение")],
        )
        make_measure(revision, 2, "Объявить закупки оборудования", deadline="до 1 апреля 2026 г.", stage="procurement")
        make_measure(revision, 3, "Начать работу центров", deadline="1 сентября 2026 г.", stage="launch")
    return revision


def approved_of(country: Country, **where: str) -> Revision:
    revision = draft_of(country, **where)
    with use_scope(SYSTEM_SCOPE):
        approve(revision, country)
    return revision


def amendment(country: Country, number: str = "20-р") -> Order:
    with use_scope(SYSTEM_SCOPE):
        return make_order(country, number=number, title="О внесении изменений")


def keys_of(revision: Revision) -> dict[str, uuid.UUID]:
    return {each.text: each.key for each in Measure.objects.filter(revision=revision, removed_at=None)}


@pytest.mark.parametrize("name", sorted(ALL))
def test_who_approves_begins_and_abandons(country, name) -> None:
    allowed, who, client = name in KEEPERS, deed(country, name), signed_in(country, name)
    draft, current = draft_of(country), approved_of(country, number="16-р")
    basis = amendment(country)
    acts = [
        lambda: approve_revision(revision=draft, version=1, is_knowing=True, **who),
        lambda: abandon_draft(revision=draft, version=1, reason="лишний", **who),
        lambda: begin_revision(roadmap=current.roadmap, basis=basis, **who),
        lambda: link_measures(revision=draft, superior=None, links={}, **who),
    ]
    for act in acts:
        with use_scope(who["scope"]), transaction.atomic():
            if allowed:
                act()
            else:
                with pytest.raises(NotAllowed):
                    act()
            transaction.set_rollback(True)
    for page in (
        f"revisions/{draft.pk}/approve/",
        f"revisions/{draft.pk}/links/",
        f"roadmaps/{current.roadmap_id}/begin/",
    ):
        status = client.get(f"/orders/{page}").status_code
        assert (status == 200) is allowed, page
        assert allowed or status in (403, 404)
    with use_scope(who["scope"]), transaction.atomic(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(
                    "update orders_revision set approved_at = now(), approved_by_id = created_by_id where id = %s",
                    [draft.pk],
                )
                touched = cursor.rowcount
        except DatabaseError:
            touched = 0
        transaction.set_rollback(True)
    assert (touched == 1) is (
        allowed or name == "operator"
    )  # the database lets a federal operator write; the portal only its own


def test_what_is_unresolved_is_approved_knowingly(country) -> None:
    draft = draft_of(country)
    with use_scope(SYSTEM_SCOPE):
        make_measure(draft, 4, "Согласовать", deadline="как-нибудь потом", stage="other")
        make_measure(draft, 5, "Отчитаться", deadline="", stage="other")
        Measure.objects.filter(revision=draft, position=2).update(confidence=0.4)
    with use_scope(country.scope("coordinator")):
        found = list_unresolved(Revision.objects.get(pk=draft.pk))
        assert {each.kind for each in found.questions} == {"not-understood", "not-stated", "responsibles", "confidence"}
        with pytest.raises(Refused, match="нерешённые вопросы"):
            approve_revision(revision=draft, version=1, is_knowing=False, **deed(country))
    client = signed_in(country, "coordinator")
    address = f"/orders/revisions/{draft.pk}/approve/"
    page = client.get(address).content.decode()
    assert "как-нибудь потом" in page
    assert client.post(address, {"version": "1"}).status_code == 422
    assert client.post(address, {"version": "7", "is_knowing": "on"}).status_code == 422
    assert client.post(address, {"version": "чушь", "is_knowing": "on"}).status_code == 422
    assert client.post(address, {"version": "1", "is_knowing": "on"}).status_code == 302
    assert client.post(address, {"version": "1", "is_knowing": "on"}).status_code == 302  # the second click
    assert client.get(address).status_code == 302
    with use_scope(SYSTEM_SCOPE):
        assert Revision.objects.get(pk=draft.pk).approved_by_id == country.people["coordinator"].pk
        assert Entry.objects.filter(kind="revision-approved").count() == 1


def test_an_empty_draft_and_one_without_programme_are_not_approved(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        empty = make_revision(country, make_order(country))
        nameless = draft_of(country, number="16-р")
        Roadmap.objects.filter(pk=nameless.roadmap_id).update(programme=None)
    client = signed_in(country, "coordinator")
    for draft, told in ((empty, "ни одного мероприятия"), (nameless, "Не выбрана программа")):
        address = f"/orders/revisions/{draft.pk}/approve/"
        assert told in client.get(address).content.decode()
        assert client.post(address, {"version": "1", "is_knowing": "on"}).status_code == 422


def test_an_approved_revision_never_changes_whoever_asks(country) -> None:
    revision = approved_of(country)
    statements = (
        ("update orders_revision set number = 9 where id = %s", revision.pk),
        ("update orders_revision set approved_at = null, approved_by_id = null where id = %s", revision.pk),
        ("update orders_measure set deadline = 'потом' where revision_id = %s", revision.pk),
        ("update orders_measure set removed_at = now() where revision_id = %s", revision.pk),
        (
            "update orders_responsible set name = 'x' where measure_id in (select id from orders_measure where revision_id = %s)",
            revision.pk,
        ),
        (
            "update orders_expecteddocument set text = 'x' where measure_id in (select id from orders_measure where revision_id = %s)",
            revision.pk,
        ),
        ("delete from orders_measure where revision_id = %s", revision.pk),
    )
    for scope in (SYSTEM_SCOPE, country.scope("coordinator")):
        for statement, key in statements:
            with use_scope(scope), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [key])
        with use_scope(scope), pytest.raises(DatabaseError), transaction.atomic():
            make_measure(revision, 9, "Ещё", deadline="", stage="other")
    with use_scope(country.scope("coordinator")):  # a link upwards is not the text of the order
        assert Measure.objects.filter(revision=revision).update(superior_key=uuid.uuid4()) == 3


def test_a_measure_is_in_before_the_approval_or_refused_after_it(transactional_db) -> None:
    country = make_country()
    draft = draft_of(country)
    scope = country.scope("coordinator")
    outcome: list[str] = []
    written, approved = threading.Event(), threading.Event()

    def add_late() -> None:
        try:
            with use_scope(scope):
                written.wait(60)
                Measure.objects.create(
                    revision_id=draft.pk,
                    organisation_id=draft.organisation_id,
                    region_id="02",
                    position=9,
                    text="Опоздавшее",
                    stage="other",
                )
            outcome.append("in")
        except DatabaseError:
            outcome.append("refused")
        finally:
            approved.wait(60)
            connections.close_all()

    thread = threading.Thread(target=add_late)
    thread.start()
    with use_scope(scope):
        approve_revision(revision=draft, version=1, is_knowing=True, **deed(country))
        written.set()
        until = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=60)
        with connection.cursor() as cursor:  # the other one waits for this transaction
            while datetime.datetime.now(datetime.UTC) < until and not outcome:
                cursor.execute("select exists (select from pg_locks where not granted)")
                if cursor.fetchone()[0]:
                    break
    approved.set()
    thread.join(60)
    with use_scope(SYSTEM_SCOPE):
        assert outcome == ["refused"]
        assert Measure.objects.filter(revision=draft).count() == 3


def test_two_who_begin_a_revision_at_once_make_one(transactional_db) -> None:
    country = make_country()
    current, basis = approved_of(country), amendment(country)
    barrier, outcomes = threading.Barrier(2, timeout=60), []

    def begin() -> None:
        try:
            with use_scope(country.scope("coordinator")):
                barrier.wait()
                begin_revision(roadmap=current.roadmap, basis=basis, **deed(country))
            outcomes.append("begun")
        except Refused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(120)
    assert sorted(outcomes) == ["begun", "refused"]
    with use_scope(SYSTEM_SCOPE):
        assert Revision.objects.filter(roadmap=current.roadmap).count() == 2


def test_the_next_revision_keeps_keys_documents_and_who_is_who(country) -> None:
    current, basis = approved_of(country), amendment(country)
    with use_scope(country.scope("coordinator")):
        Responsible.objects.filter(measure__revision=current).update(
            mapped_organisation=country.organisations["body02"]
        )
        made = begin_revision(roadmap=current.roadmap, basis=basis, **deed(country))
        assert (made.number, made.previous_id, made.basis_id) == (2, current.pk, basis.pk)
        assert keys_of(made) == keys_of(current)
        for model in (ExpectedDocument, Responsible):
            assert (
                model.objects.filter(measure__revision=made).count()
                == model.objects.filter(measure__revision=current).count()
                > 0
            )
        assert set(ExpectedDocument.objects.filter(measure__revision=made).values_list("key")) == set(
            ExpectedDocument.objects.filter(measure__revision=current).values_list("key")
        )
        assert not Responsible.objects.filter(measure__revision=made, mapped_organisation=None).exists()
        assert Order.objects.get(pk=basis.pk).amended_id == current.roadmap.order_id
        with pytest.raises(Refused, match="уже начата"):
            begin_revision(roadmap=current.roadmap, basis=basis, **deed(country))
        abandon_draft(revision=made, version=1, reason="передумали", **deed(country))
        again = begin_revision(roadmap=current.roadmap, basis=basis, **deed(country))
        assert again.number == 3


def test_a_revision_is_begun_by_requisites_typed_in(country) -> None:
    current = approved_of(country)
    client = signed_in(country, "coordinator")
    address = f"/orders/roadmaps/{current.roadmap_id}/begin/"
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"kind": "приказ", "number": "21-п", "signed_on": "2026-02-01"}).status_code == 302
    with use_scope(SYSTEM_SCOPE):
        made = Revision.objects.get(roadmap=current.roadmap, number=2)
        assert (made.basis.number, made.basis.amended_id) == ("21-п", current.roadmap.order_id)
    refused = client.post(address, {"kind": "приказ", "number": "22-п", "signed_on": "2026-02-02"})
    assert refused.status_code == 422
    with use_scope(SYSTEM_SCOPE):
        assert not Order.objects.filter(number="22-п").exists()  # nothing half-saved


def test_a_basis_of_another_organisation_is_refused(country) -> None:
    current = approved_of(country)
    with use_scope(SYSTEM_SCOPE):
        foreign = make_order(country, body="town02", number="3-п")
    with use_scope(country.scope("coordinator")), pytest.raises(Refused, match="той же организации"):
        begin_revision(roadmap=current.roadmap, basis=foreign, **deed(country))


def test_the_roadmap_of_an_amending_order_becomes_the_next_revision(country) -> None:
    current = approved_of(country)
    with use_scope(SYSTEM_SCOPE):
        order = make_order(country, number="20-р", title="О внесении изменений")
        order.amended = current.roadmap.order
        order.save()
        draft = make_revision(country, order)
        make_measure(
            draft,
            1,
            "Утвердить перечень школ и показатели",
            deadline="до 1 марта 2026 г.",
            stage="legal-basis",
            documents=[("region-act", "распоряжение")],
        )
        make_measure(draft, 2, "Начать работу центров", deadline="15 сентября 2026 г.", stage="launch")
        make_measure(draft, 3, "Обучить педагогов", deadline="до 1 июня 2026 г.", stage="staff-training")
    scope, before = country.scope("coordinator"), None
    with use_scope(scope):
        before = keys_of(current)
        Measure.objects.filter(revision=current, position=3).update(superior_key=uuid.UUID(int=7))
        proposal = propose_follows(current.roadmap, draft)
        assert proposal is not None
        assert [each.text for each in proposal.alone] == ["Объявить закупки оборудования"]
    client = signed_in(country, "coordinator")
    address = f"/orders/revisions/{draft.pk}/adopt/"
    page = client.get(address).content.decode()
    assert "уходит из карты" in page
    assert "Сделать редакцией изменяемой карты" in client.get(f"/orders/{order.pk}/").content.decode()
    form = {f"follows-{row.measure.pk}": row.chosen for row in proposal.rows}
    twice = {**form, f"follows-{proposal.rows[2].measure.pk}": proposal.rows[0].chosen}
    assert "продолжают два новых" in client.post(address, {**twice, "roadmap": current.roadmap_id}).content.decode()
    stale = {**form, f"follows-{proposal.rows[2].measure.pk}": str(uuid.uuid4())}
    assert client.post(address, {**stale, "roadmap": current.roadmap_id}).status_code == 422
    assert client.post(address, {**form, "roadmap": current.roadmap_id, "follows-x": "y"}).status_code == 302
    with use_scope(SYSTEM_SCOPE):
        made = Revision.objects.get(roadmap=current.roadmap, number=2)
        after = keys_of(made)
        assert after["Утвердить перечень школ и показатели"] == before["Утвердить перечень школ"]
        assert after["Начать работу центров"] == before["Начать работу центров"]
        assert after["Обучить педагогов"] not in before.values()
        assert Measure.objects.get(revision=made, text="Начать работу центров").superior_key == uuid.UUID(int=7)
        same = ExpectedDocument.objects.filter(measure__revision__in=[made, current], text="распоряжение").values_list(
            "key", flat=True
        )
        assert len(set(same)) == 1
        assert Revision.objects.get(pk=draft.pk).withdrawn_at is not None
    assert (
        client.post(address, {**form, "roadmap": current.roadmap_id}).status_code == 422
    )  # the draft of the roadmap is open


def test_an_order_that_changes_some_rows_leaves_the_others(country) -> None:
    current = approved_of(country)
    with use_scope(SYSTEM_SCOPE):
        order = make_order(country, number="20-р", title="О внесении изменений")
        order.cited = [{"text": "x", "number": "15-р", "date": "2025-12-20", "relation": "amended"}]
        order.amendments = [
            {"action": "replace", "target": "строку 2 изложить в следующей редакции", "rows": ["2"]},
            {"action": "add", "target": "дополнить строкой 4", "rows": ["4"]},
            {"action": "remove", "target": "строку 3 исключить", "rows": ["3"]},
            "мусор",
        ]
        order.save()
        draft = make_revision(country, order)
        make_measure(draft, 4, "Начать работу клубов", deadline="1 октября 2026 г.", stage="launch")
        make_measure(draft, 2, "Разместить извещения", deadline="до 15 апреля 2026 г.", stage="other")
        other = approved_of(country, number="99-р")
    scope = country.scope("coordinator")
    with use_scope(scope):
        proposal = propose_follows(current.roadmap, draft)
        before = keys_of(current)
    assert proposal is not None
    assert {row.measure.number: row.key for row in proposal.rows} == {
        "4": None,
        "2": before["Объявить закупки оборудования"],
    }
    assert [(each.number, stays) for each, _, stays in proposal.standing] == [("1", True), ("2", True), ("3", False)]
    client, address = signed_in(country, "coordinator"), f"/orders/revisions/{draft.pk}/adopt/"
    page = client.get(address).content.decode()
    assert page.index(f'value="{current.roadmap_id}"') < page.index(
        f'value="{other.roadmap_id}"'
    )  # the amended one is offered first
    assert (
        "распоряжение меняет отдельные строки" in client.get(f"{address}?roadmap={current.roadmap_id}").content.decode()
    )
    assert f"begin/?basis={order.pk}" in client.get(f"/orders/{order.pk}/").content.decode()
    form = {f"follows-{row.measure.pk}": row.chosen for row in proposal.rows} | {"roadmap": current.roadmap_id}
    assert client.post(address, {**form, "keeps": [str(uuid.uuid4())]}).status_code == 422
    assert client.post(address, {**form, "keeps": [str(key) for key in proposal.kept] + ["чушь"]}).status_code == 302
    with use_scope(SYSTEM_SCOPE):
        made = Revision.objects.get(roadmap=current.roadmap, number=2)
        assert [(each.text, each.key in before.values()) for each in reads.list_measures(made)] == [
            ("Утвердить перечень школ", True), ("Разместить извещения", True), ("Начать работу клубов", False),
        ]  # fmt: skip
        entry = Entry.objects.get(kind="revision-adopted")
        assert entry.data["исключены"] == ["3. Начать работу центров"]


def test_differences_are_shown_word_by_word(country) -> None:
    current, basis = approved_of(country), amendment(country)
    with use_scope(country.scope("coordinator")):
        made = begin_revision(roadmap=current.roadmap, basis=basis, **deed(country))
        Measure.objects.filter(revision=made, position=2).update(deadline="до 15 апреля 2026 г.", number="2.1")
        Measure.objects.filter(revision=made, position=3).update(
            removed_at=AT, removed_by=country.people["coordinator"], removed_because="x"
        )
        make_measure(made, 4, "Обучить педагогов", deadline="до 1 июня 2026 г.", stage="staff-training")
        found = compare_revisions(current, made)
    assert [(state.label, count) for state, count in found.counts] == [
        ("новое", 1),
        ("изменено", 1),
        ("исключено", 1),
        ("без изменений", 1),
    ]
    changed = next(each for each in found.changed if each.state.label == "изменено")
    assert {field.label for field in changed.fields} == {"№", "Срок"}
    deadline = next(field for field in changed.fields if field.label == "Срок")
    assert deadline.after.replace("\xa0", " ") == "до 15 апреля 2026 г. → 15 апреля 2026 г."
    client, address = signed_in(country, "coordinator"), f"/orders/roadmaps/{current.roadmap_id}/revisions/"
    page = client.get(address).content.decode()
    assert "<ins>15</ins>" in page
    assert_swap_is_reload(client, address, f"{address}?a=2&b=1", target="difference")
    for nonsense in ("a=1&b=1", "a=x&b=99", "a=1"):
        assert client.get(f"{address}?{nonsense}").status_code == 200
    with use_scope(country.scope("coordinator")), CaptureQueriesContext(connection) as queries:
        compare_revisions(Revision.objects.select_related("organisation", "roadmap").get(pk=current.pk), made)
    assert (
        len(queries) == 10
    )  # the revision, the settings, and of each revision measures, responsibles, documents, indicators


def test_measures_are_linked_to_the_superiors_ones(country) -> None:
    above, below = approved_of(country), approved_of(country, body="town02", number="3-п")
    scope = country.scope("town")
    client, address = signed_in(country, "town"), f"/orders/revisions/{below.pk}/links/"
    assert str(above.roadmap) in client.get(address).content.decode()
    with use_scope(scope):
        proposal = propose_links(below, above.roadmap)
        assert proposal is not None
        assert [row.key for row in proposal.rows] == [each.key for each in reads.list_measures(above)]
    first = proposal.rows[0].chosen
    form = {"superior": above.roadmap_id, **{f"link-{row.measure.pk}": first for row in proposal.rows}}
    assert client.post(address, form).status_code == 302  # many may carry out one
    with use_scope(SYSTEM_SCOPE):
        assert set(Measure.objects.filter(revision=below).values_list("superior_key", flat=True)) == {uuid.UUID(first)}
        assert Roadmap.objects.get(pk=below.roadmap_id).superior_id == above.roadmap_id
        assert Order.objects.get(pk=below.basis_id).superior_id == above.basis_id
    assert client.post(address, {**form, f"link-{proposal.rows[0].measure.pk}": str(uuid.uuid4())}).status_code == 422
    assert client.post(address, {"superior": "999999"}).status_code == 422
    with use_scope(country.scope("coordinator")), pytest.raises(Refused, match="саму себя"):
        link_measures(revision=above, superior=below.roadmap, links={}, **deed(country))
    assert client.post(address, {"superior": ""}).status_code == 302
    with use_scope(SYSTEM_SCOPE):
        assert not Measure.objects.filter(revision=below, superior_key__isnull=False).exists()


def test_an_abandoned_draft_needs_a_reason_and_stays_readable(country) -> None:
    draft = draft_of(country)
    client = signed_in(country, "coordinator")
    address = f"/orders/revisions/{draft.pk}/abandon/"
    assert "Напишите, почему" in client.post(address, {"reason": " "}).content.decode()
    assert client.post(address, {"reason": "загружено дважды"}).status_code == 302
    page = client.get(f"/orders/roadmaps/{draft.roadmap_id}/revisions/").content.decode()
    assert "черновик оставлен" in page
    with use_scope(country.scope("coordinator")), pytest.raises(Refused, match="оставлен"):
        approve_revision(revision=draft, version=2, is_knowing=True, **deed(country))


def test_an_order_only_for_reference_has_no_roadmaps(country) -> None:
    with use_scope(country.scope("coordinator")):
        order = enter_order(
            organisation=Organisation.objects.get(pk=country.organisations["body02"].pk),
            requisites=Requisites("постановление", "", "5-п"),
            **deed(country),
        )
    assert "не утверждает дорожных карт" in signed_in(country, "school").get(f"/orders/{order.pk}/").content.decode()


def test_a_draft_of_another_roadmap_is_not_adopted_twice(country) -> None:
    current, draft = approved_of(country), draft_of(country, number="20-р")
    with use_scope(country.scope("coordinator")):
        adopt_draft(draft=draft, version=1, roadmap=current.roadmap, follows={}, **deed(country))
        with pytest.raises(Refused):
            adopt_draft(draft=draft, version=2, roadmap=current.roadmap, follows={}, **deed(country))
