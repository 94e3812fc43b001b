"""Names of those who handed in and decided: whoever sees the deed may know who did it, even where the person's card is not seen."""

from __future__ import annotations

from collections.abc import Iterable

from vekha_portal.accounts.models import Person
from vekha_portal.journal.scope import SYSTEM_SCOPE, look_under


def names_of(person_ids: Iterable[int | None]) -> dict[int, str]:
    """Surnames with initials, by the person's number; one query however many."""
    wanted = {each for each in person_ids if each is not None}
    if not wanted:
        return {}
    with look_under(SYSTEM_SCOPE):
        return {each.pk: each.short_name for each in Person.objects.filter(pk__in=wanted)}
