"""Names beside deeds and duties: whoever sees an order may read who approved it and who answers for it.

The card of such a person or organisation may still be out of sight: of a sibling institution, of somebody who has left.
"""

from __future__ import annotations

from collections.abc import Iterable

from vekha_portal.accounts.models import Person
from vekha_portal.journal.scope import SYSTEM_SCOPE, look_under
from vekha_portal.registry.models import Organisation


def names_of_people(numbers: Iterable[int | None]) -> dict[int, str]:
    """Surnames with initials by number; one query however many."""
    wanted = {each for each in numbers if each is not None}
    if not wanted:
        return {}
    with look_under(SYSTEM_SCOPE):
        return {each.pk: each.short_name for each in Person.objects.filter(pk__in=wanted)}


def names_of_organisations(numbers: Iterable[int | None]) -> dict[int, str]:
    """Short names by number; one query however many."""
    wanted = {each for each in numbers if each is not None}
    if not wanted:
        return {}
    with look_under(SYSTEM_SCOPE):
        return {each.pk: str(each) for each in Organisation.objects.filter(pk__in=wanted)}
