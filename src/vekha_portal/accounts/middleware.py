"""Every request runs in one transaction under the scope of the role its person acts in; nobody's scope sees nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pghistory
import structlog
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone

from vekha_portal.accounts.frame import build_frame
from vekha_portal.accounts.models import Person
from vekha_portal.accounts.scope import Chair, choose_chair, list_chairs, scope_of
from vekha_portal.journal.scope import NOBODY, SIGN_IN_SCOPE, SYSTEM_SCOPE, Scope, set_scope

CHAIR_KEY = "assignment"
#: Addresses that look people up before anybody is signed in.
_SIGN_IN_NAMES = (
    "account_",
    "mfa_authenticate",
    "mfa_login",
    "mfa_trust",
    "openid_connect",
    "socialaccount_",
    "accounts_invited",
)
_OUTSIDE = frozenset({"/healthz", "/readyz", "/metrics"})


class ScopeMiddleware:
    """Sets ``request.scope``, ``request.chair`` and ``request.chairs``, and the settings the policies read.

    The settings are local to the transaction, so that a pooled connection never carries them into another request. A view that
    fails rolls back to its own savepoint (ATOMIC_REQUESTS). Answers that stream run after the transaction and so see nothing:
    files are made whole before they are sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in _OUTSIDE or request.path.startswith("/static/"):
            return self.get_response(request)
        number = str(structlog.contextvars.get_contextvars().get("request") or uuid.uuid4().hex)
        with transaction.atomic():
            self._enter(request, number)
            scope: Scope = request.scope  # type: ignore[attr-defined]
            with pghistory.context(person=scope.person, role=scope.role, request=number):
                return self.get_response(request)

    def _enter(self, request: HttpRequest, number: str) -> None:
        scope, chair, chairs = self._identify(request, number)
        request.scope, request.chair, request.chairs = scope, chair, chairs  # type: ignore[attr-defined]
        set_scope(scope, request_id=number)
        person = request.user if isinstance(request.user, Person) else None
        request.frame = build_frame(person, scope, chair, chairs)  # type: ignore[attr-defined]

    def _identify(self, request: HttpRequest, number: str) -> tuple[Scope, Chair | None, list[Chair]]:
        claimed = request.session.get("_auth_user_id")
        if claimed is None:
            return (SIGN_IN_SCOPE if _is_sign_in(request) else NOBODY), None, []
        set_scope(SYSTEM_SCOPE, request_id=number)  # only to look up this person and their roles
        person = request.user
        if not isinstance(person, Person):
            return (SIGN_IN_SCOPE if _is_sign_in(request) else NOBODY), None, []
        chairs = list_chairs(person, timezone.localdate())
        chair = choose_chair(chairs, request.session.get(CHAIR_KEY))
        return scope_of(person, chair), chair, chairs


def _is_sign_in(request: HttpRequest) -> bool:
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return False
    return name.startswith(_SIGN_IN_NAMES)
