"""What an import would do, row by row: enter, change, leave, ask. The same plan is shown before and carried out after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from vekha_portal.journal.scope import Scope
from vekha_portal.registry.likeness import Known, Names, match_key
from vekha_portal.registry.models import Organisation, OrganisationKind, School
from vekha_portal.registry.sheets import CellError, Sheet, SheetRow

ADD, SKIP = "new", "skip"
_CARD = ("inn", "kpp", "ogrn", "address", "short_name", "opened_on")
_SCHOOL = ("is_rural", "is_small", "enrolment")


class Deed(StrEnum):
    """What a row would do."""

    ADD = "внести"
    CHANGE = "изменить"
    SAME = "без изменений"
    ASK = "решить"
    SKIP = "пропустить"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that may be the one of a row."""

    id: int
    name: str
    score: float


@dataclass(slots=True)
class RowPlan:
    """What one row would do; ``candidates`` where a person has to say which organisation it is."""

    row: SheetRow
    deed: Deed
    organisation: Organisation | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Plan:
    """What a file would do."""

    rows: list[RowPlan] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    def count(self, deed: Deed) -> int:
        """How many rows do this."""
        return sum(1 for each in self.rows if each.deed is deed)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Deeds with how many rows do each."""
        return [(str(deed), self.count(deed)) for deed in Deed]

    @property
    def questions(self) -> list[RowPlan]:
        """The rows a person has to decide about."""
        return [each for each in self.rows if each.deed is Deed.ASK]

    @property
    def is_ready(self) -> bool:
        """Whether it may be carried out: nothing wrong, nothing left to decide."""
        return not self.errors and not self.questions


def plan_import(sheet: Sheet, *, region: str, scope: Scope, decisions: Mapping[str, str]) -> Plan:
    """Compare every row with the registry of the region; ``decisions``: row number → id, ``new`` or ``skip``.

    Three queries, however many rows.
    """
    organisations = list(
        Organisation.objects.visible_to(scope).filter(region_id=region).exclude(closed_on__isnull=False)
    )
    schools = {school.pk: school for school in School.objects.visible_to(scope).filter(region_id=region)}
    book = _Book(organisations)
    plan = Plan(errors=[*sheet.errors, *_repeats(sheet)])
    for row in sheet.rows:
        plan.rows.append(_plan_row(row, book, schools, decisions.get(str(row.number), "")))
    return plan


class _Book:
    """The organisations of a region, found by identifiers and by likeness of names."""

    def __init__(self, organisations: list[Organisation]) -> None:
        self.by_id = {each.pk: each for each in organisations}
        self.by_inn: dict[str, list[Organisation]] = defaultdict(list)
        self.by_ogrn: dict[str, list[Organisation]] = defaultdict(list)
        for each in organisations:
            if each.inn:
                self.by_inn[each.inn].append(each)
            if each.ogrn:
                self.by_ogrn[each.ogrn].append(each)
        schools = [each for each in organisations if each.kind == OrganisationKind.SCHOOL]
        self.names = Names(Known(each.pk, each.match_key, each.municipality_id) for each in schools)

    def find(self, values: Mapping[str, Any]) -> Organisation | None:
        """By ИНН with КПП, else by ИНН or ОГРН where only one has it (branches share them)."""
        kpp = values.get("kpp")
        for found in (self.by_inn.get(values.get("inn") or ""), self.by_ogrn.get(values.get("ogrn") or "")):
            exact = [each for each in found or () if kpp and each.kpp == kpp]
            if len(exact) == 1:
                return exact[0]
            if found and len(found) == 1 and (not kpp or not found[0].kpp):
                return found[0]
        return None


def _repeats(sheet: Sheet) -> list[CellError]:
    seen: dict[tuple[Any, Any], int] = {}
    errors = []
    for row in sheet.rows:
        values = row.values
        key = (
            (values["inn"], values.get("kpp"))
            if values.get("inn")
            else (match_key(str(values.get("name", ""))), values.get("municipality"))
        )
        if key in seen:
            column = sheet.columns["inn"] if values.get("inn") else sheet.columns["name"]
            errors.append(CellError(row.number, column, f"Повторяет строку {seen[key]}: оставьте одну."))
        seen.setdefault(key, row.number)
    return errors


def _plan_row(row: SheetRow, book: _Book, schools: Mapping[int, School], decision: str) -> RowPlan:
    if decision == SKIP:
        return RowPlan(row, Deed.SKIP)
    found = book.find(row.values)
    if found is None and decision.isdigit():
        found = book.by_id.get(int(decision))
    if found is not None:
        return _plan_change(row, found, schools.get(found.pk))
    alike = () if decision == ADD else book.names.find_alike(match_key(str(row.values.get("name", ""))))
    if alike:
        candidates = tuple(
            Candidate(each.known.id, book.by_id[each.known.id].name, round(each.score)) for each in alike
        )
        return RowPlan(row, Deed.ASK, candidates=candidates)
    return RowPlan(row, Deed.ADD)


def _plan_change(row: SheetRow, found: Organisation, school: School | None) -> RowPlan:
    changes: dict[str, Any] = {}
    for name in (*_CARD, *_SCHOOL):
        value = row.values.get(name)
        target: Organisation | School | None = found if name in _CARD else school
        if target is None or value in ("", None) or getattr(target, name) == value:
            continue
        changes[name] = value
    note = ""
    if match_key(str(row.values["name"])) != found.match_key:
        note = f"В реестре «{found.name}». Наименование загрузка не меняет: переименуйте с датой в карточке."
    return RowPlan(row, Deed.CHANGE if changes else Deed.SAME, found, changes, note=note)
