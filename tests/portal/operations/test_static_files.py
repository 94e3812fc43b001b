"""The pages' files are answered packed, kept as long as they are true, and nothing beside them is reachable."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from vekha_portal.operations.static_files import StaticFiles, pack

SCRIPT = b"let many = 1;\n" * 500
Answer = tuple[str, dict[str, str], bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    static = tmp_path / "static"
    (static / "ui").mkdir(parents=True)
    (static / "ui" / "app.0123456789ab.js").write_bytes(SCRIPT)
    (static / "ui" / "app.js").write_bytes(SCRIPT)
    (static / "small.css").write_bytes(b"a{}")
    (static / "noise.json").write_bytes(os.urandom(5000))
    (static / "photo.png").write_bytes(b"\x89PNG" + bytes(5000))
    (tmp_path / "secret").write_bytes(b"secret")
    (static / "link.js").symlink_to(tmp_path / "secret")
    for path in static.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return static


def ask(folder: Path, address: str, method: str = "GET", **headers: str) -> Answer:
    answered: list[Any] = []

    def django(_: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("404 Not Found", [])
        return [b"django"]

    environ = {
        "PATH_INFO": address,
        "REQUEST_METHOD": method,
        **{f"HTTP_{name}": value for name, value in headers.items()},
    }
    body = b"".join(StaticFiles(django, folder)(environ, lambda *given: answered.extend(given)))
    return answered[0], dict(answered[1]), body


def test_packed_where_that_gains_and_readable_for_the_web(folder: Path) -> None:
    assert pack(folder) == 2
    assert sorted(path.name for path in folder.rglob("*.gz")) == ["app.0123456789ab.js.gz", "app.js.gz"]
    assert pack(folder) == 2 and len(list(folder.rglob("*.gz"))) == 2
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.rglob("*") if not path.is_symlink()}
    assert modes.pop("ui") == 0o755 and set(modes.values()) == {0o644}


def test_whoever_takes_gzip_gets_it(folder: Path) -> None:
    pack(folder)
    status, headers, body = ask(folder, "/static/ui/app.js", ACCEPT_ENCODING="gzip, deflate, br")
    assert (status, headers["Content-Encoding"], headers["Vary"]) == ("200 OK", "gzip", "Accept-Encoding")
    assert len(body) == int(headers["Content-Length"]) < len(SCRIPT) / 10
    assert gzip.decompress(body) == SCRIPT
    status, headers, body = ask(folder, "/static/ui/app.js")
    assert (status, body, headers["Vary"]) == ("200 OK", SCRIPT, "Accept-Encoding")
    assert "Content-Encoding" not in headers
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_name_with_a_sum_is_kept_for_ever_and_another_asked_about_again(folder: Path) -> None:
    pack(folder)
    assert "immutable" in ask(folder, "/static/ui/app.0123456789ab.js")[1]["Cache-Control"]
    headers = ask(folder, "/static/ui/app.js")[1]
    assert headers["Cache-Control"] == "public, max-age=3600"
    status, again, body = ask(folder, "/static/ui/app.js", IF_NONE_MATCH=f'"x", W/{headers["ETag"]}')
    assert (status, body) == ("304 Not Modified", b"") and "Content-Length" not in again
    packed = ask(folder, "/static/ui/app.js", ACCEPT_ENCODING="gzip")[1]["ETag"]
    assert packed != headers["ETag"]
    assert ask(folder, "/static/ui/app.js", IF_NONE_MATCH=packed)[0] == "200 OK"


@pytest.mark.parametrize(
    "address",
    [
        "/static/", "/static/ui", "/static/../secret", "/static/%2e%2e/secret", "/static//etc/passwd", "/static/link.js",
        "/static/ui/app.js.gz", "/static/nothing.js", "/orders/", "/staticui/app.js", "", "/static/ui/\0",
    ],
)  # fmt: skip
def test_what_is_not_there_is_djangos(folder: Path, address: str) -> None:
    pack(folder)
    assert ask(folder, address) == ("404 Not Found", {}, b"django")


def test_a_file_is_only_read(folder: Path) -> None:
    assert ask(folder, "/static/small.css", "POST")[:2] == (
        "405 Method Not Allowed",
        {"Allow": "GET, HEAD", "Content-Length": "0"},
    )
    status, headers, body = ask(folder, "/static/small.css", "HEAD")
    assert (status, headers["Content-Length"], body) == ("200 OK", "3", b"")


def test_without_a_folder_everything_is_djangos(tmp_path: Path) -> None:
    assert ask(tmp_path / "none", "/static/ui/app.js")[2] == b"django"


def test_the_pages_own_scripts_shrink_to_a_third(tmp_path: Path) -> None:
    for name in ("vendor/echarts.js", "vendor/htmx.js"):
        found = finders.find(name)
        assert isinstance(found, str), settings.STATICFILES_FINDERS
        (tmp_path / Path(name).name).write_bytes(Path(found).read_bytes())
    whole = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert pack(tmp_path) == 2
    assert sum(path.stat().st_size for path in tmp_path.glob("*.gz")) < whole / 3 + 10_000
