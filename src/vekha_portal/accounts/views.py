"""Pages about oneself and about people: profile, roles, deputies, invitations."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vekha_portal.accounts import actions, permissions
from vekha_portal.accounts.forms import (
    DeputyForm,
    EndForm,
    InviteForm,
    NameForm,
    PasswordForm,
    PeopleFilterForm,
    ReasonForm,
    RoleForm,
)
from vekha_portal.accounts.letters import send_invitation
from vekha_portal.accounts.models import Deputy, Person, RoleAssignment
from vekha_portal.accounts.queries import list_people
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.ui.pages import Answer, page
from vekha_portal.ui.tables import turn_to

UNPROCESSABLE = 422


@require_POST
@guarded(permissions.is_known)
def switch(request: ScopedRequest) -> HttpResponse:
    """Act in another of one's roles from the next request on."""
    wanted = request.POST.get("seat", "")
    chairs = request.chairs  # type: ignore[attr-defined]
    chosen = next((chair for chair in chairs if str(chair.assignment.pk) == wanted), None)
    if chosen is None:
        messages.error(request, "Этой роли у вас больше нет: срок закончился или её сняли.")
    else:
        request.session["assignment"] = chosen.assignment.pk
        messages.success(request, f"Теперь вы работаете так: {chosen.label}.")
    there = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure()):
        there = "/"
    return HttpResponseRedirect(there)


@require_POST
@guarded(permissions.is_known)
def end_session(request: ScopedRequest, session_id: int) -> HttpResponse:
    """Close one of one's own sign-ins somewhere else."""
    found = UserSession.objects.filter(pk=session_id, user_id=request.user.pk).first()
    if found is None:
        raise Http404
    end_sessions(request, [found])
    messages.success(request, "Вход закрыт.")
    return redirect("usersessions_list")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.is_known)
@page("accounts/profile.html")
def profile(request: ScopedRequest) -> Mapping[str, Any] | Answer | HttpResponse:
    """One's own name, roles, deputies and the ways to sign in."""
    person = Person.objects.get(pk=request.user.pk)
    initial = {
        "surname": person.surname,
        "given_name": person.given_name,
        "patronymic": person.patronymic,
        "phone": person.phone,
    }
    form = NameForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_own_card(person=person, name=form.name(), by=person, scope=request.scope, at=timezone.now())
        messages.success(request, "Записано.")
        return redirect("accounts_profile")
    today = timezone.localdate()
    deputies = (
        Deputy.objects.filter(principal=person, until__gte=today).select_related("deputy").order_by("since", "pk")
    )
    context = {
        "title": "Мои настройки",
        "form": form,
        "person": person,
        "chair": request.chair,  # type: ignore[attr-defined]
        "chairs": request.chairs,  # type: ignore[attr-defined]
        "deputies": deputies,
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_deputise)
@page("accounts/form.html")
def name_deputy(request: ScopedRequest) -> Mapping[str, Any] | Answer | HttpResponse:
    """Let somebody act for oneself during absence."""
    form = DeputyForm(request.POST or None, scope=request.scope)
    if form.is_bound and form.is_valid():
        person = Person.objects.get(pk=request.user.pk)
        try:
            actions.name_deputy(
                principal=person, **form.cleaned_data, by=person, scope=request.scope, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Замещение назначено: заместитель увидит ваши роли в своём меню.")
            return redirect("accounts_profile")
    return _form(request, form, "Кто меня замещает", "Назначить", reverse("accounts_profile"))


@require_POST
@guarded(permissions.can_deputise)
def end_deputy(request: ScopedRequest, deputy_id: int) -> HttpResponse:
    """End a deputy's term with yesterday."""
    found = Deputy.objects.filter(pk=deputy_id, principal_id=request.user.pk).first()
    if found is None:
        raise Http404
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    actions.end_deputy(deputy=found, on=yesterday, by=request.user, scope=request.scope, at=timezone.now())
    messages.success(request, "Замещение прекращено.")
    return redirect("accounts_profile")


@require_safe
@guarded(permissions.can_list_people)
@page("accounts/people.html", partials=["people"])
def people(request: ScopedRequest) -> Mapping[str, Any]:
    """People with the roles they hold today."""
    form = PeopleFilterForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    found = list_people(
        request.scope,
        day=timezone.localdate(),
        text=wanted.get("q", ""),
        role=wanted.get("role", ""),
        organisation=wanted.get("organisation"),
    )
    return {
        "title": "Люди и роли",
        "section": "people",
        "form": form,
        "page": turn_to(found, request.GET),
        "may_invite": permissions.can_invite.test(request.scope),
    }


@require_safe
@guarded(permissions.can_view_people)
@page("accounts/person.html")
def person_card(request: ScopedRequest, person_id: int) -> Mapping[str, Any]:
    """One person: all roles ever, which of them one may end."""
    person = _visible_person(request, person_id)
    held = (
        RoleAssignment.objects.visible_to(request.scope)
        .filter(person=person)
        .select_related("organisation", "programme")
        .order_by("-since", "pk")
    )
    today = timezone.localdate()
    roles = [
        (each, each.until is None or each.until >= today, permissions.can_end_role.test(request.scope, each))
        for each in held
    ]
    return {
        "title": person.full_name,
        "section": "people",
        "person": person,
        "roles": roles,
        "may_give": permissions.appoints.test(request.scope),
        "may_block": permissions.appoints.test(request.scope) and request.scope.is_country,
    }


def _visible_person(request: ScopedRequest, person_id: int) -> Person:
    found: Person | None = Person.objects.visible_to(request.scope).filter(pk=person_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_invite)
@page("accounts/form.html")
def invite(request: ScopedRequest) -> Mapping[str, Any] | Answer | HttpResponse:
    """A new person with a first role; the link goes by letter and is shown once, to be handed over."""
    initial = {"since": timezone.localdate(), "organisation": request.GET.get("organisation", "")}
    form = InviteForm(request.POST or None, scope=request.scope, initial=initial)
    if form.is_bound and form.is_valid():
        now = timezone.now()
        try:
            with transaction.atomic():
                person = actions.add_person(
                    email=form.cleaned_data["email"], name=form.name(), by=request.user, scope=request.scope, at=now
                )
                actions.give_role(person=person, **form.values(), by=request.user, scope=request.scope, at=now)
                token = actions.invite(person=person, by=request.user, scope=request.scope, at=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _invited(request, person, token)
    return _form(request, form, "Пригласить человека", "Пригласить", reverse("accounts_people"))


def _invited(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("accounts_invited", args=[token]))
    transaction.on_commit(lambda: send_invitation(person, link))
    return render(
        request, "accounts/invitation_sent.html", {"title": "Приглашение готово", "person": person, "link": link}
    )


@require_POST
@guarded(permissions.can_invite)
def invite_again(request: ScopedRequest, person_id: int) -> HttpResponse:
    """A new link for somebody who lost the old one or the password."""
    person = _visible_person(request, person_id)
    token = actions.invite(person=person, by=request.user, scope=request.scope, at=timezone.now())
    return _invited(request, person, token)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.appoints)
@page("accounts/form.html")
def give_role(request: ScopedRequest, person_id: int) -> Mapping[str, Any] | Answer | HttpResponse:
    """One more role for a person."""
    person = _visible_person(request, person_id)
    form = RoleForm(request.POST or None, scope=request.scope, initial={"since": timezone.localdate()})
    there = reverse("accounts_person", args=[person.pk])
    if form.is_bound and form.is_valid():
        try:
            actions.give_role(person=person, **form.values(), by=request.user, scope=request.scope, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Роль дана.")
            return redirect(there)
    return _form(request, form, f"Дать роль: {person}", "Дать роль", there)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.appoints)
@page("accounts/form.html")
def end_role(request: ScopedRequest, assignment_id: int) -> Mapping[str, Any] | Answer | HttpResponse:
    """The last day of a role."""
    found = (
        RoleAssignment.objects.visible_to(request.scope)
        .select_related("organisation", "person")
        .filter(pk=assignment_id)
        .first()
    )
    if found is None:
        raise Http404
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    there = reverse("accounts_person", args=[found.person_id])
    if form.is_bound and form.is_valid():
        try:
            actions.end_role(
                assignment=found, **form.cleaned_data, by=request.user, scope=request.scope, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Роль закончена.")
            return redirect(there)
    return _form(request, form, f"Закончить роль: {found.person} — {found}", "Закончить", there)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.appoints)
@page("accounts/form.html")
def set_active(request: ScopedRequest, person_id: int) -> Mapping[str, Any] | Answer | HttpResponse:
    """Close or open sign-in to a person."""
    person = _visible_person(request, person_id)
    form = ReasonForm(request.POST or None)
    there = reverse("accounts_person", args=[person.pk])
    if form.is_bound and form.is_valid():
        try:
            actions.set_active(
                person=person,
                is_active=not person.is_active,
                reason=form.cleaned_data["reason"],
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Записано.")
            return redirect(there)
    verb = "Закрыть вход" if person.is_active else "Открыть вход"
    return _form(request, form, f"{verb}: {person}", verb, there)


def _form(request: HttpRequest, form: Any, title: str, verb: str, back: str) -> Answer:
    context = {"title": title, "form": form, "verb": verb, "back_url": back, "section": "people"}
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a link: set the password once. Open to whoever holds the link."""
    now = timezone.now()
    if request.user.is_authenticated:
        return render(
            request,
            "accounts/invited.html",
            {"title": "Приглашение", "why": "Сначала выйдите: сейчас вход открыт для другого человека."},
        )
    found = actions.find_invitation(token, now)
    if found is None:
        why = "Ссылка больше не действует: она использована, просрочена или прислана новая. Попросите прислать новую."
        return render(request, "accounts/invited.html", {"title": "Приглашение", "why": why}, status=410)
    form = PasswordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.accept_invitation(token=token, password=form.cleaned_data["password"], at=now)
        except Refused as refusal:
            form.add_error("password", str(refusal))
        else:
            messages.success(request, "Пароль задан. Войдите с вашим адресом и этим паролем.")
            return redirect("account_login")
    context = {"title": "Приглашение", "form": form, "person": found.person}
    return render(request, "accounts/invited.html", context, status=UNPROCESSABLE if form.is_bound else 200)
