"""Forms of revisions: approval, and the order that changes a roadmap."""

from __future__ import annotations

from typing import Any

from django import forms

from vekha_portal.journal.scope import Scope
from vekha_portal.orders.forms.order import RequisitesForm
from vekha_portal.orders.models import Order, Roadmap
from vekha_portal.orders.reads import read_orders
from vekha_portal.ui.forms import RussianForm


class ApproveForm(RussianForm):
    """The version that was looked at, and that what is unresolved is known."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    is_knowing = forms.BooleanField(required=False, label="Утверждаю, зная о нерешённых вопросах")


class BasisForm(RequisitesForm):
    """The order that changes a roadmap: one that is there, or typed in here."""

    basis = forms.ModelChoiceField(
        Order.objects.none(),
        label="Каким распоряжением меняется карта",
        required=False,
        empty_label="его ещё нет в списке — внести ниже",
    )

    field_order = ("basis",)

    def __init__(self, *args: Any, scope: Scope, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        rows = read_orders(scope).filter(organisation=roadmap.organisation_id, withdrawn_at=None)
        fields["basis"].queryset = rows.order_by("-signed_on", "-pk")
        fields["kind"].required = False
        for name in ("coordinator", "control_name", "control_post"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Requisites are asked for only where no order was chosen."""
        given = forms.Form.clean(self) or self.cleaned_data
        if given.get("basis") is not None:
            return given
        return super().clean()
