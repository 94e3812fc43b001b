"""Forms of applied roadmaps: a need, a schedule, an event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from vekha_portal.centres.forms import TableForm
from vekha_portal.centres.models import Centre
from vekha_portal.execution.actions.schedule import Letter
from vekha_portal.execution.models import ScheduleKind
from vekha_portal.journal.forms import DayInput


class NeedForm(forms.Form):
    """A measure is needed: where, by when, what for."""

    centre = forms.ModelChoiceField(
        Centre.objects.none(), label="Центр", empty_label="выберите", error_messages={"required": "Выберите центр."}
    )
    due_on = forms.DateField(label="Срок", widget=DayInput(), error_messages={"required": "Укажите срок."})
    reason = forms.CharField(
        label="Зачем понадобилось",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Укажите, зачем: это увидит исполнитель."},
    )

    def __init__(self, *args: Any, centres: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not centres:
            del self.fields["centre"]
            return
        rows = Centre.objects.filter(pk__in=centres).select_related("organisation", "programme").order_by("pk")
        self.fields["centre"].queryset = rows  # type: ignore[attr-defined]  # a choice of rows


class _LetterForm(forms.Form):
    """The letter that sets the days, and what it speaks of."""

    kind = forms.ChoiceField(
        label="Что установлено", choices=ScheduleKind.choices, initial=ScheduleKind.SCHEDULE, widget=forms.RadioSelect
    )
    measures = forms.MultipleChoiceField(
        label="Каких мероприятий касается",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одно мероприятие."},
    )
    number = forms.CharField(
        label="Номер письма", max_length=120, error_messages={"required": "Укажите номер письма: от него этот срок."}
    )
    dated_on = forms.DateField(
        label="Дата письма", widget=DayInput(), error_messages={"required": "Укажите дату письма."}
    )

    def __init__(self, *args: Any, measures: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measures"].choices = list(measures)  # type: ignore[attr-defined]  # a choice of many

    @property
    def letter(self) -> Letter:
        """The letter of a valid form."""
        return Letter(self.cleaned_data["number"], self.cleaned_data["dated_on"])


class ScheduleForm(_LetterForm):
    """One day for the whole wave."""

    day = forms.DateField(label="День", widget=DayInput(), error_messages={"required": "Укажите день."})


class ScheduleTableForm(_LetterForm, TableForm):
    """Days for each school from a table."""

    def asked(self) -> dict[str, Any]:
        """What is kept beside the table until it is carried out."""
        given = self.cleaned_data
        return {
            "kind": given["kind"],
            "measures": given["measures"],
            "number": given["number"],
            "dated_on": given["dated_on"].isoformat(),
        }
