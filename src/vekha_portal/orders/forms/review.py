"""Forms of the review: a measure, its parts, the roadmap, an indicator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from vekha_portal.orders.actions.parts import INDICATOR_FIELDS, fingerprint
from vekha_portal.orders.bridge import list_evidence_types, tell_stage
from vekha_portal.orders.dates.bridge import list_stages
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import ExpectedDocument, ListedIndicator, Measure, Roadmap
from vekha_portal.registry.models import Programme
from vekha_portal.ui.forms import RussianForm


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class _Versioned(RussianForm):
    """A form that says which version of the measure was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput())


class MeasureForm(_Versioned):
    """What a measure says."""

    number = forms.CharField(label="Номер", max_length=40, required=False)
    section = forms.CharField(label="Раздел", max_length=2000, required=False)
    text = forms.CharField(
        label="Мероприятие",
        widget=_area(4),
        max_length=100_000,
        error_messages={"required": "Напишите, что нужно сделать, или исключите строку."},
    )
    deadline = forms.CharField(
        label="Срок, как в документе",
        widget=_area(2),
        max_length=5_000,
        required=False,
        help_text="Фразу можно поправить: ниже сразу видно, какие это даты.",
    )
    stage = forms.ChoiceField(label="Этап")
    reach = forms.ChoiceField(label="Охват", choices=Reach.choices, widget=forms.RadioSelect)
    items = forms.CharField(
        label="Подпункты", widget=_area(3), max_length=100_000, required=False, help_text="Каждый с новой строки."
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.fields["stage"].choices = list_stages()  # type: ignore[attr-defined]
        self.fields["deadline"].widget.attrs |= {
            "hx-get": reverse("orders_measure_dates", args=[measure.pk]),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": f"#dates-{measure.pk}",
        }
        for at, (item, stage) in enumerate(zip(measure.items, measure.item_stages or [], strict=False)):
            self.fields[f"item_stage_{at}"] = forms.ChoiceField(
                label=f"Этап подпункта {at + 1}", choices=list_stages(), initial=stage, help_text=item[:120]
            )

    @property
    def item_stage_fields(self) -> list[Any]:
        """The fields of the stages of the sub-items, where they have stages of their own."""
        return [self[name] for name in self.fields if name.startswith("item_stage_")]

    @classmethod
    def of(cls, measure: Measure) -> MeasureForm:
        """The form with what the measure says now."""
        names = ("version", "number", "section", "text", "deadline", "stage", "reach")
        initial = {name: getattr(measure, name) for name in names}
        items = "\n".join(str(item) for item in measure.items)
        return cls(measure=measure, initial={**initial, "items": items}, prefix=f"measure-{measure.pk}")

    def values(self) -> dict[str, Any]:
        """The fields of the measure."""
        given = self.cleaned_data
        items = [line.strip() for line in given["items"].splitlines() if line.strip()]
        names = ("number", "section", "text", "deadline", "stage", "reach")
        kept = {name: str(given[name]).replace("\r\n", "\n").strip() for name in names}
        return {**kept, "items": items, "item_stages": self._stages(items)}

    def _stages(self, items: list[str]) -> list[str] | None:
        """The stages of the sub-items of a composite measure; a new sub-item gets the stage of its words."""
        if not self.measure.item_stages or not items:
            return None
        chosen = [self.cleaned_data.get(f"item_stage_{at}", "") for at in range(len(self.measure.items))]
        if len(items) == len(chosen):
            return chosen
        known = dict(zip(self.measure.items, chosen, strict=True))
        return [known.get(item) or tell_stage(item) for item in items]


class WordsForm(_Versioned):
    """Who else is responsible."""

    words = forms.CharField(
        label="Добавить ответственного",
        max_length=5_000,
        error_messages={"required": "Напишите, кто отвечает: орган, роль, организацию или человека."},
    )


class DocumentForm(_Versioned):
    """A document that proves a measure."""

    text = forms.CharField(label="Документ, как написано", max_length=20_000, required=False)
    evidence_type = forms.ChoiceField(label="Вид документа")
    item = forms.TypedChoiceField(label="К подпункту", required=False, coerce=int, empty_value=None)
    minimum = forms.IntegerField(label="Не менее, штук", min_value=1, max_value=30_000, initial=1)
    is_required = forms.BooleanField(label="Обязателен", required=False, initial=True)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence_type"].choices = list_evidence_types()  # type: ignore[attr-defined]
        if measure.items:
            items = [(at, f"{at + 1}. {str(item)[:60]}") for at, item in enumerate(measure.items)]
            self.fields["item"].choices = [("", "ко всему мероприятию"), *items]  # type: ignore[attr-defined]
        else:
            del self.fields["item"]

    @classmethod
    def of(cls, document: ExpectedDocument, measure: Measure) -> DocumentForm:
        """The form with what the document says now."""
        names = ("text", "evidence_type", "item", "minimum", "is_required")
        initial = {name: getattr(document, name) for name in names}
        return cls(measure=measure, initial={**initial, "version": measure.version}, prefix=f"document-{document.pk}")

    def values(self) -> dict[str, Any]:
        """The fields of the document."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class SplitForm(_Versioned):
    """The text of a measure in two parts."""

    first = forms.CharField(label="Первое мероприятие", widget=_area(5), max_length=100_000, required=False)
    second = forms.CharField(
        label="Второе мероприятие",
        widget=_area(5),
        max_length=100_000,
        required=False,
        help_text="Перенесите сюда из первого поля ту часть текста, которая начинает новое мероприятие.",
    )


class AddForm(RussianForm):
    """A measure the reading lost."""

    after = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    text = forms.CharField(
        label="Мероприятие",
        widget=_area(3),
        max_length=100_000,
        error_messages={"required": "Напишите, что нужно сделать: мероприятие без текста не добавляется."},
    )
    deadline = forms.CharField(label="Срок, как в документе", max_length=5_000, required=False)


class RoadmapForm(_Versioned):
    """What a roadmap is for."""

    title = forms.CharField(label="Заголовок карты", widget=_area(2), max_length=10_000, required=False)
    programme = forms.ModelChoiceField(
        Programme.objects.order_by("name"),
        label="Программа",
        empty_label="выберите программу",
        error_messages={"required": "Выберите программу: по ней создаётся волна."},
    )
    subsidy_year = forms.IntegerField(label="Год получения субсидии", min_value=2000, max_value=2100, required=False)

    @classmethod
    def of(cls, roadmap: Roadmap, version: int) -> RoadmapForm:
        """The form with what the roadmap says now."""
        initial = {"title": roadmap.title, "programme": roadmap.programme_id, "subsidy_year": roadmap.subsidy_year}
        return cls(initial={**initial, "version": version})

    def values(self) -> dict[str, Any]:
        """The fields of the roadmap."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class IndicatorForm(RussianForm):
    """A line of an indicator list."""

    number = forms.CharField(label="Номер", max_length=40, required=False)
    name = forms.CharField(label="Показатель", widget=_area(3), max_length=20_000)
    unit = forms.CharField(label="Единица измерения", max_length=200, required=False)
    opening_year = forms.DecimalField(label="В год открытия", max_digits=17, decimal_places=4, required=False)
    following_years = forms.DecimalField(label="В последующие годы", max_digits=17, decimal_places=4, required=False)
    parent_number = forms.CharField(label="В составе показателя №", max_length=40, required=False)
    target = forms.CharField(label="Значение словами, как в документе", max_length=5_000, required=False)
    seen = forms.CharField(widget=forms.HiddenInput())

    @classmethod
    def of(cls, indicator: ListedIndicator) -> IndicatorForm:
        """The form with what the indicator says now."""
        initial = {name: getattr(indicator, name) for name in INDICATOR_FIELDS}
        return cls(initial={**initial, "seen": fingerprint(indicator)})
