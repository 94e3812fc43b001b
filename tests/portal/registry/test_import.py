"""The import of a table: dry run, errors at their cells, doubles to decide, all or nothing, twice the same."""

import datetime
import io

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.portal.people import Country, make_country, signed_in
from vekha_portal.journal.models import Entry
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.registry.identifiers import inn_error, ogrn_error
from vekha_portal.registry.models import Organisation, OrganisationImport, School
from vekha_portal.registry.sheets import CellError, mark_errors, read_sheet

HEAD = ["№ п/п", "Полное наименование", "ИНН", "КПП", "ОГРН", "Муниципальное образование", "Сельская", "Число обучающихся", "Дата создания"]
GOOD = [
    [1, "МБОУ «СОШ № 21»", 7707083893, 773601001, "1027700132195", "Зареченск", "да", 410, "01.09.1965"],
    [2, "МБОУ «Гимназия № 2»", "7728168971", "772801001", "", "Дубковский район", "нет", "1 250", datetime.date(1970, 9, 1)],
    [3, "МБОУ «ООШ с. Липки»", "", "", "", "Дубковский район", "", "", ""],
]


def table(rows: list[list], head: list[str] = HEAD, above: int = 0) -> bytes:
    """A spreadsheet with the rows under the headings."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet()
        for number in range(above):
            sheet.write(number, 0, "Список школ")
        sheet.write_row(above, 0, head)
        for number, row in enumerate(rows, above + 1):
            sheet.write_row(number, 0, row)
    return out.getvalue()


@pytest.fixture
def country(db) -> Country:
    return make_country()


def upload(client, content: bytes, region: str = "02"):
    file = io.BytesIO(content)
    file.name = "школы.xlsx"
    return client.post("/registry/import/", {"region": region, "file": file})


def schools() -> dict[str, School]:
    with use_scope(SYSTEM_SCOPE):
        return {each.organisation.name: each for each in School.objects.select_related("organisation__municipality", "organisation__parent")}


def test_a_table_is_read_whatever_stands_above_it() -> None:
    sheet = read_sheet(table(GOOD, above=3))
    assert sheet.errors == []
    assert [row.number for row in sheet.rows] == [5, 6, 7]
    assert sheet.rows[0].values["inn"] == "7707083893"
    assert sheet.rows[0].values["is_rural"] is True
    assert sheet.rows[1].values["enrolment"] == 1250
    assert sheet.rows[1].values["opened_on"] == datetime.date(1970, 9, 1)


def test_every_wrong_cell_is_named_and_marked() -> None:
    bad = [[1, "", "7707083894", "77", "123", "Зареченск", "может быть", "много", "32.13.2020"]]
    sheet = read_sheet(table(bad))
    assert {error.column for error in sheet.errors} == {1, 2, 3, 4, 6, 7, 8}
    assert {error.row for error in sheet.errors} == {2}
    page = openpyxl.load_workbook(io.BytesIO(mark_errors(sheet, sheet.errors))).active
    assert page is not None
    assert "контрольная цифра" in str(page["C2"].comment.text)
    assert page["C2"].fill.fgColor.rgb == "FFFFC7CE"
    assert page["F2"].comment is None
    assert "контрольная цифра" in str(page["J2"].value)


def test_a_marked_copy_starts_no_formula() -> None:
    sheet = read_sheet(table([[1, "=2+2", "7707083894", "", "", "", "", "", ""]]))
    page = openpyxl.load_workbook(io.BytesIO(mark_errors(sheet, sheet.errors))).active
    assert page is not None
    assert page["B2"].data_type == "s"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "пуст"),
        (b"not a table at all", "не читается"),
        (b"PK\x03\x04 torn", "повреждён"),
        (table([], ["что-то", "другое"]), "Не найдена строка с заголовками"),
        (table([]), "ни одной строки"),
    ],
)
def test_a_file_that_is_no_table_says_so(content: bytes, words: str) -> None:
    assert words in read_sheet(content).errors[0].message
    assert read_sheet(content).errors[0].row == 0


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    assert isinstance(read_sheet(content).errors[0], CellError)


@given(st.integers(0, 10**9 - 1))
def test_an_inn_has_one_check_digit(number: int) -> None:
    assert sum(inn_error(f"{number:09d}{last}") is None for last in range(10)) == 1


@given(st.integers(10**11, 10**12 - 1))
def test_an_ogrn_has_one_check_digit(number: int) -> None:
    assert sum(ogrn_error(f"{number}{last}") is None for last in range(10)) == 1


def test_the_dry_run_writes_nothing_and_the_second_step_everything(country) -> None:
    client = signed_in(country, "coordinator")
    before = schools()
    there = upload(client, table(GOOD))["Location"]
    page = client.get(there).content.decode()
    assert "Пока ничего не записано" in page
    assert schools().keys() == before.keys()
    assert client.post(there).status_code == 302
    made = schools()
    assert made.keys() - before.keys() == {row[1] for row in GOOD}
    town = made["МБОУ «СОШ № 21»"]
    assert (town.is_rural, town.enrolment, town.organisation.opened_on) == (True, 410, datetime.date(1965, 9, 1))
    assert town.organisation.parent_id == country.organisations["town02"].pk  # the one authority of the municipality
    assert made["МБОУ «ООШ с. Липки»"].organisation.parent_id is None
    assert "Загружено" in client.get(there).content.decode()


def test_the_same_file_again_changes_nothing(country) -> None:
    client = signed_in(country, "coordinator")
    with_inn = GOOD[:2]
    client.post(upload(client, table(with_inn))["Location"])
    first = schools()
    again = upload(client, table(with_inn))["Location"]
    assert "без изменений — 2" in client.get(again).content.decode()
    assert client.post(again).status_code == 302
    assert {name: each.pk for name, each in schools().items()} == {name: each.pk for name, each in first.items()}
    with use_scope(SYSTEM_SCOPE):
        assert not Entry.objects.filter(kind="organisation-changed").exists()


def test_a_changed_cell_changes_one_field(country) -> None:
    client = signed_in(country, "coordinator")
    client.post(upload(client, table(GOOD[:2]))["Location"])
    changed = [[*GOOD[0][:7], 433, GOOD[0][8]], GOOD[1]]
    there = upload(client, table(changed))["Location"]
    page = client.get(there).content.decode()
    assert "изменить — 1" in page
    client.post(there)
    assert schools()["МБОУ «СОШ № 21»"].enrolment == 433


def test_a_double_click_does_it_once(country) -> None:
    client = signed_in(country, "coordinator")
    there = upload(client, table(GOOD))["Location"]
    assert [client.post(there).status_code for _ in range(2)] == [302, 302]
    assert sum(name == "МБОУ «ООШ с. Липки»" for name in schools()) == 1


def test_a_wrong_cell_stops_the_whole_file(country) -> None:
    client = signed_in(country, "coordinator")
    before = schools().keys()
    there = upload(client, table([*GOOD, [4, "МБОУ «СОШ № 9»", "7707083894", "", "", "", "", "", ""]]))["Location"]
    page = client.get(there).content.decode()
    assert "строка 5: ИНН 7707083894: контрольная цифра" in page
    refused = client.post(there)
    assert refused.status_code == 422
    assert "Не загружено ничего" in refused.content.decode()
    assert schools().keys() == before
    errors = client.get(f"{there}errors.xlsx")
    assert errors["Content-Type"].endswith("sheet")
    assert openpyxl.load_workbook(io.BytesIO(errors.content)).active is not None


def test_a_repeated_row_is_an_error(country) -> None:
    client = signed_in(country, "coordinator")
    there = upload(client, table([GOOD[0], GOOD[0]]))["Location"]
    assert "Повторяет строку 2" in client.get(there).content.decode()


def test_a_look_alike_is_a_question_with_three_answers(country) -> None:
    client = signed_in(country, "coordinator")
    known = country.organisations["school02"]
    row = [1, "MAОУ «Средняя школа №5» города Зареченска 02", "7707083893", "773601001", "", "Зареченск", "", 99, ""]
    there = upload(client, table([row]))["Location"]
    page = client.get(there).content.decode()
    assert "решить — 1" in page
    assert known.name in page
    assert client.post(there).status_code == 422  # nothing is decided
    assert client.post(there, {"row-2": str(country.organisations["school01"].pk)}).status_code == 422  # not among the region's
    count = len(schools())
    assert client.post(there, {"row-2": str(known.pk)}).status_code == 302
    assert len(schools()) == count
    with use_scope(SYSTEM_SCOPE):
        assert Organisation.objects.get(pk=known.pk).inn == "7707083893"


@pytest.mark.parametrize(("answer", "more"), [("new", 1), ("skip", 0)])
def test_it_may_be_new_or_skipped(country, answer: str, more: int) -> None:
    client = signed_in(country, "coordinator")
    row = [1, "МАОУ «Средняя школа №5» города Зареченска 02", "", "", "", "Зареченск", "", "", ""]
    there = upload(client, table([row]))["Location"]
    count = len(schools())
    assert client.post(there, {"row-2": answer}).status_code == 302
    assert len(schools()) == count + more


def test_a_municipality_loads_its_own_schools_and_nobody_sees_the_file(country) -> None:
    client = signed_in(country, "town")
    there = upload(client, table(GOOD[:1]))["Location"]
    assert client.post(there).status_code == 302
    assert schools()["МБОУ «СОШ № 21»"].organisation.parent_id == country.organisations["town02"].pk
    for name, status in (("coordinator", 404), ("stranger", 404), ("school", 403), ("admin", 200)):
        assert signed_in(country, name).get(there).status_code == status, name
    assert upload(client, table(GOOD[:1]), region="01").status_code == 422
    with use_scope(country.scope("coordinator")):
        assert OrganisationImport.objects.count() == 0


def test_no_file_is_said(country) -> None:
    assert signed_in(country, "coordinator").post("/registry/import/", {"region": "02"}).status_code == 422


def test_a_thousand_rows_are_planned_by_few_queries(country, django_assert_max_num_queries) -> None:
    client = signed_in(country, "coordinator")
    rows = [[number, f"МБОУ «СОШ № {number + 100}»", "", "", "", "Зареченск", "", "", ""] for number in range(1000)]
    there = upload(client, table(rows))["Location"]
    with django_assert_max_num_queries(14):
        assert "внести — 1000" in client.get(there).content.decode()
