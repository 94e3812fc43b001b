"""Downloads: a file as it came, to whom it is visible, never shown inside a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from vekha_portal.files import permissions
from vekha_portal.files.disk import path_of
from vekha_portal.files.models import StoredFile
from vekha_portal.files.queries import find_file
from vekha_portal.journal.requests import ScopedRequest, guarded


@require_safe
@guarded(permissions.can_download_file)
def download(request: ScopedRequest, file_id: int) -> Any:
    """The original, byte for byte, as an attachment."""
    found = find_file(request.scope, file_id)
    if found is None:
        raise Http404
    try:
        response = FileResponse(path_of(str(found.content)).open("rb"), content_type=found.media_type)
    except FileNotFoundError as error:
        raise Http404 from error
    for name, value in headers_of(found).items():
        response.headers[name] = value
    response.headers["Content-Length"] = str(found.size)
    return response


def headers_of(file: StoredFile) -> dict[str, str]:
    """Headers of a download: the name in Russian letters for browsers, nothing that could run in our pages."""
    plain = "".join(
        each if each.isascii() and each.isprintable() and each not in '"\\%;' else "_" for each in file.name
    )
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=0, must-revalidate",
        "ETag": f'"{file.sha256}"',
    }
