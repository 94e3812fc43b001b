"""The printable protocol of a check: what it says, that it is the same twice, and that nothing hostile breaks it."""

import io
from datetime import date

from docx import Document

from vekha.documents.protocol.docx import write_protocol
from vekha.documents.protocol.model import Protocol, Remark, Section
from vekha.problems import Severity


def remark(number: int = 1, **values) -> Remark:
    known = {"rule": "DL04", "severity": Severity.WARNING, "place": f"№ {number}", "text": f"Срок {number} в выходной.", "basis": "ТК РФ"}
    return Remark(**{**known, **values})


def protocol(*sections: Section, **values) -> Protocol:
    known = {
        "about": "Распоряжение от 15.12.2026 № 10-р",
        "subject": "О создании центров",
        "organisation": "Департамент образования",
        "source": "распоряжение.docx",
        "drawn_up_on": date(2026, 12, 20),
        "checked": "19.12.2026 в 12:00",
        "rules": "67 правил",
    }
    return Protocol(**{**known, **values}, sections=sections)


def text_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_it_says_what_was_found_where_and_why() -> None:
    rows = (remark(1), remark(2, severity=Severity.ERROR, rule="ST03", waiver="Принято до 01.03.2027."), remark(3, rule="RS08", place=""))
    said = text_of(write_protocol(protocol(Section("Комплекс мер", rows))))
    assert "Итог: 2 предупреждения, принято до срока: 1." in said
    for words in ("Распоряжение от 15.12.2026 № 10-р", "20 декабря 2026 года", "Срок 1 в выходной.", "ТК РФ", "весь документ"):
        assert words in said
    assert "Принято до 01.03.2027." in said


def test_findings_are_numbered_through_all_sections() -> None:
    data = write_protocol(protocol(Section("Первая", (remark(), remark(2))), Section("Вторая", (remark(3),))))
    numbers = [row.cells[0].text for table in Document(io.BytesIO(data)).tables for row in table.rows[1:]]
    assert numbers == ["1", "2", "3"]


def test_nothing_found_is_said_in_words() -> None:
    assert "Итог: замечаний нет." in text_of(write_protocol(protocol(Section("Комплекс мер", ()))))


def test_a_rule_that_crashed_is_neither_passed_nor_violated() -> None:
    assert "По правилам DL09 документ не проверен" in text_of(write_protocol(protocol(crashed=("DL09",))))


def test_it_never_ends_with_a_table() -> None:
    body = Document(io.BytesIO(write_protocol(protocol(Section("Комплекс мер", (remark(),)))))).element.body
    kinds = [child.tag.rpartition("}")[2] for child in body]
    assert kinds[-2:] == ["p", "sectPr"]


def test_the_same_values_give_the_same_bytes() -> None:
    given = protocol(Section("Комплекс мер", (remark(),)))
    assert write_protocol(given) == write_protocol(given)


def test_letters_that_xml_cannot_hold_are_left_out() -> None:
    data = write_protocol(protocol(Section("Карта\x00", (remark(text="a\x0bb\ud800 <b>&amp;"),))))
    assert "ab <b>&amp;" in text_of(data)
