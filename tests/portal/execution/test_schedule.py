"""Days that somebody else sets: the operator's schedule, an event, a need; what is done keeps its date."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.portal.people import AT, Country, make_country
from tests.portal.plans import apply, dates, make_plan, make_wave
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.execution.actions.need import call_for
from vekha_portal.execution.actions.schedule import Entered, Letter, enter_schedule, set_dates
from vekha_portal.execution.models import Application, Milestone, Progress, Schedule, ScheduleKind
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import Revision

EXTERNAL = "согласно графику, направляемому федеральным оператором"
AFTER = "в течение 10 дней после подписания соглашения"
LETTER = Letter("15-7", datetime.date(2026, 2, 1))
MARCH, MAY = datetime.date(2026, 3, 20), datetime.date(2026, 5, 5)


@pytest.fixture
def country(db: None) -> Country:
    return make_country()


def enter(country: Country, wave: Wave, days: dict[int | None, datetime.date], **given: Any) -> Entered:
    values: dict[str, Any] = {"letter": LETTER, "scope": SYSTEM_SCOPE, "at": AT, **given}
    return enter_schedule(wave=wave, days=days, by=country.people["coordinator"], **values)


def works(country: Country, phrases: list[str], *, reach: Reach = Reach.ONCE, schools: int = 1, stage: str = "other") -> Application:
    wave = make_wave(country, schools=schools)
    revision: Revision = make_plan(country, phrases, reach=reach, stage=stage)
    return apply(country, revision, wave)


def keys(application: Application) -> list[uuid.UUID]:
    return [each.key for each in application.revision.measures.order_by("position")]


def test_a_stage_for_the_whole_wave_and_one_centre_apart(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        application = works(country, [EXTERNAL, "1 марта 2026 г."], reach=Reach.CENTRE, schools=3)
        first, second, third = Centre.objects.order_by("pk")
        entered = enter(country, application.wave, {None: MARCH, second.pk: MAY}, stage="other")
        assert entered.dated == 3
        assert [day for day, _, _ in dates(application, position=1)] == ["2026-03-20", "2026-05-05", "2026-03-20"]
        assert {day for day, _, _ in dates(application, position=2)} == {"2026-03-01"}, "its own date stays"
        assert {first, third}


def test_a_later_letter_moves_what_is_not_done(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        application = works(country, [EXTERNAL], reach=Reach.CENTRE, schools=2)
        enter(country, application.wave, {None: MARCH}, measure_keys=keys(application))
        done = Milestone.objects.order_by("pk")[0]
        Milestone.objects.filter(pk=done.pk).update(progress=Progress.ACCEPTED)
        entered = enter(
            country,
            application.wave,
            {None: MAY},
            measure_keys=keys(application),
            letter=Letter("16-1", MARCH),
            at=AT + datetime.timedelta(days=1),
        )
        assert (entered.dated, entered.untouched) == (1, 1)
        rows = [(str(each.due_on), str(each.planned_on)) for each in Milestone.objects.order_by("pk")]
        assert rows == [("2026-03-20", "2026-03-20"), ("2026-05-05", "2026-05-05")]
        assert Milestone.objects.get(pk=done.pk + 1).history.count() >= 2  # type: ignore[attr-defined]


def test_the_same_letter_twice_is_once(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        application = works(country, [EXTERNAL])
        first = enter(country, application.wave, {None: MARCH}, measure_keys=keys(application))
        second = enter(country, application.wave, {None: MARCH}, measure_keys=keys(application))
        assert second.schedule == first.schedule and second.dated == 0 and Schedule.objects.count() == 1


def test_a_repetition_begins_with_the_schedule(country: Country) -> None:
    """The waiting milestone itself becomes the first of them: what was handed in early is not lost."""
    with use_scope(SYSTEM_SCOPE):
        application = works(country, [f"{EXTERNAL}, далее – ежеквартально"])
        waiting = Milestone.objects.get()
        enter(country, application.wave, {None: MARCH}, measure_keys=keys(application))
        waiting.refresh_from_db()
        assert (str(waiting.due_on), waiting.waiting_for) == ("2026-03-20", "")
        days = [day for day, _, _ in dates(application)]
        assert days[:3] == ["2026-03-20", "2026-06-20", "2026-09-20"]


def test_a_schedule_entered_before_the_roadmap_counts(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        wave = make_wave(country)
        enter(country, wave, {None: MARCH}, stage="other")
        assert dates(apply(country, make_plan(country, [EXTERNAL]), wave)) == [("2026-03-20", "", "")]


def test_an_event_counts_its_days(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        application = works(country, [AFTER, EXTERNAL])
        given: dict[str, Any] = {"measure_keys": keys(application)[:1], "kind": ScheduleKind.EVENT}
        enter(country, application.wave, {None: MARCH}, **given)
        assert dates(application) == [("2026-03-30", "", ""), ("", "", "schedule")]


def test_what_was_not_understood_gets_its_day_by_a_letter(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        application = works(country, ["когда-нибудь потом"])
        milestone = Milestone.objects.select_related("wave__programme", "wave__region", "wave__organisation").get()
        given: dict[str, Any] = {"letter": LETTER, "by": country.people["coordinator"], "scope": SYSTEM_SCOPE, "at": AT}
        assert set_dates(milestones=[milestone], due_on=MARCH, **given) == 1
        assert dates(application) == [("2026-03-20", "", "")]


def test_a_date_of_the_order_is_extended_and_not_set(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        works(country, ["1 марта 2026 г."])
        milestone = Milestone.objects.select_related("wave").get()
        given: dict[str, Any] = {"letter": LETTER, "by": country.people["coordinator"], "scope": SYSTEM_SCOPE, "at": AT}
        with pytest.raises(Refused, match="продлевают"):
            set_dates(milestones=[milestone], due_on=MARCH, **given)


@pytest.mark.parametrize(
    ("days", "given", "words"),
    [
        ({}, {"stage": "other"}, "ни одного дня"),
        ({None: MARCH}, {}, "Выберите этап"),
        ({None: MARCH}, {"stage": "other", "letter": Letter(" ", MARCH)}, "номер письма"),
        ({None: datetime.date(202, 3, 1)}, {"stage": "other"}, "невозможна"),
        ({10**9: MARCH}, {"stage": "other"}, "другой волны"),
    ],
)
def test_what_makes_no_sense_is_refused(
    country: Country, days: dict[int | None, datetime.date], given: dict[str, Any], words: str
) -> None:
    with use_scope(SYSTEM_SCOPE):
        wave = make_wave(country)
        with pytest.raises(Refused, match=words):
            enter(country, wave, days, **given)
        assert not Schedule.objects.exists()


MAY_ENTER = {"admin", "operator", "coordinator", "centre"}


@pytest.mark.parametrize(
    "name", ["admin", "operator", "ministry", "coordinator", "centre", "town", "school", "controller", "stranger"]
)
def test_who_enters_schedules(country: Country, name: str) -> None:
    """At the verb and in the database; the operator's letter also makes the repetitions it brings."""
    with use_scope(SYSTEM_SCOPE):
        application = works(country, [f"{EXTERNAL}, далее – ежеквартально"])
        wave = Wave.objects.select_related("programme", "region", "organisation").get()
    scope = country.scope(name)
    with use_scope(scope):
        if name in MAY_ENTER:
            entered = enter(country, wave, {None: MARCH}, measure_keys=keys(application), scope=scope)
            assert entered.dated > 4
            return
        with pytest.raises(NotAllowed):
            enter(country, wave, {None: MARCH}, stage="other", scope=scope)
        row = Schedule(
            wave=wave, region_id="02", organisation=wave.organisation, kind="schedule", stage="other",
            letter_number="1", letter_on=MARCH, entered_at=AT, entered_by=country.people[name],
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save()


def test_a_need_is_called_for_once(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        application = works(country, ["по мере необходимости", "30 декабря 2026 г., далее – по необходимости"])
        assert dates(application) == [("2026-12-30", "", "")]
        given: dict[str, Any] = {}
        for measure in application.revision.measures.order_by("position"):
            given = {"application": application, "measure": measure, "due_on": MAY, "by": country.people["coordinator"]}
            made = [call_for(**given, reason="дополнительное соглашение", scope=SYSTEM_SCOPE, at=AT) for _ in range(2)]
            assert made[0] == made[1] and made[0].called_because == "дополнительное соглашение"
        assert len(dates(application)) == 3
        with pytest.raises(Refused, match="прошёл"):
            call_for(**{**given, "due_on": datetime.date(2020, 1, 1)}, reason="нужно", scope=SYSTEM_SCOPE, at=AT)
        with pytest.raises(Refused, match="зачем"):
            call_for(**given, reason=" ", scope=SYSTEM_SCOPE, at=AT)
