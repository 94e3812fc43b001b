"""A deed that is not allowed or not possible now: the message is for the person who tried."""

from __future__ import annotations


class Refused(Exception):
    """Refused, with a Russian sentence that says why and what to do; nothing was changed."""


class NotAllowed(Refused):
    """Refused because the role in force may not do it."""
