"""``python -m django load_example``: the example into an empty database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from vekha_portal.operations.example import ensure_example, find_parts


class Command(BaseCommand):
    """Prints the example's sign-ins as one line of JSON."""

    help = "Загрузить пример в пустую базу; в базе, где уже работают, ничего не меняется."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--decline`` remembers that no example is wanted."""
        parser.add_argument("--decline", action="store_true", help="Не загружать ни сейчас, ни потом.")

    def handle(self, *_: Any, decline: bool, **__: Any) -> str:
        """Load what is to be loaded."""
        sign_ins = ensure_example(find_parts(), wanted=not decline)
        return json.dumps([{"login": each.login, "password": each.password, "who": each.who} for each in sign_ins])
