"""What the gallery shows: an invented region, invented schools, one fixed day, so that pictures of it can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from vekha_portal.ui.bridge import region_names
from vekha_portal.ui.components import CalendarEvent, Chart, Difference, EvidenceItem, Series, Step, Tab
from vekha_portal.ui.deadlines import DayOff, ShownDeadline
from vekha_portal.ui.frame import Frame, NavItem, Seat, Who
from vekha_portal.ui.gantt import GanttChart, GanttMark, GanttRow, draw_gantt
from vekha_portal.ui.heat import HeatCell, HeatColumn, HeatGrid, HeatRow
from vekha_portal.ui.tables import Column
from vekha_portal.ui.tiles import TileMap, TileValue, draw_tiles
from vekha_portal.ui.tones import State, Tone

TODAY = date(2026, 8, 20)

STATES = (
    State("принято", Tone.GOOD),
    State("на проверке", Tone.BUSY),
    State("срок близко", Tone.ATTENTION),
    State("просрочено", Tone.BAD),
    State("ждёт графика оператора", Tone.WAITING),
    State("ещё не начато", Tone.QUIET),
    State("возвращено", Tone.ATTENTION, "arrow-back-up"),
    State("не применяется", Tone.QUIET, "ban"),
)

MEASURES = (
    "Утверждено должностное лицо, ответственное за создание и функционирование центров",
    "Сформирован и согласован инфраструктурный лист",
    "Согласован дизайн-проект помещений",
    "Заключено дополнительное соглашение по реализации регионального проекта",
    "Объявлены закупки товаров, работ и услуг",
    "Доставлено, установлено и налажено оборудование",
    "Проведён мониторинг работ по приведению площадок в соответствие",
    "Повышена квалификация педагогов",
    "Начало работы центров",
)

CENTRES = (
    "Школа № 1, Берёзовск",
    "Школа № 4, Берёзовск",
    "Лицей, Приозёрный",
    "Гимназия, Светлый Яр",
    "Школа, с. Луговое",
    "Школа, пос. Новый",
)

COLUMNS = (
    Column("number", "№", ("number",), numeric=True, narrow=True),
    Column("text", "Мероприятие", ("text",)),
    Column("state", "Состояние", ("state",)),
    Column("due", "Срок", ("due",)),
    Column("centres", "Центров", ("centres",), numeric=True),
)

DEADLINES = (
    ShownDeadline("не позднее 25 августа 2026 года", TODAY + timedelta(5), TODAY),
    ShownDeadline("до 1 августа 2026 г.", date(2026, 8, 1), TODAY, DayOff(date(2026, 7, 31), date(2026, 8, 3))),
    ShownDeadline(
        "1 ноября 2026 года", date(2026, 11, 1), TODAY, DayOff(date(2026, 10, 30), date(2026, 11, 2), provisional=True)
    ),
    ShownDeadline(
        "согласно графику федерального оператора", None, TODAY, waiting="ждёт графика федерального оператора"
    ),
    ShownDeadline("не позднее 1 июля 2026 г.", date(2026, 7, 1), TODAY, done=True),
    ShownDeadline("до 15 августа 2026 г.", date(2026, 9, 10), TODAY, extended_from=date(2026, 8, 15)),
)

STEPS = (
    Step("Правовая основа", State("принято", Tone.GOOD), "1 октября 2025 г.", "Приказ № 114-п, перечень из 42 школ."),
    Step("Инфраструктурный лист", State("принято", Tone.GOOD), "30 ноября 2025 г."),
    Step(
        "Закупки",
        State("возвращено", Tone.ATTENTION, "arrow-back-up"),
        "до 30 апреля 2026 г.",
        "Нет извещения по лоту 3.",
    ),
    Step("Оборудование", State("просрочено", Tone.BAD), "до 15 августа 2026 г."),
    Step("Открытие", State("ещё не начато", Tone.QUIET), "1 сентября 2026 г."),
)

EVIDENCE = (
    EvidenceItem(
        "Письмо оператору",
        State("принято", Tone.GOOD),
        "Письмо",
        "214-исх",
        date(2026, 2, 3),
        "Департамент образования",
        "#",
        "письмо-214.pdf",
        "312 КБ",
    ),
    EvidenceItem(
        "Ответ оператора",
        State("возвращено", Tone.ATTENTION, "arrow-back-up"),
        "Письмо",
        "88/2",
        date(2026, 1, 30),
        "Федеральный оператор",
        "#",
        "ответ.pdf",
        "1,1 МБ",
        "Дата ответа раньше даты запроса: приложите правильное письмо.",
        "Лукина А. П., 12 февраля",
    ),
    EvidenceItem("Распорядительный акт", State("ожидается", Tone.QUIET)),
)

DIFFERENCES = (
    Difference("Срок", "не позднее 1 марта 2026 года", "не позднее 15 апреля 2026 года"),
    Difference("Ответственный", "Департамент образования", "Департамент образования, региональный оператор"),
    Difference("Результат", "", "Письмо федерального оператора и распорядительный акт"),
    Difference("Примечание", "По согласованию", ""),
)

TABS = (
    Tab("Меры", "?tab=measures", current=True, icon="list-details"),
    Tab("Матрица", "?tab=matrix", icon="table"),
    Tab("Гант", "?tab=gantt", icon="timeline"),
    Tab("Замечания", "?tab=findings", count=4, icon="alert-triangle"),
    Tab("Редакции", "?tab=revisions", icon="versions"),
)

REACH = Chart(
    "Охват по кварталам",
    ("I кв.", "II кв.", "III кв.", "IV кв."),
    (Series("Обучающиеся", (210, 480, 610, 790)), Series("Минимум", (188, 375, 563, 750), "line")),
)
EVENTS = (
    CalendarEvent("Повышение квалификации", date(2026, 8, 10), date(2026, 8, 14)),
    CalendarEvent("Отчёт о ходе работ", date(2026, 8, 25), url="#"),
    CalendarEvent("Начало работы центров", date(2026, 9, 1), url="#"),
)

FACTS = (
    ("Издал", "Департамент образования Северского края"),
    ("Принято", "1 октября 2025 г."),
    ("Контроль", "Лукина А. П."),
    ("Действует", "с 5 октября 2025 г., редакция 2"),
)

SEAT = Seat("1", "региональный координатор", "Департамент образования Северского края")
FRAME = Frame(
    navigation=(
        NavItem("today", "Сегодня", "/ui/?in=today", "calendar-due", count=7, on_phone=True),
        NavItem("orders", "Распоряжения", "/ui/?in=orders", "gavel", on_phone=True),
        NavItem("execution", "Исполнение", "/ui/?in=execution", "grid-dots", on_phone=True),
        NavItem("centres", "Центры", "/ui/?in=centres", "school", on_phone=True),
        NavItem("region", "Регион", "/ui/?in=region", "map-2"),
        NavItem("reports", "Отчёты", "/ui/?in=reports", "file-export"),
        NavItem("workload", "Нагрузка", "/ui/?in=workload", "users"),
        NavItem("gallery", "Оформление", "/ui/", "layout-grid"),
    ),
    who=Who("Лукина А. П.", SEAT, (Seat("2", "контролёр", "Правительство края"),), "/ui/", "/ui/?profile", "/ui/"),
    home_url="/ui/",
    search_url="/ui/",
    notices_url="/ui/?notices",
    notices=3,
)


def list_rows(*, text: str, state: str) -> list[dict[str, object]]:
    """Rows of the sample table that fit the filter."""
    rows: list[dict[str, object]] = []
    for index in range(126):
        shown = STATES[index * 5 % len(STATES)]
        measure = MEASURES[index % len(MEASURES)]
        if (text.casefold() in measure.casefold()) and state in ("", str(shown.tone)):
            due = TODAY + timedelta(index * 7 % 90 - 20)
            rows.append(
                {
                    "pk": index,
                    "number": index + 1,
                    "text": measure,
                    "state": shown,
                    "due": due,
                    "centres": index * 37 % 300,
                }
            )
    return rows


def sort_rows(rows: list[dict[str, object]], order_by: Sequence[str]) -> list[dict[str, object]]:
    """The rows as a database would give them."""
    for name in reversed(order_by):
        key = name.removeprefix("-")
        rows.sort(key=lambda row: _sort_key(row[key]), reverse=name.startswith("-"))
    return rows


def _sort_key(value: object) -> tuple[int, str]:
    if isinstance(value, int):
        return value, ""
    return 0, value.label if isinstance(value, State) else str(value)


def sample_grid(rows: int = 12) -> HeatGrid:
    """Centres × measures."""
    columns = tuple(HeatColumn(str(number), text, "#") for number, text in enumerate(MEASURES, 1))
    return HeatGrid(
        "Исполнение: центры и мероприятия", columns, tuple(_heat_row(index, len(columns)) for index in range(rows))
    )


def _heat_row(index: int, columns: int) -> HeatRow:
    cells = tuple(None if (index + column) % 17 == 5 else _heat_cell(index, column) for column in range(columns))
    note = "Берёзовский район" if index % 6 < 2 else ""
    return HeatRow(CENTRES[index % len(CENTRES)], "#", cells, note)


def _heat_cell(row: int, column: int) -> HeatCell:
    state = STATES[min(column // 2 + (row * 7 + column * 3) % 4 * (row % 3), 5)] if column < 8 else STATES[5]
    return HeatCell(state.tone, f"мера {column + 1}: {state.label}", "#")


def sample_map() -> TileMap:
    """All regions with an invented figure each."""
    words = {Tone.GOOD: "в графике", Tone.ATTENTION: "отстаёт", Tone.BAD: "сорвано", Tone.QUIET: "не начато"}
    values = {}
    for index, code in enumerate(sorted(region_names())):
        tone = (Tone.GOOD, Tone.GOOD, Tone.ATTENTION, Tone.GOOD, Tone.BAD, Tone.GOOD, Tone.QUIET)[index * 3 % 7]
        share = index * 31 % 101
        if index % 13 != 12:
            values[code] = TileValue(f"{share} %", tone, words[tone], f"открыто {share} %, {words[tone]}", "#")
    return draw_tiles(values, names=region_names())


def sample_gantt() -> GanttChart:
    """A wave in the middle of its year."""
    days = (
        date(2025, 10, 1),
        date(2025, 11, 30),
        date(2026, 1, 15),
        date(2026, 2, 28),
        date(2026, 4, 30),
        date(2026, 8, 15),
        date(2026, 8, 25),
        date(2026, 8, 30),
        date(2026, 9, 1),
    )
    states = (STATES[0], STATES[0], STATES[0], STATES[1], STATES[6], STATES[3], STATES[2], STATES[5], STATES[5])
    rows = [
        GanttRow(f"{number}. {text}", (GanttMark(day, state, day_off=day.weekday() > 4, url="#"),), url="#")
        for number, (text, day, state) in enumerate(zip(MEASURES, days, states, strict=True), 1)
    ]
    rows[7] = GanttRow(rows[7].text, rows[7].marks, ((date(2026, 3, 1), date(2026, 6, 30)),), url="#")
    rows.append(GanttRow("10. Ежеквартальный мониторинг показателей", waiting="ждёт: график федерального оператора"))
    chart = draw_gantt(rows, today=TODAY, is_day_off=lambda day: day.weekday() > 4)
    assert chart is not None
    return chart
