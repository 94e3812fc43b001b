"""The only door to the engine that knows stages: what must be done before what, and what documents are called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from vekha.documents.plan.wording import period_name
from vekha.stages.catalogue import EVIDENCE_TITLES, EvidenceType, Stage, precedes, title

__all__ = ["evidence_name", "order_of_work", "period_name", "stage_name"]


@cache
def order_of_work() -> Mapping[str, frozenset[str]]:
    """For every stage, those that must be done before it."""
    return {
        stage.value: frozenset(each.value for each in Stage if each is not stage and precedes(each, stage))
        for stage in Stage
    }


def evidence_name(kind: str) -> str:
    """What a type of document is called; the word itself where it is none."""
    return EVIDENCE_TITLES[EvidenceType(kind)] if kind in set(EvidenceType) else kind


def stage_name(stage: str) -> str:
    """The title of a stage; the word itself where it is none."""
    return title(Stage(stage)) if stage in set(Stage) else stage
