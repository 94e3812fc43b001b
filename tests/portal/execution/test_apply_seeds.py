"""The five real orders applied to waves: how many milestones, and their dates."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.portal.people import Country, make_country
from tests.portal.plans import apply, dates, fill_wave, make_wave
from tests.portal.seeds_rows import approved_seed
from tests.portal.works import make_schools
from vekha_portal.execution.models import Application, Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Revision
from vekha_portal.registry.models import Organisation

pytestmark = pytest.mark.seeds


@pytest.fixture
def country(db: None) -> Country:
    return make_country()


def days(application: Application, position: int) -> list[str]:
    """The days of a measure, each once, or what it waits for."""
    return list(dict.fromkeys(day or waiting for day, _, waiting in dates(application, position=position)))


def put_to_work(
    country: Country, revision: Revision, year: int, *, until: int, schools: Sequence[Organisation] = ()
) -> Application:
    """The revision applied to a wave of its programme with these schools, or with the one of the town."""
    programme = revision.roadmap.programme_id
    assert programme is not None
    wave = make_wave(country, year=year, schools=0, programme=programme)
    fill_wave(country, wave, schools or [country.organisations["school02"]])
    return apply(country, revision, wave, horizon_on=datetime.date(until, 12, 31))


def test_smolensk_2020_drives_two_years(country: Country, seeds_dir: Path) -> None:
    """One order, relative deadlines: the waves of 2021 and 2022."""
    with use_scope(SYSTEM_SCOPE):
        (revision,) = approved_seed(seeds_dir, "000", country)
        schools = make_schools(country, 3)
        for year, own in ((2021, schools[:2]), (2022, schools[2:])):
            application = put_to_work(country, revision, year, until=year + 1, schools=own)
            once = {position: days(application, position) for position in range(1, 11)}
            if year == 2021:
                assert once[1] == ["2020-11-27"], "overdue on the day of signing"
                assert once[9] == ["2021-09-01"]
                assert once[10] == ["2021-10-01", "2022-01-01", "2022-04-01", "2022-07-01", "2022-10-01"]
                assert Milestone.objects.filter(application=application).values("centre").distinct().count() == 3
            assert once[2] == [f"{year - 1}-12-18"]
            assert once[3] == ["schedule"]
            assert once[4] == [f"{year - 1}-12-30"], "further ones as the need arises"


def test_leningrad_2024(country: Country, seeds_dir: Path) -> None:
    with use_scope(SYSTEM_SCOPE):
        (revision,) = approved_seed(seeds_dir, "001", country)
        application = put_to_work(country, revision, 2024, until=2025)
        assert [days(application, position) for position in (1, 2, 3, 5, 11, 12)] == [
            ["2023-12-29"],
            ["schedule"],
            ["2024-02-01"],
            ["2024-02-15"],
            ["2024-12-31"],
            ["2024-09-15"],
        ]
        assert days(application, 13) == [
            "2024-10-01",
            "2025-01-01",
            "2025-04-01",
            "2025-07-01",
            "2025-10-01",
        ]
        off = Milestone.objects.filter(application=application, is_day_off=True)
        assert {str(day) for day in off.values_list("due_on", flat=True)} == {
            "2024-06-30",
            "2024-08-25",
            "2024-09-15",
            "2024-12-31",
            "2025-01-01",
        }


def test_vladimir_2020(country: Country, seeds_dir: Path) -> None:
    with use_scope(SYSTEM_SCOPE):
        (revision,) = approved_seed(seeds_dir, "002", country)
        application = put_to_work(country, revision, 2021, until=2022)
        assert days(application, 2) == ["schedule"]
        assert days(application, 3) == ["2020-12-30"]
        assert days(application, 6) == ["2021-08-25", "2022-08-25"]
        assert len(days(application, 8)) == 5


def test_tomsk_is_the_municipal_child(country: Country, seeds_dir: Path) -> None:
    with use_scope(SYSTEM_SCOPE):
        (revision,) = approved_seed(seeds_dir, "003", country, body="town02")
        application = put_to_work(country, revision, 2024, until=2024)
        owners = set(Milestone.objects.filter(application=application).values_list("organisation__kind", flat=True))
        assert owners <= {"municipal_authority", "school"}
        assert days(application, 3) == ["2024-01-29"]
        assert days(application, 7) == ["2024-08-23"]
        assert days(application, 8) == ["2024-08-25"]
        assert len(dates(application)) == 13


def test_the_smolensk_matrix_for_three_programmes(country: Country, seeds_dir: Path) -> None:
    """Dates without a year are of 2024; a cell of several stages makes a milestone for each."""
    with use_scope(SYSTEM_SCOPE):
        revisions = approved_seed(seeds_dir, "004", country)
        made = {}
        schools = make_schools(country, 2)
        for revision in revisions:
            made[revision.roadmap.programme_id] = put_to_work(country, revision, 2024, until=2024, schools=schools)
        quantorium = made["school-quantorium"]
        assert [days(quantorium, position) for position in (1, 3, 4, 11)] == [
            ["2023-11-30"],
            ["2024-01-31"],
            ["2024-02-01"],
            ["2024-12-01"],
        ]
        stages = Counter(
            Milestone.objects.filter(application=quantorium, measure__position=7).values_list("stage", flat=True)
        )
        assert (
            set(stages) == {"activity-plan", "equipment-installed", "site-monitoring"}
            and len(set(stages.values())) == 1
        )
        assert days(made["digital-environment"], 6) == ["2024-11-30"]
