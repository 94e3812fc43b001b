"""Which measures of a wave wait for somebody else's day."""

from __future__ import annotations

import datetime

from vekha_portal.centres.models import Wave
from vekha_portal.execution.bridge import may_be_needed
from vekha_portal.execution.models import Application
from vekha_portal.execution.permissions import can_apply_here
from vekha_portal.execution.plans import terms_of, waiting_parts
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Measure


def list_waiting_measures(scope: Scope, wave: Wave) -> list[tuple[str, str]]:
    """Key and name of every measure applied to the wave whose phrase gives no day by itself."""
    found: dict[str, str] = {}
    rows = Application.objects.visible_to(scope).filter(wave=wave)
    for application in rows.select_related("revision__roadmap__organisation").order_by("pk"):
        terms = terms_of(application.revision, wave, datetime.date(wave.subsidy_year + 1, 12, 31))
        for measure in Measure.objects.filter(revision=application.revision, removed_at=None).order_by("position"):
            if waiting_parts(measure, terms):
                found.setdefault(str(measure.key), f"{measure} — «{measure.deadline}»")
    return list(found.items())


def list_needs(scope: Scope, wave: Wave) -> list[tuple[Application, Measure]]:
    """The measures the role may call for as the need arises."""
    found = []
    rows = Application.objects.visible_to(scope).filter(wave=wave)
    for application in rows.select_related("revision__roadmap__organisation", "roadmap__organisation").order_by("pk"):
        if not can_apply_here.test(scope, (application.roadmap, wave)):
            continue
        terms = terms_of(application.revision, wave, application.horizon_on)
        measures = Measure.objects.filter(revision=application.revision, removed_at=None).order_by("position")
        found += [(application, measure) for measure in measures if may_be_needed(measure.deadline, terms)]
    return found
