"""``python -m django migrate``: Django's own, without its habit of building the whole model graph again for every step.

Django renders, after every operation, the changed model and the neighbours of its neighbours. Here nearly every table
refers to people and organisations, so that is every model there is, hundreds of times: most of a first start. Where
Django itself says that neighbours may wait (an index, a constraint, a plain field), and where the model is new, they do:
only that model is rendered, and the others go on referring to a class with the same table and key. Before Python code
runs in a migration Django renders all of them anew, as ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.migrate import Command as DjangosCommand
from django.db.migrations.state import ProjectState


class Command(DjangosCommand):
    """Django's command with neighbours left in peace."""

    def handle(self, *arguments: Any, **options: Any) -> None:
        """Migrate."""
        with _neighbours_in_peace():
            super().handle(*arguments, **options)


@contextmanager
def _neighbours_in_peace() -> Iterator[None]:
    states: Any = ProjectState  # what is replaced is not among the declared
    thorough = states._find_reload_model

    def find(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:  # noqa: FBT001, FBT002 — Django's signature
        is_new = model_name not in state.apps.all_models.get(app_label, {})  # nobody can refer to it yet
        if not (delay or is_new):
            found: set[tuple[str, str]] = thorough(state, app_label, model_name, delay)
            return found
        state.is_delayed = True
        return {(app_label, model_name)}

    states._find_reload_model = find
    try:
        yield
    finally:
        states._find_reload_model = thorough
