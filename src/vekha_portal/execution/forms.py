"""Forms of execution: a document with its number and date, an extension, what is not applicable, work in bulk."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from vekha_portal.execution import looks
from vekha_portal.execution.actions.evidence import Card, Upload
from vekha_portal.orders.bridge import list_evidence_types
from vekha_portal.ui.forms import DayInput, RussianForm

_DAY_ERRORS = {"required": "Укажите дату.", "invalid": "Дата не понята: напишите день, месяц и год."}


class DocumentForm(RussianForm):
    """What is written about a document, with its file or with where it is kept."""

    file = forms.FileField(
        label="Файл", required=False, error_messages={"empty": "Файл пуст. Проверьте, тот ли это файл."}
    )
    number = forms.CharField(
        label="Номер", max_length=120, required=False, help_text="Если документ без номера, напишите «б/н»."
    )
    dated_on = forms.DateField(
        label="Дата документа",
        widget=DayInput,
        help_text="Как на документе. По ней видно, выполнено ли в срок.",
        error_messages=_DAY_ERRORS,
    )
    title = forms.CharField(label="Название", max_length=600, required=False)
    issuer = forms.CharField(label="Кем издан", max_length=600, required=False)
    reference = forms.CharField(
        label="Где документ, если файла нет",
        max_length=600,
        required=False,
        help_text="Например: извещение в ЕИС № 0123…; письмо зарегистрировано в СЭД.",
    )
    url = forms.CharField(
        label="Ссылка", max_length=1000, required=False, help_text="Начинается с http:// или https://."
    )
    signature = forms.FileField(
        label="Файл подписи (.sig)",
        required=False,
        help_text="Отсоединённая электронная подпись, если она есть.",
        error_messages={"empty": "Файл подписи пуст. Проверьте, тот ли это файл."},
    )

    def card_of(self, evidence_type: str) -> Card:
        """The document's card."""
        given = self.cleaned_data
        names = ("dated_on", "number", "title", "issuer", "reference", "url")
        return Card(evidence_type=evidence_type, **{name: given[name] for name in names})

    def upload(self, name: str) -> Upload | None:
        """A file that came with the form."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get(name)
        return Upload(file.chunks(), file.name or "") if file is not None else None


class SubmitForm(DocumentForm):
    """A document handed in for one milestone."""

    expected = forms.ChoiceField(label="Какой документ", required=False)
    evidence_type = forms.ChoiceField(
        label="Вид документа", required=False, help_text="Меняйте, только если подаёте документ другого вида."
    )
    is_shared_below = forms.BooleanField(label="Показать подведомственным организациям", required=False)

    def __init__(self, *args: Any, expected: Sequence[tuple[str, str, str]], may_share: bool, **kwargs: Any) -> None:
        """``expected``: keys, words and types of what is asked for."""
        super().__init__(*args, **kwargs)
        self.types = {key: kind for key, _, kind in expected}
        asked = [(key, words) for key, words, _ in expected]
        self._choose("expected", [*asked, ("", "Дополнительный документ")])
        self._choose("evidence_type", [("", "как ожидается"), *list_evidence_types()])
        if not may_share:
            del self.fields["is_shared_below"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """An additional document needs a type of its own."""
        given = super().clean() or self.cleaned_data
        if not given.get("expected") and not given.get("evidence_type") and "expected" in given:
            self.add_error("evidence_type", "Выберите вид дополнительного документа.")
        return given

    @property
    def key(self) -> uuid.UUID | None:
        """What the document is for."""
        return uuid.UUID(self.cleaned_data["expected"]) if self.cleaned_data["expected"] else None

    def card(self) -> Card:
        """The document's card; its type is the expected one unless another was chosen."""
        given = self.cleaned_data
        return self.card_of(given["evidence_type"] or self.types[given["expected"]])


class ExtensionForm(RussianForm):
    """A request for a later day."""

    wanted_on = forms.DateField(label="Просим продлить до", widget=DayInput, error_messages=_DAY_ERRORS)
    reason = forms.CharField(
        label="Почему",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Напишите, почему нужен другой срок."},
    )


class AnswerForm(RussianForm):
    """The answer to a request for a later day."""

    answer = forms.ChoiceField(
        label="Ответ",
        choices=[("grant", "Продлить"), ("refuse", "Отказать")],
        widget=forms.RadioSelect,
        error_messages={"required": "Выберите ответ."},
    )
    granted_on = forms.DateField(label="Новый срок", widget=DayInput, required=False, error_messages=_DAY_ERRORS)
    reason = forms.CharField(
        label="Основание", widget=forms.Textarea(attrs={"rows": 3}), required=False, help_text="При отказе обязательно."
    )

    def clean(self) -> dict[str, Any]:
        """A day to extend to, a reason to refuse."""
        given = super().clean() or self.cleaned_data
        if given.get("answer") == "grant" and not given.get("granted_on") and "granted_on" not in self.errors:
            self.add_error("granted_on", "Укажите новый срок.")
        if given.get("answer") == "refuse" and not given.get("reason"):
            self.add_error("reason", "Напишите, почему отказано: это увидит исполнитель.")
        return given


class NotApplicableForm(RussianForm):
    """Why a milestone is not applicable."""

    reason = forms.CharField(
        label="Почему не требуется",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Напишите, почему контрольная точка не требуется."},
    )
    agreed_with = forms.CharField(
        label="С кем согласовано",
        max_length=600,
        help_text="Должность, фамилия, реквизиты письма.",
        error_messages={"required": "Укажите, с кем это согласовано."},
    )


class BulkAttachForm(DocumentForm):
    """One document for many milestones."""

    evidence_type = forms.ChoiceField(label="Вид документа", error_messages={"required": "Выберите вид документа."})
    as_additional = forms.BooleanField(
        label="Дополнительный: подать и туда, где такой документ не ожидается", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["evidence_type"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "выберите"), *list_evidence_types()]


class GridForm(RussianForm):
    """What of the grid is looked at."""

    municipality = forms.ChoiceField(label="Территория", required=False)
    stage = forms.ChoiceField(label="Этап", required=False)
    state = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[("", "любое"), *((value, look.label) for value, look in looks.STATES.items())],
    )
    period = forms.ChoiceField(label="Период", required=False)

    def offer(self, name: str, anything: str, choices: Sequence[tuple[str, str]]) -> None:
        """What may be chosen; what an address asks for beyond it is shown as nothing chosen."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", anything), *choices]
