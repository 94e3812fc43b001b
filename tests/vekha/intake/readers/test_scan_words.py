"""Recognised words as text: dashes by width, certain slips put right, uncertain ones left alone, list items on new lines."""

from __future__ import annotations

import pytest

from vekha.intake.readers.scan_ocr import Word
from vekha.intake.readers.scan_words import Line, build_lines, joint_confidence, repair, short_text, wrapped_text

LETTER = 20


def words(*texts: str, confidence: float = 0.95) -> list[Word]:
    """Words of one line, a letter ten points wide, spaces of ten points."""
    placed, left = [], 0
    for text in texts:
        placed.append(Word(text, left, 0, left + 10 * len(text), 30, 0, confidence))
        left += 10 * (len(text) + 1)
    return placed


def repaired(*texts: str) -> str:
    return " ".join(word.text for word in repair(words(*texts), letter=LETTER))


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        (("1", "сентября", "2О26", "года"), "1 сентября 2026 года"),
        (("З0", "июня"), "30 июня"),
        (("1б.04.2026",), "16.04.2026"),
        (("от", "0З.12.2026,"), "от 03.12.2026,"),
        (("<<Точка", "роста>>"), "«Точка роста»"),
        (("N°12",), "№12"),
        (("Иванова", "А.Б.., Петров"), "Иванова А.Б., Петров"),
        (("МАОЧ", "гимназия"), "MAOU гимназия"),
        (("МБОЧЦ", "школа"), "MBOU школа"),
        (("МАОТП",), "MAOU"),
    ],
)
def test_certain_slips_are_put_right(seen: tuple[str, ...], meant: str) -> None:
    assert repaired(*seen) == meant


@pytest.mark.parametrize(
    "seen",
    [
        ("3Б", "класс"),
        ("5б", "и", "6З", "классы"),
        ("З0", "человек"),
        ("О", "создании"),
        ("и", "т.д...."),
        ("МАОУ", "лицей"),
        ("ОБОЗ",),
        ("пункт", "2.1б"),
    ],
)
def test_what_is_not_certain_stays(seen: tuple[str, ...]) -> None:
    assert repaired(*seen) == " ".join(seen)


def test_a_repaired_word_is_trusted_less() -> None:
    (word,) = repair(words("2О26", confidence=0.9), letter=LETTER)
    assert word.text == "2026"
    assert word.confidence == pytest.approx(0.81)


@pytest.mark.parametrize(("width", "mark"), [(11, "-"), (22, "–"), (44, "—")])
def test_a_dash_is_told_by_its_width(width: int, mark: str) -> None:
    (word,) = repair([Word("—", 0, 0, width, 3, 0, 0.9)], letter=LETTER)
    assert word.text == mark


@pytest.mark.parametrize(
    ("seen", "height", "meant"),
    [
        ("ПИСЬМО", 20, "письмо"),
        ("ПИСЬМО", 29, "ПИСЬМО"),
        ("ГОД", 25, "год"),
        ("ГОД", 34, "ГОД"),
        ("И", 21, "и"),
        ("Школы", 20, "школы"),
        ("Школы", 29, "Школы"),
        ("Рынок", 20, "Рынок"),
        ("ЕИС", 29, "ЕИС"),
        ("УРФО", 20, "УРФО"),
    ],
)
def test_capitals_no_higher_than_small_letters_are_small(seen: str, height: int, meant: str) -> None:
    (word,) = repair([Word(seen, 0, 0, 100, height, 0, 0.9)], letter=LETTER)
    assert word.text == meant


def test_lines_come_from_top_to_bottom_whatever_the_order() -> None:
    low = Word("внизу", 0, 50, 50, 70, 0, 0.9)
    high = [Word("слово", 60, 0, 110, 20, 1, 0.9), Word("первое", 0, 0, 50, 20, 1, 0.9)]
    assert [line.text for line in build_lines([low, *high], letter=LETTER)] == ["первое слово", "внизу"]


def lines(*texts: str) -> list[Line]:
    return [Line(text, 0, 30 * at, 100, 30 * at + 20, 0.9, 0.9, len(text)) for at, text in enumerate(texts)]


def test_wrapped_lines_are_joined_and_hyphenation_undone() -> None:
    assert wrapped_text(lines("перечень обще-", "образовательных организаций", "естественно-", "научных")) == (
        "перечень общеобразовательных организаций естественно-научных"
    )


def test_items_begin_on_new_lines_but_numbers_inside_a_sentence_do_not() -> None:
    assert (
        wrapped_text(lines("Утверждены:", "1. план;", "2. перечень", "школ."))
        == "Утверждены:\n1. план;\n2. перечень школ."
    )
    assert wrapped_text(lines("- показатели;", "- положение")) == "- показатели;\n- положение"
    assert wrapped_text(lines("до 1 марта", "2026 года")) == "до 1 марта 2026 года"
    assert wrapped_text(lines("согласно пункту", "2. Положения")) == "согласно пункту 2. Положения"


def test_confidence_is_drawn_down_by_the_weakest_word() -> None:
    sure = Line("слово", 0, 0, 1, 1, 0.95, 0.9, 5)
    weak = Line("слсво", 0, 0, 1, 1, 0.75, 0.2, 5)
    assert joint_confidence([sure]) == pytest.approx(0.925)
    assert joint_confidence([sure, weak]) == pytest.approx((0.85 + 0.2) / 2)
    assert joint_confidence([]) == 1.0


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("2:", "2."),
        ("3.1;", "3.1."),
        ("12", "12"),
        ("5.", "5."),
        ("да:", "да:"),
        ("№ пит", "№ п/п"),
        ("№ пути", "№ пути"),
    ],
)
def test_a_number_alone_ends_with_a_dot(seen: str, meant: str) -> None:
    assert short_text(seen) == meant
