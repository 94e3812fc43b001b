"""Reads of files."""

from __future__ import annotations

from vekha_portal.files.models import StoredFile
from vekha_portal.journal.scope import Scope


def find_file(scope: Scope, file_id: int) -> StoredFile | None:
    """A file the scope sees."""
    return StoredFile.objects.visible_to(scope).filter(pk=file_id).first()


def is_kept(total: str) -> bool:
    """Whether some row has bytes of this sum; asked under a scope that sees every row."""
    return StoredFile.objects.filter(sha256=total).exists()
