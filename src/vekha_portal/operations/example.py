"""The example that an empty database starts with: every app may bring its part of it.

An app's part is the module ``example`` in its package with two functions:

- ``is_empty() -> bool``: the app holds nothing that people entered;
- ``load_example() -> Sequence[SignIn]``: enter the part; the sign-ins it made, to be shown at the start.

The parts are loaded in the order of ``INSTALLED_APPS``, all in one transaction and under the worker's role, once: whether
it was done or refused is remembered, so that real data never gets company.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import transaction

from vekha_portal.operations.models import Fact

FACT = "example"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A made-up person of the example."""

    login: str
    password: str
    who: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one app adds to the example."""

    is_empty: Callable[[], bool]
    load_example: Callable[[], Sequence[SignIn]]


def find_parts() -> tuple[Part, ...]:
    """The parts of all installed apps of the portal, in their order."""
    modules = [f"{config.name}.example" for config in apps.get_app_configs() if config.name.startswith("vekha_portal.")]
    found = [importlib.import_module(name) for name in modules if name != __name__ and importlib.util.find_spec(name)]
    return tuple(Part(module.is_empty, module.load_example) for module in found)


@transaction.atomic
def ensure_example(parts: Iterable[Part], *, wanted: bool) -> tuple[SignIn, ...]:
    """Load the example unless that was decided before; the sign-ins of the example this database holds."""
    known = Fact.objects.select_for_update().filter(name=FACT).first()
    if known is not None:
        return tuple(SignIn(**each) for each in known.value["sign_ins"])
    parts = tuple(parts)
    if not parts:
        return ()  # nothing to decide about yet
    loads = wanted and all(part.is_empty() for part in parts)
    made = tuple(sign_in for part in parts for sign_in in part.load_example()) if loads else ()
    rows = [{"login": each.login, "password": each.password, "who": each.who} for each in made]
    Fact.objects.create(name=FACT, value={"loaded": loads, "sign_ins": rows})
    return made
