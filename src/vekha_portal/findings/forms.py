"""Forms of findings: filters, and the reason for leaving a finding."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from vekha_portal.findings.models import Severity
from vekha_portal.findings.queries import Filters
from vekha_portal.journal.forms import DayInput

STATES = (
    ("open", "открытые"),
    ("waived", "принятые до срока"),
    ("gone", "исправленные"),
    ("all", "открытые и принятые"),
)
ABOUT = (("", "всё"), ("drafts", "черновики"), ("roadmaps", "утверждённые карты"), ("waves", "волны"))


class FilterForm(forms.Form):
    """What to look for; what makes no sense is not applied."""

    q = forms.CharField(
        label="Слова замечания", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    severity = forms.ChoiceField(label="Важность", required=False, choices=[("", "любая"), *Severity.choices])
    rule = forms.ChoiceField(label="Правило", required=False)
    state = forms.ChoiceField(label="Состояние", required=False, choices=STATES)
    about = forms.ChoiceField(label="Где", required=False, choices=ABOUT)

    def __init__(self, *args: Any, rules: list[tuple[str, str]], everywhere: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"] = forms.ChoiceField(label="Правило", required=False, choices=[("", "любое"), *rules])
        if not everywhere:
            del self.fields["about"]
        self.order_fields(["q", "severity", "rule", "state", "about"])

    def filters(self) -> Filters:
        """The filters that make sense."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            severity=given.get("severity") or "",
            rule=given.get("rule") or "",
            state=given.get("state") or "open",
            about=given.get("about") or "",
            words=(given.get("q") or "").strip(),
        )


class WaiveForm(forms.Form):
    """Why a finding is left, and until when."""

    reason = forms.CharField(
        label="Почему замечание остаётся",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Причину увидит каждый, кто откроет список; она попадёт в протокол и журнал.",
        error_messages={"required": "Напишите, почему замечание остаётся."},
    )
    ends_on = forms.DateField(
        label="Принять по",
        widget=DayInput(),
        help_text="Не дольше года. После этого дня замечание снова считается открытым.",
        error_messages={"required": "Укажите день, до которого замечание принято.", "invalid": "Такого дня нет."},
    )

    @classmethod
    def on(cls, day: datetime.date, data: Any = None) -> WaiveForm:
        """The form as it is first shown: for three months."""
        return cls(data, initial={"ends_on": day + datetime.timedelta(days=90)})
