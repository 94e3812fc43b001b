"""A document saved as PDF is read as the document itself, whether its tables have lines or none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.builders.pdf_fidelity import CASES, Case
from tests.patience import HANG
from vekha.intake.reading import read_order_file
from vekha.orders.interchange import order_to_json

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
OF_THE_FILE = frozenset({"place", "confidence", "uncertain", "problems", "source"})
"""What a PDF may say otherwise: pages and rows, how sure each is, what is noted of the file."""

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: nothing can be saved as PDF")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every document as DOCX and as PDF."""
    folder = tmp_path_factory.mktemp("fidelity")
    paths = [str(case.save(folder)) for case in CASES]
    profile = (folder / "profile").as_uri()
    command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(folder), *paths], check=True, capture_output=True, timeout=HANG)
    return folder


def what_it_says(path: Path) -> Any:
    return _without_places(order_to_json(read_order_file(path)))


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_places(part) for key, part in value.items() if key not in OF_THE_FILE}
    return [_without_places(part) for part in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}-{'lines' if case.bordered else 'bare'}")
def test_pdf_says_what_the_document_says(case: Case, saved: Path) -> None:
    stem = f"{case.name}-{'lines' if case.bordered else 'bare'}"
    original, printed = what_it_says(saved / f"{stem}.docx"), what_it_says(saved / f"{stem}.pdf")
    assert original["roadmaps"] and original["roadmaps"][0]["measures"]
    assert printed == original
