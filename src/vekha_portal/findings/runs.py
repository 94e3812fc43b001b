"""Keeping runs: what was found becomes rows, what is no longer found is closed. Actions, jobs and rules over waves use it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from vekha_portal.accounts.models import Person
from vekha_portal.findings import bridge
from vekha_portal.findings.models import CheckRun, Finding, Occasion
from vekha_portal.findings.outcome import Found, Outcome, count_severities
from vekha_portal.findings.queries import full_mark, get_revision, list_marks
from vekha_portal.orders.models import Revision

#: The code of a crash before any rule was asked.
NOTHING_READ = ""
_LOCKS = {"revision": 71_001, "wave": 71_002}
_KEPT = ("severity", "message", "hint", "place", "measure_number", "part", "about", "organisation_id")


@dataclass(frozen=True, slots=True)
class Target:
    """What was checked: a revision or a wave, with whose it is."""

    organisation: int
    region: str | None
    revision: Revision | None = None
    wave: int | None = None

    @property
    def key(self) -> dict[str, Any]:
        """The columns that name it."""
        return {"revision": self.revision, "wave_id": self.wave}

    @classmethod
    def of(cls, revision: Revision) -> Target:
        """A revision as the target."""
        return cls(revision.organisation_id, revision.region_id, revision)


@transaction.atomic
def record_run(
    *,
    target: Target,
    outcome: Outcome,
    occasion: Occasion,
    by: Person | None,
    at: datetime.datetime,
    mark: str = "",
) -> CheckRun:
    """Keep a run: what is new becomes a row, what is no longer found is closed; one run of a thing at a time."""
    _lock(target)
    CheckRun.objects.filter(**target.key, is_current=True).update(is_current=False)
    found = outcome.by_fingerprint()
    counts = count_severities(found.values())
    run = CheckRun.objects.create(
        **target.key,
        organisation_id=target.organisation,
        region_id=target.region,
        occasion=occasion,
        checked_at=at,
        checked_by=by,
        rules_version=outcome.rules_version,
        mark=mark,
        errors=counts["error"],
        warnings=counts["warning"],
        notes=counts["note"],
        crashes=[crash.to_json() for crash in outcome.crashes],
    )
    crashed = {crash.rule for crash in outcome.crashes}
    known = {each.fingerprint: each for each in Finding.objects.filter(**target.key, gone_at=None)}
    silent = crashed if NOTHING_READ not in crashed else {each.rule for each in known.values()}
    _close((each for each in known.values() if each.fingerprint not in found and each.rule not in silent), at)
    _keep_up({known[key]: each for key, each in found.items() if key in known}, target)
    Finding.objects.bulk_create(
        [_new(each, key, target, at) for key, each in found.items() if key not in known], batch_size=500
    )
    return run


def check_now(*, revision_id: int, occasion: Occasion, by: Person | None, at: datetime.datetime) -> CheckRun:
    """Check a revision and keep the run."""
    revision = get_revision(revision_id)
    mark = list_marks([revision.basis_id]).get(revision.basis_id, "")
    outcome = bridge.check_revision(revision)
    mark = full_mark(mark, outcome.rules_version)
    return record_run(target=Target.of(revision), outcome=outcome, occasion=occasion, by=by, at=at, mark=mark)


def _lock(target: Target) -> None:
    kind = "wave" if target.revision is None else "revision"
    number = target.wave if target.revision is None else target.revision.pk
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCKS[kind], number])


def _close(rows: Iterable[Finding], at: datetime.datetime) -> None:
    """A rule that crashed says nothing: its findings stay open."""
    Finding.objects.filter(pk__in=[each.pk for each in rows]).update(gone_at=at)


def _keep_up(pairs: dict[Finding, Found], target: Target) -> None:
    changed = []
    for row, found in pairs.items():
        now = _values(found, target)
        if any(getattr(row, name) != now[name] for name in _KEPT):
            for name in _KEPT:
                setattr(row, name, now[name])
            changed.append(row)
    if changed:
        Finding.objects.bulk_update(changed, _COLUMNS, batch_size=500)


_COLUMNS = ["organisation" if name == "organisation_id" else name for name in _KEPT]


def _new(found: Found, fingerprint: str, target: Target, at: datetime.datetime) -> Finding:
    return Finding(
        **target.key,
        roadmap_id=None if target.revision is None else target.revision.roadmap_id,
        region_id=target.region,
        rule=found.rule,
        measure_key=found.measure_key,
        day=found.day,
        reference=found.reference,
        fingerprint=fingerprint,
        found_at=at,
        **_values(found, target),
    )


def _values(found: Found, target: Target) -> dict[str, Any]:
    return {
        "severity": found.severity,
        "message": found.message,
        "hint": found.hint,
        "place": dict(found.place),
        "measure_number": found.number[:40],
        "part": found.part,
        "about": found.about[:300],
        "organisation_id": found.organisation or target.organisation,
    }
