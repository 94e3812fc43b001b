"""Files kept as they came: sums, types by content, refusals, no row without its bytes, no bytes without a row for long."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction

from tests.portal.people import AT, Country, make_country, signed_in
from vekha_portal.files.actions import keep
from vekha_portal.files.disk import clean_name
from vekha_portal.files.kinds import tell_media_type
from vekha_portal.files.models import StoredFile
from vekha_portal.files.orphans import hold_sum, remove_orphans
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

LONG_AFTER = 4_000_000_000.0


@pytest.fixture
def country(db):
    return make_country()


def keep_as(
    country: Country,
    name: str,
    content: bytes,
    *,
    file_name: str = "приказ.txt",
    where: str = "body02",
    shared: bool = False,
) -> StoredFile:
    scope = country.scope(name)
    with use_scope(scope):
        return keep(
            stream=iter([content[:3], content[3:]]), name=file_name, organisation=country.organisations[where], is_shared_below=shared,
            by=country.people[name], scope=scope, at=AT, limit=1 << 20,
        )  # fmt: skip


def place_of(file: StoredFile) -> Path:
    return Path(settings.MEDIA_ROOT) / str(file.content)


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return packed.getvalue()


def test_bytes_lie_under_their_sum_and_are_the_same(country) -> None:
    content = "Распоряжение".encode() * 100
    kept = keep_as(country, "coordinator", content)
    total = hashlib.sha256(content).hexdigest()
    assert (kept.sha256, kept.size, kept.media_type) == (total, len(content), "text/plain")
    assert kept.content.name == f"originals/{total[:2]}/{total}"
    assert place_of(kept).read_bytes() == content
    assert place_of(kept).stat().st_mode & 0o777 == 0o600


def test_the_same_bytes_are_kept_once_and_named_by_two_rows(country) -> None:
    first, second = (keep_as(country, "coordinator", b"same", file_name=name) for name in ("a.txt", "b.txt"))
    assert first.pk != second.pk
    assert place_of(first) == place_of(second)
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == [place_of(first)]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4 \x00\x01", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "text/html"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
        (b"\0\1\2\3\4", "application/octet-stream"),
        (
            zipped("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            zipped("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (zipped("a", "b"), "application/zip"),
        (b"PK\x03\x04 broken", "application/zip"),
        ("Приказ\r\n".encode("cp1251"), "text/plain"),
    ],
)
def test_the_type_is_told_by_the_content(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "приказ.pdf"
    path.write_bytes(content)
    assert tell_media_type(path) == kind


def test_an_archive_with_an_endless_list_is_not_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    packed = bytearray(zipped("[Content_Types].xml", "word/document.xml"))
    at = packed.rfind(b"PK\x05\x06")
    packed[at + 10 : at + 12] = (60_000).to_bytes(2, "little")
    path.write_bytes(packed)
    assert tell_media_type(path) == "application/zip"


def test_what_cannot_be_kept_leaves_nothing(country, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="пуст"):
        keep_as(country, "coordinator", b"")
    with pytest.raises(Refused, match="больше 1 МиБ"):
        keep_as(country, "coordinator", b"x" * ((1 << 20) + 1))
    monkeypatch.setattr(settings, "FILE_INSPECTOR", f"{__name__}:turn_down")
    with pytest.raises(Refused, match="вирус"):
        keep_as(country, "coordinator", b"EICAR")
    assert keep_as(country, "coordinator", b"plain").size == 5
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 1


def turn_down(path: Path) -> str:
    return "В файле найден вирус; он не сохранён." if path.read_bytes() == b"EICAR" else ""


@pytest.mark.parametrize("name", ["stranger", "school"])
def test_nobody_keeps_in_the_name_of_others(country, name: str) -> None:
    with pytest.raises(NotAllowed):
        keep_as(country, name, b"x")
    with pytest.raises(DatabaseError), use_scope(country.scope(name)):
        organisation = country.organisations["body02"]
        StoredFile.objects.create(
            organisation=organisation, region_id="02", name="x", media_type="text/plain", size=1, sha256="0" * 64, content="x", kept_at=AT
        )  # fmt: skip


def test_a_row_never_changes(country) -> None:
    kept = keep_as(country, "coordinator", b"x")
    with use_scope(country.scope("admin")):
        with pytest.raises(DatabaseError), transaction.atomic():
            StoredFile.objects.filter(pk=kept.pk).update(name="y")
        with pytest.raises(DatabaseError), transaction.atomic():
            StoredFile.objects.filter(pk=kept.pk).delete()


def status_of(country: Country, name: str, file: StoredFile) -> int:
    response = signed_in(country, name).get(f"/files/{file.pk}/")
    if response.streaming:
        b"".join(response.streaming_content)  # type: ignore[attr-defined]  # the client closes the file at its end
    return response.status_code


def test_who_downloads_what(country) -> None:
    own, shared = keep_as(country, "coordinator", b"own"), keep_as(country, "coordinator", b"shared", shared=True)
    names = ("admin", "ministry", "coordinator", "controller", "town", "school", "stranger")
    seen = {name: [status_of(country, name, file) for file in (own, shared)] for name in names}
    whole, part, nothing = [200, 200], [404, 200], [404, 404]
    assert seen == {
        "admin": whole, "ministry": whole, "coordinator": whole, "controller": whole, "town": part, "school": part, "stranger": nothing,
    }  # fmt: skip
    with use_scope(country.scope("school")):
        assert list(StoredFile.objects.values_list("pk", flat=True)) == [shared.pk]


def test_a_download_is_the_same_bytes_and_never_a_page(country) -> None:
    content = b"<html><script>alert(1)</script>"
    kept = keep_as(country, "coordinator", content, file_name='Приказ "№ 1".html')
    response = signed_in(country, "coordinator").get(f"/files/{kept.pk}/")
    assert b"".join(response.streaming_content) == content  # type: ignore[attr-defined]
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="______ _')
    assert disposition.endswith("filename*=UTF-8''%D0%9F%D1%80%D0%B8%D0%BA%D0%B0%D0%B7%20%22%E2%84%96%201%22.html")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\a\0b.txt", "ab.txt"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
        ("", "файл"),
        (f"{'я' * 300}.docx", f"{'я' * 195}.docx"),
    ],
)
def test_names_are_made_harmless(name: str, kept: str) -> None:
    assert clean_name(name) == kept


def test_bytes_of_a_rolled_back_row_are_swept_and_others_are_not(country) -> None:
    kept = keep_as(country, "coordinator", b"kept")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        lost = keep_as(country, "coordinator", b"lost")
        raise ZeroDivisionError
    half = place_of(kept).parent.parent / "partial-x"
    half.write_bytes(b"half")
    assert place_of(lost).exists()
    assert remove_orphans(before=0.0) == 0, "what is young may belong to an upload that goes on"
    assert remove_orphans(before=LONG_AFTER) == 2
    assert (place_of(kept).exists(), place_of(lost).exists(), half.exists()) == (True, False, False)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_waits_for_whoever_is_keeping_the_same_bytes() -> None:
    content = b"rolled back once, kept now"
    total = hashlib.sha256(content).hexdigest()
    place = Path(settings.MEDIA_ROOT) / f"originals/{total[:2]}/{total}"
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    os.utime(place, (1, 1))
    swept: list[int] = []

    def sweep() -> None:
        swept.append(remove_orphans(before=LONG_AFTER))
        connections.close_all()

    with use_scope(SYSTEM_SCOPE):
        hold_sum(total)
        other = threading.Thread(target=sweep)
        other.start()
        other.join()
        assert swept == [0]
        assert place.exists()
