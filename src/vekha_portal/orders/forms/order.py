"""Forms of an order's own data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.orders.actions.order import FIELDS, NewRoadmap, Requisites
from vekha_portal.orders.models import Order
from vekha_portal.orders.reference.bridge import list_references
from vekha_portal.registry.bridge import collapse
from vekha_portal.registry.models import Organisation, OrganisationKind, Programme
from vekha_portal.ui.forms import DayInput, RussianForm

KINDS = ("распоряжение", "приказ", "постановление", "план")


def organisations_of(scope: Scope) -> Any:
    """The organisations in whose name the scope enters orders; schools only for those whose part of the tree is small."""
    rows = Organisation.objects.filter(closed_on=None).order_by("sort_key", "pk")
    match scope.reach:
        case Reach.COUNTRY if scope.role == "administrator":
            return rows.exclude(kind=OrganisationKind.SCHOOL)
        case Reach.REGION:
            return rows.filter(region_id=scope.region).exclude(kind=OrganisationKind.SCHOOL)
        case Reach.SUBTREE:
            return rows.filter(path__gte=scope.path, path__lt=scope.path + "~")
        case _:
            return rows.filter(pk__in=scope.organisations)


class RequisitesForm(RussianForm):
    """The order's own data, as on paper."""

    kind = forms.CharField(
        label="Вид", max_length=60, initial="распоряжение", help_text="Распоряжение, приказ, постановление, план."
    )
    number = forms.CharField(
        label="Номер", required=False, max_length=120, help_text="Без знака «№», как на бланке; пусто, если номера нет."
    )
    signed_on = forms.DateField(
        label="Дата",
        required=False,
        widget=DayInput,
        error_messages={"invalid": "Дата не понята: напишите день, месяц и год."},
    )
    title = forms.CharField(
        label="Заголовок", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=4000
    )
    issuer = forms.CharField(label="Кем издано", required=False, max_length=600)
    coordinator = forms.CharField(label="Региональный координатор", required=False, max_length=600)
    control_name = forms.CharField(label="Контроль: фамилия и инициалы", required=False, max_length=300)
    control_post = forms.CharField(label="Контроль: должность", required=False, max_length=600)
    signatory_name = forms.CharField(label="Подписал: фамилия и инициалы", required=False, max_length=300)
    signatory_post = forms.CharField(label="Подписал: должность", required=False, max_length=600)

    def clean(self) -> dict[str, Any]:
        """An order can be found again: by its number or its title."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in FIELDS:
            if isinstance(given.get(name), str):
                given[name] = collapse(given[name])
        given["number"] = (given.get("number") or "").removeprefix("№").strip()
        if not given["number"] and not given.get("title") and "number" not in self.errors:
            self.add_error("number", "Укажите номер или хотя бы заголовок: иначе распоряжение не найти.")
        return given

    def requisites(self) -> Requisites:
        """What was typed."""
        texts: dict[str, Any] = {name: self.cleaned_data.get(name) or "" for name in FIELDS if name != "signed_on"}
        return Requisites(**texts, signed_on=self.cleaned_data.get("signed_on"))


class NewOrderForm(RequisitesForm):
    """An order without a file, with the roadmaps it approves."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Чьё распоряжение",
        error_messages={"required": "Выберите организацию, которая издала распоряжение."},
    )
    programmes = forms.ModelMultipleChoiceField(
        Programme.objects.none(),
        label="Какие карты утверждает",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ни одной, если это акт без дорожной карты, на который нужно ссылаться.",
    )
    subsidy_year = forms.IntegerField(
        label="Год получения субсидии",
        required=False,
        min_value=2000,
        max_value=2100,
        help_text="Пусто, если карта действует для волн разных лет.",
    )
    references = forms.MultipleChoiceField(
        label="Начать с образца",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Мероприятия образца попадут в черновик, их можно менять. Образец обобщён и ничего не предписывает.",
    )

    field_order = (
        "organisation",
        "kind",
        "number",
        "signed_on",
        "title",
        "programmes",
        "subsidy_year",
        "references",
        *FIELDS,
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].queryset = organisations_of(scope)
        if scope.organisations:
            fields["organisation"].initial = scope.organisations[0]
        fields["programmes"].queryset = Programme.objects.order_by("name", "pk")
        self._references = {each.id: each for each in list_references()}
        fields["references"].choices = [(each.id, each.title) for each in self._references.values()]

    def clean(self) -> dict[str, Any]:
        """One reference for a programme."""
        given = super().clean()
        chosen = [self._references[each].programme for each in given.get("references") or ()]
        if len(set(chosen)) != len(chosen):
            self.add_error("references", ValidationError("Для одной программы выберите один образец."))
        return given

    def roadmaps(self) -> list[NewRoadmap]:
        """The roadmaps in the order of the form; a reference brings its programme with it."""
        given = self.cleaned_data
        by_programme = {self._references[each].programme: self._references[each] for each in given["references"]}
        named = {each.pk for each in given["programmes"]} | set(by_programme)
        return [
            NewRoadmap(each, given.get("subsidy_year"), "", by_programme.get(each.pk))
            for each in Programme.objects.filter(pk__in=named).order_by("name", "pk")
        ]


class CorrectForm(RequisitesForm):
    """Requisites to be corrected, with the version seen and the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Почему меняется",
        required=False,
        max_length=2000,
        help_text="Обязательно, если карта уже утверждена: причина останется в журнале.",
    )

    @classmethod
    def of(cls, order: Order, data: Any = None) -> CorrectForm:
        """The form of an order as it stands."""
        return cls(data, initial={**{name: getattr(order, name) for name in FIELDS}, "version": order.version})
