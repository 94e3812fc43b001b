"""The example region, from the first order to today."""

from __future__ import annotations

import datetime

from vekha_portal.centres.actions.waves import open_wave
from vekha_portal.centres.models import Wave
from vekha_portal.examples.passwords import make_up_password
from vekha_portal.examples.region import orders, play
from vekha_portal.examples.region.cast import Cast, add_cast
from vekha_portal.examples.region.writing import Dates
from vekha_portal.execution.actions.apply import apply_roadmap, reapply_roadmap
from vekha_portal.execution.actions.lists import add_schools
from vekha_portal.execution.actions.schedule import Letter, enter_schedule
from vekha_portal.execution.models import Application
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.operations.example import SignIn
from vekha_portal.orders.models import Order, Revision
from vekha_portal.registry.models import Programme

_PROGRAMME = "growth-point"


def load_region(today: datetime.date) -> tuple[SignIn, ...]:
    """Enter everything; the sign-ins that are shown at the start."""
    dates = Dates(today)
    with use_scope(SYSTEM_SCOPE):
        cast = add_cast(password=make_up_password(), at=dates.at(-200))
        order = orders.upload(
            cast, dates, name="regional", title="Распоряжение 618-р", login="coordinator", place="body", on=-174
        )
        first = orders.approve(cast, dates, order, login="coordinator", on=-173)
        wave = _open_wave(cast, dates, order)
        regional = _apply(cast, dates, first, wave, login="coordinator", on=-170)
        municipal = _add_municipal(cast, dates, first, wave)
        _enter_schedule(cast, dates, wave)
        play.act(play.Stage(cast, dates, wave, regional, municipal))
        _amend(cast, dates, first, regional)
        orders.upload(
            cast,
            dates,
            name="draft",
            title="Распоряжение 745-р (проект карты)",
            login="coordinator",
            place="body",
            on=-2,
        )
    return tuple(cast.sign_ins)


def _open_wave(cast: Cast, dates: Dates, order: Order) -> Wave:
    person, scope = cast.people["coordinator"], cast.scopes["coordinator"]
    with use_scope(scope):
        wave = open_wave(
            programme=Programme.objects.get(pk=_PROGRAMME), region=cast.region, subsidy_year=dates.subsidy_year,
            organisation=cast.organisations["body"], list_order=order, by=person, scope=scope, at=dates.at(-172),
        )  # fmt: skip
        add_schools(wave=wave, schools=cast.schools, by=person, scope=scope, at=dates.at(-172, 8))
    return wave


def _apply(cast: Cast, dates: Dates, revision: Revision, wave: Wave, *, login: str, on: int) -> Application:
    with use_scope(cast.scopes[login]):
        return apply_roadmap(
            revision=Revision.objects.select_related("roadmap__organisation", "roadmap__order").get(pk=revision.pk),
            wave=wave, reaches={}, by=cast.people[login], scope=cast.scopes[login], at=dates.at(on, 11),
        )  # fmt: skip


def _add_municipal(cast: Cast, dates: Dates, first: Revision, wave: Wave) -> Application:
    login = "verkhny-les"
    order = orders.upload(
        cast, dates, name="municipal", title="Постановление 1906-п", login=login, place=login, on=-164
    )
    revision = orders.approve(cast, dates, order, login=login, on=-163)
    orders.link(cast, dates, revision, first, login=login, on=-163)
    return _apply(cast, dates, revision, wave, login=login, on=-162)


def _enter_schedule(cast: Cast, dates: Dates, wave: Wave) -> None:
    with use_scope(cast.scopes["operator"]):
        enter_schedule(
            wave=wave, days={None: dates.on(-103)}, letter=Letter("ФО-118", dates.on(-122)), stage="infrastructure-list",
            by=cast.people["operator"], scope=cast.scopes["operator"], at=dates.at(-121),
        )  # fmt: skip


def _amend(cast: Cast, dates: Dates, first: Revision, regional: Application) -> None:
    second = orders.amend(cast, dates, first, on=-29)
    with use_scope(cast.scopes["coordinator"]):
        application = Application.objects.select_related("wave", "revision").get(pk=regional.pk)
        reapply_roadmap(
            application=application,
            revision=Revision.objects.select_related("roadmap__organisation", "roadmap__order", "basis").get(pk=second.pk),
            reaches={}, version=application.version, by=cast.people["coordinator"], scope=cast.scopes["coordinator"],
            at=dates.at(-28),
        )  # fmt: skip
