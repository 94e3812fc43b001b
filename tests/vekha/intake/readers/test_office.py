"""Formats only LibreOffice knows: converted and read where it is installed, refused with advice where it is not."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import psutil
import pytest

from tests.builders.read_documents import paragraphs, spans, tables, texts
from tests.builders.word_packages import packed
from tests.patience import HANG
from vekha.intake.document import Format, UnreadableFile
from vekha.intake.limits import Limits
from vekha.intake.open import open_bytes
from vekha.intake.readers.office import convert_office, find_libreoffice

INSTALLED = find_libreoffice() is not None
needs_libreoffice = pytest.mark.skipif(not INSTALLED, reason="LibreOffice is not installed")
PATIENT = Limits(conversion_seconds=120.0)


def coded(text: str) -> str:
    return "".join(f"\\u{ord(letter)}?" if ord(letter) > 127 else letter for letter in text)


def rtf_row(*cells: str, merges: tuple[str, ...] = ("", "")) -> str:
    borders = "".join(f"{merge}\\cellx{3000 * (index + 1)}" for index, merge in enumerate(merges))
    return "\\trowd " + borders + "".join(f"\\intbl {coded(cell)}\\cell " for cell in cells) + "\\row "


RTF = (
    "{\\rtf1\\ansi\\pard "
    + coded("Приказ")
    + "\\par "
    + rtf_row("№", "Мера")
    + rtf_row("1.", "Закупка", merges=("\\clvmgf", ""))
    + rtf_row("", "Поставка", merges=("\\clvmrg", ""))
    + "\\pard "
    + coded("Конец")
    + "\\par}"
).encode("ascii")
ODT = packed(
    {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": (
            b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
            b'<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
        ),
        "content.xml": (
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"><office:body><office:text>'
            "<text:p>Приказ</text:p><table:table><table:table-column table:number-columns-repeated='2'/>"
            '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Меры</text:p></table:table-cell>'
            "<table:covered-table-cell/></table:table-row><table:table-row><table:table-cell><text:p>1.</text:p>"
            "</table:table-cell><table:table-cell><text:p>Закупка</text:p></table:table-cell></table:table-row></table:table>"
            "<text:p>Конец</text:p></office:text></office:body></office:document-content>"
        ).encode(),
    }
)


@needs_libreoffice
@pytest.mark.slow
def test_rtf() -> None:
    document = open_bytes(RTF, "a.rtf", PATIENT)
    assert document.source.format is Format.RTF
    assert paragraphs(document) == ["Приказ", "Конец"]
    (found,) = tables(document)
    assert texts(found) == [["№", "Мера"], ["1.", "Закупка"], ["Поставка"]]
    assert spans(found)[1][0] == (0, 2, 1)


@needs_libreoffice
@pytest.mark.slow
def test_odt() -> None:
    document = open_bytes(ODT, "a.odt", PATIENT)
    assert document.source.format is Format.ODT
    assert paragraphs(document) == ["Приказ", "Конец"]
    (found,) = tables(document)
    assert texts(found) == [["Меры"], ["1.", "Закупка"]]
    assert spans(found)[0] == [(0, 1, 2)]


@needs_libreoffice
@pytest.mark.slow
def test_doc(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(RTF)
    subprocess.run(
        [str(find_libreoffice()), f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", "doc",
         "--outdir", str(tmp_path), str(tmp_path / "a.rtf")],
        check=True, capture_output=True, timeout=HANG,
    )  # fmt: skip
    document = open_bytes((tmp_path / "a.doc").read_bytes(), "a.doc", PATIENT)
    assert document.source.format is Format.DOC
    assert document.problems == ()
    assert texts(tables(document)[0]) == [["№", "Мера"], ["1.", "Закупка"], ["Поставка"]]


@needs_libreoffice
@pytest.mark.slow
def test_excel_in_one_xml() -> None:
    page = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Worksheet ss:Name="План"><Table><Row><Cell><Data ss:Type="String">Мера</Data></Cell>'
        '<Cell><Data ss:Type="Number">2</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    document = open_bytes(page.encode(), "a.xls", PATIENT)
    assert document.source.format is Format.XLSX
    assert texts(tables(document)[0]) == [["Мера", "2"]]


@needs_libreoffice
@pytest.mark.slow
def test_time_runs_out_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # others work in the machine's own
    with pytest.raises(UnreadableFile) as caught:
        convert_office(RTF, "rtf", "docx", seconds=0.2)
    assert caught.value.problem.code == "too-slow"
    assert psutil.Process().children(recursive=True) == []
    assert list(tmp_path.glob("vekha-*")) == []


@pytest.mark.parametrize(
    ("kind", "save_as"), [("doc", "DOCX"), ("odt", "DOCX"), ("rtf", "DOCX"), ("excel-xml", "XLSX")]
)
def test_without_libreoffice_the_refusal_says_what_to_install(
    kind: str, save_as: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VEKHA_SOFFICE", "no-such-program")
    with pytest.raises(UnreadableFile) as caught:
        convert_office(RTF, kind, "docx")
    assert caught.value.problem.code == "unsupported-format"
    assert "LibreOffice" in caught.value.problem.message
    assert caught.value.problem.hint.endswith(f"сохраните файл в {save_as}.")


def test_a_program_that_makes_nothing_means_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEKHA_SOFFICE", "true")
    with pytest.raises(UnreadableFile) as caught:
        convert_office(RTF, "rtf", "docx")
    assert caught.value.problem.code == "damaged"
