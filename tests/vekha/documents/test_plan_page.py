"""The page: whole, self-contained, safe whatever the document holds, the same for the same plan."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from lxml import html

from tests.factories import (
    growth_point_file,
    indicator,
    measure,
    on_date,
    order,
    order_file,
    person,
    problem,
    relative,
    roadmap,
)
from vekha.calendar.working_days import official_calendar
from vekha.deadlines.syntax import Deadline, Period
from vekha.documents.plan.build import build_plan
from vekha.documents.plan.page import figure, split_items, write_page
from vekha.problems import Place
from vekha.stages.catalogue import Stage

CALENDAR = official_calendar()
NASTY = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)>\" ' & {{ 7*7 }}"


def page_of(file, years=(), lines=()):
    """The page's text and its tree."""
    text = write_page(build_plan(file, calendar=CALENDAR, subsidy_years=years, source_lines=lines), calendar=CALENDAR)
    return text, html.fromstring(text)


def words(element):
    """The text of an element on one line."""
    return " ".join(element.text_content().split())


class Balance(HTMLParser):
    """Counts that every element that is opened is closed, in order."""

    VOID = frozenset({"meta", "br", "link", "input", "img"})

    def __init__(self):
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_measures_are_all_there_with_dates_and_phrases():
    _, tree = page_of(growth_point_file(), (2024, 2025))
    rows = tree.xpath("//table[contains(@class, 'measures')]/tbody/tr[@id]")
    assert [words(row.xpath("./th")[0]) for row in rows] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert words(rows[3].xpath(".//p[@class='phrase']")[0]) == "1 марта года получения субсидии"
    assert [each.get("datetime") for each in rows[3].xpath(".//time")] == ["2024-03-01", "2025-03-01"]
    assert [words(each) for each in rows[3].xpath(".//p[contains(@class, 'wave')]")] == ["Волна 2024 года", "Волна 2025 года"]
    assert "рабочие дни: пт 23.08 и пн 26.08" in words(rows[4])
    assert "Прочитано неуверенно: срок" in words(rows[4])
    assert "за III квартал 2024" in words(rows[6])


def test_what_waits_is_said_with_what_to_do():
    _, tree = page_of(growth_point_file())
    waiting = words(tree.xpath("//div[@class='waiting']")[0])
    assert "Год получения субсидии" in waiting
    assert "--subsidy-year" in waiting
    assert "График федерального оператора" in waiting
    assert "По необходимости" in waiting


def test_nothing_waits_where_everything_has_a_day():
    _, tree = page_of(order_file(roadmap(measure(deadline=on_date(2024, 3, 1)))))
    assert not tree.xpath("//div[@class='waiting']")


def test_matrix_has_the_day_in_its_month():
    _, tree = page_of(growth_point_file(), (2024,))
    tables = tree.xpath("//table[@class='matrix']")
    assert [re.findall(r"\d{4}", words(table.xpath("./caption")[0]))[0] for table in tables] == ["2023", "2024", "2025"]
    (row,) = [row for row in tables[1].xpath("./tbody/tr") if "Объявлены закупки" in words(row)]
    assert [words(cell) for cell in row.xpath("./td")] == ["", "", "1", *[""] * 9]
    (launch,) = [row for row in tables[1].xpath("./tbody/tr") if "Начало работы" in words(row)]
    assert words(launch.xpath("./td")[8]) == "1 (нерабочий день)"


def test_gantt_draws_every_day_and_shades_days_off():
    file = order_file(
        roadmap(
            measure("1", deadline=Deadline("в течение 2024 года", Period(date(2024, 1, 1), date(2024, 12, 31)))),
            measure("2", deadline=on_date(2024, 9, 1)),
        )
    )
    _, tree = page_of(file)
    (chart,) = tree.xpath("//svg[contains(@class, 'chart')]")
    assert len(chart.xpath(".//path[contains(@class, 'mark')]")) == 2
    assert len(chart.xpath(".//path[contains(@class, 'mark') and contains(@class, 'off')]")) == 2
    assert len(chart.xpath(".//rect[@class='bar']")) == 1
    assert chart.xpath(".//path[@class='days-off']/@d")[0].count("M") > 50
    assert (chart.get("data-first"), chart.get("data-last")) == ("2024-01-01", "2024-12-31")


def test_indicators_have_both_minima():
    _, tree = page_of(growth_point_file())
    rows = [[words(cell) for cell in row] for row in tree.xpath("//table[@class='indicators']/tbody/tr")]
    assert rows[1] == ["2", "Проведено мероприятий", "единиц в год", "5", "10"]
    assert rows[2] == ["2.1", "из них дистанционных", "единиц в год", "—", "2,5"]


def test_a_textual_target_is_shown_as_written():
    target = indicator(opening_year=None, following_years=None, target="не ниже уровня прошлого года")
    _, tree = page_of(order_file(roadmap(indicators=[target])))
    assert "не ниже уровня прошлого года" in words(tree.xpath("//table[@class='indicators']")[0])


def test_problems_stand_beside_their_lines():
    lines = [f"текст строки {number}" for number in range(1, 40)]
    _, tree = page_of(growth_point_file(), lines=lines)
    (shown,) = tree.xpath("//section[@id='problems']//li")
    assert "предупреждение" in words(shown)
    assert words(shown.xpath(".//blockquote")[0]) == "28текст строки 28"


def test_several_roadmaps_are_sections_with_unique_identifiers():
    _, tree = page_of(order_file(roadmap(measure("1")), roadmap(measure("1"))))
    assert len(tree.xpath("//section[contains(@class, 'roadmap')]")) == 2
    identifiers = tree.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    targets = {href[1:] for href in tree.xpath("//a/@href")}
    assert targets <= set(identifiers)


def test_approvals_and_acquaintance_are_shown():
    _, tree = page_of(growth_point_file())
    people = words(tree.xpath("//section[@id='people']")[0])
    for expected in ("Согласовано", "Н.К. Осокина", "дата не проставлена", "Ознакомлены", "Лапшин Д.О.", "М.Е. Глаголев"):
        assert expected in people


def test_nothing_of_a_document_becomes_markup():
    poisoned = measure(
        NASTY, NASTY, responsibles=[person(NASTY)], results=[NASTY], deadline=on_date(2024, 3, 1, NASTY), section=NASTY
    )
    file = order_file(
        roadmap(poisoned, title=NASTY, indicators=[indicator(name=NASTY, unit=NASTY)]),
        name=NASTY,
        order=replace(order(number=NASTY, title=NASTY, issuer=NASTY), acquainted=(NASTY,)),
        problems=[problem(message=NASTY, hint=NASTY, place=Place(lines=(1, 1)))],
    )
    text, tree = page_of(file, lines=[NASTY])
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img")
    assert "{{ 7*7 }}" in text
    assert "49" not in words(tree.xpath("//h1")[0])


def test_the_page_asks_nothing_of_anybody_and_its_policy_allows_only_its_own():
    text, tree = page_of(growth_point_file(), (2024,))
    assert not tree.xpath("//link | //img | //iframe | //*[@src] | //*[@style] | //@onclick")
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", text)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_the_markup_is_balanced_and_accessible():
    text, tree = page_of(growth_point_file(), (2024, 2025))
    balance = Balance()
    balance.feed(text)
    assert balance.open == []
    assert tree.get("lang") == "ru"
    for landmark in ("header", "nav", "main", "footer"):
        assert tree.xpath(f"//{landmark}")
    for table in tree.xpath("//table"):
        assert table.xpath("./caption")
        assert table.xpath(".//th[@scope='col']")
        assert table.xpath(".//th[@scope='row']") or table.xpath(".//tbody[not(tr)]")
    assert len(tree.xpath("//h1")) == 1


def test_the_same_plan_gives_the_same_page():
    assert page_of(growth_point_file(), (2024,))[0] == page_of(growth_point_file(), (2024,))[0]


def test_a_file_without_anything_is_still_a_page():
    file = order_file(problems=[problem("no-table", "Таблицы не найдено.")])
    _, tree = page_of(replace(file, roadmaps=()))
    assert "Таблицы не найдено." in words(tree)


def test_far_years_and_many_rows_stay_small():
    distant = [measure(str(year), deadline=on_date(year, 1, 1)) for year in range(1900, 2150, 5)]
    crowd = [measure(str(number), deadline=on_date(2024, 1 + number % 12, 1)) for number in range(2000)]
    for measures in (distant, crowd, [measure(deadline=on_date(9999, 12, 31)), measure(deadline=on_date(1, 1, 1))]):
        text, tree = page_of(order_file(roadmap(*measures)))
        assert len(tree.xpath("//table[contains(@class, 'measures')]/tbody/tr")) == len(measures)
        assert len(text) < 8_000_000


@pytest.mark.parametrize(
    ("text", "items", "pieces"),
    [
        ("Утверждены: 1. перечень; 2. положение.", ("перечень", "положение"), ["Утверждены:", "1. перечень;", "2. положение."]),
        ("1) планы 2) фото", ("планы", "фото"), ["", "1) планы", "2) фото"]),
        ("Меры: – одна – вторая", ("одна", "вторая"), ["Меры:", "– одна", "– вторая"]),
        ("Меры: одна", ("другая",), ["Меры: одна"]),
        ("Меры", (), ["Меры"]),
    ],
)
def test_sub_items_are_shown_as_a_list_and_nothing_is_lost(text, items, pieces):
    cut = split_items(measure(text=text, items=items))
    assert cut == pieces
    assert " ".join(cut).split() == text.split()


def test_composite_measures_show_all_their_stages():
    joined = measure(
        text="1) планы 2) фото", items=("планы", "фото"), stage=Stage.ACTIVITY_PLAN,
        item_stages=(Stage.ACTIVITY_PLAN, Stage.SITE_MONITORING), deadline=relative(25, 8),
    )  # fmt: skip
    _, tree = page_of(order_file(roadmap(joined)))
    assert words(tree.xpath("//p[@class='stage']")[0]) == "План мероприятий центра · Мониторинг помещений"


def test_figures():
    assert [figure(value) for value in (None, 0, 100, 1500, 2.5, 1234567)] == ["—", "0", "100", "1\u00a0500", "2,5", "1\u00a0234\u00a0567"]


def test_a_day_before_the_order_itself_is_marked():
    file = order_file(roadmap(measure("1", deadline=on_date(2023, 11, 27)), measure("2", deadline=on_date(2024, 3, 1))), order=order())
    _, tree = page_of(file)
    rows = tree.xpath("//table[contains(@class, 'measures')]/tbody/tr")
    assert ["раньше даты документа" in words(row) for row in rows] == [True, False]
