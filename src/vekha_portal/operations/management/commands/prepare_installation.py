"""``python -m django prepare_installation``: what stands between new code and its first request."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs as the owner of the tables, in one process, because starting Django twice takes longer than the work."""

    help = "Обновить таблицы базы и собрать файлы страниц."

    def handle(self, *_: Any, **__: Any) -> None:
        """Bring the tables up to this version, and gather the pages' files unless they are those gathered last."""
        call_command("migrate", interactive=False, verbosity=0)
        gathered = Path(settings.STATIC_ROOT)
        stamp = gathered.with_name("static.stamp")  # beside the folder, because everything in it is published
        wanted = stamp_of_sources()
        if not (gathered / "staticfiles.json").is_file() or not stamp.is_file() or stamp.read_text("ascii") != wanted:
            stamp.unlink(missing_ok=True)
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
            stamp.write_text(wanted, "ascii")


def stamp_of_sources() -> str:
    """A sum that changes when any file of the pages does: by its name, size and time."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
