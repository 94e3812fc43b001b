"""The five real orders in a browser: a file is uploaded, read, reviewed, approved and applied to waves of schools."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Seat
from tests.browser.walk import Walk, enter_people, make_region
from tests.portal.people import Country, make_organisation
from tests.portal.plans import apply, fill_wave, make_wave
from tests.portal.seeds_rows import approved_seed
from vekha.intake.reading import read_order_file
from vekha.orders.model import OrderFile, ResponsibleKind, Roadmap
from vekha_portal.centres.models import Wave
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Order
from vekha_portal.registry.models import OrganisationKind

pytestmark = [pytest.mark.seeds, pytest.mark.django_db(transaction=True)]

Start = Callable[..., Walk]


@pytest.fixture(scope="module")
def met() -> set[str]:
    """Kinds of pages that were examined already."""
    return set()


@pytest.fixture
def start(sit: Callable[..., Seat], met: set[str], request: pytest.FixtureRequest) -> Iterator[Start]:
    """A window with somebody of the region at it; in the end no page may have been in a reader's way."""
    walks: list[Walk] = []

    def begin(country: Country, who: str = "coordinator") -> Walk:
        walk = Walk(sit(), country, met, name=request.node.name.removeprefix("test_"))
        walk.sit(who)
        walks.append(walk)
        return walk

    yield begin
    assert [each for walk in walks for each in walk.wrong] == []


def seed(folder: Path, number: str) -> tuple[Path, OrderFile]:
    """A real order, and what the engine finds in it."""
    (path,) = folder.glob(f"{number}_*.txt")
    return path, read_order_file(path)


def first_named(said: OrderFile, kind: ResponsibleKind) -> str:
    """The first responsible of a kind that the order names: the tests themselves name nobody real."""
    measures = said.roadmaps[0].measures
    return next(each.name for measure in measures for each in measure.responsibles if each.kind is kind)


def named_people(roadmaps: Iterable[Roadmap]) -> set[str]:
    """Everybody whom the measures name."""
    measures = [measure for roadmap in roadmaps for measure in roadmap.measures]
    return {each.name for measure in measures for each in measure.responsibles if each.kind is ResponsibleKind.PERSON}


def wave_of(country: Country, region: str, programme: str, year: int, *, with_own: bool = True) -> Wave:
    """A wave with the school of the region, unless it is told without, and a school of its own."""
    town = country.organisations[f"town{region}"]
    own = [country.organisations[f"school{region}"]] if with_own else []
    with use_scope(SYSTEM_SCOPE):
        wave = make_wave(country, region=region, programme=programme, year=year, schools=0)
        name = f"МБОУ «СОШ № {wave.pk + 100}»"
        other = make_organisation(name, OrganisationKind.SCHOOL, region=region, parent=town, town="Зареченск")
        fill_wave(country, wave, [*own, other])
        return wave


def test_one_order_for_two_years(start: Start, seeds_dir: Path) -> None:
    path, said = seed(seeds_dir, "000")
    with use_scope(SYSTEM_SCOPE):
        country = make_region("67", first_named(said, ResponsibleKind.BODY))
    walk = start(country)
    (draft,) = walk.upload(path, year=2021)
    walk.look("reading")
    walk.review(draft, len(said.roadmaps[0].measures))
    walk.check("27 ноября")
    walk.correct(walk.measure(draft, 6), "до 1 апреля года получения субсидии", "01.04.2021")
    walk.map(draft, sure=2)
    late = start(country)
    late.go("orders_approve", draft.pk)
    walk.approve(draft, "Ответственные не сопоставлены")
    late.page.check("#is_knowing")
    late.page.click("button:has-text('Утвердить')")
    expect(late.page.locator("#messages")).to_contain_text("Карта уже утверждена")
    late.look("approved-already")
    walk.apply(draft, wave_of(country, "67", "school-quantorium", 2021), "27.11.2020", "01.04.2021", "01.09.2021")
    walk.apply(draft, wave_of(country, "67", "school-quantorium", 2022, with_own=False), "18.12.2021", "01.09.2022")
    walk.go("roadmap_measures", draft.roadmap_id)
    walk.look("roadmap-two")
    walk.today("school", ["Просрочено"])


def test_three_documents_for_one_measure(start: Start, seeds_dir: Path, tmp_path: Path) -> None:
    path, said = seed(seeds_dir, "001")
    with use_scope(SYSTEM_SCOPE):
        country = make_region("47", "Комитет общего образования области")
    walk = start(country)
    broken = tmp_path / "Распоряжение.docx"
    broken.write_bytes(b"PK\x03\x04" + bytes(range(200)))
    assert walk.upload(broken) == []
    expect(walk.page.locator("#progress")).to_contain_text("Файл не прочитан")
    walk.look("unreadable")
    (draft,) = walk.upload(path)
    walk.review(draft, len(said.roadmaps[0].measures))
    expect(walk.page.locator("main")).to_contain_text("гриф")
    infrastructure = walk.measure(draft, 2)
    with use_scope(SYSTEM_SCOPE):
        assert infrastructure.documents.count() == 3
    walk.correct(walk.measure(draft, 12), "не позднее 13 сентября 2024 года", "13.09.2024")
    walk.map(draft, sure=2)
    walk.approve(draft)
    applied = walk.apply(draft, wave_of(country, "47", "school-quantorium", 2024), "29.12.2023", "13.09.2024")
    with use_scope(SYSTEM_SCOPE):
        milestone = Milestone.objects.get(application=applied, measure_key=infrastructure.key)
    walk.go("execution_milestone", milestone.pk)
    expect(walk.page.locator(".vk-slot")).to_have_count(3)
    walk.look("milestone")


def test_annexes_that_are_not_in_the_file(start: Start, seeds_dir: Path) -> None:
    path, said = seed(seeds_dir, "002")
    with use_scope(SYSTEM_SCOPE):
        country = make_region("33", first_named(said, ResponsibleKind.BODY))
    walk = start(country)
    (draft,) = walk.upload(path, year=2021)
    expect(walk.page.locator("#progress")).to_contain_text("прилож")
    walk.review(draft, len(said.roadmaps[0].measures))
    expect(walk.page.locator("main")).to_contain_text("Точка роста")
    expect(walk.page.locator(".rv-remarks").first).to_be_visible()
    walk.check("прилож")
    walk.correct(walk.measure(draft, 7), "1 сентября 2021 года", "01.09.2021")
    walk.map(draft, sure=1)
    walk.approve(draft)
    walk.apply(draft, wave_of(country, "33", "growth-point", 2021), "18.12.2020", "01.03.2021", "ждёт")


def regional_roadmap(seeds_dir: Path, country: Country, said: OrderFile, region: str) -> Wave:
    """The region's own roadmap under the number that the town's order cites, at work in two schools."""
    assert said.order is not None
    act = next(each for each in said.order.cited if each.number and "1884" in each.number)
    (above,) = approved_seed(seeds_dir, "001", country, body=f"body{region}")
    Order.objects.filter(pk=above.basis_id).update(number=act.number, signed_on=act.date)
    wave = make_wave(country, region=region, programme="school-quantorium", year=2024, schools=0)
    elsewhere = make_organisation(
        "Управление образования другого города",
        OrganisationKind.MUNICIPAL_AUTHORITY,
        region=region,
        parent=country.organisations[f"body{region}"],
        town="Боровое",
    )
    far = make_organisation("МБОУ «СОШ № 1»", OrganisationKind.SCHOOL, region=region, parent=elsewhere, town="Боровое")
    fill_wave(country, wave, [country.organisations[f"school{region}"], far])
    apply(country, above, wave, horizon_on=datetime.date(2025, 12, 31))
    return wave


def test_a_town_carries_out_the_order_of_its_region(start: Start, seeds_dir: Path) -> None:
    path, said = seed(seeds_dir, "003")
    school = first_named(said, ResponsibleKind.SCHOOL).replace("MAO", "МАО")
    with use_scope(SYSTEM_SCOPE):
        town = first_named(said, ResponsibleKind.BODY)
        country = make_region("70", "Департамент общего образования области", town=town, school=school)
        wave = regional_roadmap(seeds_dir, country, said, "70")
    walk = start(country, "town")
    (draft,) = walk.upload(path)
    walk.review(draft, len(said.roadmaps[0].measures))
    expect(walk.page.locator(".rv-measures")).to_contain_text("3000")
    walk.correct(walk.measure(draft, 9), "не позднее 26 августа 2024 года", "26.08.2024")
    walk.go("orders_superior", draft.basis_id)
    walk.look("superior")
    walk.page.click("button:has-text('Выбрать') >> nth=0")
    walk.look("order")
    walk.go("orders_links", draft.pk)
    walk.page.select_option("#superior", index=1)
    walk.page.click("text=Показать пары")
    expect(walk.page.locator("main")).to_contain_text("сходство")
    walk.look("links")
    walk.page.click("text=Записать связи")
    expect(walk.page.locator("#messages")).to_contain_text("Связи записаны")
    walk.map(draft, sure=2)
    walk.approve(draft)
    applied = walk.apply(draft, wave, "29.01.2024", "26.08.2024")
    with use_scope(SYSTEM_SCOPE):
        child = Milestone.objects.filter(application=applied, measure__position=12).select_related("superior").get()
        assert child.superior is not None
    walk.go("execution_milestone", child.pk)
    expect(walk.page.locator("main")).to_contain_text("Вышестоящая")
    walk.today("school", ["Просрочено"])
    walk.sit("coordinator")
    walk.go("execution_milestone", child.superior.pk)
    expect(walk.page.locator("main")).to_contain_text("Подведомственные: 1")
    walk.look("milestone-above")


def test_a_matrix_of_three_programmes(start: Start, seeds_dir: Path) -> None:
    path, said = seed(seeds_dir, "004")
    with use_scope(SYSTEM_SCOPE):
        country = make_region("67", "Министерство образования области")
        everybody = enter_people(country, named_people(said.roadmaps), "body67")
    walk = start(country)
    drafts = walk.upload(path)
    walk.look("reading-three")
    assert len(drafts) == 3
    assert everybody > 6
    for draft, roadmap in zip(drafts, said.roadmaps, strict=True):
        walk.review(draft, len(roadmap.measures))
        walk.page.go_back()
    for draft, roadmap in zip(drafts, said.roadmaps, strict=True):
        programme = draft.roadmap.programme_id
        assert programme is not None
        walk.map(draft, sure=len(named_people([roadmap])))
        walk.approve(draft)
        walk.apply(draft, wave_of(country, "67", programme, 2024), "30.11.2023", "31.01.2024")
    busiest = first_named(said, ResponsibleKind.PERSON)
    walk.seat.open("/workload/?since=2023-11-20&until=2023-12-31")
    expect(walk.page.locator("main")).to_contain_text(busiest.split()[0])
    walk.look("workload")
    walk.go("roadmap_matrix", drafts[0].roadmap_id)
    expect(walk.page.locator("#matrix")).to_contain_text(busiest)
    walk.look("matrix")
    walk.today("coordinator", ["Просрочено"])
