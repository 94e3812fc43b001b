"""Links between the pages of the repository lead somewhere."""

import re
from pathlib import PurePosixPath

import pytest

from tests.conventions.repository import ROOT, files, read_text

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.+)$", re.MULTILINE)


def anchors(name: str) -> set[str]:
    """The anchors a page offers, as GitHub makes them from headings."""
    headings = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in HEADING.findall(read_text(name)))
    return {re.sub(r"\s", "-", heading.strip()) for heading in headings}


@pytest.mark.parametrize("name", files(ending=".md"))
def test_every_link_leads_somewhere(name: str) -> None:
    broken = []
    for target in LINK.findall(read_text(name)):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        page = (ROOT / PurePosixPath(name).parent / path).resolve() if path else ROOT / name
        if not page.exists() or (anchor and anchor not in anchors(page.relative_to(ROOT).as_posix())):
            broken.append(target)
    assert broken == []
