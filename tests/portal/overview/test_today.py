"""The page «Сегодня»: every count is that of counting by hand, every list leads to its rows."""

from __future__ import annotations

import datetime
import re

from tests.portal.overview.conftest import DAY, put
from tests.portal.people import AT, Country, signed_in
from tests.portal.works import Works, make_measure, make_order, make_revision
from vekha_portal.execution.models import Decision, Evidence, Extension, Milestone, Proof
from vekha_portal.execution.permissions import can_decide
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Responsible
from vekha_portal.overview.queries.reach import to_decide


def owed(works: Works, organisation: int) -> list[Milestone]:
    with use_scope(SYSTEM_SCOPE):
        rows = list(Milestone.objects.filter(organisation_id=organisation))
    return [row for row in rows if row.progress in ("nothing", "part", "returned")]


def sections(page) -> dict[str, int]:
    return {each.key: each.count for each in page.context["sections"]}


def by_hand(rows: list[Milestone]) -> dict[str, int]:
    """The sections as a person would count them."""
    found = {"overdue": 0, "week": 0, "fortnight": 0, "later": 0}
    for row in rows:
        if row.due_on is None:
            continue
        left = (row.due_on - DAY).days
        found["overdue" if left < 0 else "week" if left < 7 else "fortnight" if left < 21 else "later"] += 1
    return {key: count for key, count in found.items() if count}


def test_what_is_owed_is_counted_as_by_hand(works: Works, country: Country) -> None:
    for name, place in (
        ("school", "school02"),
        ("coordinator", "body02"),
        ("town", "town02"),
        ("ministry", "ministry"),
    ):
        page = signed_in(country, name).get("/")
        assert sections(page) == by_hand(owed(works, country.organisations[place].pk)), name
    text = signed_in(country, "school").get("/").content.decode()
    assert "просрочено на" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "1 апреля 2026 г., далее – ежеквартально" in text, "the phrase of the document"


def test_a_section_is_short_and_its_count_is_whole(works: Works, country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        first = works.of("report", works.centres[0])[0]
        for ordinal in range(10, 22):
            Milestone.objects.create(
                region_id="02", wave=works.wave, application=works.application, measure=first.measure, measure_key=first.measure_key,
                centre=first.centre, organisation=first.organisation, stage=first.stage, due_on=datetime.date(2026, 4, 10),
                period=f"p{ordinal}", ordinal=ordinal,
            )  # fmt: skip
    client = signed_in(country, "school")
    page = client.get("/")
    late = next(each for each in page.context["sections"] if each.key == "overdue")
    assert (late.count, len(late.rows)) == (13, 8)
    listed = client.get(late.url)
    assert listed.context["page"].paginator.count == 13


def test_every_section_leads_to_exactly_its_rows(works: Works, country: Country) -> None:
    put(works.of("report", works.centres[0])[1], "returned")
    put(works.of("report", works.centres[1])[0], "submitted")
    for name in ("school", "coordinator"):
        client = signed_in(country, name)
        page = client.get("/").context
        shown = [*page["sections"], page["returned"], *([page["pending"]] if page["decides"] else [])]
        for each in shown:
            assert client.get(each.url).context["page"].paginator.count == each.count, (name, each.key)
        for figure in page["figures"]:
            assert client.get(figure.url).context["page"].paginator.count == figure.count, (name, figure.caption)


def test_what_was_returned_says_why(works: Works, country: Country) -> None:
    milestone = works.of("training", works.centres[0])[0]
    people, owned = country.people, {"region_id": "02", "organisation_id": milestone.organisation_id}
    with use_scope(SYSTEM_SCOPE):
        evidence = Evidence.objects.create(
            **owned, evidence_type="certificate", reference="дело 5", added_at=AT, added_by=people["school"]
        )
        proof = Proof.objects.create(
            **owned, milestone=milestone, evidence=evidence, submitted_at=AT, submitted_by=people["school"]
        )
        Decision.objects.create(
            **owned, proof=proof, outcome="returned", reason="Нет печати на удостоверении.", made_at=AT, made_by=people["coordinator"]
        )  # fmt: skip
    put(milestone, "returned")
    page = signed_in(country, "school").get("/")
    assert page.context["returned"].count == 1
    assert "Нет печати на удостоверении." in page.content.decode()
    assert "Нет печати" in signed_in(country, "school").get(f"/centre/{works.centres[0].pk}/").content.decode()


def test_what_waits_for_a_decision_is_not_one_s_own(works: Works, country: Country) -> None:
    mine, theirs = works.of("basis")[0], works.of("report", works.centres[0])[0]
    owned = {"region_id": "02", "organisation_id": mine.organisation_id}
    with use_scope(SYSTEM_SCOPE):
        evidence = Evidence.objects.create(
            **owned, evidence_type="region-act", reference="№ 5", added_at=AT, added_by=country.people["coordinator"]
        )
        Proof.objects.create(
            **owned, milestone=mine, evidence=evidence, submitted_at=AT, submitted_by=country.people["coordinator"]
        )
    put(mine, "submitted")
    put(theirs, "submitted")
    waiting = {
        name: signed_in(country, name).get("/").context["pending"]
        for name in ("coordinator", "centre", "town", "school", "controller")
    }
    assert {name: each.count for name, each in waiting.items()} == {
        "coordinator": 1,
        "centre": 2,
        "town": 1,
        "school": 0,
        "controller": 0,
    }
    assert [row.milestone.pk for row in waiting["coordinator"].rows] == [theirs.pk]


def test_what_others_must_say_first_is_listed_with_what_is_waited_for(works: Works, country: Country) -> None:
    for name in ("coordinator", "school"):
        page = signed_in(country, name).get("/").content.decode()
        assert "ждёт графика федерального оператора" in page, name
        assert "согласно графику федерального оператора" in page, name


def test_a_person_named_by_a_measure_owes_it(works: Works, country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        Responsible.objects.filter(measure=works.measures["basis"]).update(mapped_person=country.people["centre"])
    assert sections(signed_in(country, "centre").get("/")) == {"overdue": 1}
    assert sections(signed_in(country, "controller").get("/")) == sections(signed_in(country, "coordinator").get("/"))


def test_the_territory_is_counted_as_by_hand(works: Works, country: Country) -> None:
    put(works.of("report", works.centres[2])[0], "accepted")
    with use_scope(SYSTEM_SCOPE):
        rows = list(Milestone.objects.filter(region_id="02"))
    unfinished = [row for row in rows if row.progress in ("nothing", "part", "returned")]
    late = sum(row.due_on is not None and row.due_on < DAY for row in unfinished)
    figures = {each.caption: each.count for each in signed_in(country, "coordinator").get("/").context["figures"]}
    assert figures["просрочено"] == late
    assert figures["не исполнено"] == len(unfinished)
    assert figures["ждут срока"] == sum(row.due_on is None for row in unfinished)


def test_a_draft_waits_for_its_reviewer(works: Works, country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_revision(country, make_order(country, number="99-р"))
        make_measure(revision, 1, "Черновое мероприятие", deadline="до 1 марта 2026 г.", stage="other")
    assert "Черновики на проверке" in signed_in(country, "coordinator").get("/").content.decode()
    for name in ("school", "controller", "stranger"):
        assert "№ 99-р" not in signed_in(country, name).get("/").content.decode(), name


def test_an_empty_site_says_how_to_begin(country: Country) -> None:
    page = signed_in(country, "coordinator").get("/").content.decode()
    assert "Загрузить распоряжение" in page
    assert "осмотреть на примере" in page
    school = signed_in(country, "school").get("/").content.decode()
    assert "Здесь появится то, что надо сделать" in school


def test_who_owes_nothing_is_told_so(works: Works, country: Country) -> None:
    page = signed_in(country, "town").get("/").content.decode()
    assert "За вами ничего не числится" in page
    assert not re.search(r"<h2[^>]*>Просрочено", page)


def test_what_waits_for_a_decision_is_what_may_be_decided(works: Works, country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        town = country.organisations["town02"]
        Milestone.objects.filter(pk=works.of("basis")[0].pk).update(organisation=town)
        Milestone.objects.filter(region_id="02").update(progress="submitted")
        every = list(Milestone.objects.select_related("organisation", "wave"))
    for name in country.people:
        scope = country.scope(name)
        with use_scope(scope):
            found = set(to_decide(scope).values_list("pk", flat=True))
        assert found == {each.pk for each in every if can_decide.test(scope, each)}, name
        page = signed_in(country, name).get("/").context["pending"]
        assert page.count == len(found), name


def test_a_request_for_a_later_day_waits_for_those_who_may_answer(works: Works, country: Country) -> None:
    milestone = works.of("training", works.centres[0])[0]
    with use_scope(SYSTEM_SCOPE):
        Extension.objects.create(
            region_id="02", organisation_id=milestone.organisation_id, milestone=milestone, due_on=datetime.date(2026, 6, 1),
            wanted_on=datetime.date(2026, 6, 20), reason="Курсы перенесли на июнь.", asked_at=AT, asked_by=country.people["school"],
        )  # fmt: skip
    told = {name for name in country.people if "Курсы перенесли" in signed_in(country, name).get("/").content.decode()}
    assert told == {"coordinator", "centre", "town"}
