"""Rules about deadlines: a further case each way, beside the ones of their pages."""

from datetime import date

import pytest

from tests.vekha.checks.examples import all_found, found_by, order, roadmap
from vekha.problems import Severity

D = "Департамент образования"
BUY = "Объявлены закупки оборудования"
CASES = [
    # code, a document it objects to, one it accepts
    ("DL01", f"{BUY} | по готовности помещений | {D} | Акт", f"{BUY} | ежеквартально | {D} | Акт"),
    ("DL02", f"{BUY} | 29 февраля 2027 года | {D} | Акт", f"{BUY} | 29 февраля 2028 года | {D} | Акт"),
    ("DL04", f"{BUY} | 1 мая 2024 года | {D} | Акт", f"{BUY} | 27 апреля 2024 года | {D} | Акт"),
    ("DL04", f"{BUY} | с 1 по 15 сентября 2024 года | {D} | Акт", f"{BUY} | сентябрь 2024 года | {D} | Акт"),
    ("DL05", f"{BUY} | в течение 2024 года | {D} | Акт", f"{BUY} | 31 декабря 2024 года | {D} | Акт"),
    ("DL07", f"{BUY} | не позднее 25 августа | {D} | Акт", f"{BUY} | II квартал | {D} | Акт"),
    ("DL08", f"{BUY} | до 1 марта 2027 года | {D} | Акт", f"{BUY} | до 1 марта 2027 года включительно | {D} | Акт"),
    ("DL11", f"{BUY} | по графику Минпросвещения России | {D} | Акт", f"{BUY} | по мере необходимости | {D} | Акт"),
    (
        "DL13",
        f"Ежемесячный отчёт о работе центра | 20 января 2027 года | {D} | Отчёт",
        f"Ежемесячный отчёт о работе центра | ежемесячно, до 20 числа | {D} | Отчёт",
    ),
    (
        "DL13",
        f"Отчёт ежегодно представлен учредителю | 20 января 2027 года | {D} | Отчёт",
        f"Проведение ежегодного конкурса | 20 января 2027 года | {D} | Протокол",
    ),
    (
        "DL14",
        f"{BUY} | после подписания соглашения | {D} | Акт",
        f"{BUY} | в течение 10 рабочих дней после подписания соглашения | {D} | Акт",
    ),
]


@pytest.mark.parametrize(("code", "wrong", "right"), CASES)
def test_a_row_is_judged(code: str, wrong: str, right: str) -> None:
    assert found_by(code, roadmap(wrong))
    assert found_by(code, roadmap(right)) == []


def test_a_day_off_is_named_with_both_neighbours_and_the_calendar_knows_transfers() -> None:
    (finding,) = found_by("DL04", roadmap(f"{BUY} | не позднее 29 апреля 2024 года | {D} | Акт"))
    assert finding.day == date(2024, 4, 29)
    assert "27 апреля 2024 года и 2 мая 2024 года" in finding.hint


def test_every_written_date_of_a_cell_with_stages_is_judged() -> None:
    cell = "1 этап – 1 сентября 2024 года; 2 этап – 15 сентября 2024 года"
    assert {finding.day for finding in found_by("DL04", roadmap(f"{BUY} | {cell} | {D} | Акт"))} == {
        date(2024, 9, 1),
        date(2024, 9, 15),
    }


def test_a_partly_understood_deadline_is_a_warning() -> None:
    severities = {
        finding.severity
        for finding in found_by("DL01", roadmap(f"{BUY} | 1 марта 2027 года при хорошей погоде | {D} | Акт"))
    }
    assert severities == {Severity.WARNING}


@pytest.mark.parametrize(
    ("deadline", "title", "count"),
    [
        ("15 января 2028 года", "Дорожная карта на 2026–2027 годы", 1),
        ("15 января 2027 года", "Дорожная карта на 2026–2027 годы", 0),
        ("1 октября 2027 года, далее – ежеквартально", "Дорожная карта на 2027 год", 0),
        ("15 января 2028 года", "Дорожная карта", 0),
    ],
)
def test_the_end_of_the_plan_is_in_its_title(deadline: str, title: str, count: int) -> None:
    assert len(found_by("DL03", roadmap(f"{BUY} | {deadline} | {D} | Акт", title=title))) == count


def test_a_relative_deadline_is_overdue_for_one_wave_only() -> None:
    text = order(f"{BUY} | 27 ноября года, предшествующего году получения субсидии | {D} | Акт", on="01.12.2026")
    assert [finding.day for finding in found_by("DL06", text, subsidy_year=2027)] == [date(2026, 11, 27)]
    assert found_by("DL06", text, subsidy_year=2028) == []
    assert found_by("DL06", text) == []


def test_the_day_of_the_order_itself_is_not_overdue() -> None:
    assert found_by("DL06", order(f"{BUY} | 15 декабря 2026 года | {D} | Акт")) == []


def test_a_delivery_before_its_procurement_is_out_of_order() -> None:
    late = f"{BUY} | 1 сентября 2026 года | {D} | Извещения"
    delivery = f"Получено, установлено и налажено оборудование | 25 августа 2026 года | {D} | Акты"
    (finding,) = found_by("DL09", roadmap(late, delivery))
    assert (finding.measure, finding.day) == ("2", date(2026, 8, 25))


def test_a_period_may_be_over_in_time() -> None:
    early = f"{BUY} | I квартал 2026 года | {D} | Извещения"
    delivery = f"Получено, установлено и налажено оборудование | 20 марта 2026 года | {D} | Акты"
    assert found_by("DL09", roadmap(early, delivery)) == []


def test_the_first_of_several_procurements_decides() -> None:
    rows = (
        f"{BUY}, первая очередь | 1 марта 2026 года | {D} | Извещения",
        f"Получено, установлено и налажено оборудование | 1 июня 2026 года | {D} | Акты",
        f"{BUY}, вторая очередь | 1 сентября 2026 года | {D} | Извещения",
    )
    assert found_by("DL09", roadmap(*rows)) == []


def test_training_after_the_opening() -> None:
    opening = f"Начало работы центра | 1 сентября 2026 года | {D} | Приказ"
    training = "Проведено повышение квалификации педагогических работников"
    assert found_by("DL10", roadmap(opening, f"{training} | 10 сентября 2026 года | {D} | Справка"))
    assert found_by("DL10", roadmap(opening, f"{training} | в течение 2026 года | {D} | Справка")) == []


def test_four_responsibles_with_one_measure_each_are_no_crowd() -> None:
    rows = [f"Мероприятие номер {each} | 25 августа 2026 года | Отдел {each} | Акт" for each in "АБВГ"]
    assert found_by("DL12", roadmap(*rows)) == []
    crowd = [f"Мероприятие номер {each} | 25 августа 2026 года | Отдел А, Отдел {each} | Акт" for each in "БВГД"]
    (finding,) = found_by("DL12", roadmap(*crowd))
    assert "4 мероприятия" in finding.message


REFERENCE = roadmap(f"{BUY} | 1 марта года получения субсидии | Координатор | Извещения")


@pytest.mark.parametrize(
    ("deadline", "severity", "words"),
    [
        ("15 марта 2027 года", Severity.WARNING, "на 14 дней позже"),
        ("26 февраля 2027 года", Severity.NOTE, "на 3 дня раньше"),
    ],
)
def test_a_difference_from_the_reference_is_counted_in_days(deadline: str, severity: Severity, words: str) -> None:
    text = roadmap(f"{BUY} | {deadline} | {D} | Извещения", title="Дорожная карта на 2027 год")
    (finding,) = found_by("DL15", text, against=REFERENCE)
    assert finding.severity is severity
    assert words in finding.message
    same = roadmap(f"{BUY} | не позднее 1 марта 2027 г. | {D} | Извещения", title="Дорожная карта на 2027 год")
    assert found_by("DL15", same, against=REFERENCE) == []


def test_last_years_plan_is_compared_day_for_day() -> None:
    before = roadmap(f"{BUY} | 1 марта 2026 года | {D} | Извещения", title="Дорожная карта на 2026 год")
    same = roadmap(f"{BUY} | 1 марта 2027 года | {D} | Извещения", title="Дорожная карта на 2027 год")
    later = roadmap(f"{BUY} | 3 марта 2027 года | {D} | Извещения", title="Дорожная карта на 2027 год")
    assert found_by("DL15", same, against=before) == []
    assert "на 2 дня позже" in found_by("DL15", later, against=before)[0].message


def test_a_repetition_as_needed_is_no_lost_one() -> None:
    row = "Заключено соглашение о субсидии | 30 декабря 2026 года{} | " + D + " | Соглашение"
    needed = roadmap(row.format(", далее – по необходимости"))
    yearly = roadmap(row.format(", далее – ежегодно"))
    assert found_by("DL16", roadmap(row.format("")), against=needed) == []
    assert found_by("DL16", roadmap(row.format("")), against=yearly)


def test_a_clean_plan_has_no_findings() -> None:
    rows = (
        f"{BUY} | 2 марта 2026 года | {D} | Извещения",
        f"Получено, установлено и налажено оборудование | 20 августа 2026 года | {D} | Акты",
        f"Начало работы центра «Точка роста» | 1 сентября 2026 года | {D} | Приказ",
    )
    assert all_found(roadmap(*rows, title="Дорожная карта на 2026 год")) == set()


def test_an_act_that_repeats_old_rows_only_notes_what_is_past() -> None:
    row = f"{BUY} | 1 марта 2026 года | {D} | Извещения"
    text = order(row, on="15.12.2026").replace(
        "1. Утвердить прилагаемую дорожную карту по созданию центров «Точка роста».",
        "1. Внести в распоряжение от 10.01.2026 № 1-р изменения, изложив дорожную карту в следующей редакции:",
    )
    assert {finding.severity for finding in found_by("DL06", text)} == {Severity.NOTE}


def test_a_photo_report_does_not_make_repairs_a_monitoring() -> None:
    repairs = f"Оформлены помещения | 1 июля 2026 года | {D} | фотоотчёт"
    goods = f"Получено, установлено и налажено оборудование | 25 августа 2026 года | {D} | Акты"
    assert found_by("DL09", roadmap(repairs, goods)) == []
