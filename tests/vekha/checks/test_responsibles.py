"""Rules about responsibles: a further case each way, beside the ones of their pages."""

import pytest

from tests.vekha.checks.examples import found_by, order, roadmap

WHEN = "1 марта 2027 года"


def rows(*responsibles: str) -> str:
    names = ("Утверждён перечень", "Объявлены закупки", "Получено оборудование", "Проведён фотомониторинг", "Начало работы",
             "Обучены педагоги", "Подготовлена справка", "Мониторинг показателей", "Утверждены планы", "Проверка")  # fmt: skip
    return roadmap(*(f"{name} | {WHEN} | {who} | Акт" for name, who in zip(names, responsibles, strict=False)))


@pytest.mark.parametrize(
    ("who", "vague"),
    [("исполнители", True), ("Все заинтересованные лица", True), ("Лосев Н.А.", False), ("Отдел закупок", False)],
)
def test_a_responsible_is_somebody(who: str, vague: bool) -> None:  # noqa: FBT001 — a column of the table of cases
    assert bool(found_by("RS01", rows(who))) is vague


def test_a_role_is_held_where_an_item_gives_it() -> None:
    row = f"Объявлены закупки | {WHEN} | Муниципальный координатор | Акт"
    assert found_by("RS02", order(row))
    given = "2. Назначить управление образования муниципальным координатором."
    assert found_by("RS02", order(row, items=given)) == []
    assert found_by("RS02", order(f"Объявлены закупки | {WHEN} | Федеральный оператор | Акт")) == []


@pytest.mark.parametrize(
    ("who", "whole"),
    [
        ("Республика Приозерье", True),
        ("Приозёрский край", True),
        ("Администрация Лесного края", False),
        ("Лесная школа", False),
    ],
)
def test_a_territory_does_nothing_itself(who: str, whole: bool) -> None:  # noqa: FBT001 — a column of the table of cases
    assert bool(found_by("RS03", rows(who))) is whole


@pytest.mark.parametrize(
    ("who", "lacks"),
    [
        ("Лосев Н.А., Гринько Е.Н.", True),
        ("Департамент образования, федеральный оператор", False),
        ("Департамент образования (свод), МБОУ «Школа № 7»", False),
    ],
)
def test_one_of_several_leads(who: str, lacks: bool) -> None:  # noqa: FBT001 — a column of the table of cases
    assert bool(found_by("RS04", rows(who))) is lacks


def test_initials_in_the_other_order_are_alike_and_relatives_are_not() -> None:
    assert found_by("RS05", rows("Лосев Н.А.", "Лосев А.Н."))
    assert found_by("RS05", rows("Лосев Н.А.", "Лосева Н.А.", "Н. А. Лосев", "Гринько Е.Н.")) == []


def test_the_list_of_the_acquainted_forgives_order_and_slips() -> None:
    text = rows("Лосев Н.А., Гринько Е.Н., Зимин И.А.") + "\nОзнакомлены:\n\nН.А. Лосев\n\nГринко Е.Н.\n"
    assert [finding.message.partition(" отвечает")[0] for finding in found_by("RS06", text)] == ["Зимин И.А."]
    assert found_by("RS07", text) == []
    assert found_by("RS06", rows("Лосев Н.А.")) == []


def test_who_controls_needs_no_task() -> None:
    text = order(
        f"Объявлены закупки | {WHEN} | Лосев Н.А. | Акт",
        items="2. Контроль за исполнением возложить на заместителя министра Зимина И.А.",
    )
    listed = text + "\n\nОзнакомлены:\n\nЛосев Н.А.\n\nЗимин И.А.\n"
    assert found_by("RS07", listed) == []
    assert [finding.message[:12] for finding in found_by("RS07", listed + "\nГринько Е.Н.\n")] == ["Гринько Е.Н."]


def test_half_of_the_plan_is_no_overload_and_a_body_is_never_one() -> None:
    half = rows(*["Лосев Н.А."] * 4, *["Гринько Е.Н."] * 4)
    most = rows(*["Лосев Н.А."] * 3, *["Н.А. Лосев"] * 2, *["Гринько Е.Н."] * 4)
    assert found_by("RS08", half) == []
    assert "5 из 9" in found_by("RS08", most)[0].message
    assert found_by("RS08", rows(*["Департамент образования"] * 9)) == []


def test_a_name_twice_in_one_cell() -> None:
    assert found_by("RS09", rows("Отдел закупок; Отдел закупок"))
    assert found_by("RS09", rows("Отдел закупок", "Отдел закупок")) == []


def test_who_signed_the_order_has_seen_it() -> None:
    text = order(f"Объявлены закупки | {WHEN} | Лосев Н.А., Гринько Е.Н. | Акт", items="Директор\n\nН.А. Лосев")
    assert found_by("RS06", text + "\n\nОзнакомлены:\n\nГринько Е.Н.\n") == []
    assert found_by("RS06", text.replace("Н.А. Лосев", "Б.В. Обский") + "\n\nОзнакомлены:\n\nГринько Е.Н.\n")
