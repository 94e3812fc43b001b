"""Rules that compare: a further case each way, beside the ones of their pages."""

from __future__ import annotations

from tests.vekha.checks.examples import all_found, found_by, order, roadmap, rule_of, subject_of
from vekha.checks.catalogue import RULES
from vekha.checks.reference import pack_reference
from vekha.checks.run import run_rules
from vekha.checks.subject import build_subject
from vekha.packs.library import find_roadmap, list_packs

D = "Департамент образования"
BUY = f"Объявлены закупки оборудования центров | 1 марта 2027 года | {D} | Извещения"
PHOTO = f"Проведён фотомониторинг помещений центров | 25 августа 2027 года | {D} | Фотоотчёт"
OPEN = f"Начало работы центров | 1 сентября 2027 года | {D} | Приказ"


def test_without_a_reference_nothing_is_compared() -> None:
    assert not {code for code in all_found(roadmap(BUY)) if code.startswith("CF")}
    assert run_rules(subject_of(roadmap(BUY)), [rule for rule in RULES if rule.needs_reference]).findings == ()


def test_what_is_missing_is_quoted_and_what_is_there_in_other_words_is_not() -> None:
    reworded = f"Объявление закупок оборудования для центров | 1 марта 2027 года | {D} | Извещения"
    (finding,) = found_by("CF01", roadmap(reworded, OPEN), against=roadmap(BUY, PHOTO, OPEN))
    assert "фотомониторинг" in finding.message
    assert found_by("CF01", roadmap(reworded, PHOTO, OPEN), against=roadmap(BUY, PHOTO, OPEN)) == []


def test_what_is_added_is_placed() -> None:
    (finding,) = found_by("CF02", roadmap(BUY, PHOTO, OPEN), against=roadmap(BUY, OPEN))
    assert (finding.measure, finding.measure_index) == ("2", 1)
    assert found_by("CF02", roadmap(BUY), against=roadmap(BUY, OPEN)) == []


def test_a_city_may_be_earlier_than_its_region() -> None:
    region = order(BUY, on="08.12.2026").replace(
        "РАСПОРЯЖЕНИЕ", "МИНИСТЕРСТВО ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\nРАСПОРЯЖЕНИЕ"
    )
    head = "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ ГОРОДА ЛУГОВА ЗАРЕЧНОЙ ОБЛАСТИ\nРАСПОРЯЖЕНИЕ"
    late = order(BUY.replace("1 марта", "5 марта"), on="20.12.2026", head=head)
    early = order(BUY.replace("1 марта", "24 февраля"), on="20.12.2026", head=head)
    assert [finding.measure for finding in found_by("CF05", late, against=region)] == ["1"]
    assert found_by("DL15", late, against=region) == []
    assert found_by("CF05", early, against=region) == []
    assert found_by("CF05", region, against=late) == []
    elsewhere = late.replace("ЗАРЕЧНОЙ ОБЛАСТИ", "ПОЙМЕННОЙ ОБЛАСТИ")
    assert found_by("CF05", elsewhere, against=region) == []
    assert found_by("DL15", elsewhere, against=region)


def test_a_roadmap_of_another_programme_has_no_pair_in_a_pack() -> None:
    subject = subject_of(roadmap(BUY, title="Дорожная карта по созданию центров «IT-куб»"))
    found = find_roadmap("school-quantorium-2024", list_packs())
    assert found is not None
    reference = pack_reference(subject.order_file, found.id, [found.roadmap])
    beside = build_subject(subject.order_file, calendar=subject.calendar, library=subject.library, reference=reference)
    assert [finding.rule for finding in run_rules(beside, [rule_of("CF06"), rule_of("CF01")]).findings] == ["CF06"]


def test_only_an_unchanged_date_of_another_year_is_a_copy() -> None:
    old = roadmap(BUY.replace("2027", "2026"), title="Дорожная карта на 2026 год")
    copied = roadmap(BUY.replace("2027", "2026"), OPEN, title="Дорожная карта на 2027 год")
    assert [finding.measure for finding in found_by("CF07", copied, against=old)] == ["1"]
    same_year = roadmap(BUY.replace("2027", "2026"), title="Дорожная карта на 2026 год")
    assert found_by("CF07", same_year, against=old) == []


def test_a_letter_that_got_lost() -> None:
    three = BUY.replace("Извещения", "1. Письмо оператору; 2. Ответ оператора; 3. Извещения")
    assert found_by("CF08", roadmap(BUY), against=roadmap(three))
    assert found_by("CF08", roadmap(three), against=roadmap(BUY)) == []
    assert found_by("CF08", roadmap(BUY.replace("Извещения", "")), against=roadmap(three)) == []


def test_two_of_the_reference_in_one_and_the_other_way_round() -> None:
    plan = f"Утверждены планы мероприятий центров на учебный год | 20 августа 2027 года | {D} | Приказы"
    goods = f"Установлено и налажено оборудование центров | 20 августа 2027 года | {D} | Акты"
    text = "1) Утверждены планы мероприятий центров на учебный год; 2) Установлено и налажено оборудование центров"
    both = f"{text} | 20 августа 2027 года | {D} | Акты"
    apart, joined = roadmap(plan, goods, OPEN), roadmap(both, OPEN)
    assert found_by("CF03", joined, against=apart)
    assert found_by("CF04", joined, against=apart) == []
    assert found_by("CF04", apart, against=joined)
    assert found_by("CF03", apart, against=joined) == []
    assert found_by("CF01", joined, against=apart) == []
    assert found_by("CF02", apart, against=joined) == []


def test_a_composite_measure_takes_in_the_stages_it_joins() -> None:
    goods = f"Получено, установлено и налажено оборудование центров | 25 августа 2027 года | {D} | Акты"
    text = "1) Утверждение планов мероприятий; 2) Поставка и наладка оборудования; 3) Фотоотчёт о готовности помещений"
    composite = f"{text} | 25 августа 2027 года | {D} | Акты"
    plans = f"Утверждение планов мероприятий центров | 20 августа 2027 года | {D} | Приказы"
    subject = subject_of(roadmap(composite))
    assert subject.rows[0].measure.item_stages is not None
    assert found_by("CF01", roadmap(BUY, composite), against=roadmap(BUY, plans, goods, PHOTO)) == []
    (finding,) = found_by("CF03", roadmap(BUY, composite), against=roadmap(BUY, plans, goods, PHOTO))
    assert "№ 2, № 3, № 4" in finding.message
    assert found_by("CF02", roadmap(BUY, plans, goods, PHOTO), against=roadmap(BUY, composite)) == []
