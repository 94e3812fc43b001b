"""A file becomes a draft: every sample and every real order, whole; hostile files are refused in words; a job begun twice ends once."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.portal.orders.uploads import PLAIN, SAMPLES, draft_of, fresh, read, upload
from tests.portal.people import AT, Country, make_country, signed_in
from vekha_portal.files.models import StoredFile
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders import progress
from vekha_portal.orders.actions.reading import read_again
from vekha_portal.orders.jobs import read_order
from vekha_portal.orders.models import (
    ExpectedDocument,
    ListedIndicator,
    Measure,
    Order,
    Reading,
    Responsible,
    Revision,
    Roadmap,
)
from vekha_portal.orders.source.bridge import Seen, read_document

EXPECTED = Path(__file__).resolve().parents[2] / "corpus"
FILES = sorted(path for path in SAMPLES.iterdir() if path.name != "README.md")
PICTURES = ("17-scan.pdf", "18-school-order.png")


@pytest.fixture
def country(db):
    made = make_country()
    with use_scope(SYSTEM_SCOPE):
        yield made


def counts(order: Order) -> list[tuple[int, int]]:
    roadmaps = Roadmap.objects.filter(order=order).order_by("position")
    return [
        (
            Measure.objects.filter(revision__roadmap=each).count(),
            ListedIndicator.objects.filter(revision__roadmap=each).count(),
        )
        for each in roadmaps
    ]


def expected_counts(found: dict[str, Any]) -> list[tuple[int, int]]:
    return [(len(roadmap["measures"]), len(roadmap["indicators"])) for roadmap in found["roadmaps"]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sample_becomes_a_draft(country: Country, path: Path) -> None:
    reading = read(upload(country, path.read_bytes(), path.name))
    assert (reading.failure, reading.share, reading.step, reading.attempts) == ("", 100, "", 1)
    expected = json.loads((EXPECTED / f"{path.stem}.json").read_text(encoding="utf-8"))
    order = Order.objects.get(reading=reading)
    assert counts(order) == expected_counts(expected)
    assert Revision.objects.filter(basis=order, number=1, approved_at=None).count() == len(expected["roadmaps"])
    if path.name not in PICTURES:
        assert (order.number, order.title) == (
            (expected["order"] or {}).get("number") or "",
            (expected["order"] or {}).get("title") or "",
        )
        texts = [measure["text"] for roadmap in expected["roadmaps"] for measure in roadmap["measures"]]
        assert (
            list(Measure.objects.order_by("revision__roadmap__position", "position").values_list("text", flat=True))
            == texts
        )
        names = [
            each["name"]
            for roadmap in expected["roadmaps"]
            for measure in roadmap["measures"]
            for each in measure["responsibles"]
        ]
        kept = Responsible.objects.order_by("measure__revision__roadmap__position", "measure__position", "position")
        assert list(kept.values_list("name", flat=True)) == names
    programmes = [None if each["programme"] == "other" else each["programme"] for each in expected["roadmaps"]]
    assert list(Roadmap.objects.order_by("position").values_list("programme_id", flat=True)) == programmes


def test_every_real_order_becomes_a_draft(country: Country, seeds_dir: Path) -> None:
    for path in sorted(seeds_dir.glob("*.txt")):
        engine = read_document(path.read_bytes(), path.name, on_page=lambda done, total: None).found
        reading = read(upload(country, path.read_bytes(), path.name))
        assert reading.failure == ""
        order = Order.objects.get(reading=reading)
        assert counts(order) == expected_counts(engine)
        measures = [measure for roadmap in engine["roadmaps"] for measure in roadmap["measures"]]
        rows = list(Measure.objects.filter(revision__basis=order).order_by("revision__roadmap__position", "position"))
        for row, measure in zip(rows, measures, strict=True):
            assert (row.text, row.number, row.stage) == (measure["text"], measure["number"] or "", measure["stage"])
            assert row.deadline == (measure["deadline"] or {"text": ""})["text"]
            documents = list(row.documents.order_by("position"))
            assert [each.text for each in documents if not each.is_inferred] == measure["results"]
            assert documents or row.stage == "other", "what proves a measure is proposed where its document is silent"


def test_what_is_proposed_for_a_measure(country: Country) -> None:
    revision = draft_of(read(upload(country, PLAIN.read_bytes(), PLAIN.name)))
    by_stage = {measure.stage: measure for measure in Measure.objects.filter(revision=revision)}
    assert {stage: measure.reach for stage, measure in by_stage.items() if stage in ("legal-basis", "procurement", "launch", "staff-training")} == {
        "legal-basis": "once", "procurement": "once", "launch": "centre", "staff-training": "centre",
    }  # fmt: skip
    letters = ExpectedDocument.objects.filter(measure=by_stage["infrastructure-list"]).order_by("position")
    assert list(letters.values_list("evidence_type", flat=True)) == ["letter-out", "letter-in"]
    measure = by_stage["legal-basis"]
    assert measure.place["lines"][0] == measure.cells["text"]["lines"][0]


def test_upload_keeps_file_reading_job_and_journal_together(country: Country) -> None:
    reading = upload(country, PLAIN.read_bytes(), PLAIN.name, year=2026)
    assert (
        ProcrastinateJob.objects.filter(
            task_name="vekha_portal.orders.jobs.read_order", args={"reading_id": reading.pk}
        ).count()
        == 1
    )
    assert Entry.objects.filter(kind="order-uploaded", about_id=str(reading.pk)).count() == 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        upload(country, b"another", "b.txt")
        raise ZeroDivisionError
    assert (Reading.objects.count(), StoredFile.objects.count(), ProcrastinateJob.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("who", ["controller", "ministry", "stranger", "school"])
def test_who_may_not_upload_for_a_region(country: Country, who: str) -> None:
    with pytest.raises(NotAllowed):
        upload(country, b"x", who=who)
    kept = upload(country, b"x")
    with pytest.raises(DatabaseError), use_scope(country.scope(who)):
        Reading.objects.create(
            file=kept.file, organisation=kept.organisation, region_id="02", asked_at=AT, asked_by=country.people[who]
        )


def test_a_school_uploads_its_own_order(country: Country) -> None:
    path = SAMPLES / "07-no-header.txt"
    reading = read(upload(country, path.read_bytes(), path.name, who="school", where="school02"))
    assert Order.objects.get(reading=reading).organisation == country.organisations["school02"]


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", '<Types><Override ContentType="wordprocessingml.document.main+xml"/></Types>'
        )
        archive.writestr("word/document.xml", b"<w:document>" + b" " * (200 << 20))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("приказ.pdf", b"%PDF-1.7 \0 broken", "повреждён"),
        ("приказ.docx", b"PK\x03\x04 broken", "поврежд"),
        ("приказ.docx", b"MZ\x90\0 program", "программ"),
        ("приказ.txt", "просто текст".encode(), "не найдено"),
        ("приказ.png", b"\x89PNG\r\n\x1a\n broken", "поврежд"),
    ],
)
def test_what_cannot_be_read_says_why(country: Country, name: str, content: bytes, words: str) -> None:
    reading = read(upload(country, content, name))
    assert words in reading.failure
    assert reading.ended_at is not None
    assert not Order.objects.filter(reading=reading).exists()
    page = signed_in(country, "coordinator").get(f"/orders/reading/{reading.pk}/")
    assert page.status_code == 200
    assert reading.failure.split(".")[0] in page.content.decode()


@pytest.mark.slow
def test_a_bomb_is_refused_and_the_worker_lives(country: Country) -> None:
    reading = read(upload(country, bomb(), "приказ.docx"))
    assert reading.failure
    assert read(upload(country, PLAIN.read_bytes(), PLAIN.name)).failure == ""


def test_an_empty_or_endless_file_is_not_kept(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="пуст"):
        upload(country, b"")
    monkeypatch.setattr("vekha_portal.orders.actions.reading.FILE_LIMIT", 10)
    with pytest.raises(Refused, match="больше"):
        upload(country, b"x" * 11)
    assert (StoredFile.objects.count(), Reading.objects.count(), ProcrastinateJob.objects.count()) == (0, 0, 0)


def test_zero_characters_and_endless_texts_fit(country: Country) -> None:
    rows = "№\tМероприятие\tСрок\tОтветственный\n" + "".join(
        f"{number}\tУтвердить\0 {'ё' * 30_000}\tдо 1 марта 2026 г.\t{'Д' * 5000}\n" for number in range(1, 4)
    )
    reading = read(upload(country, rows.encode()))
    assert reading.failure == ""
    assert Measure.objects.filter(revision=draft_of(reading)).count() == 3
    assert all(len(name) <= 1000 for name in Responsible.objects.values_list("name", flat=True))


def test_a_job_begun_twice_makes_one_draft(country: Country) -> None:
    reading = upload(country, PLAIN.read_bytes(), PLAIN.name)
    first = read(reading)
    second = read(reading)
    assert (first.ended_at, first.attempts) == (second.ended_at, second.attempts)
    assert Order.objects.filter(reading=reading).count() == 1
    assert Measure.objects.count() == 10


def test_a_job_whose_worker_was_killed_begins_again(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = upload(country, PLAIN.read_bytes(), PLAIN.name)

    def killed(*_: object, **__: object) -> Seen:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(progress, "read_document", killed)
        for _ in range(2):
            with pytest.raises(SystemExit):
                read_order(reading_id=reading.pk)
    half = fresh(reading)
    assert (half.attempts, half.ended_at, half.step) == (2, None, "Файл открывается")
    done = read(reading)
    assert (done.attempts, done.share, done.failure) == (3, 100, "")
    assert Order.objects.filter(reading=reading).count() == 1


def test_a_file_that_kills_every_worker_is_given_up(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = upload(country, PLAIN.read_bytes(), PLAIN.name)
    Reading.objects.filter(pk=reading.pk).update(attempts=progress.MOST_ATTEMPTS)
    assert "прерывалось" in read(reading).failure
    scope = country.scope("coordinator")
    again = read_again(reading=reading, by=country.people["coordinator"], scope=scope, at=AT)
    assert (again.attempts, again.failure) == (0, "")
    assert read(reading).failure == ""
    with pytest.raises(Refused, match="черновик составлен"):
        read_again(reading=reading, by=country.people["coordinator"], scope=scope, at=AT)


def test_pages_are_told_as_they_are_read(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int]] = []
    monkeypatch.setattr(progress, "_tell", lambda reading_id, step, share: told.append((step, share)))
    path = SAMPLES / "16-landscape.pdf"
    read(upload(country, path.read_bytes(), path.name))
    assert [step for step, _ in told] == [f"Прочитано страниц: {done} из 3" for done in range(3)] + [
        "Составляется черновик"
    ]
    assert [share for _, share in told] == sorted({share for _, share in told})


def test_a_lost_file_is_told(country: Country) -> None:
    reading = upload(country, PLAIN.read_bytes(), PLAIN.name)
    (Path(settings.MEDIA_ROOT) / str(reading.file.content)).unlink()
    assert "не найден в хранилище" in read(reading).failure
