"""Forms of letters: what a person types from the sheet in hand."""

from __future__ import annotations

from typing import Any

from django import forms

from vekha_portal.exchanges.actions import Sheet, Topic
from vekha_portal.exchanges.models import Direction
from vekha_portal.exchanges.queries import Filters
from vekha_portal.execution.actions.evidence import Upload
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.registry.models import Organisation
from vekha_portal.ui.forms import DayInput, RussianForm

TURNS = [("", "чья угодно"), ("us", "наша очередь отвечать"), ("them", "ждём ответа")]


class ExchangeFilterForm(RussianForm):
    """What to look for among exchanges."""

    q = forms.CharField(
        label="Слова или номер письма", required=False, max_length=200, widget=forms.TextInput({"type": "search"})
    )
    turn = forms.ChoiceField(label="Очередь", choices=TURNS, required=False)
    closed = forms.BooleanField(label="с завершёнными", required=False)

    def filters(self) -> Filters:
        """What was asked for; nonsense asks for nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        words = str(given.get("q", "")).replace("\x00", "")
        return Filters(words=words, turn=str(given.get("turn", "")), with_closed=bool(given.get("closed")))


class LetterForm(RussianForm):
    """A letter of either side."""

    direction = forms.ChoiceField(
        label="Письмо",
        choices=[("out", "отправили мы"), ("in", "получили мы")],
        widget=forms.RadioSelect,
        initial="out",
    )
    number = forms.CharField(
        label="Номер",
        max_length=120,
        help_text="Как на бланке; без номера — «б/н».",
        error_messages={"required": "Укажите номер письма; если он без номера, напишите «б/н»."},
    )
    dated_on = forms.DateField(
        label="Дата письма",
        widget=DayInput,
        error_messages={"required": "Укажите дату письма.", "invalid": "Дата не понята: день, месяц, год."},
    )
    note = forms.CharField(label="Кратко, о чём", required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))
    file = forms.FileField(
        label="Файл письма",
        required=False,
        error_messages={
            "empty": "Файл пуст: в нём нет ни одного байта.",
            "max_length": "Имя файла длиннее 255 знаков: переименуйте его.",
        },
        max_length=255,
    )
    is_proof = forms.BooleanField(label="Подать как подтверждение контрольной точки", required=False)

    def __init__(self, *args: Any, with_milestone: bool, is_turned: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_turned = is_turned
        if not with_milestone:
            del self.fields["is_proof"]

    def sheet(self) -> Sheet:
        """The letter, its direction as the exchange's own side sees it."""
        given = self.cleaned_data
        direction = Direction(given["direction"])
        if self.is_turned:
            direction = Direction.IN if direction == Direction.OUT else Direction.OUT
        file = given["file"]
        upload = None if not file else Upload(file.chunks(), file.name)
        return Sheet(
            direction, given["number"], given["dated_on"], given["note"], upload, is_proof=bool(given.get("is_proof"))
        )


class NewExchangeForm(LetterForm):
    """A new exchange with its first letter."""

    organisation = forms.ModelChoiceField(label="Наша сторона", queryset=Organisation.objects.none(), empty_label=None)
    subject = forms.CharField(
        label="О чём переписка",
        max_length=600,
        error_messages={"required": "Напишите, о чём переписка: по этим словам её найдут."},
    )
    counterpart = forms.ModelChoiceField(
        label="Другая сторона из реестра",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="не из реестра",
    )
    counterpart_name = forms.CharField(
        label="или её название", max_length=600, required=False, help_text="Если другой стороны нет в реестре."
    )
    answer_due_on = forms.DateField(
        label="Ответ нужен до",
        required=False,
        widget=DayInput,
        error_messages={"invalid": "Дата не понята: день, месяц, год."},
    )
    field_order = [
        "organisation", "counterpart", "counterpart_name", "subject", "direction", "number", "dated_on", "note", "file", "is_proof", "answer_due_on",
    ]  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, milestone: Milestone | None, **kwargs: Any) -> None:
        super().__init__(*args, with_milestone=milestone is not None, **kwargs)
        self.milestone = milestone
        seen = Organisation.objects.visible_to(scope).order_by("sort_key", "pk")
        own = seen.filter(pk__in=scope.organisations) if scope.reach is not Reach.COUNTRY else seen
        if milestone is not None and not scope.is_country:
            own = seen.filter(pk__in=[*scope.organisations, milestone.organisation_id])
        fields: dict[str, Any] = self.fields
        fields["organisation"].queryset = own.exclude(region=None)
        fields["counterpart"].queryset = seen.exclude(kind="school")
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Somebody has to be the other side."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("counterpart") and not str(given.get("counterpart_name", "")).strip():
            self.add_error("counterpart_name", "Укажите другую сторону: выберите из реестра или напишите название.")
        return given

    def topic(self) -> Topic:
        """What the exchange is about."""
        given = self.cleaned_data
        counterpart = given["counterpart"]
        return Topic(
            subject=given["subject"],
            counterpart_name=given["counterpart_name"].strip() or str(counterpart),
            counterpart=counterpart,
            milestone=self.milestone,
            answer_due_on=given["answer_due_on"],
        )


class ReasonForm(RussianForm):
    """Why."""

    reason = forms.CharField(
        label="Почему",
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Напишите, почему."},
    )


class CloseForm(RussianForm):
    """How it ended."""

    on = forms.DateField(
        label="Завершена",
        widget=DayInput,
        error_messages={"required": "Укажите день.", "invalid": "Дата не понята: день, месяц, год."},
    )
    outcome = forms.CharField(
        label="Чем завершилась",
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Напишите, чем завершилась переписка."},
    )
