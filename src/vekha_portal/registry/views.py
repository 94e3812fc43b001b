"""Pages of the registry: the list, a card with its history, the import of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.registry import actions, permissions
from vekha_portal.registry.forms import AddForm, CardForm, EndForm, FilterForm, RenameForm, UploadForm
from vekha_portal.registry.imports import Plan, plan_import
from vekha_portal.registry.models import Organisation, OrganisationImport
from vekha_portal.registry.queries import list_organisations
from vekha_portal.registry.sheets import Sheet, mark_errors, read_sheet
from vekha_portal.ui.pages import Answer, page
from vekha_portal.ui.tables import Column, Sorting, turn_to

UNPROCESSABLE = 422
SHOWN_ERRORS = 200
SHOWN_ROWS = 300
COLUMNS = (
    Column("name", "Наименование", ("sort_key",)),
    Column("kind", "Вид", ("kind", "sort_key")),
    Column("place", "Территория", ("region_id", "municipality__sort_key", "sort_key")),
    Column("inn", "ИНН", ("inn",)),
    Column("number", "№ в реестре", ("id",), numeric=True),
)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Outcome = Mapping[str, Any] | Answer | HttpResponse


@require_safe
@guarded(permissions.can_list_organisations)
@page("registry/list.html", partials=["organisations"])
def list_page(request: ScopedRequest) -> Mapping[str, Any]:
    """Organisations the role sees."""
    form = FilterForm(request.GET, scope=request.scope)
    today = timezone.localdate()
    sorting = Sorting.read(request.GET, COLUMNS, "name")
    rows = list_organisations(request.scope, form.filters(), day=today).order_by(*sorting.order_by)
    return {
        "title": "Реестр организаций",
        "section": "registry",
        "form": form,
        "sorting": sorting,
        "page": turn_to(rows, request.GET),
        "today": today,
        "may_add": permissions.can_add_organisation.test(request.scope),
    }


def _visible(request: ScopedRequest, organisation_id: int) -> Organisation:
    rows = Organisation.objects.visible_to(request.scope).select_related(
        "region", "municipality", "parent", "successor", "school"
    )
    found = rows.filter(pk=organisation_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@guarded(permissions.can_list_organisations)
@page("registry/card.html")
def card(request: ScopedRequest, organisation_id: int) -> Mapping[str, Any]:
    """A card: what it is today, what it was called, what happened to it."""
    found = _visible(request, organisation_id)
    about = {"about_kind": "registry.organisation", "about_id": str(found.pk)}
    entries = Entry.objects.visible_to(request.scope).filter(**about).order_by("-made_at", "-pk")[:30]
    test = permissions
    return {
        "title": str(found),
        "section": "registry",
        "organisation": found,
        "names": found.names.order_by("since", "pk"),
        "children": Organisation.objects.visible_to(request.scope)
        .filter(parent=found)
        .order_by("sort_key", "pk")[:100],
        "entries": entries,
        "may_change": test.can_change_organisation.test(request.scope, found),
        "may_rename": test.can_rename_organisation.test(request.scope, found),
        "may_close": test.can_close_organisation.test(request.scope, found) and found.closed_on is None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_add_organisation)
@page("registry/form.html")
def add(request: ScopedRequest) -> Outcome:
    """Enter an organisation."""
    scope, now = request.scope, timezone.now()
    form = AddForm(request.POST or None, scope=scope, initial={"region": scope.region})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                place = None
                if given["municipality"] and given["region"]:
                    place = actions.add_municipality(
                        region=given["region"], name=given["municipality"], by=request.user, scope=scope, at=now
                    )
                made = actions.add_organisation(
                    card=form.card(),
                    region=given["region"],
                    parent=given["parent"],
                    municipality=place,
                    by=request.user,
                    scope=scope,
                    at=now,
                )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Организация внесена.")
            return redirect("registry_card", made.pk)
    return _form(request, form, "Новая организация", "Внести", reverse("registry_list"))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_list_organisations)
@page("registry/form.html")
def change(request: ScopedRequest, organisation_id: int) -> Outcome:
    """Change a card."""
    found = _visible(request, organisation_id)
    _demand(permissions.can_change_organisation, request, found)
    school = getattr(found, "school", None)
    names = (*actions.CARD_FIELDS, *actions.SCHOOL_FIELDS)
    initial = {name: getattr(found if name in actions.CARD_FIELDS else school, name, None) for name in names}
    form = CardForm(
        request.POST or None, organisation=found, scope=request.scope, initial={**initial, "version": found.version}
    )
    if form.is_bound and form.is_valid():
        try:
            actions.change_organisation(
                organisation=found,
                version=form.cleaned_data["version"],
                values=form.values(),
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Записано.")
            return redirect("registry_card", found.pk)
    return _form(request, form, f"Изменить: {found}", "Записать", reverse("registry_card", args=[found.pk]))


def _demand(predicate: Any, request: ScopedRequest, organisation: Organisation) -> None:
    if not predicate.test(request.scope, organisation):
        raise NotAllowed(
            "Эту карточку ведут администратор, региональный координатор и муниципальный орган её территории."
        )


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_list_organisations)
@page("registry/form.html")
def rename(request: ScopedRequest, organisation_id: int) -> Outcome:
    """A new name from a day on."""
    found = _visible(request, organisation_id)
    _demand(permissions.can_rename_organisation, request, found)
    form = RenameForm(request.POST or None, initial={"name": found.name, "short_name": found.short_name})
    if form.is_bound and form.is_valid():
        try:
            actions.rename_organisation(
                organisation=found, **form.cleaned_data, by=request.user, scope=request.scope, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Новое наименование записано; документы прежних дней сохраняют прежнее.")
            return redirect("registry_card", found.pk)
    return _form(request, form, f"Переименовать: {found}", "Переименовать", reverse("registry_card", args=[found.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_list_organisations)
@page("registry/form.html")
def end(request: ScopedRequest, organisation_id: int) -> Outcome:
    """Close an organisation or merge it into another."""
    found = _visible(request, organisation_id)
    _demand(permissions.can_close_organisation, request, found)
    form = EndForm(request.POST or None, scope=request.scope)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        same = {"organisation": found, "on": given["on"], "reason": given["reason"], "by": request.user}
        try:
            if given["into"] is None:
                actions.close_organisation(**same, scope=request.scope, at=timezone.now())
            else:
                actions.merge_organisation(**same, into=given["into"], scope=request.scope, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Записано. История организации сохранена.")
            return redirect("registry_card", found.pk)
    return _form(
        request, form, f"Прекращение деятельности: {found}", "Записать", reverse("registry_card", args=[found.pk])
    )


def _form(request: HttpRequest, form: Any, title: str, verb: str, back: str) -> Answer:
    context = {"title": title, "form": form, "verb": verb, "back_url": back, "section": "registry"}
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_import_organisations)
@page("registry/upload.html")
def upload(request: ScopedRequest) -> Outcome:
    """First step of an import: the table."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*posted, scope=request.scope, initial={"region": request.scope.region})
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        kept = actions.keep_import(
            region=form.cleaned_data["region"],
            file_name=file.name,
            content=file.read(),
            by=request.user,
            scope=request.scope,
            at=timezone.now(),
        )
        return redirect("registry_import", kept.pk)
    return _form(request, form, "Загрузить школы из таблицы", "Посмотреть, что будет", reverse("registry_list"))


def _kept(request: ScopedRequest, import_id: int) -> OrganisationImport:
    found = OrganisationImport.objects.visible_to(request.scope).select_related("region").filter(pk=import_id).first()
    if found is None:
        raise Http404
    return found


def _look(request: ScopedRequest, kept: OrganisationImport, decisions: Mapping[str, str]) -> tuple[Sheet, Plan]:
    sheet = read_sheet(bytes(kept.content))
    return sheet, plan_import(sheet, region=kept.region_id, scope=request.scope, decisions=decisions)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_import_organisations)
@page("registry/import.html")
def import_page(request: ScopedRequest, import_id: int) -> Outcome:
    """Second step: what would be done, what is wrong, what to decide; then it is done, wholly or not at all."""
    kept = _kept(request, import_id)
    decisions = {
        name.removeprefix("row-"): value
        for name, value in request.POST.items()
        if name.startswith("row-") and isinstance(value, str)
    }
    refused = ""
    if request.method == "POST":
        try:
            outcome = actions.carry_out_import(
                kept=kept, decisions=decisions, by=request.user, scope=request.scope, at=timezone.now()
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            done = ", ".join(f"{name}: {count}" for name, count in outcome.items())
            messages.success(request, f"Загружено. {done}.")
            return redirect("registry_import", kept.pk)
    context: dict[str, Any] = {
        "title": f"Загрузка: {kept.file_name}",
        "section": "registry",
        "kept": kept,
        "refused": refused,
    }
    if kept.applied_at is None:
        _, plan = _look(request, kept, decisions)
        context |= {
            "plan": plan,
            "errors": plan.errors[:SHOWN_ERRORS],
            "rows": plan.rows[:SHOWN_ROWS],
            "decisions": decisions,
        }
    return Answer(context, UNPROCESSABLE if refused else 200)


@require_safe
@guarded(permissions.can_import_organisations)
def import_errors(request: ScopedRequest, import_id: int) -> HttpResponse:
    """The table with its wrong cells marked, to be mended and loaded again."""
    kept = _kept(request, import_id)
    sheet, plan = _look(request, kept, {})
    headers = {"Content-Disposition": f'attachment; filename="errors-{kept.pk}.xlsx"'}
    return HttpResponse(mark_errors(sheet, plan.errors), content_type=_XLSX, headers=headers)
