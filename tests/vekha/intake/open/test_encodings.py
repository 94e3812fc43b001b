"""Texts in every encoding Russian offices have used, recognised by what they say."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.patience import within
from vekha.intake.encodings import decode_text, find_encoding

ORDER = (
    "РАСПОРЯЖЕНИЕ\n\nОб утверждении комплекса мер («дорожной карты») по созданию центров\n"
    "№ п/п\tНаименование мероприятия\tОтветственный\tСрок\n1.\tЗаключение соглашения\tМинистерство\tдо 1 марта 2024 года\n"
)


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "cp1251",
        "koi8-r",
        "cp866",
        "mac-cyrillic",
        "iso-8859-5",
    ],
)
@pytest.mark.parametrize("text", [ORDER, ORDER.upper(), "Приказ", "СРОК ИСПОЛНЕНИЯ"])
def test_encodings_of_russian_texts(encoding: str, text: str) -> None:
    if encoding not in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "mac-cyrillic"):
        text = text.replace("«", '"').replace("»", '"')
    if encoding in ("cp866", "iso-8859-5", "koi8-r"):
        text = text.replace("№", "N")
    assert decode_text(text.encode(encoding))[0] == text


def test_a_guess_is_noted_and_a_proof_is_not() -> None:
    assert [problem.code for problem in decode_text(ORDER.encode("cp1251"))[1]] == ["encoding-guessed"]
    assert decode_text(ORDER.encode())[1] == ()
    assert decode_text(b"plain ASCII")[1] == ()


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    data = bytearray(ORDER.encode())
    data[10] = 0xFF
    text, problems = decode_text(bytes(data))
    assert "комплекса мер" in text
    assert [problem.code for problem in problems] == ["encoding-damaged"]


def test_nulls_are_taken_out_and_said() -> None:
    text, problems = decode_text(b"\0\0" + ORDER.encode() + b"\0")
    assert text == ORDER
    assert [problem.code for problem in problems] == ["null-characters"]


def test_russian_far_behind_latin_is_found() -> None:
    data = b"x" * 300_000 + " распоряжение".encode("cp1251")
    assert decode_text(data)[0].endswith(" распоряжение")


@given(st.binary(max_size=400))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    text, _ = decode_text(data)
    assert "\0" not in text
    text.encode()  # no half of a surrogate pair is left


@given(st.text(max_size=400).map(lambda text: text.replace("\0", "")))
def test_utf8_is_never_mistaken_for_an_eight_bit_encoding(text: str) -> None:
    name, _ = find_encoding(text.encode())
    if name not in ("utf-16-le", "utf-16-be"):
        assert decode_text(text.encode())[0] == text.removeprefix("\ufeff")


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16-le"])
def test_fifty_megabytes_take_little_time(encoding: str) -> None:
    words = ORDER.split()
    random.Random(7).shuffle(words)
    piece = " ".join(words).encode(encoding, "replace")
    data = piece * (50_000_000 // len(piece))
    with within():
        assert len(decode_text(data)[0]) > 20_000_000
