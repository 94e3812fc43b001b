"""Every address of the portal whose parts are known, asked for by somebody: nothing may fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.test import Client
from django.urls import URLResolver, get_resolver

from vekha_portal.accounts.models import Person
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.execution.models import Application, Evidence, Milestone, Proof
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Order, Reading, Revision, Roadmap
from vekha_portal.registry.models import Organisation

_OTHERS = ("account_", "mfa_", "socialaccount_", "openid_connect", "usersessions_")
_ANSWERS = (200, 302, 403, 404, 405, 422)


def known_values() -> dict[str, Any]:
    """One of everything that addresses name by a number."""
    with use_scope(SYSTEM_SCOPE):
        wave = Wave.objects.order_by("-subsidy_year", "pk")[:1].get()
        found: dict[str, Any] = {
            "wave_id": wave.pk,
            "code": wave.region_id,
            "organisation_id": wave.organisation_id,
            "person_id": Person.objects.order_by("pk")[:1].get().pk,
            "kind": "xlsx",
            "page": 1,
        }
        for name, rows in (
            ("application_id", Application.objects.filter(wave=wave)),
            ("order_id", Order.objects.filter(region_id=wave.region_id)),
            ("roadmap_id", Roadmap.objects.filter(applications__wave=wave)),
            ("revision_id", Revision.objects.filter(roadmap__applications__wave=wave)),
            ("milestone_id", Milestone.objects.filter(wave=wave, centre__isnull=False, proofs__isnull=False)),
            ("centre_id", Centre.objects.filter(wave=wave)),
            ("evidence_id", Evidence.objects.filter(region_id=wave.region_id)),
            ("proof_id", Proof.objects.filter(region_id=wave.region_id)),
            ("reading_id", Reading.objects.filter(region_id=wave.region_id)),
            ("school_id", Organisation.objects.filter(kind="school", region_id=wave.region_id)),
        ):
            first = rows.order_by("pk").values_list("pk", flat=True).first()
            if first is not None:
                found[name] = first
    return found


def addresses(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and path of every address whose parts are all known."""
    known = get_resolver().reverse_dict
    for name in sorted(set(_names(get_resolver()))):
        if name.startswith(_OTHERS):
            continue
        for possibilities, *_ in known.getlist(name):
            for template, parameters in possibilities:
                if set(parameters) <= set(values):
                    yield name, f"/{template % {each: values[each] for each in parameters}}"


def _names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern)
        elif pattern.name:
            yield pattern.name


def knock(person: Person, values: Mapping[str, Any]) -> dict[str, int]:
    """What the person is answered at every address; a failure of a view fails the test by itself."""
    client = Client()
    with use_scope(SYSTEM_SCOPE):
        client.force_login(person)
    answers = {}
    for name, path in addresses(values):
        answer = client.get(path)
        assert answer.status_code in _ANSWERS, f"{name} {path}: {answer.status_code}"
        answers[name] = answer.status_code
    return answers
