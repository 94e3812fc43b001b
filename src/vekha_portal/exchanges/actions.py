"""Writes of exchanges: begin one, register a letter of either side, take a wrong one back, end and resume."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone

from vekha_portal.accounts.models import Person
from vekha_portal.exchanges import permissions
from vekha_portal.exchanges.models import Direction, Exchange, Letter
from vekha_portal.execution.actions.evidence import Card, Upload, add_evidence, submit
from vekha_portal.execution.models import Milestone
from vekha_portal.execution.permissions import can_submit
from vekha_portal.execution.proof import Evidence
from vekha_portal.journal.actions import record
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import ExpectedDocument
from vekha_portal.registry.models import Organisation

_TYPES = {Direction.OUT: "letter-out", Direction.IN: "letter-in"}
_EARLIEST = datetime.date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Topic:
    """What an exchange is about and with whom."""

    subject: str
    counterpart_name: str
    counterpart: Organisation | None = None
    milestone: Milestone | None = None
    answer_due_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written on a letter; ``is_proof`` hands it in for the milestone of the exchange too."""

    direction: Direction
    number: str
    dated_on: datetime.date
    note: str = ""
    file: Upload | None = field(default=None, repr=False)
    is_proof: bool = False


@transaction.atomic
def open_exchange(
    *, organisation: Organisation, topic: Topic, first: Sheet, by: Person, scope: Scope, at: datetime.datetime
) -> Exchange:
    """Begin an exchange with its first letter, whichever side wrote it."""
    if not permissions.can_open_exchange.test(scope, organisation):
        raise NotAllowed("Переписку ведут от имени своей организации и подведомственных ей.")
    region = organisation.region_id if topic.milestone is None else topic.milestone.region_id
    if region is None:
        raise Refused("Выберите организацию субъекта: переписка относится к нему.")
    if not topic.subject.strip():
        raise Refused("Напишите, о чём переписка: по этим словам её найдут.")
    if not topic.counterpart_name.strip():
        raise Refused("Укажите другую сторону: кому отправлено или от кого получено.")
    milestone = topic.milestone
    if milestone is not None and not Milestone.objects.visible_to(scope).filter(pk=milestone.pk).exists():
        raise Refused("Этой контрольной точки нет или она вам не видна.")
    made = Exchange.objects.create(
        region_id=region,
        organisation=organisation,
        counterpart=topic.counterpart,
        counterpart_name=topic.counterpart_name.strip(),
        subject=topic.subject.strip(),
        wave_id=None if milestone is None else milestone.wave_id,
        milestone=milestone,
        answer_due_on=topic.answer_due_on,
        opened_at=at,
        opened_by=by,
    )
    record("exchange-opened", by=by, about=made, at=at, data={"другая сторона": made.counterpart_name})
    _register(made, first, by=by, scope=scope, at=at)
    return made


@transaction.atomic
def register_letter(*, exchange: Exchange, sheet: Sheet, by: Person, scope: Scope, at: datetime.datetime) -> Letter:
    """Add a letter of either side to an exchange that goes on."""
    locked = _lock(exchange, scope)
    if locked.closed_on is not None:
        raise Refused("Переписка завершена. Возобновите её, и письмо можно будет внести.")
    return _register(locked, sheet, by=by, scope=scope, at=at)


def _register(exchange: Exchange, sheet: Sheet, *, by: Person, scope: Scope, at: datetime.datetime) -> Letter:
    number = sheet.number.strip()
    if not number:
        raise Refused("Укажите номер письма; если он без номера, напишите «б/н».")
    if sheet.dated_on > timezone.localdate(at):
        raise Refused(f"Дата письма {sheet.dated_on:%d.%m.%Y} ещё не наступила. Проверьте день, месяц и год.")
    if sheet.dated_on < _EARLIEST:
        raise Refused(f"Дата письма {sheet.dated_on:%d.%m.%Y} слишком давняя. Проверьте год.")
    evidence = _evidence_of(exchange, sheet, number, by=by, scope=scope, at=at)
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                exchange=exchange,
                region_id=exchange.region_id,
                direction=sheet.direction,
                number=number,
                dated_on=sheet.dated_on,
                note=sheet.note.strip(),
                evidence=evidence,
                registered_at=at,
                registered_by=by,
            )
    except IntegrityError as error:
        raise Refused(f"Письмо от {sheet.dated_on:%d.%m.%Y} № {number} уже внесено в эту переписку.") from error
    record("letter-registered", by=by, about=exchange, at=at, data={"письмо": str(letter)})
    if sheet.is_proof and evidence is not None:
        _hand_in(exchange, evidence, by=by, scope=scope, at=at)
    return letter


def _evidence_of(
    exchange: Exchange, sheet: Sheet, number: str, *, by: Person, scope: Scope, at: datetime.datetime
) -> Evidence | None:
    """The letter as a document: with its file, or, to be handed in without one, with where it is registered."""
    if sheet.file is None and not sheet.is_proof:
        return None
    ours = sheet.direction == Direction.OUT
    card = Card(
        evidence_type=_TYPES[sheet.direction],
        dated_on=sheet.dated_on,
        number=number,
        title=exchange.subject,
        issuer=str(exchange.organisation) if ours else exchange.counterpart_name,
        reference="" if sheet.file is not None else f"в деле: письмо от {sheet.dated_on:%d.%m.%Y} № {number}",
    )
    return add_evidence(card=card, organisation=exchange.organisation, file=sheet.file, by=by, scope=scope, at=at)


def _hand_in(exchange: Exchange, evidence: Evidence, *, by: Person, scope: Scope, at: datetime.datetime) -> None:
    """Hand the letter in for what the milestone expects of its type."""
    milestone = exchange.milestone
    if milestone is None:
        raise Refused("Переписка не привязана к контрольной точке: подать письмо как подтверждение некуда.")
    if not can_submit.test(scope, milestone):
        raise NotAllowed("Документы к этой контрольной точке подаёт её исполнитель.")
    wanted = ExpectedDocument.objects.filter(
        measure_id=milestone.measure_id, removed_at=None, evidence_type=evidence.evidence_type
    )
    expected = next(
        (
            each
            for each in wanted.order_by("position", "pk")
            if milestone.item is None or each.item in (None, milestone.item)
        ),
        None,
    )
    key = None if expected is None else expected.key
    submit(evidence=evidence, targets={milestone.pk: key}, by=by, scope=scope, at=at)


@transaction.atomic
def annul_letter(*, letter: Letter, reason: str, by: Person, scope: Scope, at: datetime.datetime) -> Letter:
    """Say that a letter was registered by mistake; it stays, struck out, and the clock forgets it."""
    exchange = _lock(letter.exchange, scope)
    found = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if found.annulled_at is not None:
        raise Refused("Письмо уже отмечено как внесённое ошибочно.")
    if not reason.strip():
        raise Refused("Напишите, почему письмо внесено ошибочно.")
    found.annulled_at, found.annulled_by, found.annulled_because = at, by, reason.strip()
    found.save(update_fields=["annulled_at", "annulled_by", "annulled_because"])
    record("letter-annulled", by=by, about=exchange, reason=reason, at=at, data={"письмо": str(found)})
    return found


@transaction.atomic
def close_exchange(
    *, exchange: Exchange, on: datetime.date, outcome: str, by: Person, scope: Scope, at: datetime.datetime
) -> Exchange:
    """End an exchange: nobody owes an answer any more."""
    locked = _lock(exchange, scope)
    if locked.closed_on is not None:
        raise Refused("Переписка уже завершена. Обновите страницу.")
    if not outcome.strip():
        raise Refused("Напишите, чем завершилась переписка.")
    if on > timezone.localdate(at):
        raise Refused("Переписку завершают сегодняшним или прошедшим днём.")
    last = locked.letters.filter(annulled_at=None).order_by("-dated_on").first()
    if last is not None and on < last.dated_on:
        raise Refused(f"Последнее письмо от {last.dated_on:%d.%m.%Y}: раньше него переписка завершиться не могла.")
    locked.closed_on, locked.closed_by, locked.closed_because = on, by, outcome.strip()
    _save(locked, ["closed_on", "closed_by", "closed_because"])
    record("exchange-closed", by=by, about=locked, reason=outcome, at=at)
    return locked


@transaction.atomic
def reopen_exchange(*, exchange: Exchange, reason: str, by: Person, scope: Scope, at: datetime.datetime) -> Exchange:
    """Resume an ended exchange."""
    locked = _lock(exchange, scope)
    if locked.closed_on is None:
        raise Refused("Переписка и так идёт.")
    if not reason.strip():
        raise Refused("Напишите, почему переписка возобновляется.")
    locked.closed_on, locked.closed_by, locked.closed_because = None, None, ""
    _save(locked, ["closed_on", "closed_by", "closed_because"])
    record("exchange-reopened", by=by, about=locked, reason=reason, at=at)
    return locked


def _lock(exchange: Exchange, scope: Scope) -> Exchange:
    rows = Exchange.objects.visible_to(scope).select_related("organisation", "counterpart", "milestone")
    found = rows.filter(pk=exchange.pk).first()
    if found is None:
        raise Refused("Этой переписки нет или она вам не видна.")
    if not permissions.can_write_in.test(scope, found):
        raise NotAllowed("Письма этой переписки вносят её стороны и те, кому они подведомственны.")
    return rows.select_for_update(of=("self",)).get(pk=exchange.pk)


def _save(exchange: Exchange, fields: list[str]) -> None:
    exchange.version += 1
    exchange.save(update_fields=[*fields, "version"])
