"""The form of an uploaded order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from vekha_portal.journal.scope import Scope
from vekha_portal.orders.forms.order import organisations_of
from vekha_portal.registry.models import Organisation
from vekha_portal.ui.forms import RussianForm

#: What the browser offers first; the content decides.
ACCEPTED = ".docx,.doc,.odt,.rtf,.pdf,.txt,.md,.html,.htm,.xlsx,.xls,.ods,.png,.jpg,.jpeg,.tif,.tiff,.heic"


class UploadForm(RussianForm):
    """A file, whose it is, and the year it is for."""

    file = forms.FileField(
        label="Файл распоряжения",
        error_messages={
            "required": "Выберите файл распоряжения.",
            "empty": "Файл пуст: в нём нет ни одного байта. Проверьте, тот ли это файл.",
        },
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Чьё распоряжение",
        empty_label="выберите организацию",
        error_messages={"required": "Укажите, чьё это распоряжение."},
    )
    subsidy_year = forms.IntegerField(
        label="Год получения субсидии",
        required=False,
        min_value=2000,
        max_value=2100,
        help_text="Если его нет в самом документе. Можно указать и позже.",
        error_messages={"invalid": "Напишите год четырьмя цифрами."},
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = organisations_of(scope)
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]
        self.fields["organisation"].initial = scope.organisations[0] if scope.organisations else None

    def clean_file(self) -> Any:
        """One file with something in it; what it is, its content says."""
        file = self.cleaned_data["file"]
        if not file.size:
            raise ValidationError("Файл пуст: в нём нет ни одного байта. Проверьте, тот ли это файл.")
        return file
