"""What is asked before an address is opened."""

from __future__ import annotations

from typing import Any

from django import forms

from vekha_portal.journal.scope import Scope
from vekha_portal.registry.models import Programme


class FeedForm(forms.Form):
    """The programme, or all of them."""

    programme = forms.ChoiceField(label="Программа", required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Programme.objects.order_by("name", "code")
        if scope.programmes:
            rows = rows.filter(code__in=scope.programmes)
        choices = [("", "все"), *rows.values_list("code", "name")]
        self.fields["programme"].choices = choices  # type: ignore[attr-defined]
