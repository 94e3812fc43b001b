"""Verbs of a draft: nothing is lost, everything is in the journal, an approved revision stays, an older version is refused."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from tests.portal.orders.uploads import PLAIN, draft_of, read, upload
from tests.portal.people import AT, Country, make_country
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.actions import measures as verbs
from vekha_portal.orders.actions import parts
from vekha_portal.orders.actions.measures import Overtaken, Reviewer
from vekha_portal.orders.models import ExpectedDocument, ListedIndicator, Measure, Responsible, Revision, Roadmap

SCHOOLS = (
    "№\tМероприятие\tОтветственный\tРезультат\tСрок\n1\tУтвердить перечень школ\tДепартамент\tприказ\tдо 1 марта 2026 г.\n"
    + (
        "2\tОбучить педагогов и провести торжественное\tШколы\tудостоверения\tдо 1 июня 2026 г.\n"
        "3\tоткрытие центров\tДепартамент\tпубликации в СМИ\tдо 1 сентября 2026 г.\n4\tСдать отчёт\tШколы\tотчёт\tдо 1 октября 2026 г.\n"
    )
)


@pytest.fixture
def country(db):
    made = make_country()
    with use_scope(SYSTEM_SCOPE):
        yield made


@pytest.fixture
def draft(country: Country) -> Revision:
    """Four measures, the second and third of which are one row that was cut."""
    return draft_of(read(upload(country, SCHOOLS.encode())))


def as_(country: Country, name: str = "coordinator") -> Reviewer:
    return Reviewer(country.people[name], country.scope(name), AT)


def rows(draft: Revision) -> list[Measure]:
    return list(
        Measure.objects.filter(revision=draft, removed_at=None).select_related("revision").order_by("position", "pk")
    )


def kinds() -> list[str]:
    return list(Entry.objects.filter(about_kind__startswith="orders.").order_by("pk").values_list("kind", flat=True))


def test_the_draft_to_begin_with(draft: Revision) -> None:
    assert [each.number for each in rows(draft)] == ["1", "2", "3", "4"]


def test_merging_keeps_everything(country: Country, draft: Revision) -> None:
    _, cut, rest, _ = rows(draft)
    verbs.merge_measures(measure=cut, version=1, other=rest, other_version=1, reviewer=as_(country))
    merged, gone = Measure.objects.get(pk=cut.pk), Measure.objects.get(pk=rest.pk)
    assert merged.text == "Обучить педагогов и провести торжественное открытие центров"
    assert merged.key == cut.key
    assert [each.name for each in merged.responsibles.order_by("position")] == ["Школы", "Департамент"]
    assert {each.evidence_type for each in merged.documents.filter(removed_at=None)} == {
        "certificate",
        "media-publication",
    }
    assert merged.deadline == "до 1 июня 2026 г."
    assert merged.notes[-1] == {"label": "Срок присоединённой строки", "text": "до 1 сентября 2026 г."}
    assert merged.place["parts"] == [{"lines": [4, 4]}]
    assert (gone.removed_at, gone.removed_by) == (AT, country.people["coordinator"])
    assert "соединено" in gone.removed_because
    verbs.restore_measure(measure=gone, version=gone.version, reviewer=as_(country))
    assert [each.number for each in rows(draft)] == ["1", "2", "3", "4"]
    with pytest.raises(Refused, match="два разных"):
        verbs.merge_measures(
            measure=merged, version=merged.version, other=merged, other_version=merged.version, reviewer=as_(country)
        )


def test_splitting_at_a_place_repeats_every_word(country: Country, draft: Revision) -> None:
    measure = rows(draft)[1]
    cut: dict[str, Any] = {"measure": measure, "version": 1, "reviewer": as_(country)}
    with pytest.raises(Refused, match="слово в слово"):
        verbs.split_at(first="Обучить педагогов", second="провести", **cut)
    with pytest.raises(Refused, match="Обе части"):
        verbs.split_at(first=measure.text, second=" ", **cut)
    verbs.split_at(first="Обучить педагогов и", second="провести торжественное", **cut)
    assert [(each.number, each.text) for each in rows(draft)][1:3] == [
        ("2", "Обучить педагогов и"),
        ("2.2", "провести торжественное"),
    ]
    first, second = rows(draft)[1:3]
    assert first.key == measure.key != second.key
    assert (second.deadline, second.place) == (measure.deadline, measure.place)
    assert [each.name for each in second.responsibles.all()] == ["Школы"]


def test_splitting_by_items_sends_documents_after_their_items(country: Country, draft: Revision) -> None:
    measure = rows(draft)[1]
    values = {"text": "1) обучить педагогов; 2) открыть центр", "items": ["обучить педагогов", "открыть центр"],
              "item_stages": ["staff-training", "launch"]}  # fmt: skip
    measure = verbs.change_measure(measure=measure, version=1, values=values, reviewer=as_(country))
    photo = {"text": "публикация", "evidence_type": "media-publication", "is_required": True, "minimum": 2, "item": 1}
    parts.add_document(measure=measure, version=2, values=photo, reviewer=as_(country))
    made = verbs.split_by_items(measure=measure, version=3, reviewer=as_(country))
    assert [(each.text, each.stage, each.reach) for each in made] == [
        ("обучить педагогов", "staff-training", "centre"),
        ("открыть центр", "launch", "centre"),
    ]
    assert [[each.evidence_type for each in one.documents.filter(removed_at=None)] for one in made] == [
        ["certificate"],
        ["media-publication"],
    ]
    assert made[1].documents.get(removed_at=None).minimum == 2
    with pytest.raises(Refused, match="меньше двух"):
        verbs.split_by_items(measure=made[0], version=made[0].version, reviewer=as_(country))


def test_moving_and_adding_keep_the_order_of_the_others(country: Country, draft: Revision) -> None:
    last = rows(draft)[3]
    verbs.move_measure(measure=last, version=1, to=1, reviewer=as_(country))
    assert [each.number for each in rows(draft)] == ["4", "1", "2", "3"]
    verbs.move_measure(measure=last, version=2, to=99, reviewer=as_(country))
    assert [each.number for each in rows(draft)] == ["1", "2", "3", "4"]
    added = verbs.add_measure(
        revision=draft,
        after=rows(draft)[0],
        text="Объявить закупки",
        deadline="до 1 апреля 2026 г.",
        reviewer=as_(country),
    )
    assert [each.text for each in rows(draft)][1] == "Объявить закупки"
    assert (added.stage, added.reach) == ("procurement", "once")
    end = verbs.add_measure(revision=draft, after=None, text="Ещё", reviewer=as_(country))
    assert rows(draft)[-1].pk == end.pk
    with pytest.raises(Refused, match="без текста"):
        verbs.add_measure(revision=draft, after=None, text="  ", reviewer=as_(country))


def test_removing_asks_why_and_stays_visible(country: Country, draft: Revision) -> None:
    measure = rows(draft)[0]
    with pytest.raises(Refused, match="почему"):
        verbs.remove_measure(measure=measure, version=1, reason=" ", reviewer=as_(country))
    verbs.remove_measure(measure=measure, version=1, reason="это заголовок раздела", reviewer=as_(country))
    kept = Measure.objects.get(pk=measure.pk)
    assert kept.removed_because == "это заголовок раздела"
    with pytest.raises(Refused, match="исключено"):
        verbs.change_measure(measure=kept, version=kept.version, values={"text": "x"}, reviewer=as_(country))
    assert kinds()[-1] == "measure-removed"
    assert Entry.objects.get(kind="measure-removed").reason == "это заголовок раздела"


def test_responsibles_and_documents(country: Country, draft: Revision) -> None:
    measure = rows(draft)[0]
    measure = parts.add_responsibles(
        measure=measure, version=1, words="муниципалитеты; Иванов И. И., начальник отдела", reviewer=as_(country)
    )
    names = list(Responsible.objects.filter(measure=measure).order_by("position"))
    assert len(names) == 3
    measure = parts.name_lead(responsible=names[1], version=2, reviewer=as_(country))
    measure = parts.name_lead(responsible=names[0], version=3, reviewer=as_(country))
    assert [each.is_lead for each in measure.responsibles.order_by("position")] == [True, False, False]
    measure = parts.remove_responsible(responsible=names[2], version=4, reviewer=as_(country))
    with pytest.raises(Refused, match="Напишите, кто"):
        parts.add_responsibles(measure=measure, version=5, words="", reviewer=as_(country))
    document = measure.documents.get()
    values = {"text": "распоряжение", "evidence_type": "region-act", "is_required": False, "minimum": 3}
    measure = parts.change_document(document=document, version=5, values=values, reviewer=as_(country))
    document.refresh_from_db()
    assert (document.text, document.evidence_type, document.minimum, document.is_required) == (
        "распоряжение",
        "region-act",
        3,
        False,
    )
    with pytest.raises(Refused, match="из списка"):
        parts.change_document(document=document, version=6, values={"evidence_type": "selfie"}, reviewer=as_(country))
    with pytest.raises(Refused, match="подпункта"):
        parts.change_document(document=document, version=6, values=values | {"item": 7}, reviewer=as_(country))
    parts.remove_document(document=document, version=6, reviewer=as_(country))
    assert not measure.documents.filter(removed_at=None).exists()
    assert kinds()[-6:] == [
        "responsible-added",
        "responsible-lead",
        "responsible-lead",
        "responsible-removed",
        "document-changed",
        "document-dropped",
    ]


def test_what_is_the_same_writes_nothing(country: Country, draft: Revision) -> None:
    measure, before = rows(draft)[0], len(kinds())
    verbs.change_measure(measure=measure, version=1, values={"text": measure.text}, reviewer=as_(country))
    assert (Measure.objects.get(pk=measure.pk).version, len(kinds())) == (1, before)
    with pytest.raises(Refused, match="без текста"):
        verbs.change_measure(measure=measure, version=1, values={"text": " "}, reviewer=as_(country))


def test_every_change_makes_the_next_version_of_the_draft(country: Country, draft: Revision) -> None:
    before = Revision.objects.get(pk=draft.pk).version
    verbs.change_measure(measure=rows(draft)[0], version=1, values={"text": "Иначе"}, reviewer=as_(country))
    assert Revision.objects.get(pk=draft.pk).version == before + 1
    with pytest.raises(Overtaken):
        verbs.change_measure(measure=rows(draft)[0], version=1, values={"text": "Ещё"}, reviewer=as_(country))


@pytest.mark.parametrize("name", ["operator", "ministry", "controller", "town", "school", "stranger"])
def test_who_may_not_change_a_draft(country: Country, draft: Revision, name: str) -> None:
    measure = rows(draft)[0]
    with pytest.raises(NotAllowed):
        verbs.change_measure(measure=measure, version=1, values={"text": "x"}, reviewer=as_(country, name))
    with pytest.raises(NotAllowed):
        parts.add_responsibles(measure=measure, version=1, words="Школа", reviewer=as_(country, name))
    if name == "operator":
        return  # a federal operator keeps orders of the country: the door is the predicate's alone
    with use_scope(country.scope(name)):
        try:
            with transaction.atomic():
                assert Measure.objects.filter(pk=measure.pk).update(text="x") == 0
        except DatabaseError:
            pass
    assert Measure.objects.get(pk=measure.pk).text == measure.text


def test_an_approved_revision_stays_whatever_is_tried(country: Country, draft: Revision) -> None:
    approved = {"approved_at": AT, "approved_by": country.people["coordinator"]}
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.filter(pk=draft.pk).update(**approved)  # its document names no programme
    Roadmap.objects.filter(pk=draft.roadmap_id).update(programme_id="growth-point")
    Revision.objects.filter(pk=draft.pk).update(**approved)
    measure = rows(draft)[0]
    for verb in (
        lambda: verbs.change_measure(measure=measure, version=1, values={"text": "x"}, reviewer=as_(country)),
        lambda: verbs.remove_measure(measure=measure, version=1, reason="x", reviewer=as_(country)),
        lambda: verbs.add_measure(revision=draft, after=None, text="x", reviewer=as_(country)),
        lambda: parts.add_responsibles(measure=measure, version=1, words="Школа", reviewer=as_(country)),
    ):
        with pytest.raises(Refused, match="не меняется"):
            verb()
    for table in (Responsible, ExpectedDocument):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.filter(measure=measure).update(position=9)


def test_indicators_are_changed_as_seen(country: Country) -> None:
    path = PLAIN.parent / "05-subrows-resolution.txt"
    draft = draft_of(read(upload(country, path.read_bytes(), path.name)))
    indicator = (
        ListedIndicator.objects.filter(revision=draft).select_related("revision__organisation").order_by("position")[0]
    )
    seen = parts.fingerprint(indicator)
    parts.change_indicator(indicator=indicator, seen=seen, values={"unit": "чел."}, reviewer=as_(country))
    with pytest.raises(Refused, match="изменил кто-то другой"):
        parts.change_indicator(indicator=indicator, seen=seen, values={"unit": "ед."}, reviewer=as_(country))
    parts.remove_indicator(indicator=indicator, reviewer=as_(country))
    assert ListedIndicator.objects.get(pk=indicator.pk).removed_at == AT


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_refused() -> None:
    country = make_country()
    with use_scope(SYSTEM_SCOPE):
        draft = draft_of(read(upload(country, SCHOOLS.encode())))
        measure = rows(draft)[0]
    outcomes: list[str] = []
    gate = threading.Barrier(2)

    def change(name: str) -> None:
        try:
            gate.wait()
            with use_scope(country.scope(name)):
                verbs.change_measure(
                    measure=measure, version=1, values={"text": f"Изменил {name}"}, reviewer=as_(country, name)
                )
            outcomes.append("written")
        except Overtaken:
            outcomes.append("overtaken")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=change, args=(name,)) for name in ("coordinator", "centre")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["overtaken", "written"]
