"""Milestones as the writes take them: seen, locked in one order, the right asked again; and what the journal calls the deeds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from vekha_portal.accounts.models import Person
from vekha_portal.execution import permissions
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope

name_kinds(
    {
        "document-submitted": "Документ подан",
        "document-recalled": "Документ отозван",
        "document-replaced": "Документ заменён новой версией",
        "document-accepted": "Документ принят",
        "document-returned": "Документ возвращён",
        "document-reopened": "Решение по документу отменено",
        "extension-asked": "Попросили продлить срок",
        "extension-granted": "Срок продлён",
        "extension-refused": "В продлении срока отказано",
        "milestone-not-applicable": "Контрольная точка не требуется",
        "milestone-applicable": "Контрольная точка снова требуется",
    }
)

#: So many milestones are worked on in one go.
MOST_AT_ONCE = 1000


def lock_to_submit(milestone_ids: Iterable[int], scope: Scope) -> dict[int, Milestone]:
    """Milestones whose documents the scope hands in, locked."""
    return _lock(
        milestone_ids,
        scope,
        permissions.can_submit,
        "Документы к этой контрольной точке подаёт её исполнитель или орган, которому он подведомствен: {}.",
    )


def lock_to_decide(milestone_ids: Iterable[int], scope: Scope) -> dict[int, Milestone]:
    """Milestones about which the scope decides, locked."""
    return _lock(
        milestone_ids,
        scope,
        permissions.can_decide,
        "Решение принимает вышестоящий: региональный координатор или оператор, муниципальный орган — по своим школам, "
        "федеральный оператор — по согласуемым им этапам. Исполнитель этой контрольной точки: {}.",
    )


def _lock(milestone_ids: Iterable[int], scope: Scope, predicate: Any, refusal: str) -> dict[int, Milestone]:
    wanted = sorted(set(milestone_ids))
    if not wanted:
        raise Refused("Не выбрано ни одной контрольной точки. Отметьте хотя бы одну.")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(f"За один раз обрабатывают не больше {MOST_AT_ONCE} контрольных точек. Выберите меньше.")
    seen = Milestone.objects.visible_to(scope).filter(pk__in=wanted)
    known = {each.pk: each for each in seen.select_related("organisation", "measure", "wave")}
    if len(known) < len(wanted):
        raise Refused("Части выбранных контрольных точек нет или они вне вашей территории. Обновите страницу.")
    for each in known.values():
        if not predicate.test(scope, each):
            raise NotAllowed(refusal.format(each.organisation))
    locked = seen.select_related("organisation", "measure", "wave").order_by("pk").select_for_update(of=("self",))
    rows = {each.pk: each for each in locked}
    if len(rows) < len(wanted):
        raise NotAllowed("С частью выбранных контрольных точек ваша роль не работает.")
    for each in rows.values():
        if not predicate.test(scope, each):  # asked again of what is locked
            raise NotAllowed(refusal.format(each.organisation))
        if each.withdrawn_at is not None:
            raise Refused(f"Контрольная точка снята: {each.withdrawn_because}. Обновите страницу.")
    return rows


def write_down(
    kind: str,
    milestone: Milestone,
    *,
    by: Person | None,
    at: datetime.datetime,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> None:
    """An entry about a milestone."""
    record(kind, by=by, about=milestone, reason=reason, at=at, data=data)


def demand_reason(reason: str, sentence: str) -> str:
    """The reason without spaces around it; without one nothing is done."""
    given = reason.strip()
    if not given:
        raise Refused(sentence)
    return given


__all__ = ["MOST_AT_ONCE", "demand_reason", "lock_to_decide", "lock_to_submit", "write_down"]
