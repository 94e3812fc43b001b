"""Predicates of permissions: small named questions that are joined by ``&``, ``|`` and ``~``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rules.predicates


def predicate(question: Callable[..., bool]) -> Any:
    """A question about a scope, or about a scope and an object, that can be joined with others.

    >>> tall, old = predicate(lambda scope: scope > 3), predicate(lambda scope: scope > 9)
    >>> (tall & ~old).test(5), (tall & old).test(5)
    (True, False)
    """
    make: Any = rules.predicates.predicate
    return make(question)
