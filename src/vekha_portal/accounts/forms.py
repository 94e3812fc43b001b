"""Forms about people and roles."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html

from vekha_portal.accounts.actions import Name
from vekha_portal.accounts.models import Person
from vekha_portal.accounts.permissions import appointable_roles
from vekha_portal.accounts.roles import Role
from vekha_portal.journal.forms import DayInput
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.models import Organisation, Programme


def _person_name() -> dict[str, forms.Field]:
    return {
        "surname": forms.CharField(label="Фамилия", max_length=100),
        "given_name": forms.CharField(label="Имя", max_length=100),
        "patronymic": forms.CharField(label="Отчество", max_length=100, required=False),
        "phone": forms.CharField(label="Телефон", max_length=32, required=False),
    }


class NameForm(forms.Form):
    """How a person is called and reached."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(_person_name())

    def name(self) -> Name:
        """The name that was entered."""
        return Name(**{field: self.cleaned_data[field] for field in _person_name()})


class RoleForm(forms.Form):
    """A role in an organisation for a term; offers only what the role in force may give."""

    role = forms.ChoiceField(label="Роль")
    organisation = forms.IntegerField(
        label="Организация (номер в реестре)", min_value=1, help_text="Номер стоит в карточке организации."
    )
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label="Программа", required=False, empty_label="все программы"
    )
    position = forms.CharField(label="Должность", max_length=200, required=False)
    since = forms.DateField(label="С", widget=DayInput())
    until = forms.DateField(label="По", required=False, widget=DayInput(), help_text="Пусто: бессрочно.")
    basis = forms.CharField(label="Основание", max_length=300, required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._scope = scope
        self.fields["role"] = forms.ChoiceField(
            label="Роль", choices=[("", "выберите"), *((role.value, role.label) for role in appointable_roles(scope))]
        )
        self.fields["programme"].queryset = Programme.objects.order_by("name")  # type: ignore[attr-defined]

    def clean_organisation(self) -> Organisation:
        """The organisation, when the scope sees it."""
        number = self.cleaned_data["organisation"]
        found = Organisation.objects.visible_to(self._scope).filter(pk=min(number, 2**62)).first()
        if found is None:
            raise forms.ValidationError(f"Организации № {number} нет или она вне вашей территории.")
        return found

    def clean(self) -> dict[str, Any]:
        """The term goes forwards."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Окончание раньше начала.")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What `give_role` wants."""
        return {**self.cleaned_data, "role": Role(self.cleaned_data["role"])}


class InviteForm(RoleForm):
    """A new person with the first role."""

    email = forms.EmailField(label="Электронная почта", max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"email": self.fields["email"], **_person_name(), **self.fields}

    def name(self) -> Name:
        """The name that was entered."""
        return Name(**{field: self.cleaned_data[field] for field in _person_name()})

    def values(self) -> dict[str, Any]:
        """What `give_role` wants."""
        return {
            name: value for name, value in super().values().items() if name != "email" and name not in _person_name()
        }


class EndForm(forms.Form):
    """A last day and why."""

    on = forms.DateField(label="Последний день", widget=DayInput())
    reason = forms.CharField(label="Причина", max_length=300)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Причина", max_length=300)


class DeputyForm(forms.Form):
    """Who acts for me, when, why; the deputy is named by the address they sign in with."""

    deputy = forms.EmailField(label="Электронная почта заместителя")
    since = forms.DateField(label="С", widget=DayInput())
    until = forms.DateField(label="По", widget=DayInput())
    reason = forms.CharField(label="Причина", max_length=300, help_text="Например: ежегодный отпуск.")

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._scope = scope

    def clean_deputy(self) -> Person:
        """Somebody the person sees: from the same organisation or one above or below."""
        found: Person | None = (
            Person.objects.visible_to(self._scope)
            .filter(email__iexact=self.cleaned_data["deputy"], is_active=True)
            .first()
        )
        if found is None:
            raise forms.ValidationError(
                "Среди людей, которых вы видите, такого адреса нет. Проверьте раздел «Люди и роли»."
            )
        return found

    def clean(self) -> dict[str, Any]:
        """The term goes forwards."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and not since <= until <= since + datetime.timedelta(days=366):
            self.add_error("until", "Замещение длится от одного дня до года.")
        return cleaned


class PasswordForm(forms.Form):
    """A password, twice."""

    password = forms.CharField(
        label="Пароль",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
        strip=False,
    )
    again = forms.CharField(
        label="Ещё раз", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        cleaned = super().clean() or {}
        if cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", "Пароли не совпали: введите ещё раз.")
        return cleaned


class PeopleFilterForm(forms.Form):
    """Whom to look for."""

    q = forms.CharField(label="Фамилия или почта", required=False, max_length=100)
    role = forms.ChoiceField(label="Роль", required=False, choices=[("", "любая"), *Role.choices])
    organisation = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())
