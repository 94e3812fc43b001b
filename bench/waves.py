"""A wave of three hundred centres judged by all rules over waves, beside one plain pass over the same milestones.

Only the rules: values in, findings out. What reading the rows and keeping the run cost depends on the database.
"""

from __future__ import annotations

import datetime
import random
import time
import uuid
from collections import Counter
from typing import Any

from vekha_portal.oversight.catalogue import WAVE_RULES
from vekha_portal.oversight.facts import Expected, Handed, Point, WaveFacts, group_points
from vekha_portal.oversight.rule import run_wave_rules
from vekha_portal.oversight.stages.bridge import order_of_work

CENTRES = 300
GOAL_SECONDS = 2.0
DAY = datetime.date(2026, 9, 20)
STAGES = (
    ("legal-basis", "region-act"), ("infrastructure-list", "letter-out"), ("design-project", "letter-out"), ("subsidy-agreement", "agreement"),
    ("procurement", "procurement-notice"), ("information-sheet", "filled-form"), ("activity-plan", "plan"),
    ("equipment-installed", "acceptance-act"), ("site-monitoring", "photo-album"), ("unified-plan", "education-body-order"),
    ("staff-training", "certificate"), ("launch", "media-publication"), ("indicator-monitoring", "report"),
)  # fmt: skip


def make_wave(chance: random.Random) -> WaveFacts:
    """Thirteen milestones in every centre, most of them with documents, some late, some with slips."""
    keys = [uuid.UUID(int=chance.getrandbits(128)) for _ in STAGES]
    points = tuple(
        _point(chance, centre, place, key, stage, kind)
        for centre in range(1, CENTRES + 1)
        for place, (key, (stage, kind)) in enumerate(zip(keys, STAGES, strict=True))
    )
    return WaveFacts(1, DAY, points, {}, order_of_work(), group_points(points))


def run() -> list[dict[str, Any]]:
    """The line of the page."""
    wave = make_wave(random.Random(20260920))
    started = time.perf_counter()
    outcome = run_wave_rules(wave, WAVE_RULES, version="1")
    spent = time.perf_counter() - started
    started = time.perf_counter()
    Counter((point.stage, point.progress, len(point.documents)) for point in wave.points)
    plain = time.perf_counter() - started
    return [
        {
            "name": f"check a wave of {CENTRES} centres × {len(STAGES)}",
            "ours": f"{spent * 1000:.0f} ms",
            "floor": f"{plain * 1000:.1f} ms",
            "ratio": round(spent / plain, 1),
            "goal": f"< {GOAL_SECONDS:.0f} s with the database",
            "note": f"{len(WAVE_RULES)} rules, {len(wave.points)} milestones, {len(outcome.found)} findings; "
            "beside it counting the states",
        }
    ]


def _point(chance: random.Random, centre: int, place: int, key: uuid.UUID, stage: str, kind: str) -> Point:
    due = datetime.date(2026, 1, 20) + datetime.timedelta(days=20 * place)
    wanted = Expected(uuid.uuid5(key, kind), kind, kind)
    there = chance.random() < 0.85
    documents = (_document(chance, centre, place, kind, wanted.key, due),) if there else ()
    progress = "nothing" if not there else "accepted" if chance.random() < 0.8 else "submitted"
    return Point(
        id=centre * 100 + place, measure=key, number=str(place + 1), text=stage, stage=stage, organisation=centre,
        place=f"Школа № {centre}", centre=centre, planned_on=due, due_on=due, progress=progress,
        documented_on=documents[0].dated_on if documents else None, required=(wanted,), documents=documents,
    )  # fmt: skip


def _document(chance: random.Random, centre: int, place: int, kind: str, key: uuid.UUID, due: datetime.date) -> Handed:
    dated = due - datetime.timedelta(days=chance.randint(-10, 20))
    return Handed(
        evidence=centre * 100 + place, type=kind, name=kind, submitted_on=dated + datetime.timedelta(days=chance.randint(-1, 9)),
        dated_on=dated, sha256=f"{chance.randint(1, 50_000):064x}", outcome="accepted", expected=key,
    )  # fmt: skip
