"""What a draft of a letter says before a person finishes it: facts of the exchange and its milestone, no guesses."""

from __future__ import annotations

import datetime

from vekha_portal.accounts.models import Person
from vekha_portal.exchanges.bridge import LetterDraft
from vekha_portal.exchanges.models import Direction, Exchange, Letter


def draft_letter(
    *, exchange: Exchange, letters: list[Letter], by: Person, is_turned: bool, on: datetime.date
) -> LetterDraft:
    """The next letter of the side that looks: an answer to the other side's last one, else a first letter or a reminder."""
    theirs = Direction.OUT if is_turned else Direction.IN
    valid = [letter for letter in letters if letter.annulled_at is None]
    answered = valid[-1] if valid and valid[-1].direction == theirs else None
    we, they = str(exchange.organisation.name), exchange.counterpart_name
    if is_turned:
        we, they = they, we
    return LetterDraft(
        sender=(we,),
        addressee=(they,),
        subject=exchange.subject,
        paragraphs=tuple(_paragraphs(exchange, valid, answered)),
        drawn_up_on=on,
        answers="" if answered is None else f"№ {answered.number} от {answered.dated_on:%d.%m.%Y}",
        executor=f"Исполнитель: {by.full_name}" + (f", тел. {by.phone}" if by.phone else ""),
    )


def _paragraphs(exchange: Exchange, letters: list[Letter], answered: Letter | None) -> list[str]:
    told: list[str] = []
    if answered is not None:
        told.append(f"На письмо от {answered.dated_on:%d.%m.%Y} № {answered.number} сообщаем следующее.")
    elif letters:
        last = letters[-1]
        told.append(
            f"В дополнение к письму от {last.dated_on:%d.%m.%Y} № {last.number} просим сообщить о результатах его рассмотрения."
        )
    milestone = exchange.milestone
    if milestone is not None:
        order = milestone.measure.revision.basis
        told.append(f"Основание: {order}, мероприятие «{milestone.measure}».")
        if milestone.due_on is not None:
            told.append(f"Срок мероприятия: {milestone.due_on:%d.%m.%Y} («{milestone.measure.deadline}»).")
    if exchange.answer_due_on is not None and answered is None:
        told.append(f"Просим направить ответ до {exchange.answer_due_on:%d.%m.%Y} включительно.")
    return told or ["[Текст письма]"]
