"""The vendored browser files are what their manifests say, carry their licences, and need nothing the policy forbids."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from vekha_portal.ui.templatetags.ui import icon_names
from vekha_portal.ui.tones import SIGNS

ROOT = Path(__file__).resolve().parents[3]
UI = ROOT / "src/vekha_portal/ui"
VENDOR = UI / "static/vendor"
FOLDERS = (VENDOR, ROOT / "tests/browser/vendor")
LICENCES = {"0BSD", "Apache-2.0", "BSD-3-Clause", "MIT"}
EVALUATES = re.compile(r"(?<![\w.$])eval\(|new Function\b|(?<![\w.$])Function\(|set(?:Timeout|Interval)\(\s*[\"'`]")


def manifest(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_files_are_those_of_the_manifest(folder: Path) -> None:
    there = {
        path.relative_to(folder).as_posix(): {
            "sha256": sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
        }
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert there == manifest(folder)["files"], "run make frontend; never edit what it made"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_package_brings_its_licence(folder: Path) -> None:
    packages = manifest(folder)["packages"]
    assert packages
    for name, package in packages.items():
        text = (folder / "licences" / package["text"]).read_text(encoding="utf-8")
        assert text.startswith(f"{name} {package['version']} ({package['licence']})")
        assert len(text) > 300


def test_licences_of_what_users_get_are_free_for_every_use() -> None:
    assert {package["licence"] for package in manifest(VENDOR)["packages"].values()} <= LICENCES


def test_versions_are_those_of_the_lock() -> None:
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]
    for folder in FOLDERS:
        for name, package in manifest(folder)["packages"].items():
            assert lock[f"node_modules/{name}"]["version"] == package["version"]
    assert not [name for name, package in lock.items() if "resolved" in package], (
        "a registry's address stands in the lock"
    )


@pytest.mark.parametrize(
    "path", sorted(VENDOR.glob("*.js")) + sorted((UI / "static/ui").glob("*.js")), ids=lambda path: path.name
)
def test_scripts_neither_evaluate_text_nor_name_maps(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not EVALUATES.findall(text)
    assert "sourceMappingURL" not in text


@pytest.mark.parametrize("path", sorted(UI.rglob("*.css")), ids=lambda path: path.name)
def test_style_sheets_fetch_only_files_beside_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    for address in re.findall(r"url\(([^)]*)\)", text):
        assert (path.parent / address.strip("\"'")).is_file(), address
    assert "@import" not in text


def test_every_icon_a_template_or_a_value_names_is_in_the_sprite() -> None:
    names = set(SIGNS.values())
    for path in (ROOT / "src/vekha_portal").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        names |= set(re.findall(r"{%\s*icon \"([\w-]+)\"", text))
        names |= set(re.findall(r"<c-[^>]*\ssign=\"([\w-]+)\"", text))
    assert names <= icon_names()


def test_no_template_holds_what_the_policy_refuses() -> None:
    refused = re.compile(r"""\sstyle=|\son[a-z]+=["']|<style|<script(?![^>]*\ssrc=)|javascript:|hx-on|https?://""")
    found = {
        path.relative_to(ROOT).as_posix(): hits
        for path in (ROOT / "src/vekha_portal").rglob("*.html")
        if (hits := refused.findall(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_collecting_finds_every_file_a_style_sheet_names(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    hashed = json.loads((tmp_path / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    assert {"ui/look.css", "vendor/icons.svg", "vendor/htmx.js"} <= set(hashed)
    picture = re.search(r'url\("?(img/[0-9a-f]+\.[0-9a-f]+\.svg)', (tmp_path / hashed["vendor/tabler.css"]).read_text())
    assert picture
    assert (tmp_path / "vendor" / picture[1]).is_file()
