"""Headers met in invented orders: items that go on below quoted rows, extracts, towns in capitals, coordinators with a genitive."""

from __future__ import annotations

from vekha.intake.reading import read_order_bytes
from vekha.orders.model import Order

ROWS = "№\tМероприятие\tСрок\tОтветственный\n1\tРемонт\tмай 2031\tШкола\n2\tОткрытие\tиюнь 2031\tШкола\n"


def read(text: str) -> Order:
    order = read_order_bytes(text.encode(), "order.txt").order
    assert order is not None
    return order


def test_a_list_of_changes_goes_on_below_the_rows_it_quotes() -> None:
    order = read(
        "ПРИКАЗ\n14.03.2031 № 210\nО внесении изменений в комплекс мер\n\n1. Внести в комплекс мер следующие изменения:\n"
        "1) пункты 3 и 4 изложить в следующей редакции:\n\n«3.\tЗакупки\tШкола\tакт\tдо 1 мая 2031\n4.\tРемонт\tШкола\tакт\tдо 1 июня 2031 года»\n\n"
        "2) пункт 7 признать утратившим силу;\n3) дополнить пунктом 11:\n\n«11.\tОткрытие\tШкола\tакт\t1 сентября 2031 года».\n\n"
        "2. Настоящий приказ вступает в силу со дня подписания.\n\nМинистр                                       О.Л. Обская\n"
    )
    assert [(change.action, change.rows) for change in order.amendments] == [
        ("replace", ("3", "4")),
        ("remove", ("7",)),
        ("add", ("11",)),
    ]
    assert order.signatory is not None
    assert (order.signatory.name, order.signatory.post) == ("О.Л. Обская", "Министр")


def test_an_extract_is_an_order_of_its_kind() -> None:
    order = read(
        "Лесная школа\n\nВЫПИСКА ИЗ ПРИКАЗА\nот 03.03.2031 № 12\n\nО плане открытия центра\n\n1. Утвердить план открытия центра (прилагается).\n"
        f"\nДиректор школы                     Г.Н. Обской\n\nПлан открытия центра\n\n{ROWS}"
    )
    assert (order.kind, order.number) == ("приказ", "12")


def test_a_town_in_a_letterhead_in_capitals_is_no_initial() -> None:
    order = read(
        f"МБОУ «СРЕДНЯЯ ШКОЛА № 8» Г. ОБСКА\n\nПРИКАЗ\n\n03.03.2031 № 5\n\nО плане\n\n1. Утвердить план (прилагается).\n\nГ.Н. Обской\n\n{ROWS}"
    )
    assert order.issuer is not None
    assert order.issuer.endswith("г. Обска")


def test_a_coordinator_named_behind_what_is_coordinated() -> None:
    order = read(
        "РАСПОРЯЖЕНИЕ\n\nот 14.11.2030 № 6\n\nО технопарках\n\n1. Определить региональным координатором создания детских технопарков «Кванториум» "
        f"(далее – технопарки) министерство образования Обской области.\n2. Утвердить дорожную карту.\n\nГубернатор\nГ.Н. Обской\n\n{ROWS}"
    )
    assert order.coordinator == "Министерство образования Обской области"


def test_an_act_of_a_towns_body_is_cited() -> None:
    order = read(
        "ПРИКАЗ\n\n03.03.2031 № 5\n\nО плане\n\nНа основании приказа управления образования администрации г. Обска от 24.02.2031 № 112\n\n"
        "ПРИКАЗЫВАЮ:\n\n"
        f"1. Утвердить план (приложение).\n\nДиректор школы\nГ.Н. Обской\n\n{ROWS}"
    )
    assert [(act.number, act.relation) for act in order.cited] == [("112", "superior")]


def test_a_plan_of_creation_is_a_declared_roadmap() -> None:
    order = read(
        f"ПРИКАЗ\n\n4.2.2031 № 2\n\nО плане\n\n1. Утвердить план создания центров в 2031 году.\n\nГ.Н. Обской\n\nПлан создания центров\n\n{ROWS}"
    )
    assert (order.annexes_declared, order.annexes_found) == (1, 1)
