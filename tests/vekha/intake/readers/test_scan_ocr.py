"""Tesseract as a child process: words and boxes, and clear refusals when it is missing, broken or has no Russian."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.builders.scan_pages import Sheet, fonts_present, rasterise, set_pdf
from vekha.intake.document import UnreadableFile
from vekha.intake.readers import scan_ocr
from vekha.intake.readers.scan_ocr import Grey, recognise_pictures
from vekha.intake.readers.scan_second import join_split_words, letter_height, look_again

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None or not fonts_present(),
    reason="Tesseract or the Liberation fonts are not installed",
)


def text_picture(*lines: str) -> Grey:
    (page,) = rasterise(set_pdf(Sheet(lines)))
    grey = np.asarray(page, dtype=np.uint8)
    rows, columns = np.flatnonzero((grey < 128).any(axis=1)), np.flatnonzero((grey < 128).any(axis=0))
    return np.pad(grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], 16, constant_values=255)


@needs_tesseract
def test_each_picture_has_its_own_words_in_its_own_points() -> None:
    pictures = [
        text_picture("Комитет образования"),
        np.full((60, 60), 255, np.uint8),
        text_picture("приказ школы", "о создании"),
    ]
    first, blank, last = recognise_pictures(pictures)
    assert [word.text for word in first] == ["Комитет", "образования"]
    assert blank == ()
    assert [(word.text, word.line) for word in last] == [("приказ", 0), ("школы", 0), ("о", 1), ("создании", 1)]
    assert all(0 <= word.left < word.right <= pictures[2].shape[1] for word in last)
    assert all(0.5 < word.confidence <= 1 for word in last)


@needs_tesseract
def test_shared_work_comes_back_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_ocr, "_WORTH_SHARING", 1)
    names = ["приказ", "школа", "центр", "отчет", "график"]
    answers = recognise_pictures([text_picture(name) for name in names])
    assert [[word.text for word in words] for words in answers] == [[name] for name in names]


def test_no_pictures_need_no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert recognise_pictures([]) == []


PICTURE = np.full((80, 80), 200, np.uint8)


def test_missing_tesseract_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UnreadableFile) as refusal:
        recognise_pictures([PICTURE])
    assert "Tesseract" in refusal.value.problem.message
    assert "tesseract-ocr-rus" in refusal.value.problem.hint


@pytest.fixture
def fake_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a shell script in Tesseract's place."""

    def install(script: str) -> None:
        program = tmp_path / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return install


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("cat >/dev/null; echo \"Failed loading language 'rus'\" >&2; exit 1", "русского языка"),
        ("cat >/dev/null; echo 'Error in pixReadMem' >&2; exit 1", "ошибкой"),
        ("exit 3", "ошибкой"),
        ("kill -9 $$", "ошибкой"),
    ],
)
def test_a_failing_tesseract_is_reported(fake_tesseract: Callable[[str], None], script: str, said: str) -> None:
    fake_tesseract(script)
    with pytest.raises(UnreadableFile) as refusal:
        recognise_pictures([PICTURE])
    assert said in refusal.value.problem.message
    assert refusal.value.problem.hint


def test_a_tesseract_that_hangs_is_stopped(
    fake_tesseract: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_tesseract("exec sleep 60")
    monkeypatch.setattr(scan_ocr, "_SECONDS", 0.3)
    with pytest.raises(UnreadableFile) as refusal:
        recognise_pictures([PICTURE])
    assert "время" in refusal.value.problem.message


def test_odd_output_is_ignored(fake_tesseract: Callable[[str], None]) -> None:
    rows = (
        "level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext",
        "5\\t1\\t1\\t1\\t1\\t1\\t2\\t3\\t10\\t5\\t250\\tслово",
        "5\\t1\\t1\\t1\\t1\\t2\\t2\\t3\\t10\\t5\\t-1\\t ",
        "5\\t1\\t1\\t1",
        "мусор",
    )
    fake_tesseract(
        f"cat >/dev/null; printf '{chr(92)}n'; printf '%b{chr(92)}n' " + " ".join(f"'{row}'" for row in rows)
    )
    ((word,),) = recognise_pictures([PICTURE])
    assert (word.text, word.confidence, word.right, word.bottom) == ("слово", 1.0, 12, 8)


@needs_tesseract
def test_a_lone_number_is_read_beside_a_word_of_the_page() -> None:
    pictures = {"number": text_picture("7."), "text": text_picture("мониторинг показателей качества")}
    words = dict(zip(pictures, recognise_pictures(list(pictures.values())), strict=True))
    misread = (words["number"][0].__class__("Я:", 16, 16, 60, 50, 0, 0.3),)
    better = look_again(pictures, {**words, "number": misread}, letter=22)
    assert [word.text for word in better["number"]] == ["7."]
    assert better["text"] == words["text"]


@needs_tesseract
def test_parts_of_one_word_are_joined_and_true_spaces_kept() -> None:
    picture = text_picture("финансовое соглашение и отчет")
    (words,) = recognise_pictures([picture])
    whole = words[0]
    middle = (whole.left + whole.right) // 2
    parts = (
        whole.__class__("финан", whole.left, whole.top, middle, whole.bottom, 0, 0.9),
        whole.__class__("совое", middle + 2, whole.top, whole.right, whole.bottom, 0, 0.8),
    )
    joined = join_split_words(picture, (*parts, *words[1:]), letter=letter_height(words, guess=20))
    assert [word.text for word in joined] == ["финансовое", "соглашение", "и", "отчет"]
    assert joined[0].confidence == 0.8
