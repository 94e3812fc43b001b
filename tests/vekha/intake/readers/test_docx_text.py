"""Text of DOCX files: changes, fields, hidden text, notes, boxes, breaks, headings, letterheads, strict packages."""

from __future__ import annotations

import pytest

from tests.builders.read_documents import codes, paragraphs, source, tables, texts
from tests.builders.word_packages import cell, packed, paragraph, row, run, table, text_of, word
from vekha.intake.document import Document, Paragraph, UnreadableFile
from vekha.intake.readers.docx import read_docx

BOX = "<w:txbxContent>{}</w:txbxContent>"


def read(body: str, parts: dict[str, str] | None = None) -> Document:
    return read_docx(word(body, parts), source())


def text(*inner: str) -> str:
    (found,) = paragraphs(read(f"<w:p>{''.join(inner)}</w:p>"))
    return found


def test_tracked_changes_read_as_accepted() -> None:
    document = read(
        "<w:p>"
        + run("до ")
        + f'<w:del w:id="1"><w:r><w:delText>1 марта</w:delText></w:r></w:del><w:ins w:id="2">{run("1 мая")}</w:ins>'
        + "</w:p>"
    )
    assert paragraphs(document) == ["до 1 мая"]
    assert codes(document) == ["tracked-changes-accepted"]


def test_moved_text_stands_once_where_it_went() -> None:
    body = (
        f'<w:p><w:pPr><w:rPr><w:moveFrom w:id="1"/></w:rPr></w:pPr><w:moveFrom w:id="2">{run("пункт")}</w:moveFrom></w:p>'
        + paragraph("начало")
        + f'<w:p><w:moveTo w:id="3">{run("пункт")}</w:moveTo></w:p>'
    )
    assert paragraphs(read(body)) == ["начало", "пункт"]


def test_a_deleted_end_joins_two_paragraphs() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert paragraphs(read(paragraph("до 1 марта ", deleted) + paragraph("2024 года"))) == ["до 1 марта 2024 года"]
    body = paragraph("начало", deleted) + table(row("а", "б")) + paragraph("конец", deleted)
    assert paragraphs(read(body)) == ["начало", "конец"]


def test_only_the_results_of_fields_are_read() -> None:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    nested = (
        char.format("begin")
        + "<w:r><w:instrText> IF </w:instrText></w:r>"
        + char.format("begin")
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        + char.format("separate")
        + run("17")
        + char.format("end")
        + char.format("separate")
        + run("приложение 1")
        + char.format("end")
    )
    assert text(run("см. "), nested, run(".")) == "см. приложение 1."
    assert text(f'<w:fldSimple w:instr="DATE">{run("01.02.2024")}</w:fldSimple>') == "01.02.2024"


def test_a_field_that_never_ends_hides_nothing_further() -> None:
    broken = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r></w:p>'
    assert paragraphs(read(broken + paragraph("виден"))) == ["виден"]


def test_a_result_may_span_paragraphs() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("первая")}</w:p>'
        f'<w:p>{run("вторая")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert paragraphs(read(body)) == ["первая", "вторая"]


def test_breaks_tabs_hyphens_and_signs() -> None:
    assert (
        text(f"<w:r>{text_of('а')}<w:br/>{text_of('б')}<w:cr/>{text_of('в')}<w:tab/>{text_of('г')}</w:r>")
        == "а\nб\nв г"
    )
    assert text(f'<w:r>{text_of("до 1")}<w:br w:type="page"/>{text_of("октября")}</w:r>') == "до 1 октября"
    assert text(f"<w:r>{text_of('1')}<w:lastRenderedPageBreak/>{text_of('5 мая')}</w:r>") == "15 мая"
    assert text(f"<w:r>{text_of('естественно')}<w:noBreakHyphen/>{text_of('научный')}</w:r>") == "естественно-научный"
    assert text("<w:r>", text_of("обо"), "<w:softHyphen/>", text_of("рудо\u00adвание"), "</w:r>") == "оборудование"
    assert text('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', run(" 30")) == "≥ 30"
    assert text('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', run(" да")) == "• да"
    assert text(run("строка\nв разметке")) == "строка в разметке"


def test_links_smart_tags_formulas_and_controls_are_text() -> None:
    inner = (
        f'<w:hyperlink r:id="rId9">{run("сайт")}</w:hyperlink>'
        f"<w:smartTag>{run(' и ')}</w:smartTag>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('поле')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Место для ввода')}</w:sdtContent></w:sdt>"
        "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"
    )
    assert text(inner) == "сайт и полеx+1"


def test_hidden_text_is_left_out_and_said() -> None:
    styles = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    shown = [run("виден"), run(" и это", '<w:vanish w:val="0"/>')]
    hidden = [run("скрыт", "<w:vanish/>"), run("стилем", '<w:rStyle w:val="h"/>')]
    body = f"<w:p>{shown[0]}{''.join(hidden)}{shown[1]}</w:p>"
    document = read(body, {"styles": styles})
    assert paragraphs(document) == ["виден и это"]
    assert codes(document) == ["hidden-text"]


def test_raised_numbers_stay_apart_from_the_word() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert text(run("2024 года"), run("1", raised), run(", м"), run("2", raised)) == "2024 года¹, м²"
    assert text(run("5"), run("е", raised)) == "5е"


def test_footnotes_come_at_the_end_with_the_place_of_their_mark() -> None:
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" Первая.")}</w:p></w:footnote>'
        f'<w:footnote w:id="3">{paragraph("Вторая.")}</w:footnote>'
        f'<w:footnote w:id="4">{paragraph("Ничья.")}</w:footnote>'
    )
    ends = f'<w:endnote w:id="2">{paragraph("Концевая.")}</w:endnote>'
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    own = f'<w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/>{text_of("*")}</w:r>'
    body = (
        f"<w:p>{run('Приказ')}{mark.format(2)}</w:p>"
        + table(row("1.", "закупка"), row("2.", cell(f"<w:p>{run('до мая')}{own}</w:p>")))
        + f'<w:p>{run("Конец")}<w:r><w:endnoteReference w:id="2"/></w:r></w:p>'
    )
    document = read(body, {"footnotes": notes, "endnotes": ends})
    assert paragraphs(document) == ["Приказ", "Конец", "Первая.", "Вторая.", "Концевая."]
    assert texts(tables(document)[0]) == [["1.", "закупка"], ["2.", "до мая"]]
    second = document.blocks[-2]
    assert (second.place.table, second.place.rows) == (1, (2, 2))


def test_a_text_box_is_read_once_before_its_paragraph() -> None:
    box = BOX.format(paragraph("УТВЕРЖДАЮ") + paragraph("Министр"))
    alternate = (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document = read(f"<w:p>{alternate}{run('КОМПЛЕКС МЕР')}</w:p>")
    assert paragraphs(document) == ["УТВЕРЖДАЮ", "Министр", "КОМПЛЕКС МЕР"]


def test_a_table_in_a_text_box_is_a_table() -> None:
    box = BOX.format(table(row("№", "Мера"), row("1.", "Закупка")))
    document = read(f"<w:p><w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r></w:p>")
    assert [texts(item) for item in tables(document)] == [[["№", "Мера"], ["1.", "Закупка"]]]


def test_an_empty_choice_falls_back() -> None:
    inner = f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{run('запасное')}</mc:Fallback></mc:AlternateContent>"
    assert text(inner) == "запасное"


def test_headings_by_style_outline_or_look() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="1"/><w:name w:val="Свой"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="mid"><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    )
    centre = '<w:jc w:val="center"/>'
    body = (
        paragraph("стиль", '<w:pStyle w:val="own"/>')
        + paragraph("вид", centre, "<w:b/>")
        + paragraph("уровень", '<w:pStyle w:val="mid"/>')
        + paragraph("по центру", centre)
        + paragraph("жирный", "", "<w:b/>")
        + f"<w:p><w:pPr>{centre}</w:pPr>{run('жирный', '<w:b/>')}{run(' и нет')}</w:p>"
        + paragraph("снято", '<w:pStyle w:val="mid"/>', '<w:b w:val="0"/>')
    )
    found = [block.heading for block in read(body, {"styles": styles}).blocks if isinstance(block, Paragraph)]
    assert found == [True, True, True, False, False, False, False]


@pytest.mark.parametrize(
    ("first_only", "expected"), [("<w:titlePg/>", ["Правительство Лесной области", "Приказ"]), ("", ["Приказ"])]
)
def test_only_a_letterhead_of_the_first_page_is_read(first_only: str, expected: list[str]) -> None:
    section = f'<w:sectPr><w:headerReference w:type="first" r:id="rIdheader"/>{first_only}</w:sectPr>'
    header = paragraph("Правительство Лесной области") + paragraph("2")
    assert paragraphs(read(paragraph("Приказ") + section, {"header": header})) == expected


def test_a_strict_package_reads_like_the_usual_one() -> None:
    body = table(row(cell("а", span=2)), row("б", "в")) + paragraph("конец")
    usual, strict = read_docx(word(body), source()), read_docx(word(body, strict=True), source())
    assert usual.blocks == strict.blocks
    assert len(strict.blocks) == 2


def test_embedded_objects_are_said() -> None:
    link = 'xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12" r:id="rId5"'
    preview = '<v:shape><v:imagedata r:id="rId4"/></v:shape>'
    document = read(f"<w:p><w:r><w:object>{preview}<o:OLEObject {link}/></w:object></w:r>{run('Приказ')}</w:p>")
    assert codes(document) == ["embedded-object-not-read"]


def test_what_cannot_be_read_is_said() -> None:
    picture = '<w:r><w:drawing><a:blip r:embed="rId7"/></w:drawing></w:r>'
    document = read(f'<w:p>{picture}</w:p><w:altChunk r:id="rId8"/>')
    assert codes(document) == ["pictures-not-read", "embedded-part-not-read", "no-text"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed({"word/document.xml": b"<w:document"}), "damaged"),
        (packed({"other.xml": b"<a/>"}), "damaged"),
        (b"PK\x03\x04 not a package", "damaged"),
        (packed({"word/document.xml": b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}), "damaged"),
        (packed({"word/document.xml": b"<document/>"}), "damaged"),
    ],
)
def test_broken_packages_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_docx(data, source())
    assert caught.value.problem.code == code
    assert caught.value.problem.hint
