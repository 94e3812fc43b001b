"""Automatic numbering of DOCX files as Word shows it."""

from __future__ import annotations

import pytest

from tests.builders.read_documents import paragraphs, source, tables, texts
from tests.builders.word_packages import cell, level, list_definition, list_use, numbered, paragraph, row, table, word
from vekha.intake.readers.docx import read_docx
from vekha.intake.readers.docx_numbering import format_number

OUTLINE = list_definition(
    7,
    level(0, "decimal", "%1."),
    level(1, "decimal", "%1.%2."),
    level(2, "russianLower", "%3)"),
    level(3, "bullet", "\uf0b7"),
)
USES = list_use(1, 7) + list_use(2, 7, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')


def read(body: str, numbering: str, styles: str = "") -> list[str]:
    parts = {"numbering": numbering} | ({"styles": styles} if styles else {})
    return paragraphs(read_docx(word(body, parts), source()))


def test_levels_restart_below_a_higher_one() -> None:
    levels = [0, 1, 1, 2, 2, 3, 0, 1, 2]
    body = "".join(numbered("п", 1, index) for index in levels)
    marks = [line.removesuffix(" п") for line in read(body, OUTLINE + USES)]
    assert marks == ["1.", "1.1.", "1.2.", "а)", "б)", "–", "2.", "2.1.", "а)"]


def test_lists_of_one_definition_go_on_unless_they_start_anew() -> None:
    body = numbered("а") + numbered("б") + paragraph("текст") + numbered("в") + numbered("г", 2) + numbered("д", 2)
    assert read(body, OUTLINE + USES) == ["1. а", "2. б", "текст", "3. в", "1. г", "2. д"]


def test_zero_takes_the_numbering_of_a_style_away() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="list"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="deep"><w:basedOn w:val="list"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = (
        paragraph("а", '<w:pStyle w:val="list"/>')
        + paragraph("б", '<w:pStyle w:val="deep"/>')
        + paragraph("в", '<w:pStyle w:val="list"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("г", '<w:pStyle w:val="list"/>')
    )
    assert read(body, OUTLINE + USES, styles) == ["1. а", "1.1. б", "в", "2. г"]


def test_an_empty_cell_with_a_number_shows_it() -> None:
    body = table(
        row("№ п/п", "Мера"),
        row(cell(numbered("")), "Закупка"),
        row(cell(numbered("")), cell(numbered("создать", 3) + numbered("открыть", 3))),
    )
    numbering = OUTLINE + list_definition(8, level(0, "bullet", "-")) + USES + list_use(3, 8)
    (found,) = tables(read_docx(word(body, {"numbering": numbering}), source()))
    assert texts(found) == [["№ п/п", "Мера"], ["1.", "Закупка"], ["2.", "– создать\n– открыть"]]


def test_a_paragraph_with_a_deleted_end_is_not_counted() -> None:
    deleted = paragraph("", '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>')
    assert read(numbered("а") + deleted + numbered("б"), OUTLINE + USES) == ["1. а", "2. б"]


def test_text_before_a_deleted_end_takes_the_number_of_the_next() -> None:
    joined = paragraph("начало ", '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>')
    assert read(joined + numbered("и конец"), OUTLINE + USES) == ["1. начало и конец"]


def test_a_list_style_points_to_another_definition() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="s"/></w:abstractNum>' + OUTLINE + list_use(1, 7)
    )
    assert read(numbered("а", 4), numbering + list_use(4, 9), styles) == ["1. а"]


def test_own_levels_starts_suffixes_and_legal_numbers() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "Раздел %1", 4)}</w:lvlOverride>'
    glued = level(0, "decimal", "%1.", 1, '<w:suff w:val="nothing"/>')
    legal = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", 1, "<w:isLgl/>")
    numbering = (
        list_definition(1, level(0, "decimal", "%1."))
        + list_definition(2, glued)
        + list_definition(3, legal)
        + list_use(1, 1, own)
        + list_use(2, 2)
        + list_use(3, 3)
    )
    body = numbered("а", 1) + numbered("б", 1) + numbered("в", 2) + numbered("г", 3) + numbered("д", 3, 1)
    assert read(body, numbering) == ["Раздел IV а", "Раздел V б", "1.в", "I. г", "1.1 д"]


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [
        (1, "decimal", "1"),
        (7, "decimalZero", "07"),
        (27, "lowerLetter", "aa"),
        (10, "russianLower", "к"),
        (28, "russianUpper", "Я"),
        (29, "russianLower", "аа"),
        (1999, "lowerRoman", "mcmxcix"),
        (3, "ordinal", "3-й"),
        (5, "none", ""),
        (0, "lowerLetter", ""),
        (4, "cardinalText", "4"),
        (10**9, "upperRoman", "M" * 100),
    ],
)
def test_formats_of_numbers(number: int, style: str, shown: str) -> None:
    assert format_number(number, style) == shown


@pytest.mark.parametrize(
    "numbering",
    [
        '<w:num w:numId="1"><w:abstractNumId w:val="404"/></w:num>',
        '<w:num w:numId="1"/>',
        '<w:abstractNum w:abstractNumId="7"><w:lvl/></w:abstractNum>' + list_use(1, 7),
        list_definition(7, level(0, "decimal", "%9%8%1")) + list_use(1, 7),
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="нет"/></w:abstractNum>' + list_use(1, 7),
    ],
)
def test_broken_definitions_do_not_stop_the_reading(numbering: str) -> None:
    (found,) = read(numbered("текст"), numbering)
    assert found.endswith("текст")
