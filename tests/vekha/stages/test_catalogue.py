"""The order of work and what each stage is called and asks for."""

from __future__ import annotations

import itertools

import pytest

from vekha.stages.catalogue import (
    CATALOGUE,
    EVIDENCE_TITLES,
    EvidenceType,
    Stage,
    better_before,
    precedes,
    title,
)

CHAIN = (
    Stage.LEGAL_BASIS,
    Stage.INFRASTRUCTURE_LIST,
    Stage.PROCUREMENT,
    Stage.EQUIPMENT_INSTALLED,
    Stage.SITE_MONITORING,
    Stage.LAUNCH,
    Stage.INDICATOR_MONITORING,
)


@pytest.mark.parametrize(("a", "b"), tuple(itertools.combinations(CHAIN, 2)))
def test_the_main_chain_is_ordered_through_all_its_links(a: Stage, b: Stage) -> None:
    assert precedes(a, b)
    assert not precedes(b, a)


@pytest.mark.parametrize("stage", [Stage.INFRASTRUCTURE_LIST, Stage.DESIGN_PROJECT, Stage.SUBSIDY_AGREEMENT])
def test_three_stages_stand_side_by_side_before_procurement(stage: Stage) -> None:
    assert precedes(Stage.LEGAL_BASIS, stage)
    assert precedes(stage, Stage.PROCUREMENT)
    others = {Stage.INFRASTRUCTURE_LIST, Stage.DESIGN_PROJECT, Stage.SUBSIDY_AGREEMENT} - {stage}
    assert not any(precedes(stage, other) for other in others)


def test_the_order_of_work_has_no_circle() -> None:
    assert not any(precedes(stage, stage) for stage in Stage)
    assert not any(precedes(a, b) and precedes(b, a) for a, b in itertools.permutations(Stage, 2))


@pytest.mark.parametrize("stage", [Stage.OTHER, Stage.UNIFIED_PLAN, Stage.PROGRESS_MONITORING, Stage.STAFF_TRAINING])
def test_some_stages_stand_outside_the_order(stage: Stage) -> None:
    assert not any(precedes(stage, other) or precedes(other, stage) for other in Stage)


def test_training_is_better_before_the_launch_but_not_required() -> None:
    assert better_before(Stage.STAFF_TRAINING, Stage.LAUNCH)
    assert not better_before(Stage.LAUNCH, Stage.STAFF_TRAINING)
    assert not precedes(Stage.STAFF_TRAINING, Stage.LAUNCH)


def test_every_stage_has_a_russian_title_of_its_own() -> None:
    titles = [title(stage) for stage in Stage]
    assert len(set(titles)) == len(Stage)
    assert all(name[0].isupper() and not name.isascii() for name in titles)


def test_every_stage_but_other_names_its_usual_documents() -> None:
    assert set(CATALOGUE) == set(Stage)
    assert {stage for stage in Stage if not CATALOGUE[stage].expected} == {Stage.OTHER}
    assert CATALOGUE[Stage.DESIGN_PROJECT].expected == (
        (EvidenceType.LETTER_OUT, EvidenceType.LETTER_IN, EvidenceType.EDUCATION_BODY_ORDER),
    )


def test_every_type_of_evidence_has_a_title() -> None:
    assert set(EVIDENCE_TITLES) == set(EvidenceType)
