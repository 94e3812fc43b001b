"""A page is a function with one template; the view declares which of its regions may be asked for alone.

A region is an element with an ``id``; a partial of the same name is everything inside it::

    <section id="rows">{% partialdef rows inline %}…{% endpartialdef %}</section>

``hx-target="#rows"`` asks for it; the element stays, its inside is replaced (HTMX's default swap). What does not name a declared
region gets the whole page, so a page answers the same with scripts and without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)

MESSAGES = "messages"
MARK = "X-Vekha-Partial"
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Answer:
    """A context with a status: 422 shows a form again with its errors, with scripts and without."""

    context: Mapping[str, Any]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Outcome = Mapping[str, Any] | Answer | HttpResponse
View = Callable[Concatenate[R, P], Outcome]
Page = Callable[Concatenate[R, P], HttpResponse]


def page(
    template: str, *, partials: Sequence[str] = (), along: Mapping[str, Sequence[str]] | None = None
) -> Callable[[View[R, P]], Page[R, P]]:
    """Answers a view's context with the page, or with the declared region that HTMX asks for.

    ``along`` names regions that change together with the one asked for; they are sent with it. Messages always are.
    """
    companions = along or {}
    unknown = {name for names in companions.values() for name in names} | set(companions)
    if not unknown <= set(partials):
        raise ValueError(f"{template}: {sorted(unknown - set(partials))} are not declared as partials")

    def decorate(view: View[R, P]) -> Page[R, P]:
        @wraps(view)
        def answer(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            outcome = view(request, *args, **kwargs)
            if isinstance(outcome, HttpResponse):
                return outcome
            known = outcome if isinstance(outcome, Answer) else Answer(outcome)
            asked = asked_region(request)
            if asked in partials:
                html = _pieces(request, template, known.context, asked, companions.get(asked, ()))
                response = HttpResponse(html, status=known.status, headers={**known.headers, MARK: asked})
            else:
                html = render_to_string(template, dict(known.context), request)
                response = HttpResponse(html, status=known.status, headers=dict(known.headers))
            patch_vary_headers(response, ("HX-Request", "HX-Target"))
            return response

        answer.template = template  # type: ignore[attr-defined]
        answer.partials = tuple(partials)  # type: ignore[attr-defined]
        return answer

    return decorate


def asked_region(request: HttpRequest) -> str:
    """The region HTMX wants to replace; empty for a browser, a boosted link, or a return through the history."""
    headers = request.headers
    if headers.get("HX-Request") != "true" or headers.get("HX-Boosted") or headers.get("HX-History-Restore-Request"):
        return ""
    return headers.get("HX-Target", "")


def _pieces(
    request: HttpRequest, template: str, context: Mapping[str, Any], asked: str, others: Sequence[str]
) -> SafeString:
    """The region asked for, and after it those that change with it, for HTMX to put into their places."""
    pieces = [render_to_string(f"{template}#{asked}", dict(context), request)]
    pieces += [_elsewhere(name, render_to_string(f"{template}#{name}", dict(context), request)) for name in others]
    pieces.append(_elsewhere(MESSAGES, render_to_string("ui/messages.html", dict(context), request)))
    return mark_safe("".join(pieces))


def _elsewhere(name: str, html: str) -> SafeString:
    return format_html('<div hx-swap-oob="innerHTML:#{}">{}</div>', name, mark_safe(html))
