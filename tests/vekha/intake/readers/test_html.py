"""Pages: tables with spans, layout tables, lists, headings, encodings, hidden text, web archives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders.read_documents import codes, paragraphs, source, spans, tables, texts
from vekha.intake.document import Document, Format, Paragraph, UnreadableFile
from vekha.intake.readers.html import read_html

ARCHIVE = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="b"

--b
Content-Type: text/html; charset="windows-1251"
Content-Transfer-Encoding: quoted-printable

<html><body><p>=CF=F0=E8=EA=E0=E7</p></body></html>
--b
Content-Type: text/html; charset="utf-8"

<p>other</p>
--b--
"""


def read(page: str | bytes) -> Document:
    return read_html(page.encode() if isinstance(page, str) else page, source("page", Format.HTML))


def test_spans_both_ways() -> None:
    (found,) = tables(
        read(
            "<table><tr><th rowspan=2>№<th colspan=2>Срок<tr><td>начало<td>окончание"
            "<tr><td>1.<td>1 марта<td>1 мая</table>"
        )
    )
    assert texts(found) == [["№", "Срок"], ["начало", "окончание"], ["1.", "1 марта", "1 мая"]]
    assert spans(found) == [[(0, 2, 1), (1, 1, 2)], [(1, 1, 1), (2, 1, 1)], [(0, 1, 1), (1, 1, 1), (2, 1, 1)]]


def test_spans_over_the_end_and_nonsense_in_them() -> None:
    (found,) = tables(read('<table><tr><td rowspan=0>а<td rowspan="9">б<td colspan="x">в<tr><td colspan=-2>г</table>'))
    assert spans(found) == [[(0, 2, 1), (1, 2, 1), (2, 1, 1)], [(2, 1, 1)]]


def test_a_layout_table_comes_apart_and_a_table_in_a_row_becomes_lines() -> None:
    inner = "<table><tr><td>№<td>Мера<tr><td>1.<td>а{}</table>"
    listed = "<table><tr><td>1)<td>создать<tr><td>2)<td>открыть</table>"
    page = f"<table><tr><td>Стр. 1</td></tr><tr><td><h1>Приказ</h1>{inner.format(listed)}</td></tr></table>"
    document = read(page)
    assert paragraphs(document) == ["Приказ"]
    assert [texts(item) for item in tables(document)] == [
        [["Стр. 1"]],
        [["№", "Мера"], ["1.", "а\n1) создать\n2) открыть"]],
    ]


def test_breaks_paragraphs_and_items_are_lines_of_a_cell() -> None:
    (found,) = tables(
        read(
            "<table><tr><td><p>1. Меры:</p><ul><li>создать;<li><p>открыть</p></ul><ol start=3 type=a><li>в<li>г</ol>"
            '<ul style="list-style-type: none"><li>- без знака</ul><div>а<br>б</div><td>x</table>'
        )
    )
    assert texts(found)[0][0] == "1. Меры:\n– создать;\n– открыть\nc. в\nd. г\n- без знака\nа\nб"


def test_marks_the_author_typed_are_not_doubled() -> None:
    assert paragraphs(read("<ol><li>1. Первый<li value=5>второй<li>третий</ol><ul><li>- четвёртый</ul>")) == [
        "1. Первый",
        "5. второй",
        "6. третий",
        "- четвёртый",
    ]


def test_headings_by_tag_or_look() -> None:
    document = read(
        "<h2>тег</h2><p align=center><b>вид</b></p><center><strong>стиль</strong></center>"
        '<p style="text-align:center;font-weight:bold">таблица стилей</p><p align=center>нет</p><p><b>нет</b></p>'
        "<p align=center><b>нет</b> тут</p>"
    )
    found = [block.heading for block in document.blocks if isinstance(block, Paragraph)]
    assert found == [True, True, True, True, False, False, False]


def test_white_space_collapses_and_raised_numbers_stay_apart() -> None:
    page = "<p>до\n  1&nbsp;марта 2024<sup>1</sup>  года<a href='#_ftn1'><sup>[1]</sup></a>, м<sup>2</sup>, обору&shy;дование</p>"
    assert paragraphs(read(page)) == ["до 1 марта 2024¹ года, м², оборудование"]


def test_scripts_styles_and_hidden_text_are_left_out() -> None:
    document = read(
        "<head><title>т</title><style>p{}</style></head><script>alert('х')</script><p>виден</p>"
        "<p style='display: none'>скрыт</p><p>было<del> удалено</del><ins> стало</ins></p><iframe src='http://a.ru'>к</iframe>"
        "<!-- заметка --><![if !x]><p>условный</p><![endif]>"
    )
    assert paragraphs(document) == ["виден", "было стало", "условный"]
    assert codes(document) == ["hidden-text", "tracked-changes-accepted"]


@pytest.mark.parametrize(
    ("encoding", "declaration"),
    [
        ("windows-1251", '<meta charset="windows-1251">'),
        ("koi8-r", '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'),
        ("utf-8-sig", ""),
        ("utf-16", '<meta charset="windows-1251">'),
        ("windows-1251", ""),
        ("windows-1251", '<meta charset="utf-8">'),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-8", '<?xml version="1.0" encoding="utf-8"?>'),
    ],
)
def test_encodings(encoding: str, declaration: str) -> None:
    page = f"<html><head>{declaration}</head><body><p>Распоряжение об утверждении комплекса мер</p></body></html>"
    assert paragraphs(read(page.encode(encoding))) == ["Распоряжение об утверждении комплекса мер"]


def test_a_web_archive_is_its_first_page() -> None:
    assert paragraphs(read(ARCHIVE)) == ["Приказ"]


def test_a_frame_shows_its_pages() -> None:
    framed = ARCHIVE.replace("<html><body><p>=CF=F0=E8=EA=E0=E7</p></body></html>", "<frameset cols=1></frameset>")
    assert paragraphs(read(framed)) == ["other"]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<div>" * 2000 + "глубоко", "over-limits"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n\n", "damaged"),
    ],
)
def test_pages_that_are_none_are_refused(page: str, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(page)
    assert caught.value.problem.code == code


def test_an_empty_page_is_said() -> None:
    assert codes(read("<html><body><p> </p></body></html>")) == ["no-text"]


@pytest.mark.fuzz
@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=4), min_size=1, max_size=6))
def test_no_two_cells_overlap_downwards(rows: list[list[tuple[int, int]]]) -> None:
    page = "".join(
        "<tr>" + "".join(f"<td rowspan={down} colspan={across}>x</td>" for down, across in row) + "</tr>"
        for row in rows
    )
    for table in tables(read(f"<table>{page}</table>")):
        taken: set[tuple[int, int]] = set()
        for index, row in enumerate(table.rows):
            for cell in row.cells:
                assert (index, cell.column) not in taken
                assert index + cell.row_span <= len(table.rows)
                taken.update((i, cell.column) for i in range(index, index + cell.row_span))
