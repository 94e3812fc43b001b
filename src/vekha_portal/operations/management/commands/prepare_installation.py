"""``python -m django prepare_installation``: what stands between new code and its first request."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from vekha_portal.operations.models import Fact
from vekha_portal.operations.static_files import pack

FACT = "prepared"


class Command(BaseCommand):
    """Runs as the owner of the tables, in one process, because starting Django twice takes longer than the work."""

    help = "Обновить таблицы базы и собрать файлы страниц."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--stamp`` is noted when all is done: whoever knows the stamp of the code need not ask again."""
        parser.add_argument("--stamp", default="", help="Отметка версии программы, для которой всё готово.")

    def handle(self, *_: Any, stamp: str, **__: Any) -> None:
        """Bring the tables up to this version and gather and pack the pages' files."""
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        pack(Path(settings.STATIC_ROOT))
        Fact.objects.update_or_create(name=FACT, defaults={"value": {"stamp": stamp}})
