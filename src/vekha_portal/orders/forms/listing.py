"""The filters of the list of orders."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from vekha_portal.journal.scope import Scope
from vekha_portal.orders.reads import Filters
from vekha_portal.registry.forms import regions_of
from vekha_portal.registry.models import Programme, Region

WORD = re.compile(r"[\w/.-]+")


def words_of(text: str) -> tuple[str, ...]:
    """What to look for: at most six words."""
    return tuple(WORD.findall(text)[:6])


class FilterForm(forms.Form):
    """What to look for; what makes no sense is shown with its error and not applied."""

    q = forms.CharField(
        label="Номер, заголовок, кем издано",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    region = forms.ModelChoiceField(Region.objects.none(), label="Субъект", required=False, empty_label="любой")
    programme = forms.ModelChoiceField(Programme.objects.none(), label="Программа", required=False, empty_label="любая")
    state = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[
            ("", "кроме отозванных"),
            ("approved", "утверждены"),
            ("draft", "есть черновик"),
            ("withdrawn", "отозваны"),
        ],
    )
    year = forms.IntegerField(label="Год", required=False, min_value=2000, max_value=2100)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["region"].queryset = regions_of(scope)
        fields["programme"].queryset = Programme.objects.order_by("name", "pk")
        if not scope.is_country:
            del self.fields["region"]

    def filters(self) -> Filters:
        """The filters that make sense."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            words=words_of(given.get("q") or ""),
            region=given["region"].code if given.get("region") else "",
            programme=given["programme"].pk if given.get("programme") else "",
            state=given.get("state") or "",
            year=given.get("year"),
        )
