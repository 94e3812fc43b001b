"""The page «Журнал»."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.views.decorators.http import require_safe

from vekha_portal.journal.forms import FilterForm
from vekha_portal.journal.permissions import can_read_journal
from vekha_portal.journal.queries import read_journal
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.ui.pages import page


@require_safe
@guarded(can_read_journal)
@page("journal/list.html", partials=["entries"])
def list_entries(request: ScopedRequest) -> Mapping[str, Any]:
    """Entries the role may read, from the newest."""
    form = FilterForm(request.GET or None)
    filters = form.filters() if form.is_bound else FilterForm({}).filters()
    zone = timezone.get_current_timezone()
    leaf = read_journal(request.scope, filters, after=request.GET.get("after", ""), zone=zone)
    return {"title": "Журнал", "section": "journal", "form": form, "leaf": leaf}
