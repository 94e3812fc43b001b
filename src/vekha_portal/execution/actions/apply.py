"""Applying a roadmap to a wave, and applying it again after an amendment, other settings or another calendar."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.centres.models import Wave
from vekha_portal.execution import permissions
from vekha_portal.execution.actions.milestones import insert_planned, lock_wave, write_difference
from vekha_portal.execution.actions.superior import link_superiors
from vekha_portal.execution.differences import Difference, compare, read_rows
from vekha_portal.execution.models import Application, Progress
from vekha_portal.execution.plans import horizon_for, plan, read_ground
from vekha_portal.execution.progress import refresh
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import Measure, Revision, Roadmap

name_kinds(
    {
        "roadmap-applied": "Дорожная карта применена к волне",
        "roadmap-applied-again": "Дорожная карта применена к волне заново",
    }
)

CLOSED_DOOR = (
    "Применяют карту те, чья она: региональный координатор или оператор — карту субъекта, муниципальный орган и школа — свою."
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying again would change, and on what it was computed."""

    application: Application
    revision: Revision
    difference: Difference


def check_revision(revision: Revision, wave: Wave, scope: Scope) -> None:
    """Whether this revision can be applied to this wave by this role; raises :class:`Refused`."""
    roadmap = revision.roadmap
    if not permissions.can_apply_here.test(scope, (roadmap, wave)):
        raise NotAllowed(CLOSED_DOOR)
    if revision.approved_at is None:
        raise Refused("Эта редакция ещё не утверждена: сначала утвердите её на странице распоряжения.")
    if roadmap.order.withdrawn_at is not None:
        raise Refused("Распоряжение отозвано: применить его карту нельзя.")
    if roadmap.programme_id != wave.programme_id:
        raise Refused(f"Карта программы «{roadmap.programme}», а волна — «{wave.programme}»: выберите другую волну.")
    if wave.closed_on is not None:
        raise Refused(f"Волна завершена {wave.closed_on:%d.%m.%Y}: сроки в ней больше не меняют.")


def newest_revision(roadmap: Roadmap) -> Revision | None:
    """The approved revision in force."""
    rows = Revision.objects.filter(roadmap=roadmap, approved_at__isnull=False)
    return rows.select_related("roadmap__organisation", "roadmap__order", "roadmap__programme").order_by("-number").first()


def choose_reaches(revision: Revision, wanted: Mapping[str, str]) -> dict[str, str]:
    """Measure → once or every centre: what was chosen where it makes sense, else what the revision proposes."""
    rows = Measure.objects.filter(revision=revision, removed_at=None).values_list("key", "reach")
    return {
        str(key): wanted[str(key)] if wanted.get(str(key)) in Reach.values else reach for key, reach in rows
    }


@transaction.atomic
def apply_roadmap(
    *,
    revision: Revision,
    wave: Wave,
    reaches: Mapping[str, str],
    by: Person,
    scope: Scope,
    at: datetime.datetime,
    horizon_on: datetime.date | None = None,
) -> Application:
    """Make the milestones of an approved revision for a wave; a second click gives the same application back."""
    check_revision(revision, wave, scope)
    lock_wave(wave.pk)
    chosen = choose_reaches(revision, reaches)
    roadmap = revision.roadmap
    known = Application.objects.filter(wave=wave, roadmap=roadmap).first()
    if known is not None:
        if known.revision_id == revision.pk and known.reaches == chosen:
            return known
        raise Refused("Эта карта к волне уже применена. Чтобы изменить сроки, откройте её и выберите «Применить заново».")
    horizon = horizon_on or horizon_for(wave, at.date())
    ground = read_ground(wave=wave, revision=revision, reaches=chosen, until=horizon)
    if not ground.centres and Reach.CENTRE in chosen.values():
        raise Refused("В перечне волны нет ни одной школы, для которой эта карта: сначала составьте перечень.")
    application = Application.objects.create(
        wave=wave,
        roadmap=roadmap,
        revision=revision,
        organisation=roadmap.organisation,
        region_id=wave.region_id,
        reaches=chosen,
        horizon_on=horizon,
        applied_at=at,
        applied_by=by,
    )
    made = insert_planned(application, plan(ground))
    link_superiors(application)
    data = {"редакция": revision.number, "контрольных точек": made, "сроки по": horizon}
    record("roadmap-applied", by=by, about=application, at=at, data=data)
    return application


def preview_again(
    *, application: Application, revision: Revision, reaches: Mapping[str, str], horizon_on: datetime.date | None = None
) -> Preview:
    """What applying again would change; nothing is written."""
    ground = read_ground(
        wave=application.wave,
        revision=revision,
        reaches=choose_reaches(revision, {**application.reaches, **reaches}),
        until=horizon_on or application.horizon_on,
    )
    return Preview(application, revision, compare(plan(ground), read_rows(application.pk)))


@transaction.atomic
def reapply_roadmap(
    *,
    application: Application,
    revision: Revision,
    reaches: Mapping[str, str],
    version: int,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Difference:
    """Write what the preview showed; whoever looked at an older state is told, a second click finds nothing to do."""
    check_revision(revision, application.wave, scope)
    lock_wave(application.wave_id)
    application = _locked(application)
    if revision.roadmap_id != application.roadmap_id:
        raise Refused("Эта редакция другой дорожной карты.")
    if revision.number < application.revision.number:
        raise Refused(f"Применена редакция {application.revision.number}: к более ранней не возвращаются.")
    preview = preview_again(application=application, revision=revision, reaches=reaches)
    difference = preview.difference
    chosen = choose_reaches(revision, {**application.reaches, **reaches})
    is_same = application.revision_id == revision.pk and application.reaches == chosen
    if is_same and difference.is_empty and not difference.quiet:
        return difference
    if application.version != version:
        raise Refused("Пока вы смотрели, сроки волны изменил кто-то другой. Посмотрите на изменения ещё раз и повторите.")
    application.revision, application.reaches = revision, chosen
    application.version += 1
    application.save(update_fields=["revision", "reaches", "version"])
    reason = f"изменение: {revision.basis}, редакция {revision.number}"
    write_difference(application, difference, reason=reason, by=by, at=at)
    refresh([each.row.pk for each in difference.changes if each.row.progress != Progress.NOTHING])
    link_superiors(application)
    data = {"редакция": revision.number, **difference.counts}
    record("roadmap-applied-again", by=by, about=application, at=at, data=data)
    return difference


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("wave__programme", "revision", "roadmap")
    return rows.get(pk=application.pk)
