"""The lines of the page of results."""

from __future__ import annotations

import os
from typing import Any

from bench.portal.floors import begin_asking
from bench.portal.loop import CONNECTIONS, Ask, Timing, Visitor, measure
from bench.portal.place import WORKERS, Place, installation
from vekha_portal.env import Role

_SIGN_IN = "/sign-in/"
_MEMORY_GOAL = 300


def run() -> list[dict[str, Any]]:
    """Pages over HTTP beside their SQL, then deeds, memory, and how the country was loaded."""
    with installation() as place:
        facts = place.ask_django("pages", role=Role.WEB)
        sessions = _sign_in(place, facts)
        lines = [_page(place, page, facts, sessions) for page in facts["pages"]]
        memory = place.web_memory()
        lines += _deeds(place.ask_django("deeds", role=Role.WEB))
        lines.append(_memory(memory))
        lines.append(_loading(place))
    return lines


def _sign_in(place: Place, facts: dict[str, Any]) -> dict[str, str]:
    sessions = {}
    for who, each in facts["people"].items():
        visitor = Visitor(place.port)
        sessions[who] = visitor.sign_in(_SIGN_IN, each["login"], each["password"])
        visitor.close()
    return sessions


def _page(place: Place, page: dict[str, Any], facts: dict[str, Any], sessions: dict[str, str]) -> dict[str, Any]:
    goal = f"p95 < {page['goal']} ms" if page["goal"] else None
    if page["path"] is None:
        return {
            "name": page["title"],
            "ours": "absent",
            "ratio": None,
            "goal": goal,
            "note": f"no address {page['names'][0]}",
        }

    def begin() -> tuple[Ask, Any]:
        visitor = Visitor(place.port, sessions[page["who"]])
        return lambda: len(visitor.get(page["path"])), visitor.close

    ours = measure(begin)
    scope = facts["people"][page["who"]]["scope"]
    floor = measure(begin_asking(place.environment, page["floor"], facts["values"], scope), seconds=2.0)
    return {
        "name": page["title"],
        "ours": str(ours),
        "floor": f"SQL {_short(floor)}",
        "ratio": ours.p50 / floor.p50,
        "goal": goal,
        "note": f"{page['queries']} queries, {ours.bytes / 1024:.0f} KiB; {CONNECTIONS} connections, {WORKERS} web processes",
    }


def _short(timing: Timing) -> str:
    return f"p50 {timing.p50:.1f} · p95 {timing.p95:.1f} ms"


def _deeds(done: dict[str, Any]) -> list[dict[str, Any]]:
    rows = (
        ("apply 13 measures to 300 centres", "apply", "< 2 s", "milestones made, every measure at every centre"),
        ("one document handed in for 300 milestones", "attach", None, "documents handed in"),
        ("accept 300 milestones at once", "accept", "< 2 s", "milestones accepted"),
        ("progress of the biggest region derived again", "derive_biggest", None, "milestones"),
        ("progress of a middle region derived again", "derive_middle", "< 1 s", "milestones"),
        ("apply 13 measures to every school of the country", "country", "< 60 s", f"milestones made in {done['regions']} regions"),
    )  # fmt: skip
    return [
        {
            "name": name,
            "ours": f"{done[key]['seconds']:.2f} s",
            "ratio": None,
            "goal": goal,
            "note": f"{done[key]['made']} {note}",
        }
        for name, key, goal, note in rows
    ]


def _memory(memory: list[float]) -> dict[str, Any]:
    biggest = memory[0] if memory else 0.0
    return {
        "name": "memory of a web process after all pages",
        "ours": f"{biggest:.0f} MiB",
        "ratio": biggest / _MEMORY_GOAL,
        "goal": f"< {_MEMORY_GOAL} MiB",
        "note": "the biggest of " + ", ".join(f"{each:.0f}" for each in memory) + " MiB, resident",
    }


def _loading(place: Place) -> dict[str, Any]:
    loading = place.loading
    return {
        "name": "load the country into an empty database",
        "ours": f"{loading['seconds']:.0f} s",
        "ratio": None,
        "goal": "minutes",
        "note": f"{loading['said']} Load of the machine then {loading['load']:.1f}, at the end of this run {os.getloadavg()[0]:.1f}",
    }
