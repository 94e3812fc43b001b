"""What people may ask of the pages; nonsense in an address is shown with its error and not applied."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from vekha_portal.execution.looks import STATES
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.overview.bridge import STAGES
from vekha_portal.overview.folding import list_words
from vekha_portal.overview.queries.milestones import OWED, RETURNED, UNDATED, Filters
from vekha_portal.overview.queries.region import Choice
from vekha_portal.overview.queries.workload import Span
from vekha_portal.registry.models import Municipality, Programme, Region
from vekha_portal.ui.forms import DayInput

#: No page is about more days than these.
LONGEST_DAYS = 366
WORKLOAD_DAYS = 60
_FIRST_YEAR = 2018
_BIGGEST = 2**62
_ANY = ("", "все")
_SUMS = ((OWED, "не исполнено"), (UNDATED, "не исполнено, срока нет"), (RETURNED, "с возвращённым документом"))


def _years(day: datetime.date) -> list[tuple[str, str]]:
    return [_ANY, *((str(year), str(year)) for year in range(day.year + 2, _FIRST_YEAR, -1))]


def _programmes(scope: Scope) -> list[tuple[str, str]]:
    rows = Programme.objects.order_by("name", "code")
    if scope.programmes:
        rows = rows.filter(code__in=scope.programmes)
    return [_ANY, *rows.values_list("code", "name")]


def _regions() -> list[tuple[str, str]]:
    return [_ANY, *Region.objects.order_by("sort_key").values_list("code", "name")]


def _day(label: str) -> forms.DateField:
    """A day of this century."""
    limits = [MinValueValidator(datetime.date(2000, 1, 1)), MaxValueValidator(datetime.date(2099, 12, 31))]
    return forms.DateField(label=label, required=False, widget=DayInput(), validators=limits)


class ChoiceForm(forms.Form):
    """Which waves: a programme and a subsidy year."""

    programme = forms.ChoiceField(label="Программа", required=False)
    year = forms.ChoiceField(label="Год субсидии", required=False)

    def __init__(self, *args: Any, scope: Scope, day: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = _programmes(scope)  # type: ignore[attr-defined]
        self.fields["year"].choices = _years(day)  # type: ignore[attr-defined]

    def choice(self) -> Choice:
        """What makes sense of it."""
        self.is_valid()
        year = self.cleaned_data.get("year")
        return Choice(self.cleaned_data.get("programme", ""), int(year) if year else None)


class MilestonesForm(forms.Form):
    """Filters of the list of milestones."""

    q = forms.CharField(
        label="Мероприятие или школа", required=False, max_length=200, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(label="Состояние", required=False)
    stage = forms.ChoiceField(label="Этап", required=False)
    whose = forms.ChoiceField(label="Чьи", required=False)
    region = forms.ChoiceField(label="Субъект", required=False)
    municipality = forms.ChoiceField(label="Муниципальное образование", required=False)
    programme = forms.ChoiceField(label="Программа", required=False)
    year = forms.ChoiceField(label="Год субсидии", required=False)
    since = _day("Срок с")
    until = _day("Срок по")
    wave = forms.IntegerField(required=False, min_value=1, max_value=_BIGGEST, widget=forms.HiddenInput())
    centre = forms.IntegerField(required=False, min_value=1, max_value=_BIGGEST, widget=forms.HiddenInput())
    organisation = forms.IntegerField(required=False, min_value=1, max_value=_BIGGEST, widget=forms.HiddenInput())
    measure = forms.IntegerField(required=False, min_value=1, max_value=_BIGGEST, widget=forms.HiddenInput())
    open = forms.BooleanField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, scope: Scope, day: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = [_ANY, ("own", "мои"), ("decide", "ждут моего решения"), ("territory", "моей территории")]
        choices = {
            "state": [("", "любое"), *_SUMS, *((key, shown.label) for key, shown in STATES.items())],
            "stage": [("", "любой"), *((stage.key, stage.title) for stage in STAGES)],
            "whose": whose if scope.reach is not Reach.COUNTRY else whose[:3],
            "programme": _programmes(scope),
            "year": _years(day),
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        if scope.is_country:
            self.fields["region"].choices = _regions()  # type: ignore[attr-defined]
        else:
            del self.fields["region"]
        region = scope.region or self.data.get("region", "")
        if len(region) == 2 and region.isascii() and region.isdigit():
            places = Municipality.objects.filter(region_id=region).order_by("sort_key")
            offered = [_ANY, *((str(key), name) for key, name in places.values_list("pk", "name"))]
            self.fields["municipality"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["municipality"]

    def filters(self) -> Filters:
        """The filters that make sense."""
        self.is_valid()
        given = self.cleaned_data
        year, municipality = given.get("year"), given.get("municipality")
        numbers = {name: given.get(name) for name in ("wave", "centre", "organisation", "measure", "since", "until")}
        return Filters(
            words=list_words(given.get("q", "")),
            state=given.get("state", ""),
            stage=given.get("stage", ""),
            region=given.get("region", ""),
            municipality=int(municipality) if municipality else None,
            programme=given.get("programme", ""),
            year=int(year) if year else None,
            whose=given.get("whose", ""),
            is_open=bool(given.get("open")),
            **numbers,
        )


class SpanForm(forms.Form):
    """The days of the workload, and the region where the country is seen."""

    since = _day("С")
    until = _day("По")
    region = forms.ChoiceField(label="Субъект", required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if scope.is_country:
            self.fields["region"].choices = _regions()  # type: ignore[attr-defined]
        else:
            del self.fields["region"]

    def clean(self) -> dict[str, Any]:
        """The days go forwards, a year at most."""
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and not since <= until <= since + datetime.timedelta(LONGEST_DAYS):
            self.add_error("until", "Укажите день не раньше первого и не дальше года от него.")
        return given

    def span(self, *, today: datetime.date) -> Span:
        """The days that make sense: from today on, two months, where nothing is said."""
        self.is_valid()
        given = self.cleaned_data
        until = given.get("until")
        since = given.get("since") or (min(today, until) if until else today)
        until = until or since + datetime.timedelta(WORKLOAD_DAYS)
        until = min(until, since + datetime.timedelta(LONGEST_DAYS))
        return Span(since, until, given.get("region", ""))
