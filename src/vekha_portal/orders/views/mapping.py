"""The page «Ответственные»: each name as it is written, and who that is in the system."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from vekha_portal.accounts.models import Person
from vekha_portal.accounts.roles import Role
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.journal.scope import Scope
from vekha_portal.orders import permissions
from vekha_portal.orders.actions.mapping import Meaning, map_responsible
from vekha_portal.orders.forms.listing import words_of
from vekha_portal.orders.models import Revision
from vekha_portal.orders.proposals import EACH_CENTRE, Choice, WrittenName, list_written, propose, search_choices
from vekha_portal.orders.views.found import SECTION, crumbs, demand, order_crumb, revision_of, url_or_nothing
from vekha_portal.registry.models import Organisation
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page

Outcome = Mapping[str, Any] | Answer | HttpResponse
ROLES = tuple(Choice(f"role:{role.value}", str(role.label)) for role in Role if role != Role.ADMINISTRATOR)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_list_orders)
@page("orders/mapping.html", partials=["names", "others"])
def mapping(request: ScopedRequest, revision_id: int) -> Outcome:
    """Choose for each written name an organisation, a role, a person, or the school of each centre."""
    revision = revision_of(request, revision_id)
    may_map = permissions.can_map_responsibles.test(request.scope, revision) and revision.withdrawn_at is None
    refused = ""
    if request.method == "POST":
        demand(permissions.can_map_responsibles, request, revision)
        try:
            told = _write(request, revision)
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, told)
            return redirect(reverse("orders_mapping", args=[revision.pk]))
    names = list_written(revision)
    if may_map:
        propose(names, scope=request.scope, revision=revision)
    asked = next((each for each in names if each.name == request.GET.get("name", "")), None)
    words = words_of(request.GET.get("q", "")[:200])
    context = {
        "title": "Ответственные",
        "section": SECTION,
        "crumbs": crumbs(order_crumb(revision.basis), ("Ответственные", "")),
        "revision": revision,
        "roadmap_url": url_or_nothing("roadmap_measures", revision.roadmap_id),
        "names": [(each, _choices(each), urlencode({"name": each.name})) for each in names],
        "unknown": sum(not each.chosen for each in names),
        "sure": sum(each.sure is not None for each in names),
        "may_map": may_map,
        "asked": asked,
        "words": request.GET.get("q", "")[:200],
        "others": search_choices(request.scope, words) if may_map and asked else [],
        "refused": refused,
    }
    return Answer(context, UNPROCESSABLE if refused else 200)


def _choices(each: WrittenName) -> list[tuple[str, list[Choice]]]:
    """What a select offers: what is said, what is proposed, the roles."""
    offered = {choice.value for choice in each.proposals}
    said = [Choice(each.chosen, each.chosen_label)] if each.chosen and each.chosen not in offered else []
    shown = {*offered, each.chosen}
    general = [Choice(EACH_CENTRE, "школа каждого центра"), *ROLES]
    groups = [
        ("Указано", said),
        ("Похоже на", each.proposals),
        ("Роли", [choice for choice in general if choice.value not in shown]),
    ]
    return [(label, choices) for label, choices in groups if choices]


def _write(request: ScopedRequest, revision: Revision) -> str:
    same: dict[str, Any] = {"by": request.user, "scope": request.scope, "at": timezone.now()}
    if request.POST.get("take") == "sure":
        names = list_written(revision)
        propose(names, scope=request.scope, revision=revision)
        taken = 0
        for each in names:
            if each.sure is not None:
                meaning = _meaning(each.sure.value, request.scope)
                map_responsible(revision=revision, name=each.name, meaning=meaning, **same)
                taken += 1
        return f"Принято предложений: {taken}."
    name = request.POST.get("name", "")
    meaning = _meaning(request.POST.get("meaning", ""), request.scope)
    count = map_responsible(revision=revision, name=name, meaning=meaning, **same)
    return f"«{name}» — {meaning}: записано в мероприятиях ({count})." if count else f"«{name}»: уже записано так."


def _meaning(value: str, scope: Scope) -> Meaning:
    """The value of the form as who it means; what is not there is refused."""
    kind, _, key = value.partition(":")
    if value == "":
        return Meaning()
    if value == EACH_CENTRE:
        return Meaning(is_each_centre=True)
    if kind == "role" and key in set(Role):
        return Meaning(role=key)
    if key.isascii() and key.isdigit() and len(key) < 19:
        if kind == "organisation":
            organisation = Organisation.objects.visible_to(scope).filter(pk=int(key)).first()
            if organisation is not None:
                return Meaning(organisation=organisation)
        if kind == "person":
            person = Person.objects.visible_to(scope).filter(pk=int(key)).first()
            if person is not None:
                return Meaning(person=person)
    raise Refused("Выбранной организации или человека нет или они вне вашей территории: выберите из списка.")
