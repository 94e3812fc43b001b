"""The form of the understanding of debatable deadlines."""

from __future__ import annotations

from django import forms

from vekha_portal.ui.forms import RussianForm

BEFORE = (("yes", "включает 1 февраля"), ("no", "означает не позднее 31 января"))


class SettingsForm(RussianForm):
    """How «до 1 февраля» is understood, and when the end of a period is announced."""

    before_includes_day = forms.ChoiceField(label="«До 1 февраля»", choices=BEFORE, widget=forms.RadioSelect)
    warning_days = forms.IntegerField(
        label="За сколько дней предупреждать об окончании периода",
        min_value=0,
        max_value=366,
        help_text="Для сроков вида «в течение 2026 года»: они истекают в последний день.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
