"""The orders of the example: uploaded, read by the same reader as everybody's, mapped, approved, amended."""

from __future__ import annotations

from vekha_portal.examples.region.cast import Cast
from vekha_portal.examples.region.writing import Dates, write_order
from vekha_portal.journal.scope import use_scope
from vekha_portal.orders import progress
from vekha_portal.orders.actions.mapping import Meaning, map_responsible
from vekha_portal.orders.actions.measures import Reviewer, add_measure, change_measure
from vekha_portal.orders.actions.parts import add_document, add_responsibles
from vekha_portal.orders.actions.reading import upload_order
from vekha_portal.orders.actions.revision import abandon_draft, approve_revision, begin_revision
from vekha_portal.orders.actions.superior import link_measures
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import Measure, Order, Reading, Responsible, Revision

#: Which measure of the regional roadmap each municipal one carries out, by their numbers.
_CARRIES_OUT = {"3": "7", "4": "9", "5": "10", "6": "12"}


class NotRead(Exception):
    """The reader made no draft of an order of the example: a fault of the program."""


def upload(cast: Cast, dates: Dates, *, name: str, title: str, login: str, place: str, on: int) -> Order:
    """Hand a file in and read it at once; the job that would read it finds it done."""
    at = dates.at(on)
    with use_scope(cast.scopes[login]):
        reading = upload_order(
            stream=[write_order(name, dates)],
            name=f"{title}.txt",
            organisation=cast.organisations[place],
            by=cast.people[login],
            scope=cast.scopes[login],
            at=at,
        )
    progress.carry_out(reading.pk, now=lambda: dates.at(on, 8))
    with use_scope(cast.scopes[login]):
        order = Order.objects.filter(reading=reading).first()
        if order is None:
            raise NotRead(Reading.objects.get(pk=reading.pk).failure)
    return order


def approve(cast: Cast, dates: Dates, order: Order, *, login: str, on: int) -> Revision:
    """Say who the responsibles are, and approve the draft knowing its questions."""
    person, scope = cast.people[login], cast.scopes[login]
    with use_scope(scope):
        revision = Revision.objects.get(basis=order, withdrawn_at=None)
        _map(cast, dates, revision, login=login, on=on)
        revision.refresh_from_db()
        return approve_revision(
            revision=revision, version=revision.version, is_knowing=True, by=person, scope=scope, at=dates.at(on, 9)
        )


def _map(cast: Cast, dates: Dates, revision: Revision, *, login: str, on: int) -> None:
    known = {str(each): Meaning(organisation=each) for each in cast.organisations.values()}
    known["Общеобразовательные организации"] = Meaning(is_each_centre=True)
    names = Responsible.objects.filter(measure__revision=revision, removed_at=None).values_list("name", flat=True)
    for name in sorted(set(names)):
        if name in known:
            map_responsible(
                revision=revision,
                name=name,
                meaning=known[name],
                by=cast.people[login],
                scope=cast.scopes[login],
                at=dates.at(on, 8),
            )


def link(cast: Cast, dates: Dates, revision: Revision, above: Revision, *, login: str, on: int) -> None:
    """Hang a municipal roadmap under the regional one."""
    keys = dict(Measure.objects.filter(revision=above).values_list("number", "key"))
    with use_scope(cast.scopes[login]):
        own = Measure.objects.filter(revision=revision).values_list("pk", "number")
        links = {pk: keys[_CARRIES_OUT[number]] for pk, number in own if number in _CARRIES_OUT}
        link_measures(
            revision=revision,
            superior=above.roadmap,
            links=links,
            by=cast.people[login],
            scope=cast.scopes[login],
            at=dates.at(on, 10),
        )


def amend(cast: Cast, dates: Dates, first: Revision, *, on: int) -> Revision:
    """What the amending order says, as the next revision: one deadline moved, one measure more."""
    order = upload(cast, dates, name="amendment", title="Распоряжение 702-р", login="coordinator", place="body", on=on)
    person, scope, at = cast.people["coordinator"], cast.scopes["coordinator"], dates.at(on, 9)
    reviewer = Reviewer(person, scope, at)
    with use_scope(scope):
        for draft in Revision.objects.filter(basis=order, approved_at=None, withdrawn_at=None):
            reason = "Изменения внесены новой редакцией карты, утверждённой распоряжением № 618-р."
            abandon_draft(revision=draft, version=draft.version, reason=reason, by=person, scope=scope, at=at)
        revision = begin_revision(roadmap=first.roadmap, basis=order, by=person, scope=scope, at=at)
        measures = {each.number: each for each in Measure.objects.filter(revision=revision)}
        moved = measures["10"]
        values = {"deadline": f"не позднее {dates.in_words(60)}"}
        change_measure(measure=moved, version=moved.version, values=values, reviewer=reviewer)
        added = add_measure(
            revision=revision,
            after=measures["13"],
            text="Проведена проверка готовности центров к открытию",
            deadline=dates.in_words(70),
            reviewer=reviewer,
        )
        values = {"number": "14", "stage": "other", "reach": str(Reach.ONCE)}
        added = change_measure(measure=added, version=added.version, values=values, reviewer=reviewer)
        added = add_responsibles(
            measure=added, version=added.version, words=str(cast.organisations["institute"]), reviewer=reviewer
        )
        words = {"text": "справка о готовности", "evidence_type": "report"}
        add_document(measure=added, version=added.version, values=words, reviewer=reviewer)
        _map(cast, dates, revision, login="coordinator", on=on)
        revision.refresh_from_db()
        return approve_revision(
            revision=revision, version=revision.version, is_knowing=True, by=person, scope=scope, at=dates.at(on, 10)
        )
