"""Which measures of a wave wait for somebody else's day."""

from __future__ import annotations

import datetime

from vekha_portal.centres.models import Wave
from vekha_portal.execution.models import Application
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
