"""What a view is given: a request that knows its person and scope; and the guard every view stands behind.

The request is made so by `accounts.middleware`; it stands here because every app with pages needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vekha_portal.journal.refusals import NotAllowed
from vekha_portal.journal.scope import Scope

P = ParamSpec("P")


class ScopedRequest(HttpRequest):
    """A request of somebody signed in, in a role."""

    user: Any
    scope: Scope


Scoped = Callable[Concatenate[ScopedRequest, P], HttpResponse]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponse]


def guarded(predicate: Any) -> Callable[[Scoped[P]], Guarded[P]]:
    """Lets a view be seen by whom the predicate allows: others sign in, or read why the door is closed.

    The predicate is asked about the scope alone; what is said of one object is asked in the view and again in the action.
    """

    def decorate(view: Scoped[P]) -> Guarded[P]:
        @wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            scoped: ScopedRequest = request  # type: ignore[assignment]  # the middleware made it one
            if not predicate.test(scoped.scope):
                return closed_door(request)
            try:
                return view(scoped, *args, **kwargs)
            except NotAllowed as refusal:
                return closed_door(request, str(refusal))

        answer.guard = predicate  # type: ignore[attr-defined]  # a test over all addresses looks for it
        return cast(Guarded[P], answer)

    return decorate


def closed_door(request: HttpRequest, why: str = "") -> HttpResponse:
    """403, with why and who can open it."""
    return render(request, "journal/closed.html", {"why": why, "title": "Сюда вам нельзя"}, status=403)
