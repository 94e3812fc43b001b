"""Stamps, signatures and lists: «Согласовано», «Утверждаю», «УТВЕРЖДЕН …», «Ознакомлены», seals, electronic signatures, layout tables."""

from __future__ import annotations

import pytest

from tests.vekha.intake.header.documents import SHAPES, facts, make_table, read
from vekha.intake.document import Paragraph
from vekha.intake.header import read_order_data
from vekha.problems import Place

HEAD = """
АДМИНИСТРАЦИЯ ЭНСКОЙ ОБЛАСТИ

РАСПОРЯЖЕНИЕ

от 01.02.2024 № 10-р

О создании центров

1. Утвердить прилагаемый комплекс мер.

2. Контроль за исполнением настоящего распоряжения возложить на заместителя Губернатора Лебедева К.К.
"""

SIGNATURES = {
    "post and name on one line": ("Губернатор Энской области А.А. Ясный", ("А.А. Ясный", "Губернатор Энской области")),
    "spaces": ("Губернатор Энской области                  А.А. Ясный", ("А.А. Ясный", "Губернатор Энской области")),
    "post in two lines, the name by the second": ("Губернатор\nЭнской области    А.А. Ясный", ("А.А. Ясный", "Губернатор Энской области")),
    "name by the first line of the post": ("Губернатор                 А.А. Ясный\nЭнской области", ("А.А. Ясный", "Губернатор Энской области")),
    "name first": ("А.А. Ясный,\nГубернатор Энской области", ("А.А. Ясный", "Губернатор Энской области")),
    "name, comma, post": ("А.А. Ясный, Губернатор Энской области", ("А.А. Ясный", "Губернатор Энской области")),
    "acting": ("И.о. Губернатора области\n\nА. А. Ясный", ("А. А. Ясный", "И.о. Губернатора области")),
    "acting in words": ("Временно исполняющий обязанности\nГубернатора Энской области\nА.А. Ясный",
                        ("А.А. Ясный", "Временно исполняющий обязанности Губернатора Энской области")),
    "ink and a seal": ("Губернатор ____________ А.А. Ясный\nМ.П.", ("А.А. Ясный", "Губернатор")),
    "caption under the ink": ("Губернатор    ____________    /А.А. Ясный/\n(подпись)", ("А.А. Ясный", "Губернатор")),
    "full name": ("Губернатор\nЯсный Андрей Аркадьевич", ("Ясный Андрей Аркадьевич", "Губернатор")),
    "surname first": ("Губернатор Ясный А.А.", ("Ясный А.А.", "Губернатор")),
    "executor below": ("Губернатор\nА.А. Ясный\n\nИсп. Петрова Н.Н.\nтел. 22-33-44", ("А.А. Ясный", "Губернатор")),
    "layout row": ("| Губернатор⏎Энской области | А.А. Ясный", ("А.А. Ясный", "Губернатор Энской области")),
    "layout row with an empty cell": ("| Первый заместитель Губернатора |  | А.А. Ясный", ("А.А. Ясный", "Первый заместитель Губернатора")),
    "electronic stamp between": (
        "Губернатор\nДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ\nСертификат 00A1B2C3D4\nВладелец Ясный Андрей Аркадьевич\n"
        "Действителен с 01.01.2024 по 01.04.2025\nА.А. Ясный", ("А.А. Ясный", "Губернатор")),
    "electronic stamp alone": (
        "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ\nСертификат: 00A1B2C3D4\nВладелец: Ясный Андрей Аркадьевич\n"
        "Действителен с 01.01.2024 по 01.04.2025", ("Ясный Андрей Аркадьевич", None)),
}  # fmt: skip


@pytest.mark.parametrize("shape", ["line", "bare", "hard"])
@pytest.mark.parametrize("name", SIGNATURES)
def test_a_signature_is_read(name: str, shape: str) -> None:
    drawn, expected = SIGNATURES[name]
    found = facts(read(f"{HEAD}\n{drawn}\n\n=====", shape))
    assert found["signatory"] == expected
    assert found["control"] == ("Лебедев К.К.", "заместителя Губернатора")


def test_control_wrapped_before_its_name_is_not_the_signature() -> None:
    text = """
ПРИКАЗ
от 01.02.2024 № 10

О центрах

1. Контроль за исполнением настоящего приказа возложить на начальника отдела
общего образования департамента
Атласову И.И.
Первый заместитель
председателя комитета
П.О.Губин
"""
    for shape in SHAPES:
        found = facts(read(text, shape)) if shape != "joined" else None
        if found is not None:
            assert found["control"] == ("Атласова И.И.", "начальника отдела общего образования департамента"), shape
            assert found["signatory"] == ("П.О.Губин", "Первый заместитель председателя комитета"), shape


AGREED = "СОГЛАСОВАНО⏎Заместитель Губернатора⏎Энской области⏎___________ К.К. Лебедев⏎«12» января 2024 г."
APPROVED = "УТВЕРЖДАЮ⏎Министр образования⏎Энской области⏎___________ О.И. Щеглов⏎«___» ________ 2024 г."
PLAN = f"""
| {AGREED} | {APPROVED}

План мероприятий («дорожная карта»)
по внедрению цифровой образовательной среды
на 2024 год

=====
"""
STAMPED = [
    ("agreed", "К.К. Лебедев", "Заместитель Губернатора Энской области", "2024-01-12"),
    ("approved", "О.И. Щеглов", "Министр образования Энской области", None),
]


def test_a_working_plan_is_an_order_without_number() -> None:
    data = read(PLAN)
    found = facts(data)
    assert found["approvals"] == STAMPED
    assert (found["kind"], found["number"], found["issuer"]) == (None, None, None)
    assert (
        found["title"] == "План мероприятий («дорожная карта») по внедрению цифровой образовательной среды на 2024 год"
    )
    assert found["problems"] == ["approval-date-blank"]
    assert data.default_year == 2024
    assert data.programme.value == "digital-environment"


def test_stamps_in_rows_of_a_layout_table_are_read_column_by_column() -> None:
    text = """
| СОГЛАСОВАНО | УТВЕРЖДАЮ
| Заместитель Губернатора⏎Энской области | Министр образования⏎Энской области
| ___________ К.К. Лебедев | ___________ О.И. Щеглов
| «12» января 2024 г. | «___» ________ 2024 г.

План мероприятий на 2024 год

=====
"""
    assert facts(read(text))["approvals"] == STAMPED


def test_stamps_side_by_side_in_plain_text() -> None:
    text = """
СОГЛАСОВАНО                         УТВЕРЖДАЮ
Заместитель Губернатора             Министр образования
Энской области                      Энской области
___________ К.К. Лебедев            ___________ О.И. Щеглов
«12» января 2024 г.                 «___» ________ 2024 г.

Дорожная карта на 2024 год

=====
"""
    assert facts(read(text))["approvals"] == STAMPED


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("УТВЕРЖДАЮ\nДиректор МБОУ «Средняя школа № 5»\n________ О.П. Вешняков\n12.01.2024", [
            ("approved", "О.П. Вешняков", "Директор МБОУ «Средняя школа № 5»", "2024-01-12")]),
        ("УТВЕРЖДАЮ\nДиректор школы\n________ О.П. Вешняков\n12 января 2024 г.", [
            ("approved", "О.П. Вешняков", "Директор школы", "2024-01-12")]),
        ("Утверждаю:\nДиректор школы\n«12» января 2024 г.\n________ /Вешняков О.П./", [
            ("approved", "Вешняков О.П.", "Директор школы", "2024-01-12")]),
        ("Согласовано начальник управления образования И.И. Тополев 12.01.2024", [
            ("agreed", "И.И. Тополев", "начальник управления образования", "2024-01-12")]),
        ("СОГЛАСОВАНО:\nНачальник отдела ________ И.И. Тополев\nЮрисконсульт ________ А.А. Быстрова\n", [
            ("agreed", "И.И. Тополев", "Начальник отдела", None), ("agreed", "А.А. Быстрова", "Юрисконсульт", None)]),
        ("УТВЕРЖДАЮ\nМинистр\n____________\n«__» ______ 20__ г.", [("approved", None, "Министр", None)]),
        ("Согласовано\nИ.И. Тополев\nначальник управления\n", [("agreed", "И.И. Тополев", "начальник управления", None)]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("shape", ["line", "bare", "hard"])
def test_a_stamp_is_read(stamp: str, expected: list[object], shape: str) -> None:
    found = facts(read(f"{stamp}\n\nДорожная карта по созданию центра\n\n=====", shape))
    assert found["approvals"] == expected
    assert found["title"] == "Дорожная карта по созданию центра"


def test_an_annex_stamp_approves_nobody() -> None:
    text = f"""{HEAD}
Губернатор
А.А. Ясный

УТВЕРЖДЕН
распоряжением Администрации
Энской области
от «___» __________ 2024 г. № ______

КОМПЛЕКС МЕР
по созданию центров

=====
"""
    data = read(text)
    found = facts(data)
    assert found["approvals"] == []
    assert found["problems"] == ["annex-stamp-blank"]
    assert [heading.title for heading in data.headings.values()] == ["КОМПЛЕКС МЕР по созданию центров"]


def test_an_annex_by_itself_names_its_order_in_the_stamp() -> None:
    text = """
Приложение № 2
к распоряжению Министерства образования
Энской области
от 15.12.2023 № 345-р

Комплекс мер («дорожная карта») по созданию центров «Точка роста» на 2024 год

=====
"""
    for shape in SHAPES:
        data = read(text, shape)
        found = facts(data)
        assert (found["kind"], found["number"], found["date"]) == ("распоряжение", "345-р", "2023-12-15"), shape
        assert found["issuer"] == "Министерство образования Энской области"
        (heading,) = data.headings.values()
        assert (heading.annex_number, heading.year, heading.programme.value) == ("2", 2024, "growth-point")
        assert heading.title == "Комплекс мер («дорожная карта») по созданию центров «Точка роста» на 2024 год"


def test_a_table_alone_is_no_order() -> None:
    assert read("=====").order is None
    assert read("Комплекс мер по созданию центров\n\n=====").order is None


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("Ознакомлены:\n\nБыстрова А.А.\n\nТополев И.И.", ["Быстрова А.А.", "Тополев И.И."]),
        ("С приказом ознакомлены: Быстрова А.А., Тополев И.И.", ["Быстрова А.А.", "Тополев И.И."]),
        ("С распоряжением ознакомлены:\n________ А.А. Быстрова «__» ____ 2024 г.\n________ И.И. Тополев «__» ____ 2024 г.",
         ["А.А. Быстрова", "И.И. Тополев"]),
        ("Ознакомлены\n| ФИО | Должность | Подпись | Дата\n| Быстрова А.А. | учитель |  | 12.01.2024\n| Тополев И.И. | методист |  |",
         ["Быстрова А.А.", "Тополев И.И."]),
        ("С приказом ознакомлен(а):\nучитель физики ______ Быстрова А.А.\n01.02.2024\nзаместитель директора ______ Тополев И.И.",
         ["Быстрова А.А.", "Тополев И.И."]),
        ("Лист ознакомления с приказом\n1. Быстрова Анна Сергеевна ______\n2. Тополев Иван Ильич ______",
         ["Быстрова Анна Сергеевна", "Тополев Иван Ильич"]),
        ("Ознакомлены: ______________", []),
    ],
)  # fmt: skip
def test_a_list_of_acquaintance_is_read(drawn: str, expected: list[str]) -> None:
    found = facts(read(f"{HEAD}\nГубернатор\nА.А. Ясный\n\n{drawn}"))
    assert found["acquainted"] == expected
    assert found["signatory"] == ("А.А. Ясный", "Губернатор")


def test_requisites_in_a_layout_table() -> None:
    text = """
АДМИНИСТРАЦИЯ ЭНСКОЙ ОБЛАСТИ
РАСПОРЯЖЕНИЕ
| 27.12.2023 | № 1410 р

О центрах

1. Утвердить прилагаемый комплекс мер.
"""
    found = facts(read(text))
    assert (found["date"], found["number"], found["title"]) == ("2023-12-27", "1410 р", "О центрах")


def test_requisites_in_four_cells() -> None:
    found = facts(read("МЭРИЯ ГОРОДА ЭНСКА\nПРИКАЗ\n| от | 27.12.2023 | № | 15-од\n\nО центрах\n\n1. Утвердить план."))
    assert (found["date"], found["number"]) == ("2023-12-27", "15-од")


def test_a_letterhead_in_two_languages() -> None:
    text = """
| ЗАРЕЧЬЕ РЕСПУБЛИКАҺЫ⏎МӘҒАРИФ МИНИСТРЛЫҒЫ | МИНИСТЕРСТВО ОБРАЗОВАНИЯ⏎РЕСПУБЛИКИ ЗАРЕЧЬЕ
| БОЙОРОҠ | ПРИКАЗ

| 15.01.2024 | № 12

О создании центров

1. Утвердить комплекс мер (приложение).

| Министр | Ж.К. Орлов
"""
    found = facts(read(text))
    assert found["kind"] == "приказ"
    assert found["issuer"] == "Министерство образования Республики Заречье"
    assert (found["number"], found["date"]) == ("12", "2024-01-15")
    assert found["title"] == "О создании центров"
    assert found["signatory"] == ("Ж.К. Орлов", "Министр")


def test_a_letter_has_no_kind_and_its_reference_is_not_its_number() -> None:
    text = """
МИНИСТЕРСТВО ОБРАЗОВАНИЯ ЭНСКОЙ ОБЛАСТИ
ул. Мира, д. 3, г. Энск, 600000
тел. (49200) 2-11-33

15.01.2024 № 06-12/345
На № 17 от 10.01.2024

Руководителям муниципальных
органов управления образованием

О направлении комплекса мер

Уважаемые коллеги!

Министерство направляет комплекс мер для использования в работе.

Заместитель министра                         М.И. Сергеева

=====
"""
    found = facts(read(text))
    assert (found["kind"], found["issuer"]) == (None, "Министерство образования Энской области")
    assert (found["number"], found["date"]) == ("06-12/345", "2024-01-15")
    assert found["title"] == "О направлении комплекса мер"
    assert found["signatory"] == ("М.И. Сергеева", "Заместитель министра")


def test_a_signature_below_the_table() -> None:
    text = """
АДМИНИСТРАЦИЯ ЭНСКОЙ ОБЛАСТИ
РАСПОРЯЖЕНИЕ
от 01.02.2024 № 10-р
О комплексе мер

1. Утвердить следующий комплекс мер:

=====

2. Контроль за исполнением настоящего распоряжения возложить на министра Щеглова О.И.

Губернатор
А.А. Ясный
"""
    found = facts(read(text))
    assert found["signatory"] == ("А.А. Ясный", "Губернатор")
    assert found["control"] == ("Щеглов О.И.", "министра")


def test_a_stamp_and_its_heading_on_one_line() -> None:
    data = read(f"{HEAD}\nГубернатор\nА.А. Ясный\n\nУТВЕРЖДЕН распоряжением Администрации Энской области от 01.02.2024 № 10-р"
                " КОМПЛЕКС МЕР по созданию центров\n\n=====")  # fmt: skip
    assert [heading.title for heading in data.headings.values()] == ["КОМПЛЕКС МЕР по созданию центров"]


def test_places_point_at_lines() -> None:
    data = read(PLAN)
    assert [problem.place for problem in data.problems] == [Place(lines=(1, 1))]
    (heading,) = data.headings.values()
    assert heading.place == Place(lines=(3, 5))


def test_blocks_of_nothing() -> None:
    assert read_order_data([], set()).order is None
    assert read_order_data([Paragraph("", Place())], set()).order is None
    assert read_order_data([make_table([[""]])], {0}).headings[0].title is None
