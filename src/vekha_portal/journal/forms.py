"""The filters of the page «Журнал»."""

from __future__ import annotations

from typing import Any

from django import forms

from vekha_portal.journal.kinds import list_kinds
from vekha_portal.journal.queries import Filters


class DayInput(forms.DateInput):
    """A day picked in the browser's own calendar."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class FilterForm(forms.Form):
    """What to look for; what makes no sense is shown with its error and not applied."""

    kind = forms.ChoiceField(label="Событие", required=False)
    who = forms.CharField(label="Кто", required=False, max_length=100)
    about = forms.CharField(label="Объект", required=False, max_length=200)
    shard = forms.RegexField(label="Субъект (код)", regex=r"^\d{2}$", required=False)
    since = forms.DateField(label="С", required=False, widget=DayInput())
    until = forms.DateField(label="По", required=False, widget=DayInput())
    about_kind = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())
    about_id = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(label="Событие", required=False, choices=[("", "любое"), *list_kinds()])

    def filters(self) -> Filters:
        """The filters that make sense."""
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})
