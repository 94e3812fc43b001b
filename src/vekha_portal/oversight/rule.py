"""What a rule over a wave is: its code, page and function; and what running all of them brings."""

from __future__ import annotations

import datetime
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import structlog

from vekha_portal.findings.outcome import Crash, Found, Outcome
from vekha_portal.oversight.facts import Point, WaveFacts

log = structlog.get_logger(__name__)

ERROR, WARNING, NOTE = "error", "warning", "note"
_CODE = re.compile(r"EX\d{2}")


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing a rule objects to; ``essence`` tells it from others of the same rule at the same milestone."""

    message: str
    hint: str
    point: Point | None = None
    day: datetime.date | None = None
    essence: tuple[str, ...] = ()
    severity: str = ""


Check = Callable[[WaveFacts], Iterator[Objection]]


@dataclass(frozen=True, slots=True)
class WaveRule:
    """A rule of the execution family."""

    code: str
    slug: str
    severity: str
    basis: str
    title: str
    page: str
    check: Check = field(repr=False)


def wave_rule(code: str, *, slug: str, severity: str, basis: str) -> Callable[[Check], WaveRule]:
    """Make a rule of a generator function whose docstring is the rule's page.

    Raises ``ValueError`` for a code of another form, and for a function without a page.
    """
    if not _CODE.fullmatch(code):
        raise ValueError(f"a rule over waves is called like EX01, not {code}")

    def make(check: Check) -> WaveRule:
        page = inspect.cleandoc(check.__doc__ or "")
        if not page:
            raise ValueError(f"rule {code} has no page")
        return WaveRule(code, slug, severity, basis, page.partition("\n")[0].rstrip("."), page, check)

    return make


def run_wave_rules(wave: WaveFacts, rules: Iterable[WaveRule], *, version: str) -> Outcome:
    """Let every rule judge the wave; one that crashes loses nothing it has already found and stops no other."""
    found: list[Found] = []
    crashes: list[Crash] = []
    for rule in rules:
        try:
            for objection in rule.check(wave):
                found.append(_found(rule, objection))
        except Exception as error:  # a third outcome beside passed and violated: it is reported, and the others go on
            log.error("rule-crashed", rule=rule.code, wave=wave.id, exc_info=error)
            crashes.append(Crash(rule.code, rule.slug, f"{type(error).__name__}: {error}"[:300]))
    return Outcome(tuple(found), tuple(crashes), version)


def day_text(day: datetime.date) -> str:
    """A day in digits.

    >>> day_text(datetime.date(2026, 3, 1))
    '01.03.2026'
    """
    return f"{day:%d.%m.%Y}"


def _found(rule: WaveRule, objection: Objection) -> Found:
    point = objection.point
    identity = () if point is None else (str(point.centre or ""), point.period, point.stage)
    return Found(
        rule=rule.code,
        severity=objection.severity or rule.severity,
        message=objection.message,
        hint=objection.hint,
        place={} if point is None else {"milestone": point.id},
        measure_key=None if point is None else point.measure,
        number="" if point is None else point.number,
        day=objection.day,
        essence=(*identity, *objection.essence),
        organisation=None if point is None else point.organisation,
        about="" if point is None else point.place,
    )
