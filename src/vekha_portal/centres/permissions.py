"""Who may do what with waves and centres: predicates over the scope in force and the object.

The same is said once more by the policies of the database (`migrations/0003_policies.py`).
"""

from __future__ import annotations

from vekha_portal.centres.models import Centre, Wave
from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import SYSTEM, Scope
from vekha_portal.registry.models import Organisation, Region
from vekha_portal.registry.permissions import is_signed_in, is_within

_LEADERS = frozenset({"administrator", "regional_coordinator", "regional_operator", "federal_operator", SYSTEM})
_KEEPERS = frozenset({"administrator", "regional_coordinator", "regional_operator", "municipality", "school", SYSTEM})


def covers_programme(scope: Scope, programme: str) -> bool:
    """Whether the role is for this programme; most roles are for all."""
    return not scope.programmes or programme in scope.programmes


@predicate
def leads(scope: Scope) -> bool:
    """The role opens waves and keeps their lists of schools."""
    return scope.role in _LEADERS


@predicate
def can_open_wave(scope: Scope, wanted: tuple[Region, str]) -> bool:
    """A wave of this region and programme."""
    region, programme = wanted
    return (
        scope.role in _LEADERS
        and (scope.is_country or scope.region == region.code)
        and covers_programme(scope, programme)
    )


@predicate
def can_change_wave(scope: Scope, wave: Wave) -> bool:
    """Who leads the wave, which order approved its list, its end."""
    return bool(can_open_wave.test(scope, (wave.region, wave.programme_id)))


@predicate
def can_change_list(scope: Scope, wave: Wave) -> bool:
    """Which schools are on the list: the region says so, not the federal operator."""
    return scope.role != "federal_operator" and bool(can_change_wave.test(scope, wave))


@predicate
def can_change_centre(scope: Scope, centre: Centre) -> bool:
    """The card of a centre: its school, its municipality, its region."""
    organisation: Organisation = centre.organisation
    return (
        scope.role in _KEEPERS
        and bool(is_within.test(scope, organisation))
        and covers_programme(scope, centre.programme_id)
    )


can_view_waves = is_signed_in
can_keep_centres = is_signed_in & predicate(lambda scope: scope.role in _KEEPERS)
can_lead = is_signed_in & leads
