"""The invented orders of ``samples/``: what is read from each is, key by key, what stands beside this file in ``<name>.json``.

The expectations were read by a person line by line against the descriptions the samples are made from; where the two differ
the reading is wrong, not the expectation. Pictures are compared as closely as recognition of letters allows: texts nearly the
same, deadlines, numbers and minima exactly.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import Indel

from tests.builders.make_samples import BUILT
from tests.builders.scan_pages import fonts_present
from vekha.intake.reading import read_order_file
from vekha.orders.interchange import order_to_json

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = sorted(
    path for path in (REPOSITORY / "samples").iterdir() if path.suffix != ".py" and path.name != "README.md"
)
EXPECTED = Path(__file__).parent
LEAST_LIKE = 0.95
FROM_PICTURES = ("confidence", "uncertain", "place")


def read_sample(path: Path) -> dict[str, Any]:
    read = order_to_json(read_order_file(path))
    del read["source"]["sha256"]
    return dict(json.loads(json.dumps(read)))


def expected_of(path: Path) -> dict[str, Any]:
    return dict(json.loads((EXPECTED / f"{path.stem}.json").read_text(encoding="utf-8")))


def differences(read: object, expected: object, key: str = "") -> list[str]:
    """Where two readings of a picture differ: texts too far apart, anything else that is not equal."""
    if isinstance(read, dict) and isinstance(expected, dict) and set(read) == set(expected):
        if key == "deadline":
            return [] if read == expected else [f"{read} ≠ {expected}"]
        return [
            found
            for name in expected
            if name not in FROM_PICTURES
            for found in differences(read[name], expected[name], name)
        ]
    if isinstance(read, list) and isinstance(expected, list) and len(read) == len(expected):
        return [found for one, other in zip(read, expected, strict=True) for found in differences(one, other, key)]
    if isinstance(read, str) and isinstance(expected, str):
        return [] if Indel.normalized_similarity(read, expected) >= LEAST_LIKE else [f"{read!r} ≠ {expected!r}"]
    return [] if read == expected else [f"{read!r} ≠ {expected!r}"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_as_expected(path: Path) -> None:
    read, expected = read_sample(path), expected_of(path)
    if expected["source"]["format"] == "scan":
        assert differences({**read, "problems": []}, {**expected, "problems": []}) == []
    else:
        assert read == expected


def test_every_expectation_has_its_sample() -> None:
    assert sorted(path.stem for path in SAMPLES) == sorted(path.stem for path in EXPECTED.glob("*.json"))


def content(data: bytes) -> object:
    """What is in a file: the members of a package, whatever the compression made of them, or the bytes."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


@pytest.mark.skipif(not fonts_present(), reason="fonts of the sample pages are absent: install fonts-liberation")
@pytest.mark.parametrize("name", [name for name in BUILT if not name.endswith((".pdf", ".png"))])
def test_built_samples_are_what_their_descriptions_give(name: str) -> None:
    assert content(BUILT[name]()) == content((REPOSITORY / "samples" / name).read_bytes())


def test_all_samples_together_are_small() -> None:
    assert sum(path.stat().st_size for path in (REPOSITORY / "samples").iterdir()) < 3_000_000
