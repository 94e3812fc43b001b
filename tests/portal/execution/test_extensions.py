"""Extensions: asked for a reason, answered by somebody else; the day of the order stays beside the new one."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.portal.execution.deeds import Deeds
from tests.portal.people import AT
from vekha_portal.execution.actions import extensions
from vekha_portal.execution.models import Extension, Milestone
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

DUE, WANTED, GIVEN = datetime.date(2026, 6, 1), datetime.date(2026, 7, 1), datetime.date(2026, 6, 14)


def mine(deeds: Deeds) -> Milestone:
    """The first school's certificates, due on 1 June."""
    return deeds.works.of("training", deeds.works.centres[0])[0]


def acting(deeds: Deeds, who: str) -> dict[str, Any]:
    return {"by": deeds.country.people[who], "scope": deeds.country.scope(who), "at": AT}


def ask(deeds: Deeds, who: str, milestone: Milestone, *, wanted_on: datetime.date = WANTED, reason: str = "курсы в июне") -> Extension:
    given = acting(deeds, who)
    with use_scope(given["scope"]):
        return extensions.ask_extension(milestone=milestone, wanted_on=wanted_on, reason=reason, **given)


def test_asked_and_granted_to_another_day(deeds: Deeds) -> None:
    """14 June 2026 is a Sunday: the milestone says so; the warning keeps its distance."""
    milestone = mine(deeds)
    with use_scope(SYSTEM_SCOPE):
        Milestone.objects.filter(pk=milestone.pk).update(warn_on=datetime.date(2026, 5, 20))
    made = ask(deeds, "school", milestone)
    who = acting(deeds, "town")
    with use_scope(who["scope"]):
        extensions.grant_extension(extension=made, granted_on=GIVEN, reason="письмо № 4", **who)
        with pytest.raises(Refused, match="уже ответили"):
            extensions.refuse_extension(extension=made, reason="передумали", **who)
    found = deeds.now(milestone)
    assert (found.planned_on, found.due_on, found.warn_on) == (DUE, GIVEN, datetime.date(2026, 6, 2))
    assert found.is_day_off
    with use_scope(SYSTEM_SCOPE):
        entry = Entry.objects.get(kind="extension-granted")
        assert entry.data == {"срок": {"было": "01.06.2026", "стало": "14.06.2026"}}
        assert made.due_on == DUE


def test_refused_for_a_reason_and_asked_again(deeds: Deeds) -> None:
    milestone = mine(deeds)
    made = ask(deeds, "school", milestone)
    who = acting(deeds, "coordinator")
    with use_scope(who["scope"]):
        with pytest.raises(Refused, match="почему отказано"):
            extensions.refuse_extension(extension=made, reason=" ", **who)
        extensions.refuse_extension(extension=made, reason="курсы есть в мае", **who)
    assert deeds.now(milestone).due_on == DUE
    assert ask(deeds, "school", milestone).pk != made.pk


def test_what_cannot_be_asked(deeds: Deeds) -> None:
    milestone = mine(deeds)
    with pytest.raises(Refused, match="позже нынешнего"):
        ask(deeds, "school", milestone, wanted_on=DUE)
    with pytest.raises(Refused, match="почему"):
        ask(deeds, "school", milestone, reason="")
    with pytest.raises(Refused, match="нет срока"):
        ask(deeds, "coordinator", deeds.works.of("list")[0])
    ask(deeds, "school", milestone)
    with pytest.raises(Refused, match="уже ждёт ответа"):
        ask(deeds, "school", milestone)
    deeds.accept("centre", deeds.hand_in("coordinator", deeds.works.of("basis")[0], "region-act"))
    with pytest.raises(Refused, match="продлевать нечего"):
        ask(deeds, "coordinator", deeds.works.of("basis")[0])


def test_who_asks_does_not_answer(deeds: Deeds) -> None:
    made = ask(deeds, "town", mine(deeds))
    who = acting(deeds, "town")
    with use_scope(who["scope"]):
        with pytest.raises(Refused, match="просите вы"):
            extensions.grant_extension(extension=made, granted_on=GIVEN, **who)
        with pytest.raises(DatabaseError, match="decided_by_another"), transaction.atomic():
            Extension.objects.update(decided_at=AT, decided_by=who["by"], granted_on=GIVEN)


@pytest.mark.parametrize(
    "name", ["school", "town", "coordinator", "centre", "operator", "admin", "ministry", "controller", "stranger"]
)
def test_who_asks_and_who_answers(deeds: Deeds, name: str) -> None:
    """By the action and by the database."""
    milestone = mine(deeds)
    asks, answers = name in ("school", "town", "coordinator", "centre"), name in ("town", "coordinator", "centre")
    who = acting(deeds, name)
    row = Extension(
        region_id="02", organisation=milestone.organisation, milestone=milestone, due_on=DUE, wanted_on=WANTED, reason="курсы",
        asked_at=AT, asked_by=who["by"],
    )  # fmt: skip
    with use_scope(who["scope"]):
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                transaction.set_rollback(True)
        except DatabaseError:
            assert not asks, "database"
        else:
            assert asks, "database"
    made = ask(deeds, "school", milestone)
    if name == "school":
        return
    with use_scope(who["scope"]):
        try:
            with transaction.atomic():
                assert Extension.objects.filter(pk=made.pk).update(decided_at=AT, decided_by=who["by"], granted_on=GIVEN)
                transaction.set_rollback(True)
        except (DatabaseError, AssertionError):
            assert not answers, "database"
        else:
            assert answers, "database"
        try:
            extensions.grant_extension(extension=made, granted_on=GIVEN, **who)
        except Refused:
            assert not answers, "action"
        else:
            assert answers, "action"
