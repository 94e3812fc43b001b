"""The five real orders: every value of the contract's ``order``, compared with slices of the very files, never spelled out here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.vekha.intake.header.documents import SHAPES, draw
from vekha.intake.header import OrderData, read_order_data
from vekha.orders.model import ApprovalKind, Control, Order, Programme, Signatory
from vekha.text.lines import join_lines

pytestmark = pytest.mark.seeds
Slice = Callable[..., str]


class Seed:
    """One real order: its data in one shape, and slices of its lines to compare with."""

    def __init__(self, folder: Path, number: str, shape: str) -> None:
        (path,) = folder.glob(f"{number}_*.txt")
        self.lines = path.read_text(encoding="utf-8").split("\n")
        self.data: OrderData = read_order_data(*_draw_seed(self.lines, shape))
        order = self.data.order
        assert order is not None
        self.order: Order = order

    def text(self, first: int, last: int | None = None) -> str:
        """Lines ``first`` … ``last`` (from 1) joined as a typesetter wrapped them, without stars."""
        return join_lines(line.strip("*") for line in self.lines[first - 1 : last or first])

    def cut(self, line: int, after: str, before: str = "") -> str:
        """What stands in a line between two given words."""
        _, _, rest = self.text(line).partition(after)
        return rest.partition(before)[0].strip() if before else rest.strip(" .")

    def codes(self) -> list[str]:
        return [problem.code for problem in self.data.problems]

    def titles(self) -> list[str]:
        return [heading.title for heading in self.data.headings.values() if heading.title]


def _draw_seed(lines: list[str], shape: str):
    """The seed as a drawing: lines with tabs (and the cells between them that a page cut) are its data tables."""
    drawn = ["=====" if "\t" in line else line.strip() for line in lines]
    return draw("\n".join(drawn), shape)


@pytest.fixture(params=SHAPES)
def seed(request: pytest.FixtureRequest, seeds_dir: Path) -> Callable[[str], Seed]:
    return lambda number: Seed(seeds_dir, number, request.param)


def natural(text: str) -> str:
    """«КОМИТЕТ ОБРАЗОВАНИЯ ЭНСКОЙ ОБЛАСТИ» as a registrar writes it: the last word but one is the region's name."""
    first, *middle, region, last = text.lower().split(" ")
    return " ".join([first.capitalize(), *middle, region.capitalize(), last])


def test_the_first(seed: Callable[[str], Seed]) -> None:
    found = seed("000")
    order = found.order
    assert order.kind == found.text(6).lower()
    assert order.issuer == natural(found.text(5))
    assert order.number == found.cut(8, "№ ")
    assert order.date == date(2020, 12, 1)
    assert order.title == found.text(10, 11)
    assert order.coordinator == found.cut(13, "Определить ", " региональным координатором")
    assert order.control is None
    assert order.signatory == Signatory(found.text(20), found.text(17, 18))
    assert (order.approvals, order.acquainted, order.cited, order.amendments) == ((), (), (), ())
    assert order.annexes_declared == 1
    assert found.titles() == [found.text(27, 29)]
    assert found.data.programme is Programme.SCHOOL_QUANTORIUM
    assert (found.data.default_year, found.codes()) == (None, [])


def test_the_second(seed: Callable[[str], Seed]) -> None:
    found = seed("001")
    order = found.order
    assert order.kind == found.text(12).lower()
    assert order.issuer == natural(found.text(8, 10))
    assert (order.number, order.date) == (found.cut(14, "№ "), date(2023, 12, 28))
    assert order.title == found.text(16)
    assert order.coordinator is None
    entrusted = found.cut(22, "возложить на ")
    post, surname, initials = entrusted.rsplit(" ", 2)
    assert order.control == Control(f"{surname[:-1]}а {initials}.", post)
    assert order.signatory == Signatory(found.text(29), found.text(24, 25))
    assert order.annexes_declared == 1
    assert [(act.number, act.date, act.relation) for act in order.cited] == [("398", date(2013, 11, 14), "basis")]
    assert found.titles() == [found.text(39, 41)]
    assert found.data.default_year == 2024
    assert next(iter(found.data.headings.values())).year == 2024
    assert found.data.programme is Programme.SCHOOL_QUANTORIUM
    assert found.codes() == ["annex-stamp-blank"]


def test_the_third(seed: Callable[[str], Seed]) -> None:
    found = seed("002")
    order = found.order
    assert order.issuer == natural(found.text(5))
    assert (order.number, order.date) == (found.cut(11, "№ "), date(2020, 12, 10))
    assert order.title == found.text(13)
    assert order.coordinator == found.cut(17, "Определить ", " региональным координатором")
    assert order.control == Control(None, found.cut(37, "возложить на "))
    assert order.signatory == Signatory(found.text(43), found.text(39))
    assert [(annex.number, annex.kind.value) for annex in found.data.annexes] == [
        (str(n), "roadmap") for n in range(1, 5)
    ]
    assert [annex.title for annex in found.data.annexes] == [
        found.cut(line, ". ", " согласно приложению") for line in (29, 31, 33, 35)
    ]
    assert order.annexes_declared == 4
    (heading, *_) = found.data.headings.values()
    assert heading.title == found.text(45, 51)
    assert (heading.programme, heading.year) == (Programme.GROWTH_POINT, None)
    assert (found.data.default_year, found.codes()) == (None, [])


def test_the_fourth(seed: Callable[[str], Seed]) -> None:
    found = seed("003")
    order = found.order
    superior, of_city, city = found.text(5).lower().split(" ")
    assert order.issuer == f"{found.text(6).capitalize()} {superior[:-1]}и {of_city} {city.capitalize()}"
    assert (order.number, order.date) == (found.cut(11, "№ "), date(2023, 12, 27))
    assert order.title == found.text(13)
    name, post = found.cut(31, "возложить на ").split(", ")
    assert order.control == Control(name, post)
    assert order.signatory == Signatory(found.text(37), found.text(33))
    assert [(annex.number, annex.kind.value) for annex in found.data.annexes] == [("1", "roadmap"), ("2", "indicators")]
    assert order.annexes_declared == 2
    assert [(act.number, act.relation) for act in order.cited] == [("ТВ-2357/02", "basis"), ("1884-р", "superior")]
    assert found.titles() == [found.text(42), found.text(62, 63)]
    assert {heading.programme for heading in found.data.headings.values()} == {Programme.SCHOOL_QUANTORIUM}
    assert (found.data.default_year, found.codes()) == (2024, [])


def test_the_fifth(seed: Callable[[str], Seed]) -> None:
    found = seed("004")
    order = found.order
    assert (order.kind, order.issuer, order.number, order.date, order.signatory) == (None,) * 5
    assert order.title == found.text(23, 26)
    assert [(one.kind, one.name, one.post, one.date) for one in order.approvals] == [
        (ApprovalKind.AGREED, found.text(7), found.text(4, 5), None),
        (ApprovalKind.APPROVED, found.text(17), found.text(14, 15), None),
    ]
    assert list(order.acquainted) == [found.text(line) for line in range(64, 83, 2)]
    assert order.annexes_declared == 0
    assert found.data.programme is Programme.OTHER
    assert found.data.default_year == 2024
    assert found.codes() == ["approval-date-blank", "approval-date-blank"]
