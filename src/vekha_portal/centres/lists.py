"""A table of schools for a wave's list: each row found in the registry, asked about, or refused with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vekha_portal.centres.models import Centre, Wave
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.imports import SKIP, Deed, RowPlan, plan_import
from vekha_portal.registry.models import Organisation, OrganisationKind
from vekha_portal.registry.sheets import CellError, Sheet

#: The columns that say which school a row means; mistakes in others do not matter for a list.
_SAYS_WHICH = ("name", "inn", "kpp", "ogrn")


@dataclass(slots=True)
class ListPlan:
    """What a table would do with the list: schools to add, those that are on it, rows to decide, what is wrong."""

    found: list[tuple[RowPlan, Organisation]] = field(default_factory=list)
    known: list[tuple[RowPlan, Organisation]] = field(default_factory=list)
    skipped: list[RowPlan] = field(default_factory=list)
    questions: list[RowPlan] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        """Whether it may be carried out: nothing wrong, nothing left to decide."""
        return not self.errors and not self.questions

    @property
    def schools(self) -> list[Organisation]:
        """The schools to add."""
        return [school for _, school in self.found]


def plan_list(sheet: Sheet, *, wave: Wave, scope: Scope, decisions: Mapping[str, str]) -> ListPlan:
    """Find every row's school; ``decisions``: row number → id of the school, or ``skip``. Four queries."""
    chosen = {row: choice for row, choice in decisions.items() if choice.isdigit() or choice == SKIP}
    rows = plan_import(sheet, region=wave.region_id, scope=scope, decisions=chosen)
    plan = ListPlan(errors=[each for each in rows.errors if _matters(each, sheet)])
    taken = {
        each.organisation_id: each.wave_id
        for each in Centre.objects.filter(
            programme_id=wave.programme_id, region_id=wave.region_id, removed_at=None, closed_on=None
        )
    }
    seen: dict[int, int] = {}
    for row in rows.rows:
        _place_row(plan, row, sheet, wave, taken, seen)
    return plan


def _matters(error: CellError, sheet: Sheet) -> bool:
    places = {sheet.columns[name] for name in _SAYS_WHICH if name in sheet.columns}
    return error.column is None or error.column in places


def _place_row(
    plan: ListPlan, row: RowPlan, sheet: Sheet, wave: Wave, taken: Mapping[int, int], seen: dict[int, int]
) -> None:
    if row.deed is Deed.SKIP:
        plan.skipped.append(row)
        return
    if row.deed is Deed.ASK:
        plan.questions.append(row)
        return
    number, column = row.row.number, sheet.columns.get("name")
    school = row.organisation
    if school is None:
        plan.errors.append(
            CellError(
                number, column, "Такой школы нет в реестре: проверьте наименование и ИНН или внесите её в реестр."
            )
        )
    elif school.kind != OrganisationKind.SCHOOL:
        plan.errors.append(CellError(number, column, f"В реестре это не школа, а «{school.get_kind_display()}»."))
    elif school.pk in seen:
        plan.errors.append(CellError(number, column, f"Та же школа, что в строке {seen[school.pk]}: оставьте одну."))
    elif taken.get(school.pk) == wave.pk:
        plan.known.append((row, school))
    elif school.pk in taken:
        plan.errors.append(CellError(number, column, "В школе уже есть центр этой программы другого года."))
    else:
        plan.found.append((row, school))
    if school is not None:
        seen.setdefault(school.pk, number)
