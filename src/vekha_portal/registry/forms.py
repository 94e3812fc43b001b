"""Forms of the registry."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from vekha_portal.journal.forms import DayInput
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.actions import Card
from vekha_portal.registry.bridge import fold
from vekha_portal.registry.identifiers import clean_identifier, inn_error, kpp_error, ogrn_error
from vekha_portal.registry.models import Organisation, OrganisationKind, Region
from vekha_portal.registry.permissions import is_own_school
from vekha_portal.registry.queries import Filters
from vekha_portal.registry.sheets import MAX_BYTES

_WORD = re.compile(r"[\w-]+")
_IDENTIFIERS = {"inn": inn_error, "kpp": kpp_error, "ogrn": ogrn_error}
_SCHOOL = ("is_rural", "is_small", "enrolment", "enrolment_on")


def regions_of(scope: Scope) -> Any:
    """The regions a scope may name."""
    found = Region.objects.order_by("code")
    return found if scope.is_country else found.filter(code__in=scope.regions)


class FilterForm(forms.Form):
    """What to look for in the list."""

    q = forms.CharField(
        label="Название, ИНН, ОГРН", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label="Вид", required=False, choices=[("", "любой"), *OrganisationKind.choices])
    region = forms.ModelChoiceField(Region.objects.none(), label="Субъект", required=False, empty_label="любой")
    is_rural = forms.BooleanField(label="Только сельские школы", required=False)
    with_closed = forms.BooleanField(label="И прекратившие деятельность", required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions_of(scope)  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """The filters that make sense."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            words=tuple(_WORD.findall(fold(given.get("q") or ""))[:6]),
            kind=given.get("kind") or "",
            region=given["region"].code if given.get("region") else "",
            is_rural=bool(given.get("is_rural")),
            with_closed=bool(given.get("with_closed")),
        )


class _Identified(forms.Form):
    """Identifiers with their check digits."""

    def clean(self) -> dict[str, Any]:
        """Spaces go, digits are checked."""
        cleaned = super().clean() or {}
        for name, check in _IDENTIFIERS.items():
            if name in cleaned:
                cleaned[name] = clean_identifier(cleaned[name])
                error = check(cleaned[name])
                if error:
                    self.add_error(name, error)
        return cleaned


class CardForm(_Identified):
    """The card's fields that are changed without a verb of their own; a school has fewer."""

    short_name = forms.CharField(label="Краткое наименование", max_length=300, required=False)
    inn = forms.CharField(label="ИНН", max_length=20, required=False)
    kpp = forms.CharField(label="КПП", max_length=20, required=False)
    ogrn = forms.CharField(label="ОГРН", max_length=25, required=False)
    address = forms.CharField(label="Адрес", max_length=500, required=False)
    opened_on = forms.DateField(label="Создана", required=False, widget=DayInput())
    is_rural = forms.BooleanField(label="Сельская", required=False)
    is_small = forms.BooleanField(label="Малокомплектная", required=False)
    enrolment = forms.IntegerField(label="Число обучающихся", min_value=0, max_value=20_000, required=False)
    enrolment_on = forms.DateField(label="Число обучающихся на дату", required=False, widget=DayInput())
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, organisation: Organisation, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisation.kind != OrganisationKind.SCHOOL:
            for name in _SCHOOL:
                del self.fields[name]
        if is_own_school.test(scope, organisation):
            for name in ("short_name", "inn", "kpp", "ogrn", "opened_on"):
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        """The fields of the card."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class AddForm(_Identified):
    """A new organisation."""

    kind = forms.ChoiceField(label="Вид", choices=OrganisationKind.choices, initial=OrganisationKind.SCHOOL)
    name = forms.CharField(label="Полное наименование по уставу", max_length=600)
    short_name = forms.CharField(label="Краткое наименование", max_length=300, required=False)
    region = forms.ModelChoiceField(Region.objects.none(), label="Субъект", required=False)
    municipality = forms.CharField(label="Муниципальное образование", max_length=300, required=False)
    parent = forms.IntegerField(label="Вышестоящая организация (номер в реестре)", required=False, min_value=1)
    inn = forms.CharField(label="ИНН", max_length=20, required=False)
    kpp = forms.CharField(label="КПП", max_length=20, required=False)
    ogrn = forms.CharField(label="ОГРН", max_length=25, required=False)
    address = forms.CharField(label="Адрес", max_length=500, required=False)
    opened_on = forms.DateField(label="Создана", required=False, widget=DayInput())
    is_rural = forms.BooleanField(label="Сельская", required=False)
    is_small = forms.BooleanField(label="Малокомплектная", required=False)
    enrolment = forms.IntegerField(label="Число обучающихся", min_value=0, max_value=20_000, required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._scope = scope
        self.fields["region"].queryset = regions_of(scope)  # type: ignore[attr-defined]

    def clean_parent(self) -> Organisation | None:
        """The superior, when the scope sees it; a municipal authority's schools stand under it by themselves."""
        number = self.cleaned_data["parent"]
        if number is None:
            own = self._scope.organisations if self._scope.role == "municipality" else ()
            return Organisation.objects.filter(pk__in=own).first()
        found = Organisation.objects.visible_to(self._scope).filter(pk=min(number, 2**62)).first()
        if found is None:
            raise forms.ValidationError(f"Организации № {number} нет или она вне вашей территории.")
        return found

    def card(self) -> Card:
        """What was entered."""
        return Card(
            **{
                name: self.cleaned_data[name]
                for name in self.fields
                if name not in ("region", "municipality", "parent")
            }
        )


class RenameForm(forms.Form):
    """A new name from a day on."""

    name = forms.CharField(label="Новое полное наименование", max_length=600)
    short_name = forms.CharField(label="Краткое наименование", max_length=300, required=False)
    since = forms.DateField(label="С даты", widget=DayInput())
    basis = forms.CharField(label="Основание (акт, номер, дата)", max_length=300)


class EndForm(forms.Form):
    """The end of an organisation, with or without a successor."""

    on = forms.DateField(label="С даты", widget=DayInput())
    reason = forms.CharField(label="Основание (акт, номер, дата)", max_length=300)
    into = forms.IntegerField(
        label="Правопреемник (номер в реестре)",
        required=False,
        min_value=1,
        help_text="Пусто: закрыта без правопреемника.",
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._scope = scope

    def clean_into(self) -> Organisation | None:
        """The successor, when the scope sees it."""
        number = self.cleaned_data["into"]
        if number is None:
            return None
        found = Organisation.objects.visible_to(self._scope).filter(pk=min(number, 2**62)).first()
        if found is None:
            raise forms.ValidationError(f"Организации № {number} нет или она вне вашей территории.")
        return found


class UploadForm(forms.Form):
    """A table of schools."""

    region = forms.ModelChoiceField(Region.objects.none(), label="Субъект")
    file = forms.FileField(
        label="Таблица (XLSX, XLS, ODS)", help_text="Первая строка — заголовки: наименование, ИНН, КПП, ОГРН, адрес…"
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions_of(scope)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Not larger than is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                f"Файл больше {MAX_BYTES // 1024 // 1024} МБ: уберите из него картинки и лишние листы."
            )
        return file
