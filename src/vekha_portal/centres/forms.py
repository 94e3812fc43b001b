"""Forms of waves and centres."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from vekha_portal.centres.models import Centre, Wave
from vekha_portal.centres.queries import SchoolFilters, WaveFilters, list_leaders, list_orders_of
from vekha_portal.journal.forms import DayInput
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Order
from vekha_portal.registry.bridge import fold
from vekha_portal.registry.forms import regions_of
from vekha_portal.registry.models import Municipality, Organisation, Programme, Region
from vekha_portal.registry.sheets import MAX_BYTES

_WORD = re.compile(r"[\w-]+")
#: The numbers of orders that a list on a page offers.
_OFFERED_ORDERS = 300


def words_of(text: str) -> tuple[str, ...]:
    """What to look for: at most six folded words."""
    return tuple(_WORD.findall(fold(text))[:6])


def programmes_of(scope: Scope) -> Any:
    """The programmes a scope works with."""
    rows = Programme.objects.order_by("name")
    return rows.filter(pk__in=scope.programmes) if scope.programmes else rows


class _Choice(forms.ModelChoiceField):  # type: ignore[type-arg]  # has no parameters at run time
    """An order with its title, so that two orders of a day can be told apart."""

    def label_from_instance(self, obj: Any) -> str:
        title = obj.title if len(obj.title) <= 90 else f"{obj.title[:89]}…"
        return f"{obj}. {title}" if title else str(obj)


class WaveFilterForm(forms.Form):
    """What to look for among waves."""

    region = forms.ModelChoiceField(Region.objects.none(), label="Субъект", required=False, empty_label="любой")
    programme = forms.ModelChoiceField(Programme.objects.none(), label="Программа", required=False, empty_label="любая")
    year = forms.IntegerField(label="Год субсидии", required=False, min_value=2000, max_value=2100)
    only_open = forms.BooleanField(label="Без завершённых", required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions_of(scope)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["programme"].queryset = programmes_of(scope)  # type: ignore[attr-defined]  # a choice of rows

    def filters(self) -> WaveFilters:
        """The filters that make sense."""
        self.is_valid()
        given = self.cleaned_data
        return WaveFilters(
            region=given["region"].code if given.get("region") else "",
            programme=given["programme"].code if given.get("programme") else "",
            year=given.get("year"),
            with_closed=not given.get("only_open"),
        )


class WaveForm(forms.Form):
    """A new wave."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label="Программа",
        empty_label="выберите",
        error_messages={"required": "Выберите программу."},
    )
    region = forms.ModelChoiceField(
        Region.objects.none(), label="Субъект", empty_label="выберите", error_messages={"required": "Выберите субъект."}
    )
    subsidy_year = forms.IntegerField(
        label="Год получения субсидии",
        min_value=2000,
        max_value=2100,
        error_messages={"required": "Укажите год: от него считаются сроки «года получения субсидии»."},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Кто ведёт",
        empty_label="выберите",
        error_messages={"required": "Выберите, кто ведёт волну."},
        help_text="Исполнитель мероприятий, которые выполняют один раз на всю волну и для которых ответственный не назван.",
    )
    list_order = _Choice(
        Order.objects.none(),
        label="Чем утверждён перечень школ",
        required=False,
        empty_label="пока не утверждён",
        help_text="Распоряжение из системы; его можно указать позже.",
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["programme"].queryset = programmes_of(scope)
        fields["region"].queryset = regions_of(scope)
        fields["organisation"].queryset = list_leaders(scope, scope.region).order_by("region_id", "sort_key", "pk")
        fields["list_order"].queryset = _offered(list_orders_of(scope, scope.region))


class WaveChangeForm(forms.Form):
    """Who leads a wave and what approved its list."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Кто ведёт", empty_label=None)
    list_order = _Choice(
        Order.objects.none(), label="Чем утверждён перечень школ", required=False, empty_label="пока не утверждён"
    )

    def __init__(self, *args: Any, scope: Scope, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organisation"].queryset = list_leaders(scope, wave.region_id).order_by("sort_key", "pk")
        fields["list_order"].queryset = _offered(list_orders_of(scope, wave.region_id), wave.list_order_id)


def _offered(orders: Any, chosen: int | None = None) -> Any:
    """The newest orders, and the chosen one; a form's choice may not be a slice."""
    newest = list(orders.values_list("pk", flat=True)[:_OFFERED_ORDERS])
    return orders.filter(pk__in=[*newest, *([chosen] if chosen else [])])


class EndWaveForm(forms.Form):
    """The end of a wave."""

    on = forms.DateField(label="Завершена с", widget=DayInput())
    reason = forms.CharField(label="Основание", max_length=600, widget=forms.Textarea(attrs={"rows": 2}))


class CardForm(forms.Form):
    """The passport of a centre: what its school keeps."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    address = forms.CharField(
        label="Адрес центра", max_length=500, required=False, help_text="Если отличается от адреса школы."
    )
    rooms = forms.CharField(
        label="Помещения",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Номера кабинетов и площадь, по одному в строке.",
    )
    enrolment = forms.IntegerField(label="Число обучающихся", min_value=0, max_value=20_000, required=False)
    enrolment_on = forms.DateField(label="Число обучающихся на дату", required=False, widget=DayInput())

    def values(self) -> dict[str, Any]:
        """The fields of the card."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class RenameForm(forms.Form):
    """Another name of a centre."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    name = forms.CharField(label="Название центра", max_length=300)
    basis = forms.CharField(label="Основание (акт, номер, дата)", max_length=300)


class OpenForm(forms.Form):
    """The opening of a centre."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    on = forms.DateField(label="Открыт", widget=DayInput())
    basis = forms.CharField(label="Чем подтверждено (акт, публикация)", max_length=600)


class EndCentreForm(forms.Form):
    """The end of a centre, with or without a successor."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    on = forms.DateField(label="Закрыт с", widget=DayInput())
    reason = forms.CharField(label="Основание (акт, номер, дата)", max_length=600)
    successor = forms.ModelChoiceField(
        Centre.objects.none(),
        label="Продолжает работу как",
        required=False,
        empty_label="закрыт без преемника",
        help_text="Центр, которому переданы оборудование и обучающиеся.",
    )

    def __init__(self, *args: Any, scope: Scope, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        place = centre.organisation.municipality
        others = Centre.objects.visible_to(scope).in_list().filter(region_id=centre.region_id, closed_on=None)
        if place is not None:
            others = others.filter(organisation__municipality=place)
        fields["successor"].queryset = (
            others.exclude(pk=centre.pk).select_related("programme", "organisation").order_by("pk")
        )


class ReasonForm(forms.Form):
    """Why a school is taken off the list."""

    reason = forms.CharField(
        label="Почему исключена из перечня",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Укажите, почему: номер и дату распоряжения или другую причину."},
    )


class SchoolFilterForm(forms.Form):
    """Which schools to offer."""

    q = forms.CharField(
        label="Название, ИНН, ОГРН", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label="Муниципальное образование", required=False, empty_label="любое"
    )
    is_rural = forms.BooleanField(label="Только сельские", required=False)

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Municipality.objects.filter(region_id=wave.region_id).order_by("sort_key")
        self.fields["municipality"].queryset = rows  # type: ignore[attr-defined]  # a choice of rows

    def filters(self) -> SchoolFilters:
        """The filters that make sense."""
        self.is_valid()
        given = self.cleaned_data
        place = given.get("municipality")
        return SchoolFilters(words_of(given.get("q") or ""), place.pk if place else None, bool(given.get("is_rural")))


class TableForm(forms.Form):
    """A table to load."""

    file = forms.FileField(
        label="Таблица (XLSX, XLS, ODS)",
        help_text="Первая строка — заголовки: полное наименование, ИНН, КПП, ОГРН, муниципальное образование.",
        error_messages={"required": "Выберите файл таблицы.", "empty": "Файл пуст: выберите таблицу со списком школ."},
    )

    def clean_file(self) -> Any:
        """Not larger than is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                f"Файл больше {MAX_BYTES // 1024 // 1024} МБ: уберите из него картинки и лишние листы."
            )
        return file
