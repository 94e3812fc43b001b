"""Forms of Russian pages: crispy with Bootstrap 5, one way to lay out buttons; and the gallery's example."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError


class RussianForm(forms.Form):
    """A form whose template writes its own ``<form>`` and buttons; hidden errors never stay hidden."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_show_errors = True
        self.helper.error_text_inline = True


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class SampleForm(RussianForm):
    """The gallery's example: registers a letter."""

    number = forms.CharField(
        label="Номер письма", max_length=40, error_messages={"required": "Укажите номер: по нему письмо найдут в деле."}
    )
    dated = forms.DateField(
        label="Дата письма",
        widget=DayInput,
        help_text="Как на бланке, не дата получения.",
        error_messages={"required": "Укажите дату письма.", "invalid": "Дата не понята: напишите день, месяц и год."},
    )
    kind = forms.ChoiceField(label="Вид", choices=[("out", "исходящее"), ("in", "входящее")])
    centres = forms.MultipleChoiceField(
        label="Центры",
        choices=[("1", "Школа № 1"), ("2", "Школа № 2"), ("3", "Лицей № 3")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    summary = forms.CharField(label="О чём", widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def clean_number(self) -> str:
        """A number has at least one digit."""
        number = str(self.cleaned_data["number"]).strip()
        if not any(letter.isdigit() for letter in number):
            raise ValidationError(
                "В номере «%(number)s» нет ни одной цифры: проверьте его по бланку.", params={"number": number}
            )
        return number
