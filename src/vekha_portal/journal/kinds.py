"""What the kinds of entries are called in Russian; every app names its own."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES: dict[str, str] = {}


def name_kinds(names: Mapping[str, str]) -> None:
    """Add the Russian names of an app's kinds of entries; one kind has one name."""
    for kind, name in names.items():
        if _NAMES.setdefault(kind, name) != name:
            raise ValueError(f"the journal's kind {kind} is named twice")


def kind_name(kind: str) -> str:
    """The Russian name of a kind; the kind itself where nobody named it."""
    return _NAMES.get(kind, kind)


def list_kinds() -> list[tuple[str, str]]:
    """Kinds with their names, by name."""
    return sorted(_NAMES.items(), key=lambda pair: pair[1])
