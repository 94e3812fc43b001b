"""The packs that come with the engines: complete, consistent, and nothing in them that no source states."""

import datetime
import re

import pytest

from vekha.deadlines.syntax import NotUnderstood
from vekha.orders.addition import OverCentres, OverTime
from vekha.orders.model import Programme
from vekha.packs.library import find_act, find_edition, find_roadmap, list_packs, project_on, roadmap_for
from vekha.packs.model import ReferenceRoadmap
from vekha.stages.catalogue import Stage
from vekha.stages.classify import classify

LIBRARY = list_packs()


def get_roadmap(identifier: str) -> ReferenceRoadmap:
    found = find_roadmap(identifier, LIBRARY)
    assert found is not None, identifier
    return found


def test_the_built_in_packs_have_no_flaw() -> None:
    assert LIBRARY.problems == ()
    assert all(pack.sources for pack in LIBRARY.packs)


@pytest.mark.parametrize(
    ("identifier", "measures"),
    [
        ("school-quantorium-2021", 10),
        ("growth-point-2021", 8),
        ("school-quantorium-2024", 13),
        ("growth-point-2024", 10),
        ("digital-environment-2024", 6),
    ],
)
def test_each_generation_is_whole(identifier: str, measures: int) -> None:
    assert len(get_roadmap(identifier).roadmap.measures) == measures


@pytest.mark.parametrize("reference", LIBRARY.roadmaps, ids=lambda reference: reference.id)
def test_every_deadline_is_understood_and_none_is_a_fixed_date(reference: ReferenceRoadmap) -> None:
    for measure in reference.roadmap.measures:
        assert measure.deadline is not None, measure.text
        assert not isinstance(measure.deadline.when, NotUnderstood), measure.deadline.text
        assert not re.search(r"\d{4}", measure.deadline.text), "a generation is not tied to one calendar year"
        assert measure.stage is not Stage.OTHER


@pytest.mark.parametrize("reference", LIBRARY.roadmaps, ids=lambda reference: reference.id)
def test_the_wording_alone_tells_the_stage(reference: ReferenceRoadmap) -> None:
    for measure in reference.roadmap.measures:
        if measure.item_stages is None:
            assert classify(measure.text, "; ".join(result.text for result in measure.results)).stage is measure.stage
        else:
            assert tuple(classify(item).stage for item in measure.items) == measure.item_stages
            assert measure.stage is measure.item_stages[0]


def test_the_first_generation_trains_staff_before_the_launch_and_the_second_all_year() -> None:
    def phrase(identifier: str, stage: Stage) -> str:
        measures = get_roadmap(identifier).roadmap.measures
        return next(measure.deadline.text for measure in measures if measure.stage is stage and measure.deadline)

    assert phrase("school-quantorium-2021", Stage.STAFF_TRAINING) == "25 августа года получения субсидии"
    assert phrase("school-quantorium-2024", Stage.STAFF_TRAINING) == "в течение года получения субсидии"
    assert phrase("school-quantorium-2024", Stage.LAUNCH) == "не позднее 15 сентября года получения субсидии"


def test_a_letter_goes_out_and_comes_back_before_the_act() -> None:
    measure = get_roadmap("school-quantorium-2024").roadmap.measures[1]
    assert [document.text.split()[0] for document in measure.results] == ["Письмо", "Письмо", "Акт"]


def test_the_edition_has_both_minima_of_each_indicator() -> None:
    edition = find_edition("school-quantorium-2024", LIBRARY)
    assert edition is not None
    indicators = [each.indicator for each in edition.indicators]
    minima = {indicator.number: (indicator.opening_year, indicator.following_years) for indicator in indicators}
    assert minima == {
        "1": (750, 1500),
        "2": (300, 600),
        "3": (3000, 6000),
        "3.1": (15, 30),
        "4": (0, 30),
        "5": (100, 100),
    }
    rules = {each.indicator.number: (each.over_time, each.over_centres) for each in edition.indicators}
    assert rules["1"] == (OverTime.LAST, OverCentres.SUM)
    assert rules["3.1"] == (OverTime.SUM, OverCentres.SUM)
    assert rules["5"] == (OverTime.LAST, OverCentres.SHARE)
    assert edition.act is not None
    assert find_act(edition.act.number, edition.act.date, LIBRARY) is not None


def test_every_programme_of_the_vocabulary_is_described() -> None:
    assert {programme.programme for programme in LIBRARY.programmes} == set(Programme) - {Programme.OTHER}


@pytest.mark.parametrize(
    ("day", "project"),
    [
        (datetime.date(2018, 12, 31), None),
        (datetime.date(2019, 1, 1), "Образование"),
        (datetime.date(2024, 12, 30), "Образование"),
        (datetime.date(2024, 12, 31), None),
        (datetime.date(2025, 1, 1), "Молодёжь и дети"),
        (datetime.date(2030, 12, 31), "Молодёжь и дети"),
        (datetime.date(2031, 1, 1), None),
    ],
)
def test_a_programme_outlives_its_national_project(day: datetime.date, project: str | None) -> None:
    programme = next(programme for programme in LIBRARY.programmes if programme.id == "growth-point")
    found = project_on(programme, day, LIBRARY)
    assert (found.name if found else None) == project


@pytest.mark.parametrize(
    ("number", "day", "on", "in_force"),
    [
        ("Р-135", (2019, 12, 17), (2021, 11, 18), True),
        ("Р-135", (2019, 12, 17), (2021, 11, 19), False),
        ("№ р-5", (2021, 1, 12), (2022, 1, 1), False),
        ("Р - 181", (2020, 12, 21), (2026, 1, 1), True),
        ("Р-20", (2019, 3, 1), (2019, 2, 28), False),
    ],
)
def test_an_act_is_known_by_number_and_date(number: str, day, on, *, in_force: bool) -> None:
    act = find_act(number, datetime.date(*day), LIBRARY)
    assert act is not None
    assert act.is_in_force(datetime.date(*on)) is in_force
    assert find_act(number, datetime.date(*day) + datetime.timedelta(days=1), LIBRARY) is None


def test_all_regions_are_there_with_their_codes() -> None:
    assert len(LIBRARY.regions) == 89
    assert len({region.name for region in LIBRARY.regions}) == 89
    assert {region.federal_district for region in LIBRARY.regions} >= {"Уральский", "Дальневосточный", "Сибирский"}


@pytest.mark.parametrize(
    ("programme", "year", "expected"),
    [
        ("school-quantorium", 2020, None),
        ("school-quantorium", 2021, "school-quantorium-2021"),
        ("school-quantorium", 2026, "school-quantorium-2024"),
        ("it-cube", 2026, None),
    ],
)
def test_a_wave_follows_the_latest_generation_of_its_time(programme: str, year: int, expected: str | None) -> None:
    found = roadmap_for(programme, year, LIBRARY)
    assert (found.id if found else None) == expected
