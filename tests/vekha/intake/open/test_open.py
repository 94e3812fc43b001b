"""The one door for files: dispatch by content, wrong names, paths that are no files."""

from __future__ import annotations

import hashlib
import os
import socket
import tempfile
from pathlib import Path

import psutil
import pytest

from tests.builders.read_documents import codes, paragraphs, tables, texts
from tests.builders.word_packages import paragraph, row, table, word
from tests.patience import not_blocked, within
from vekha.intake.document import Document, Format, UnreadableFile
from vekha.intake.limits import Limits
from vekha.intake.open import WrongCall, open_bytes, open_document, printable_name
from vekha.intake.wire import document_from_bytes, document_to_bytes

ORDER = word(paragraph("Приказ") + table(row("№", "Мера"), row("1.", "Закупка")))


def test_a_document_with_its_source(tmp_path: Path) -> None:
    path = tmp_path / "приказ.docx"
    path.write_bytes(ORDER)
    document = open_document(path)
    assert document.source.name == "приказ.docx"
    assert document.source.format is Format.DOCX
    assert document.source.sha256 == hashlib.sha256(ORDER).hexdigest()
    assert paragraphs(document) == ["Приказ"]
    assert texts(tables(document)[0]) == [["№", "Мера"], ["1.", "Закупка"]]
    assert document.problems == ()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", ORDER, Format.DOCX),
        ("a.docx", "Приказ".encode(), Format.TEXT),
        ("a.doc", "<html><body><p>Приказ</body></html>".encode(), Format.HTML),
        ("a.xls", "<table><tr><td>Приказ<td>1</table>".encode("cp1251"), Format.HTML),
    ],
)
def test_a_wrong_extension_is_said_and_read_as_what_it_is(name: str, data: bytes, kind: Format) -> None:
    document = open_bytes(data, name)
    assert document.source.format is kind
    assert codes(document)[0] == "wrong-extension"
    assert name in document.problems[0].message


@pytest.mark.parametrize("name", ["a", "a.xyz", "a.docx", "A.DOCX", "a.dotx"])
def test_names_that_say_nothing_wrong(name: str) -> None:
    assert codes(open_bytes(ORDER, name)) == []


def test_macros_are_said_and_not_read() -> None:
    document = open_bytes(word(paragraph("Приказ"), macros=True), "a.docm")
    assert codes(document) == ["macros-ignored"]
    assert paragraphs(document) == ["Приказ"]


def test_names_are_printable_and_have_no_folders() -> None:
    assert printable_name("../../etc/order.docx") == "order.docx"
    assert printable_name(os.fsdecode("приказ.docx".encode("cp1251"))).endswith(".docx")
    printable_name(os.fsdecode(b"\xff.docx")).encode()


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    pipe, loop = tmp_path / "pipe", tmp_path / "loop"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
    expected = {
        tmp_path / "нет.docx": "no-such-file",
        tmp_path: "not-a-file",
        pipe: "not-a-file",
        loop: "cannot-open",
        tmp_path / "socket": "cannot-open",
        Path("/dev/zero"): "not-a-file",
        Path("a\0b"): "no-such-file",
        Path("x" * 5000): "cannot-open",
    }
    for path, code in expected.items():
        with pytest.raises(WrongCall) as caught, not_blocked(), within():
            open_document(path)
        assert caught.value.problem.code == code
        assert caught.value.problem.message


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(ORDER)
    path.chmod(0)
    with pytest.raises(WrongCall) as caught:
        open_document(path)
    assert caught.value.problem.code == "no-permission"


def test_a_link_to_a_file_is_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(ORDER)
    (tmp_path / "b.docx").symlink_to(tmp_path / "a.docx")
    assert open_document(tmp_path / "b.docx").source.name == "b.docx"


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(3_000_000)
    with pytest.raises(UnreadableFile) as caught:
        open_document(path, Limits(file_bytes=1_000_000))
    assert caught.value.problem.code == "over-limits"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"\0" * 5000, "empty-file"),
        (bytes(range(1, 256)) * 40, "unsupported-format"),
        (b"Rar!\x1a\x07\x01\0" + bytes(50), "unsupported-format"),
        (ORDER[: len(ORDER) // 2], "damaged"),
    ],
)
def test_refusals_say_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_bytes(data, "a.docx")
    assert caught.value.problem.code == code
    assert caught.value.problem.hint.endswith(".")


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # others work in the machine's own
    for _ in range(5):
        open_bytes(ORDER, "a.docx")
    assert list(tmp_path.iterdir()) == []
    assert psutil.Process().children(recursive=True) == []


def test_the_wire_is_exact() -> None:
    document = open_bytes(word(paragraph("\U0001f600 «Приказ»") + table(row("а", "б"))), "a.txt")
    assert document_from_bytes(document_to_bytes(document)) == document
    assert isinstance(document, Document)
    with pytest.raises(ValueError, match="not a document"):
        document_from_bytes(b"[1, 2, 3]")
