"""What stands between a draft and its approval: what forbids it, and what has to be approved knowingly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vekha_portal.orders.dates.bridge import NOT_STATED, NOT_UNDERSTOOD, date_phrase
from vekha_portal.orders.models import Measure, Revision
from vekha_portal.orders.reads import list_measures, settings_for

#: Below this a reading is shown as uncertain.
CERTAIN = 0.8


@dataclass(frozen=True, slots=True)
class Question:
    """One kind of what is unresolved: what it is, why it matters, and the lines it is about."""

    kind: str
    title: str
    advice: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Everything of a draft; ``obstacles`` are sentences that forbid approval."""

    measures: int
    obstacles: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


def list_unresolved(revision: Revision) -> Unresolved:
    """What is unresolved in a draft; a handful of queries however long it is."""
    measures = list_measures(revision)
    obstacles = []
    if not measures:
        obstacles.append("В черновике нет ни одного мероприятия: добавьте их на странице проверки.")
    if revision.roadmap.programme_id is None:
        obstacles.append("Не выбрана программа карты: выберите её на странице проверки.")
    questions = [*_deadlines(revision, measures), *_people(measures), *_readings(revision, measures)]
    basis = revision.basis
    if not basis.number or basis.signed_on is None:
        lines = [*([] if basis.number else ["нет номера"]), *([] if basis.signed_on else ["нет даты"])]
        advice = "По номеру и дате распоряжение находят; сроки «со дня подписания» без даты не считаются."
        questions.append(Question("requisites", "Реквизиты неполны", advice, tuple(lines)))
    return Unresolved(len(measures), tuple(obstacles), tuple(questions))


def _deadlines(revision: Revision, measures: list[Measure]) -> Iterator[Question]:
    understanding = settings_for(revision.organisation)
    year, region = revision.roadmap.subsidy_year, revision.region_id or ""
    waiting: dict[str, list[str]] = {}
    for each in measures:
        dated = date_phrase(each.deadline, subsidy_year=year, understanding=understanding, region=region)
        if not dated.days:
            phrase = f" — «{each.deadline}»" if each.deadline else ""
            waiting.setdefault(dated.waiting, []).append(f"{each}{phrase}")
    texts = (
        (NOT_UNDERSTOOD, "Срок не понят", "Дата не угадывается: поправьте фразу по документу."),
        (NOT_STATED, "Срок не указан", "Контрольной точки со сроком не будет, пока он не вписан."),
        ("subsidy-year", "Год субсидии не указан", "Сроки этих мероприятий появятся для каждой волны её года."),
        ("year", "В сроке нет года", "Впишите год получения субсидии в карточку карты или год в сам срок."),
    )
    for kind, title, advice in texts:
        if kind in waiting:
            yield Question(kind, title, advice, tuple(waiting[kind]))


def _people(measures: list[Measure]) -> Iterator[Question]:
    known: list[Any] = list(measures)
    unknown = {
        person.name
        for each in known
        for person in each.responsibles_now
        if not (person.mapped_organisation_id or person.mapped_role or person.mapped_person_id or person.is_each_centre)
    }
    if unknown:
        advice = "Пока не указано, кто это в системе, их дела видит только тот, чья карта. Указать можно и после утверждения."
        yield Question("responsibles", "Ответственные не сопоставлены", advice, tuple(sorted(unknown)))
    nobody = tuple(str(each) for each in known if not each.responsibles_now)
    if nobody:
        yield Question("nobody", "Ответственный не указан", "Проверьте по документу.", nobody)


def _readings(revision: Revision, measures: list[Measure]) -> Iterator[Question]:
    doubtful = tuple(str(each) for each in measures if each.confidence < CERTAIN or each.uncertain)
    if doubtful:
        yield Question("confidence", "Прочитано неуверенно", "Сверьте с исходным документом.", doubtful)
    reading = revision.basis.reading
    found = reading.found if reading is not None and isinstance(reading.found, dict) else {}
    problems = [each for each in found.get("problems") or () if isinstance(each, dict)]
    lines = tuple(str(each.get("message", "")) for each in problems if each.get("severity") in ("error", "warning"))
    if lines and revision.previous_id is None:
        yield Question("problems", "Замечания при чтении файла", "Посмотрите их на странице проверки.", lines)
