"""Forms of comparisons: what is put beside what."""

from __future__ import annotations

from typing import Any

from django import forms

from vekha_portal.findings.comparison.bridge import list_packs, list_stages, name_of
from vekha_portal.findings.comparison.queries import Filters, find_choice, list_choices
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Revision
from vekha_portal.registry.forms import regions_of
from vekha_portal.registry.models import Programme

Choices = list[tuple[str, str]]


class ChooseForm(forms.Form):
    """Two sides, and what narrows the choice."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label="Программа", required=False, empty_label="любая")
    region = forms.ModelChoiceField(Programme.objects.none(), label="Субъект", required=False, empty_label="любой")
    year = forms.IntegerField(label="Год субсидии", required=False, min_value=2000, max_value=2100)
    a = forms.CharField(label="Первая карта (обычно прежняя или вышестоящая)", required=False)
    b = forms.CharField(label="Вторая карта", required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["programme"].queryset = Programme.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["region"].queryset = regions_of(scope)  # type: ignore[attr-defined]
        self.is_valid()
        found = list_choices(scope, self._filters())
        offered = [(str(each.pk), name_of(each)) for each in found]
        for side in ("a", "b"):
            packs = [(f"pack:{key}", name) for key, name in list_packs()]
            chosen = self._also(side, {key for key, _ in (*offered, *packs)})
            choices = [("", "выберите"), *chosen, *packs, *offered]
            self.fields[side].widget = forms.Select(choices=choices)

    def _filters(self) -> Filters:
        given = self.cleaned_data if self.is_bound else {}
        programme, region = given.get("programme"), given.get("region")
        return Filters(region.pk if region else "", programme.pk if programme else "", given.get("year"))

    def _also(self, side: str, known: set[str]) -> Choices:
        """What is chosen already, where the filters would leave it out."""
        asked = str(self.data.get(side, "")) if self.is_bound else ""
        if not asked or asked in known:
            return []
        found = self.revision(asked)
        return [(asked, name_of(found))] if found is not None else []

    def revision(self, asked: str) -> Revision | None:
        """The revision of that number, if one sees it."""
        if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
            return None
        return find_choice(self.scope, int(asked))


class StageForm(forms.Form):
    """One stage of a programme in a year."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label="Программа", required=False, empty_label="выберите"
    )
    year = forms.TypedChoiceField(label="Год субсидии", required=False, coerce=int, empty_value=None)
    stage = forms.ChoiceField(label="Этап", required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", "выберите"), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]
        self.fields["stage"].choices = [("", "выберите"), *list_stages()]  # type: ignore[attr-defined]
