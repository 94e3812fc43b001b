"""Rules about the document itself: a further case each way, beside the ones of their pages."""

import pytest

from tests.factories import order_file as made_file
from tests.vekha.checks.examples import found_by, order, roadmap, rule_of, subject_of
from vekha.calendar.working_days import official_calendar
from vekha.checks.rule import Rule
from vekha.checks.run import run_rules
from vekha.checks.subject import build_subject
from vekha.intake.document import Cell, Document, Format, Row, Source, Table
from vekha.packs.library import list_packs
from vekha.problems import Place

D = "Департамент образования"
BUY = f"Объявлены закупки | 1 марта 2027 года | {D} | Извещения"
OPEN = f"Начало работы центра | 2 сентября 2027 года | {D} | Приказ"


def test_a_table_without_deadlines_lacks_the_column() -> None:
    rows = (
        "Объявлены закупки | Департамент образования | Извещения",
        "Начало работы | Департамент образования | Приказ",
    )
    text = roadmap(*rows, columns="Мероприятие | Ответственный | Результат")
    assert "«Срок»" in found_by("ST01", text)[0].message
    assert found_by("ST01", roadmap(BUY)) == []


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("ST02", f"Начало работы центра | 2 сентября 2027 года | {D} | –"),
        ("ST03", f"Начало работы центра | – | {D} | Приказ"),
        ("ST04", "Начало работы центра | 2 сентября 2027 года | – | Приказ"),
    ],
)
def test_a_dash_is_no_answer(code: str, row: str) -> None:
    (finding,) = found_by(code, roadmap(BUY, row))
    assert finding.measure == "2"
    assert found_by(code, roadmap(BUY, OPEN)) == []


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        ((1, 2, 4, 5), 1),
        ((1, 2, 2, 3), 1),
        ((2, 3, 4), 1),
        ((1, 2, 3), 0),
        ((1, 3, 2), 2),
        ((1, 2, 7, 8, 12), 2),
        ((1, 2, 1, 2, 3), 0),
        ((1, 1, 2), 1),
    ],
)
def test_numbers_follow_each_other(numbers: tuple[int, ...], wrong: int) -> None:
    names = ("закупки", "поставка", "приёмка", "монтаж", "наладка")
    rows = [
        f"| {number} | Проведена {name} | 1 марта 2027 года | {D} | Акт |"
        for number, name in zip(numbers, names, strict=False)
    ]
    text = "\n".join(["| № | Мероприятие | Срок | Ответственный | Результат |", *rows])
    assert len(found_by("ST05", text)) == wrong


def test_a_measure_repeated_in_other_quotes_is_the_same() -> None:
    first = f"Начало работы центра «Точка роста» | 2 сентября 2027 года | {D} | Приказ"
    again = f'Начало работы центра "Точка роста". | 02.09.2027 | {D} | Приказ'
    assert [finding.measure for finding in found_by("ST06", roadmap(first, BUY, again))] == ["3"]
    assert found_by("ST06", roadmap(first, again.replace("Точка роста", "IT-куб"))) == []


def test_a_row_without_a_measure() -> None:
    assert [
        finding.measure for finding in found_by("ST07", roadmap(BUY, f" | 2 сентября 2027 года | {D} | Приказ", OPEN))
    ] == ["2"]
    assert found_by("ST07", roadmap(BUY, OPEN)) == []


def test_annexes_that_are_all_there() -> None:
    assert found_by("ST08", order(BUY)) == []


@pytest.mark.parametrize(
    ("items", "wrong"),
    [
        ("2. Назначить ответственного.\n\n3. Контроль оставляю за собой.", 0),
        ("2. Поручить школам:\n\n2.1. принять меры;\n\n2.2. отчитаться.\n\n3. Контроль оставляю за собой.", 0),
        ("3. Контроль оставляю за собой.", 1),
        ("2. Поручить школам:\n\n2.1. принять меры;\n\n2.3. отчитаться.\n\n3. Контроль оставляю за собой.", 1),
        ("2. Поручить школам:\n\n5.1. принять меры;\n\n5.2. отчитаться.\n\n3. Контроль оставляю за собой.", 1),
        ("2. Назначить ответственного.\n\n2. Контроль оставляю за собой.", 1),
        ("2. Контроль оставляю за собой.\n\n15 декабря 2026 г.\n\nПриложение № 1\n\n5. Состав комиссии", 0),
        ("2. Контроль оставляю за собой.\n\nПоложение\n\n1. Общие положения\n\n1.3. Цели", 0),
    ],
)
def test_items_of_the_order_follow_each_other(items: str, wrong: int) -> None:
    assert len(found_by("ST09", order(BUY, items=items))) == wrong


def test_a_stamp_of_an_annex_that_is_blank() -> None:
    stamp = "УТВЕРЖДЕНО\nраспоряжением Департамента образования\nот «___» ________ 2026 г. № ____"
    assert found_by("ST10", order(BUY, items=stamp, title="Дорожная карта"))
    filled = stamp.replace("«___» ________ 2026 г. № ____", "15.12.2026 № 10-р")
    assert found_by("ST10", order(BUY, items=filled, title="Дорожная карта")) == []


def test_an_order_without_a_number() -> None:
    text = order(BUY).replace("от 15.12.2026 № 10-р", "от 15.12.2026 № ____")
    assert [finding.message for finding in found_by("ST11", text)] == ["У распоряжения нет номера."]
    assert found_by("ST11", roadmap(BUY)) == []


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("Начало работы центра Точка роста» в школе", True),
        ("Открыт центр (в том числе филиал", True),
        ("Открыт центр «Центр «Точка роста»", False),
        ("Утверждены: 1) план; 2) положение", False),
        ("Утверждены: а) план (проект); б) положение", False),
        ("Утверждён план)", True),
    ],
)
def test_marks_come_in_pairs(text: str, flaw: bool) -> None:  # noqa: FBT001 — a column of the table of cases
    assert bool(found_by("ST12", roadmap(f"{text} | 1 марта 2027 года | {D} | Акт"))) is flaw


def test_entities_of_a_page_are_markup_and_an_angle_is_not() -> None:
    assert found_by("ST13", roadmap(f"Закупки&nbsp;объявлены | 1 марта 2027 года | {D} | Акт"))
    assert found_by("ST13", roadmap(f"Доля < 5 и > 3; A&B; <наименование> | 1 марта 2027 года | {D} | Акт")) == []


def test_tags_typed_into_a_document_without_source_lines() -> None:
    place = Place(table=1, rows=(1, 1))
    table = Table((Row((Cell("<br/>Закупки", 0), Cell("без тегов", 1)), place),), 2, place)
    document = Document(Source("a.docx", Format.DOCX, "0" * 64), (table,))
    subject = build_subject(made_file(), calendar=official_calendar(), library=list_packs(), document=document)
    (finding,) = run_rules(subject, [rule_of("ST13")]).findings
    assert finding.place == place
    assert "<br/>" in finding.message


def test_a_latin_word_is_no_slip() -> None:
    assert found_by("ST14", roadmap(f"Закупки для M\u041eУ «Школа» | 1 марта 2027 года | {D} | Акт"))
    assert found_by("ST14", roadmap(f"Закупки для IT-куба, LEGO, VR | 1 марта 2027 года | {D} | Акт")) == []


def test_a_rule_without_the_document_looks_at_the_cells() -> None:
    subject = subject_of(roadmap(f"MAOU гимназия | 1 марта 2027 года | {D} | Акт"))
    bare = build_subject(subject.order_file, calendar=subject.calendar, library=subject.library)
    rules: list[Rule] = [rule_of("ST14"), rule_of("ST09"), rule_of("ST13")]
    report = run_rules(bare, rules)
    assert [finding.rule for finding in report.findings] == ["ST14"]
    assert report.crashes == ()
