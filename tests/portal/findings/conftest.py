"""An invented order with defects of every kind, as a draft of region 02's body, checked once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.portal.findings.rows import rows_of_text
from tests.portal.people import AT, Country, make_country
from tests.vekha.checks.examples import order
from vekha_portal.findings.models import CheckRun, Finding, Occasion
from vekha_portal.findings.runs import check_now
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Measure, Revision

TEXT = order(
    "Утвердить перечень школ | не позднее 15 августа 2027 г. | Департамент образования | Приказ",
    "Объявить закупки оборудования | 20 августа 2027 г. | MAOU гимназия № 77 | Извещения",
    "Начало работы центра | 1 сентября 2027 г. | Департамент образования | Приказ",
    title="Комплекс мер по созданию центров «Точка роста» в 2027 году",
)


@dataclass
class Draft:
    """A draft with its country and the run of its rules."""

    country: Country
    revision: Revision
    run: CheckRun

    def finding(self, rule: str) -> Finding:
        """The one open finding of a rule."""
        return Finding.objects.get(revision=self.revision, rule=rule, gone_at=None)

    def measure(self, number: str) -> Measure:
        """A measure by its number, as it is now."""
        return Measure.objects.get(revision=self.revision, number=number)


@pytest.fixture
def draft(db) -> Draft:
    """The draft, checked; tests act in scopes of their own."""
    country = make_country()
    with use_scope(SYSTEM_SCOPE):
        (revision,) = rows_of_text(TEXT, country, country.organisations["body02"], subsidy_year=2027)
        run = check_now(revision_id=revision.pk, occasion=Occasion.CHANGE, by=None, at=AT)
    return Draft(country, revision, run)
