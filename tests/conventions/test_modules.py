"""What modules and packages are called, that they say what they are for, and that the engines stand alone."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import PurePosixPath

import pytest

from tests.conventions.repository import SOURCES, files, python_files, read_text, syntax_tree
from tests.patience import HANG

NOT_A_NAME = {"util", "utils", "helper", "helpers", "common", "core", "base", "misc", "tools", "lib", "shared", "stuff"}
PACKAGES = files(*SOURCES, ending="/__init__.py")
DJANGOS_OWN = {"migrations", "management", "commands", "templatetags"}  # every app may have them, under these names
ALONE = """
import importlib, pkgutil, sys

FOREIGN = {"django", "vekha_portal", "psycopg", "requests", "httpx"}

class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in FOREIGN:
            raise ImportError(f"the engines may not import {name}")

sys.meta_path.insert(0, Wall())
import vekha

for module in pkgutil.walk_packages(vekha.__path__, "vekha."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(len(sys.modules))
"""


@pytest.mark.parametrize("name", python_files())
def test_modules_are_named_after_what_they_do(name: str) -> None:
    parts = {part.removesuffix(".py").lower() for part in PurePosixPath(name).parts}
    assert not parts & NOT_A_NAME


@pytest.mark.parametrize("name", PACKAGES)
def test_every_package_says_what_it_is_for(name: str) -> None:
    assert ast.get_docstring(syntax_tree(name)), f"{name} has no docstring"


@pytest.mark.parametrize("name", [name for name in python_files() if not name.endswith("__init__.py")])
def test_every_module_says_what_it_is_for(name: str) -> None:
    assert ast.get_docstring(syntax_tree(name)), f"{name} has no docstring"


@pytest.mark.parametrize("name", PACKAGES)
def test_every_package_is_on_the_map(name: str) -> None:
    package = name.removeprefix("src/").removesuffix("/__init__.py")
    if package in ("vekha", "vekha_portal") or PurePosixPath(package).name in DJANGOS_OWN:
        return
    listed = re.search(rf"`{re.escape(package.partition('/')[2])}/?`", read_text("ARCHITECTURE.md"))
    assert listed, f"ARCHITECTURE.md does not name {package}"


def test_no_folder_of_sources_is_left_without_its_package() -> None:
    folders = {str(PurePosixPath(name).parent) for name in files(*SOURCES, ending=".py")}
    assert {f"{folder}/__init__.py" for folder in folders} == set(PACKAGES)


@pytest.mark.parametrize("name", files("src/vekha/", ending=".py"))
def test_errors_are_not_swallowed(name: str) -> None:
    for node in ast.walk(syntax_tree(name)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{name}:{node.lineno}: a bare except"


@pytest.mark.parametrize("name", python_files())
def test_nothing_is_promised_for_later(name: str) -> None:
    promises = re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b|raise NotImplementedError", read_text(name))
    assert not promises or name.startswith("tests/conventions/")


def test_the_engines_import_where_django_is_not() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=False, timeout=HANG)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


@pytest.mark.parametrize("name", python_files())
def test_an_exception_from_a_rule_says_why(name: str) -> None:
    bare = [
        line.strip()
        for line in read_text(name).splitlines()
        if re.search(r"#\s*noqa(?::\s*[A-Z0-9, ]+)?\s*$|#\s*type:\s*ignore(?!\[)", line)
    ]
    assert bare == [], "say which rule and why: # noqa: RULE — reason; # type: ignore[code]"
