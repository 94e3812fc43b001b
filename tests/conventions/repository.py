"""The repository as the conventions see it: the files git knows, and what can be asked of each."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ("src/vekha/", "src/vekha_portal/")
PICTURES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".ico", ".woff2"}
BINARY = PICTURES | {".pdf", ".docx", ".doc", ".xlsx", ".xls", ".ods", ".odt"}


@cache
def tracked_files() -> tuple[str, ...]:
    """The paths git tracks, relative to the root, those deleted in the working tree left out."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


def files(*prefixes: str, ending: str = "") -> list[str]:
    """The tracked files under any of the prefixes whose name ends so."""
    return [name for name in tracked_files() if name.startswith(prefixes or ("",)) and name.endswith(ending)]


def python_files() -> list[str]:
    """Every tracked Python file."""
    return files(ending=".py")


@cache
def read_text(name: str) -> str:
    """The text of a tracked file."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def syntax_tree(name: str) -> ast.Module:
    """The parsed Python file."""
    return ast.parse(read_text(name), filename=name)


def text_files() -> Iterator[tuple[str, str]]:
    """Name and text of every tracked file that is text; bytes that are not UTF-8 are replaced."""
    for name in tracked_files():
        if Path(name).suffix.lower() not in BINARY:
            yield name, (ROOT / name).read_bytes().decode("utf-8", errors="replace")


@cache
def settings() -> dict[str, dict]:
    """The ``tool`` table of ``pyproject.toml``."""
    return tomllib.loads(read_text("pyproject.toml"))["tool"]
