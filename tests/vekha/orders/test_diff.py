"""Two roadmaps aligned: by stage and wording, whatever the numbers; changes by meaning."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import body, by_schedule, measure, on_date, order_file, person, relative, roadmap
from tests.patience import within
from vekha.deadlines.syntax import Bound, Deadline, MonthDay, Period, RelativePeriod
from vekha.orders.diff import Change, align, align_files, same_deadline
from vekha.orders.model import Programme
from vekha.stages.catalogue import Stage

LIST = measure("3", "Сформирован и согласован инфраструктурный лист для оснащения центра", stage=Stage.INFRASTRUCTURE_LIST)
BUY = measure("4", "Объявлены закупки товаров, работ, услуг для создания центра", stage=Stage.PROCUREMENT)
TRAIN = measure("5", "Проведено повышение квалификации педагогов центра", stage=Stage.STAFF_TRAINING)
START = measure("6", "Начало работы центра", stage=Stage.LAUNCH)


def renumbered(number, source, **changes):
    """The same measure under another number."""
    values = {"text": source.text, "stage": source.stage, "deadline": source.deadline} | changes
    return measure(number, **values)


def numbers(alignment):
    """The pairs as the measures' numbers."""
    measures = alignment.a.measures, alignment.b.measures
    return [(measures[0][pair.a].number, measures[1][pair.b].number) for pair in alignment.pairs]


def test_a_roadmap_is_aligned_with_itself_without_changes():
    both = roadmap(LIST, BUY, TRAIN, START)
    alignment = align(both, both)
    assert numbers(alignment) == [("3", "3"), ("4", "4"), ("5", "5"), ("6", "6")]
    assert all(pair.changes == () for pair in alignment.pairs)
    assert alignment.only_a == alignment.only_b == ()


def test_order_and_numbers_do_not_matter():
    other = roadmap(renumbered("1", START), renumbered("2", BUY), renumbered("3", TRAIN), renumbered("4", LIST))
    alignment = align(roadmap(LIST, BUY, TRAIN, START), other)
    assert numbers(alignment) == [("3", "4"), ("4", "2"), ("5", "3"), ("6", "1")]
    assert {pair.changes for pair in alignment.pairs} == {(Change.NUMBER,)}


def test_what_is_new_and_what_is_gone():
    alignment = align(roadmap(LIST, BUY, START), roadmap(LIST, TRAIN, START))
    assert numbers(alignment) == [("3", "3"), ("6", "6")]
    assert alignment.only_a == (1,)
    assert alignment.only_b == (1,)


def test_the_only_measure_of_a_stage_is_paired_in_other_words():
    opened = measure("9", "Открытие площадок для детей", stage=Stage.LAUNCH)
    assert numbers(align(roadmap(BUY, START), roadmap(opened, BUY))) == [("4", "4"), ("6", "9")]


def test_another_stage_is_another_work_unless_the_wording_is_the_same():
    misjudged = renumbered("6", START, stage=Stage.OTHER)
    alignment = align(roadmap(BUY, START), roadmap(BUY, misjudged))
    assert numbers(alignment) == [("4", "4"), ("6", "6")]
    assert alignment.pairs[1].changes == (Change.STAGE,)


def test_wording_decides_between_two_measures_of_a_stage():
    letter = measure("1", "Направлена заявка на согласование инфраструктурного листа", stage=Stage.INFRASTRUCTURE_LIST)
    act = measure("2", "Утвержден согласованный инфраструктурный лист", stage=Stage.INFRASTRUCTURE_LIST)
    swapped = roadmap(renumbered("1", act), renumbered("2", letter))
    assert numbers(align(roadmap(letter, act), swapped)) == [("1", "2"), ("2", "1")]


def test_each_change_is_named():
    before = measure("4", BUY.text, deadline=on_date(2024, 3, 1), responsibles=[body()], results=["извещения"])
    after = measure("7", BUY.text + " и сети", deadline=on_date(2024, 4, 1), responsibles=[person()], results=["реестр"], section="II")
    (pair,) = align(roadmap(before), roadmap(after)).pairs
    assert set(pair.changes) == set(Change) - {Change.STAGE}


def test_typography_and_order_of_names_are_no_change():
    before = measure(text="Учёба — «Центр»", responsibles=[body(), person("Ковригина Т.П.")], results=["приказ", "письмо"])
    after = measure(text="Учеба - \"Центр\".", responsibles=[person("Т. П. Ковригина"), body()], results=["Письмо", "приказ"])
    (pair,) = align(roadmap(before), roadmap(after)).pairs
    assert pair.changes == ()


@pytest.mark.parametrize(
    ("a", "b", "year", "same"),
    [
        (on_date(2024, 3, 1, "1 марта 2024 года"), on_date(2024, 3, 1, "до 01.03.2024", Bound.BEFORE), None, True),
        (on_date(2024, 3, 1), on_date(2023, 3, 1), None, False),
        (relative(1, 3), on_date(2024, 3, 1), 2024, True),
        (relative(27, 11, -1), on_date(2023, 11, 27), 2024, True),
        (relative(1, 3), on_date(2024, 3, 1), None, False),
        (relative(1, 3), on_date(2024, 3, 1), 2025, False),
        (relative(29, 2), on_date(2023, 2, 28), 2023, False),
        (by_schedule("по графику"), by_schedule("согласно графику"), None, True),
        (None, by_schedule(), None, False),
        (None, None, None, True),
        (
            Deadline("I квартал года получения субсидии", RelativePeriod(MonthDay(1, 1), MonthDay(3, 31), 0)),
            Deadline("I квартал 2024 года", Period(date(2024, 1, 1), date(2024, 3, 31))),
            2024,
            True,
        ),
    ],
)
def test_deadlines_are_compared_by_meaning(a, b, year, same):
    years = frozenset() if year is None else frozenset({year})
    assert same_deadline(a, b, years=years) is same
    assert same_deadline(b, a, years=years) is same


def test_the_year_of_one_roadmap_settles_the_relative_dates_of_the_other():
    general = roadmap(measure(deadline=relative(1, 3)))
    for_2024 = roadmap(measure(deadline=on_date(2024, 3, 1)), year=2024)
    assert align(general, for_2024).pairs[0].changes == ()


def test_a_measure_that_was_split_is_noted():
    whole = measure("1", "Утверждены перечень организаций, показатели деятельности, типовое положение", stage=Stage.LEGAL_BASIS)
    first = measure("1", "Утверждены перечень организаций и показатели деятельности", stage=Stage.LEGAL_BASIS)
    second = measure("2", "Утверждено типовое положение", stage=Stage.LEGAL_BASIS)
    alignment = align(roadmap(whole, START), roadmap(first, second, START))
    assert (alignment.split[0].a, alignment.split[0].b) == ((0,), (0, 1))
    assert alignment.only_b == (1,)
    back = align(roadmap(first, second, START), roadmap(whole, START))
    assert (back.merged[0].a, back.merged[0].b) == ((0, 1), (0,))


def test_empty_roadmaps():
    nothing = roadmap(measure())
    empty = type(nothing)(None, Programme.OTHER, None, ())
    assert align(empty, empty).pairs == ()
    assert align(nothing, empty).only_a == (0,)


def test_roadmaps_of_two_files_find_each_other_by_programme():
    centres = roadmap(BUY, programme=Programme.GROWTH_POINT)
    parks = roadmap(BUY, programme=Programme.SCHOOL_QUANTORIUM)
    digital = roadmap(BUY, programme=Programme.DIGITAL_ENVIRONMENT)
    pairs = align_files(order_file(centres, parks), order_file(digital, parks, centres))
    assert [(pair.a, pair.b) for pair in pairs] == [(0, 2), (1, 1), (None, 0)]
    assert pairs[2].alignment.only_b == (0,)


def test_two_lone_roadmaps_are_compared_whatever_their_programmes():
    a, b = roadmap(BUY, programme=Programme.GROWTH_POINT), roadmap(BUY, programme=Programme.IT_CUBE)
    assert [(pair.a, pair.b) for pair in align_files(order_file(a), order_file(b))] == [(0, 0)]


def test_two_hundred_measures_are_aligned_quickly():
    stages = list(Stage)
    many = [
        measure(str(number), f"Мероприятие по созданию центра образования, этап {number} очереди {number * 7919 % 997}",
                stage=stages[number % len(stages)])
        for number in range(200)
    ]
    with within():
        alignment = align(roadmap(*many), roadmap(*reversed(many)))
    assert all(alignment.a.measures[pair.a] == alignment.b.measures[pair.b] for pair in alignment.pairs)
    assert len(alignment.pairs) == 200


def test_thousands_of_measures_still_end():
    many = [measure(str(number), f"Поставка позиции {number:05d} со склада номер {number % 83}") for number in range(3000)]
    with within(90):
        alignment = align(roadmap(*many), roadmap(*many[1:]))
    assert len(alignment.pairs) == 2999
