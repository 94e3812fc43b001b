"""PDF files as a whole: paragraphs in order, running lines, fonts without letters, hostile and damaged files."""

from __future__ import annotations

import io
import zlib

import numpy as np
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.builders.pdf_compare import SOURCE, paragraphs_of, tables_of, texts_of
from tests.builders.pdf_orders import matrix, plain
from tests.builders.pdf_pages import LANDSCAPE, Setting, Typesetter, font, fonts_present
from tests.patience import steps, within
from vekha.intake.document import Document, Format, Paragraph, UnreadableFile
from vekha.intake.readers import scan
from vekha.intake.readers.pdf import MAX_PAGES, read_pdf
from vekha.intake.readers.scan import PageReading
from vekha.problems import Place, Problem, Severity

pytestmark = pytest.mark.skipif(not fonts_present(), reason="needs the packages fonts-dejavu and fonts-liberation")

BODY = "1. Определить министерство просвещения края координатором, ответственным за создание и работу центров."


def letter(**changes: object) -> Typesetter:
    return Typesetter(Setting(**changes))  # type: ignore[arg-type]


def code_of(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(data, SOURCE)
    problem = caught.value.problem
    assert problem.message
    assert problem.hint
    return problem.code


def test_an_order_from_top_to_bottom() -> None:
    sheet = letter(size=14)
    sheet.paragraph("АДМИНИСТРАЦИЯ ЗАОЗЁРНОГО КРАЯ", align="centre", bold=True, after=0)
    sheet.paragraph("РАСПОРЯЖЕНИЕ", align="centre", bold=True, after=14)
    sheet.put("от 12.01.2026", 56, sheet.y + 14)
    sheet.put("№ 17-р", 480, sheet.y + 14)
    sheet.y += 34
    sheet.paragraph(BODY, indent=35, after=0)
    sheet.paragraph(BODY.replace("1.", "2."), indent=35, after=30)
    sheet.put("Губернатор", 56, sheet.y + 14)
    sheet.put("края", 56, sheet.y + 30)
    sheet.put("А.Б. Лыкова", 440, sheet.y + 30)
    document = read_pdf(sheet.finish().data, SOURCE)
    assert paragraphs_of(document) == [
        "АДМИНИСТРАЦИЯ ЗАОЗЁРНОГО КРАЯ",
        "РАСПОРЯЖЕНИЕ",
        "от 12.01.2026 № 17-р",
        BODY,
        BODY.replace("1.", "2."),
        "Губернатор\nкрая",
        "А.Б. Лыкова",
    ]
    assert [block.heading for block in document.blocks if isinstance(block, Paragraph)] == [True, True] + [False] * 5
    assert document.source.format is Format.PDF
    assert document.source.pages == 1


def test_stamps_side_by_side_are_not_mixed() -> None:
    sheet = letter()
    sheet.columns(
        [
            "Согласовано\nзаместитель председателя правительства края\n\nВ.Г. Ершова\n«29» _____ 2026 г.",
            "Утверждаю\nминистр образования края\n\n\nК.Л. Юнин\n«29» _____ 2026 г.",
        ]
    )
    sheet.paragraph("ДОРОЖНАЯ КАРТА", align="centre", bold=True)
    sheet.table(matrix())
    texts = " / ".join(paragraphs_of(read_pdf(sheet.finish().data, SOURCE))).replace("\n", " / ")
    assert texts.index("Согласовано") < texts.index("В.Г. Ершова") < texts.index("Утверждаю") < texts.index("К.Л. Юнин")
    assert "заместитель председателя правительства края" in texts
    assert texts.endswith("ДОРОЖНАЯ КАРТА")


def test_page_numbers_and_running_lines_are_left_out_once_said() -> None:
    sheet = letter(page_numbers="bottom")
    for number in range(1, 5):
        sheet.put("Дорожная карта, редакция 2", 200, 30)
        sheet.put(str(number), 300, 44)
        sheet.paragraph(f"Лист {'абвг'[number - 1]}. {BODY}")
        if number < 4:
            sheet.new_page()
    texts = paragraphs_of(read_pdf(sheet.finish().data, SOURCE))
    assert texts[0] == "Дорожная карта, редакция 2"
    assert texts[1:] == [f"Лист {letter_of}. {BODY}" for letter_of in "абвг"]


def test_a_number_in_the_text_is_no_page_number() -> None:
    sheet = letter()
    sheet.put("Всего мест", 56, 70)
    sheet.put("40", 300, 70)
    assert " ".join(paragraphs_of(read_pdf(sheet.finish().data, SOURCE))) == "Всего мест 40"


def test_signature_stamp_below_the_table_stays_out_of_it() -> None:
    sheet = letter()
    sheet.table(plain(2))
    sheet.y += 6
    left, top = 200, sheet.y
    sheet.canvas.rect(left, 842 - top - 50, 220, 50)
    for step, text in enumerate(("Документ подписан электронной подписью", "Сертификат 00AF12", "Владелец Юнин К.Л.")):
        sheet.put(text, left + 8, top + 14 + 14 * step, size=9)
    document = read_pdf(sheet.finish().data, SOURCE)
    assert texts_of(tables_of(document)[0]) == [list(row) for row in plain(2).rows]
    assert "Документ подписан электронной подписью" in paragraphs_of(document)[0]


def test_crop_box_and_text_outside_it() -> None:
    sheet = letter()
    sheet.table(plain(1))
    sheet.put("обрезано", 5, 30)
    sheet.canvas.setCropBox((40, 100, 580, 800))
    document = read_pdf(sheet.finish().data, SOURCE)
    assert texts_of(tables_of(document)[0])[0][0] == "№ п/п"
    assert paragraphs_of(document) == []


def test_landscape_table_drawn_sideways_on_a_portrait_page() -> None:
    sheet = letter()
    canvas = sheet.canvas
    canvas.saveState()
    canvas.translate(595, 0)
    canvas.rotate(90)
    inner = Typesetter(Setting(page=LANDSCAPE))
    inner.canvas = canvas
    inner.table(plain(2))
    canvas.restoreState()
    assert texts_of(tables_of(read_pdf(sheet.finish().data, SOURCE))[0]) == [list(row) for row in plain(2).rows]


def test_bold_imitated_by_drawing_twice_is_read_once() -> None:
    sheet = letter()
    for shift in (0, 0.3, 0.6):
        sheet.put("ДОРОЖНАЯ КАРТА", 220 + shift, 80)
    document = read_pdf(sheet.finish().data, SOURCE)
    assert paragraphs_of(document) == ["ДОРОЖНАЯ КАРТА"]


def test_white_text_is_read_only_on_dark_ground() -> None:
    sheet = letter()
    canvas = sheet.canvas
    canvas.setFillColorRGB(1, 1, 1)
    sheet.put("скрытое", 60, 100)
    canvas.setFillColorRGB(0, 0, 0.5)
    canvas.rect(50, 842 - 160, 200, 30, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    sheet.put("Шапка", 60, 150)
    assert paragraphs_of(read_pdf(sheet.finish().data, SOURCE)) == ["Шапка"]


def test_letters_spaced_apart_are_a_word_and_soft_hyphens_go() -> None:
    sheet = letter()
    text = sheet.canvas.beginText(100, 700)
    text.setFont(font("serif"), 12)
    text.setCharSpace(5)
    text.textOut("РАСПОРЯЖАЮСЬ")
    sheet.canvas.drawText(text)
    sheet.canvas.saveState()
    sheet.put("обще\u00adобразовательный центр", 100, 300)
    sheet.canvas.restoreState()
    assert [t.replace(" ", "") for t in paragraphs_of(read_pdf(sheet.finish().data, SOURCE))] == [
        "РАСПОРЯЖАЮСЬ",
        "общеобразовательныйцентр",
    ]


def test_inscription_across_the_page_is_noted_and_left_out() -> None:
    sheet = letter()
    sheet.table(plain(3))
    sheet.canvas.saveState()
    sheet.canvas.translate(150, 400)
    sheet.canvas.rotate(45)
    sheet.put("ПРОЕКТ", 0, 842, size=80)
    sheet.canvas.restoreState()
    document = read_pdf(sheet.finish().data, SOURCE)
    assert texts_of(tables_of(document)[0]) == [list(row) for row in plain(3).rows]
    assert [(p.code, p.severity) for p in document.problems] == [("slanted-text", Severity.NOTE)]
    assert "ПРОЕКТ" in document.problems[0].message


def test_old_code_page_is_repaired() -> None:
    wrong = "Распоряжение администрации края о создании центров".encode("cp1251").decode("latin-1")
    document = read_pdf(_with_text(wrong), SOURCE)
    assert paragraphs_of(document) == ["Распоряжение администрации края о создании центров"]
    assert [problem.code for problem in document.problems] == ["code-page-repaired"]


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Answers for pictures without Tesseract; the pages asked for are collected."""
    asked: list[int] = []

    def answer(image: object, *, page: int, first_table: int, dpi: int) -> PageReading:
        asked.append(page)
        assert dpi > 0
        assert first_table >= 1
        return PageReading((Paragraph(f"распознано {page}", Place(page=page), confidence=0.9),), (), 0.9)

    monkeypatch.setattr(scan, "recognise_page", answer)
    return asked


def test_garbage_is_recognised_from_the_picture_with_a_note(recogniser: list[int]) -> None:
    document = read_pdf(_with_text("#$%&'()*+ ,-./0 !\"#$ %&'( )*+,- ./012 :;<=> ?@[\\] ^_`{|} ~#$%& '()*+"), SOURCE)
    assert recogniser == [1]
    assert paragraphs_of(document) == ["распознано 1"]
    assert [problem.code for problem in document.problems] == ["text-layer-garbage"]
    assert document.source.format is Format.SCAN


def test_pages_without_text_are_recognised_and_others_read(recogniser: list[int]) -> None:
    sheet = letter()
    for _ in range(2):
        sheet.paragraph(BODY)
        sheet.new_page()
    _draw_picture(sheet.canvas)
    document = read_pdf(sheet.finish().data, SOURCE)
    assert recogniser == [3]
    assert paragraphs_of(document) == [BODY, BODY, "распознано 3"]
    assert document.source.format is Format.PDF


def test_letterhead_picture_does_not_make_a_scan(recogniser: list[int]) -> None:
    sheet = letter()
    sheet.paragraph(BODY * 4)
    _draw_picture(sheet.canvas, width=200, height=100)
    read_pdf(sheet.finish().data, SOURCE)
    assert recogniser == []


def test_ready_layer_under_a_picture_serves_where_nothing_recognises(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(image: object, *, page: int, first_table: int, dpi: int) -> PageReading:
        raise UnreadableFile(Problem("ocr-unavailable", "нет", Severity.ERROR, "поставьте"))

    monkeypatch.setattr(scan, "recognise_page", refuse)
    sheet = letter()
    _draw_picture(sheet.canvas)
    text = sheet.canvas.beginText(56, 700)
    text.setFont(font("serif"), 12)
    text.setTextRenderMode(3)
    text.textOut("Невидимый слой распознанного текста распоряжения")
    sheet.canvas.drawText(text)
    document = read_pdf(sheet.finish().data, SOURCE)
    assert paragraphs_of(document) == ["Невидимый слой распознанного текста распоряжения"]
    assert document.blocks[0].confidence < 1  # type: ignore[union-attr]
    assert [problem.code for problem in document.problems] == ["text-layer-unsure"]


def test_attached_files_are_noted() -> None:
    writer = pypdfium2.PdfDocument(_plain_pdf())
    attachment = writer.new_attachment("приложение.xlsx")
    attachment.set_data(b"PK")
    target = io.BytesIO()
    writer.save(target)
    writer.close()
    assert [p.code for p in read_pdf(target.getvalue(), SOURCE).problems] == ["attached-files"]


def test_password_for_reading_is_refused_and_an_owners_is_not() -> None:
    assert code_of(_plain_pdf(pdfencrypt.StandardEncryption("тайна"))) == "encrypted"
    free = _plain_pdf(pdfencrypt.StandardEncryption("", ownerPassword="хозяин", canCopy=0))
    assert paragraphs_of(read_pdf(free, SOURCE)) == [BODY]


def test_damaged_files_are_refused() -> None:
    assert code_of(b"%PDF-1.7\n") == "damaged"
    assert code_of(_plain_pdf()[:400]) == "damaged"
    assert (
        code_of(
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
            b"trailer<</Root 1 0 R>>\n%%EOF"
        )
        == "damaged"
    )


def test_broken_cross_references_are_mended() -> None:
    data = _plain_pdf()
    place = data.rindex(b"startxref")
    broken = data[:place] + b"startxref\n999999\n%%EOF\n"
    assert paragraphs_of(read_pdf(broken, SOURCE)) == [BODY]


def test_a_file_that_ends_early_says_so() -> None:
    data = _plain_pdf()
    document = read_pdf(data[: data.rindex(b"xref") - 2], SOURCE)
    assert paragraphs_of(document) == [BODY]
    assert [problem.code for problem in document.problems] == ["file-truncated"]


def test_too_many_pages_are_refused_before_one_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    target = io.BytesIO()
    canvas = Canvas(target)
    for _ in range(MAX_PAGES + 1):
        canvas.showPage()
    canvas.save()
    opened: list[int] = []
    monkeypatch.setattr(pypdfium2.PdfDocument, "get_page", lambda _, index: opened.append(index))
    assert code_of(target.getvalue()) == "over-limits"
    assert opened == []


def test_page_of_enormous_size(recogniser: list[int]) -> None:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(14_000, 14_000))
    canvas.setFont(font("serif"), 200)
    canvas.drawString(500, 9_000, "Огромный лист с распоряжением")
    _draw_picture(canvas, width=14_000, height=14_000)
    canvas.showPage()
    canvas.save()
    read_pdf(target.getvalue(), SOURCE)
    assert recogniser == [1]


@pytest.mark.parametrize("shape", ["lines", "boxes", "words"])
def test_pages_full_of_marks_end_soon(shape: str) -> None:
    parts = []
    for n in range(20_000):
        x, y = (n * 7919) % 590, (n * 104_729) % 840
        if shape == "lines":
            parts.append(f"{x} {y} m {x + 300} {y} l S {x} {y} m {x} {y + 300} l S")
        elif shape == "boxes":
            parts.append(f"{x} {y} 9 9 re S")
        else:
            parts.append(f"BT /F1 4 Tf {x} {y} Td (ab) Tj ET")
    with within(60):
        read_pdf(_with_stream("\n".join(parts).encode()), SOURCE)


def test_forms_inside_forms_and_scripts_do_no_harm() -> None:
    data = _objects(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while(true){})>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>",
        _stream(b"", b"/A Do"),
        _stream(b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</A 5 0 R>>>>", b"/A Do"),
    )
    assert read_pdf(data, SOURCE).blocks == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_damage_is_an_answer_or_a_refusal(data: st.DataObject) -> None:
    original = _order_pdf()
    spoiled = bytearray(original)
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(spoiled) - 1))
        spoiled[place] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del spoiled[data.draw(st.integers(0, len(spoiled) - 1)) :]
    try:
        document = read_pdf(bytes(spoiled), SOURCE)
    except UnreadableFile as refusal:
        assert refusal.problem.hint
    else:
        assert document.source.pages


def test_the_work_grows_with_the_pages() -> None:
    counts = []
    for pages in (5, 10, 20):
        sheet = letter(size=9)
        for _ in range(pages):
            sheet.table(plain(6))
            sheet.new_page()
        data = sheet.finish().data
        documents: list[Document] = []
        counts.append(steps(lambda: documents.append(read_pdf(data, SOURCE))))  # noqa: B023 — called at once
        assert len(tables_of(documents[0])) == pages
    assert counts[2] - counts[1] < 2.5 * (counts[1] - counts[0])  # ten pages more cost twice what five more do


def _order_pdf() -> bytes:
    sheet = letter()
    sheet.paragraph(BODY)
    sheet.table(plain(2))
    return sheet.finish().data


def _plain_pdf(encryption: pdfencrypt.StandardEncryption | None = None) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=encryption)
    canvas.setFont(font("serif"), 9)
    canvas.drawString(56, 700, BODY)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw_picture(canvas: Canvas, *, width: float = 595, height: float = 842) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (60, 60), dtype=np.uint8)
    canvas.drawImage(ImageReader(Image.fromarray(noise)), 0, 0, width=width, height=height)


def _with_text(text: str) -> bytes:
    """A page whose font has no Unicode map: the bytes are taken for WinAnsi letters."""
    written = text.encode("latin-1").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return _with_stream(b"BT /F1 12 Tf 56 700 Td (" + written + b") Tj ET")


def _with_stream(content: bytes) -> bytes:
    return _objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        _stream(b"/Filter/FlateDecode", zlib.compress(content)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def _objects(*bodies: bytes) -> bytes:
    data, places = b"%PDF-1.5\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
