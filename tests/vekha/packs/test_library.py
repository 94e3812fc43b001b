"""What can be found in packs: programmes and regions in every case of Russian, and the user's own packs."""

from pathlib import Path

import pytest

from vekha.packs.library import find_programme_record, find_region, find_roadmap, list_packs
from vekha.problems import Severity

LIBRARY = list_packs()
OWN = """
schema = "vekha.pack/1"
id = "own"
title = "Свой набор"
sources = ["Письмо оператора"]

[[programme]]
id = "robot-yard"
name = "Двор роботов"
names = ["Робоплощадка"]

[[roadmap]]
id = "robot-yard-2027"
title = "Дворы роботов"
programme = "other"
first_year = 2027

[[roadmap.measure]]
stage = "procurement"
text = "Объявить закупки"
deadline = "1 марта года получения субсидии"
responsibles = ["Региональный координатор", { name = "Комитет образования", kind = "body" }]
"""


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("О создании детских технопарков «Кванториум» на базе общеобразовательных организаций", "school-quantorium"),
        ("реестр школ, где создаются Школьные Кванториумы", "school-quantorium"),
        ("начало работы школьного Кванториума", "school-quantorium"),
        ("создание мобильного технопарка «Кванториум»", "mobile-quantorium"),
        ("маршрут Мобильного Кванториума и школьный Кванториум", "mobile-quantorium"),
        ("центров образования естественно‑научной и технологической направленностей «Точка  роста»", "growth-point"),
        ("О ЦЕНТРАХ «ТОЧКИ РОСТА»", "growth-point"),
        ("в целях внедрения цифровой образовательной среды", "digital-environment"),
        ("ответственного за внедрение ЦОС", "digital-environment"),
        ("центры цифрового образования детей «IT-куб»", "it-cube"),
        ("открытие «ИТ-кубов»", "it-cube"),
        ("ремонт кровли школы", None),
        ("точка зрения и темпы роста", None),
        ("", None),
    ],
)
def test_a_programme_is_found_in_any_case(text: str, programme: str | None) -> None:
    found = find_programme_record(text, LIBRARY)
    assert (found.id if found else None) == programme


@pytest.mark.parametrize("region", LIBRARY.regions, ids=lambda region: region.code)
def test_every_region_is_found_by_code_and_by_name(region) -> None:
    assert find_region(region.code, LIBRARY) == region
    assert find_region(f"распоряжение: {region.name.upper()} «О мерах»", LIBRARY) == region


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Правительство Ямало-Ненецкого автономного округа", "89"),
        ("администрация Ненецкого автономного округа", "83"),
        ("в Московской области", "50"),
        ("Правительство Москвы", "77"),
        ("на территории Республики Алтай", "04"),
        ("на территории Алтайского края", "22"),
        ("Правительство Республики Саха (Якутия)", "14"),
        ("область знаний", None),
    ],
)
def test_a_region_is_found_in_any_case(text: str, code: str | None) -> None:
    found = find_region(text, LIBRARY)
    assert (found.code if found else None) == code


def test_a_users_pack_stands_beside_the_built_in(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("не набор", encoding="utf-8")
    library = list_packs([tmp_path])
    assert library.problems == ()
    assert len(library.packs) == len(LIBRARY.packs) + 1
    found = find_programme_record("О робоплощадках", library)
    assert found is not None and (found.id, found.programme.value) == ("robot-yard", "other")
    roadmap = find_roadmap("robot-yard-2027", library)
    assert roadmap is not None
    assert [responsible.kind.value for responsible in roadmap.roadmap.measures[0].responsibles] == ["role", "body"]


def test_a_repeated_entry_leaves_the_first_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "b.toml").write_text(OWN.replace('id = "own"', 'id = "second"'), encoding="utf-8")
    library = list_packs([tmp_path])
    assert [pack.id for pack in library.packs if pack.id in ("own", "second")] == ["own"]
    assert {problem.code for problem in library.problems} == {"pack-duplicate"}
    assert any("«robot-yard»" in problem.message for problem in library.problems)


def test_a_built_in_entry_cannot_be_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(OWN.replace("robot-yard-2027", "school-quantorium-2024"), encoding="utf-8")
    library = list_packs([tmp_path])
    assert len(library.packs) == len(LIBRARY.packs)
    assert "school-quantorium-2024" in library.problems[0].message


def test_a_bad_pack_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("это не TOML", encoding="utf-8")
    (tmp_path / "b.toml").write_text(OWN, encoding="utf-8")
    library = list_packs([tmp_path])
    assert "own" in {pack.id for pack in library.packs}
    assert [problem.code for problem in library.problems] == ["pack-not-toml"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    library = list_packs([tmp_path / "нет"])
    assert library.packs == LIBRARY.packs
    assert library.problems[0].severity is Severity.ERROR
