"""The page of a region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.overview.forms import ChoiceForm
from vekha_portal.overview.heat import LEGEND, Grid, draw_grid, list_url, words_of
from vekha_portal.overview.permissions import can_view_region
from vekha_portal.overview.queries import region as queries
from vekha_portal.overview.queries.region import Cell, Choice, cell_of
from vekha_portal.overview.risks import find_risks
from vekha_portal.overview.shown import find_url
from vekha_portal.registry.models import Region
from vekha_portal.ui.frame import Crumb
from vekha_portal.ui.pages import page

#: Risks shown; the heaviest come first.
RISKS = 20
WHOLE = "Регион в целом"


@require_safe
@guarded(can_view_region)
@page("overview/region.html", partials=("picture",))
def region(request: ScopedRequest, code: str) -> Mapping[str, Any]:
    """Stages by municipalities, what is at risk, the waves, who is latest."""
    scope, day = request.scope, timezone.localdate()
    if not (scope.is_country or code == scope.region):
        raise Http404
    found = Region.objects.filter(pk=code).first()
    if found is None:
        raise Http404
    form = ChoiceForm(request.GET, scope=scope, day=day)
    choice = form.choice()
    groups = queries.heat_of(scope, code, choice, day=day)
    whole = sum((cell_of(each) for each in groups), Cell())
    waves = queries.waves_of(scope, code, choice, day=day)
    names = {line.wave.pk: f"{line.wave.programme}, {line.wave.subsidy_year}" for line in waves}
    strands = queries.strands_of(scope, code, choice, day=day)
    risks = find_risks(strands, waves=names, region=code, choice=choice, today=day)
    return {
        "title": str(found),
        "section": "region",
        "crumbs": (Crumb("Страна", reverse("country")), Crumb(str(found))) if scope.is_country else (),
        "region": found,
        "form": form,
        "legend": LEGEND,
        "grid": _grid(groups, code, choice),
        "whole": whole,
        "words": words_of(whole),
        "overdue_url": list_url(choice, region=code, state="overdue"),
        "submitted_url": list_url(choice, region=code, state="submitted"),
        "undated_url": list_url(choice, region=code, state="undated"),
        "all_url": list_url(choice, region=code),
        "risks": risks[:RISKS],
        "risks_left": max(len(risks) - RISKS, 0),
        "waves": [(line, find_url("centres_wave", line.wave.pk), list_url(Choice(), region=code, wave=line.wave.pk)) for line in waves],
        "centres": sum(line.centres for line in waves),
        "opened": sum(line.opened for line in waves),
        "busiest": [
            (each, list_url(choice, region=code, organisation=each["organisation_id"], state="owed"))
            for each in queries.busiest_of(scope, code, choice, day=day)
        ],
        "workload_url": reverse("workload") + (f"?region={code}" if scope.is_country else ""),
    }  # fmt: skip


def _grid(groups: Sequence[Mapping[str, Any]], code: str, choice: Choice) -> Grid | None:
    places: dict[int | None, tuple[str, dict[str, Cell]]] = {}
    for each in groups:
        _, cells = places.setdefault(each["municipality"], (each["name"] or WHOLE, {}))
        cells[each["stage"]] = cell_of(dict(each))
    rows = []
    for municipality, (name, cells) in places.items():
        listed = list_url(choice, region=code, municipality=municipality)
        rows.append((name, listed, listed, cells))
    return draw_grid("Муниципальные образования и этапы", rows)
