"""Invented orders, each with a different table, to be set as PDFs: what stands in every cell is known."""

from __future__ import annotations

from tests.builders.pdf_pages import Grid

HEAD = ["№ п/п", "Наименование мероприятия", "Ответственный исполнитель", "Результат", "Срок"]
BODY = "Министерство просвещения Заозёрного края"
CENTRE = "центров цифровой и гуманитарной направленностей «Лагуна»"


def _rows(count: int) -> list[list[str]]:
    texts = [
        f"Утвержден комплекс мер («дорожная карта») по созданию и функционированию {CENTRE}",
        "Утверждены: 1) должностное лицо, ответственное за создание центров; 2) перечень показателей и индикаторов",
        "Сформирован и согласован инфраструктурный лист (по 12 позициям), включая 3D-принтеры и IT-оборудование",
        "Заключено соглашение о предоставлении субсидии из бюджета края",
        "Объявлены закупки товаров, работ, услуг; заключены контракты на сумму не менее 95 % субсидии",
        "Проведено повышение квалификации педагогических работников (не менее 16 часов)",
        "Оборудование получено, установлено и поставлено на учёт",
    ]
    dates = [
        "до 1 февраля 2026 года",
        "15.03.2026",
        "II квартал 2026 г.",
        "не позднее 25 августа 2026 года",
        "ежеквартально",
    ]
    return [
        [
            f"{number}.",
            texts[number % len(texts)],
            BODY if number % 3 else f"{BODY}, муниципальные органы управления образованием",
            "приказ" if number % 2 else "письмо федерального оператора, акт приёмки (реестр актов)",
            dates[number % len(dates)],
        ]
        for number in range(1, count + 1)
    ]


def plain(count: int = 9) -> Grid:
    """Five columns, a row of numbers under the head."""
    return Grid([HEAD, ["1", "2", "3", "4", "5"], *_rows(count)], [1.4, 6, 4, 4, 3])


def merged_head() -> Grid:
    """A head of two rows merged both ways."""
    rows = [
        ["№", "Мероприятие", "Срок", "", "Исполнитель"],
        ["", "", "начало", "окончание", ""],
        *[
            [str(n), f"Мероприятие {n}: подготовка помещений центра", f"0{n}.02.2026", f"1{n}.03.2026", BODY]
            for n in range(1, 7)
        ],
    ]
    return Grid(rows, [1, 5, 2.4, 2.4, 4], ((0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), (0, 4, 2, 1)))


def merged_rows() -> Grid:
    """One responsible for three rows, section rows over the whole width."""
    rows = [
        ["№", "Мероприятие", "Ответственный", "Срок"],
        ["Раздел 1. Подготовка", "", "", ""],
        ["1.1", "Определены помещения", BODY, "10.01.2026"],
        ["1.2", "Согласован дизайн-проект", "", "20.01.2026"],
        ["1.3", "Утвержден план-график ремонта", "", "30.01.2026"],
        ["Раздел 2. Открытие", "", "", ""],
        ["2.1", "Открыт центр", "школы", "1 сентября 2026 года"],
    ]
    return Grid(rows, [1, 5, 4, 3], ((1, 0, 1, 4), (2, 2, 3, 1), (5, 0, 1, 4)))


def matrix() -> Grid:
    """Dates by programmes, with empty cells."""
    rows = [
        ["Дата", "Программа «Лагуна»", "Программа «Берег»", "Программа «Маяк»"],
        ["31 января", "Объявлены закупки", "", "Объявлены закупки оборудования"],
        ["", "Отв. Лыкова А.Б.", "", "Отв. Юнин К.Л., Ершова В.Г."],
        ["1 марта", "", "Обеспечено наличие базового набора оборудования", ""],
        ["", "", "Отв. Ершова В.Г.", ""],
    ]
    return Grid(rows, [2, 4, 4, 4])


def deadline_third() -> Grid:
    """The deadline in the third column, no numbers of rows."""
    rows = [["Мероприятие", "Ожидаемый результат", "Срок", "Исполнитель"]]
    rows += [[text, result, date, who] for _, text, who, result, date in _rows(6)]
    return Grid(rows, [6, 4, 3, 4])


def with_lists() -> Grid:
    """Lists and paragraphs inside cells."""
    listed = (
        "Утверждены:\n1) положение о центре;\n2) перечень показателей;\n– в том числе по муниципалитетам;\n– по школам"
    )
    rows = [HEAD, ["1.", listed, f"{BODY}\nАдминистрации округов", "приказ\nписьмо", "до 1 марта 2026 года"]]
    return Grid(rows, [1.4, 6, 4, 4, 3])


def long_cells() -> Grid:
    """Cells longer than a page."""
    text = " ".join(
        f"Пункт {n}: обеспечено методическое сопровождение {n} центров, включая организационно-технические вопросы;"
        for n in range(1, 60)
    )
    return Grid(
        [HEAD, ["1.", text, BODY, "отчёт", "ежеквартально"], ["2.", "Коротко", BODY, "акт", "разово"]],
        [1.4, 6, 4, 4, 3],
    )


def quarters() -> Grid:
    """A column for each quarter."""
    head = ["№", "Показатель", "Единица", "I кв.", "II кв.", "III кв.", "IV кв."]
    rows = [head] + [
        [f"{n}.", f"Показатель {n}", "человек", str(n * 10), str(n * 20), "–", str(n * 40)] for n in range(1, 8)
    ]
    return Grid(rows, [1, 5, 2, 1.6, 1.6, 1.6, 1.6])


def one_row() -> Grid:
    """The smallest table."""
    return Grid([["Срок", "1 сентября 2026 года"]], [1, 3])


def many_columns() -> Grid:
    """Fourteen narrow columns."""
    rows = [[f"{r}.{c}" for c in range(14)] for r in range(20)]
    return Grid(rows, [1.0] * 14)


def indicators() -> Grid:
    """Minima for two years, with sub-numbers."""
    rows = [
        ["№ п/п", "Наименование индикатора", "Минимум в год открытия", "Минимум в последующие годы"],
        ["1.", "Численность обучающихся (человек в год)", "150", "300"],
        ["1.1.", "из них в сельской местности", "40", "80"],
        ["2.", "Доля педагогических работников, прошедших обучение (%)", "100", "100"],
    ]
    return Grid(rows, [1, 6, 3, 3])


def every_grid() -> dict[str, Grid]:
    """All of them by name."""
    makers = (
        plain,
        merged_head,
        merged_rows,
        matrix,
        deadline_third,
        with_lists,
        long_cells,
        quarters,
        one_row,
        many_columns,
        indicators,
    )
    return {maker.__name__: maker() for maker in makers}
