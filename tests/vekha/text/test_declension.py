"""Names back to the nominative: whole paradigms, then the hard ones. All people are invented."""

from __future__ import annotations

import pytest

from vekha.text.declension import (
    Case,
    Gender,
    nominative_given,
    nominative_patronymic,
    nominative_surname,
    patronymic_gender,
)
from vekha.text.names import nominative_name

G, D, A, I, P = Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL  # noqa: E741 — cases
CASES = (G, D, A, I, P)
# Nominative; genitive, dative, accusative, instrumental, prepositional.
PARADIGMS = {
    "Лосев": "Лосева Лосеву Лосева Лосевым Лосеве",
    "Лосева": "Лосевой Лосевой Лосеву Лосевой Лосевой",
    "Грачёв": "Грачёва Грачёву Грачёва Грачёвым Грачёве",
    "Ильин": "Ильина Ильину Ильина Ильиным Ильине",
    "Ильина": "Ильиной Ильиной Ильину Ильиной Ильиной",
    "Птицын": "Птицына Птицыну Птицына Птицыным Птицыне",
    "Зимовский": "Зимовского Зимовскому Зимовского Зимовским Зимовском",
    "Зимовская": "Зимовской Зимовской Зимовскую Зимовской Зимовской",
    "Троицкий": "Троицкого Троицкому Троицкого Троицким Троицком",
    "Троицкая": "Троицкой Троицкой Троицкую Троицкой Троицкой",
    "Гринько": "Гринько Гринько Гринько Гринько Гринько",
    "Петренко": "Петренко Петренко Петренко Петренко Петренко",
    "Черных": "Черных Черных Черных Черных Черных",
    "Долгих": "Долгих Долгих Долгих Долгих Долгих",
    "Гогоберидзе": "Гогоберидзе Гогоберидзе Гогоберидзе Гогоберидзе Гогоберидзе",
    "Квирикашвили": "Квирикашвили Квирикашвили Квирикашвили Квирикашвили Квирикашвили",
    "Шевчук": "Шевчука Шевчуку Шевчука Шевчуком Шевчуке",
    "Коваль": "Коваля Ковалю Коваля Ковалем Ковале",
    "Гайдай": "Гайдая Гайдаю Гайдая Гайдаем Гайдае",
    "Саакян": "Саакяна Саакяну Саакяна Саакяном Саакяне",
    "Толстой": "Толстого Толстому Толстого Толстым Толстом",
    "Белый": "Белого Белому Белого Белым Белом",
}
AMBIGUOUS = {("Коваль", P), ("Гайдай", P)}


@pytest.mark.parametrize(
    ("nominative", "case", "form"),
    [
        (nominative, case, form)
        for nominative, forms in PARADIGMS.items()
        for case, form in zip(CASES, forms.split(" "), strict=True)
        if (nominative, case) not in AMBIGUOUS
    ],
)
def test_paradigms(nominative: str, case: Case, form: str) -> None:
    assert nominative_name(f"{form} А.Б.", case) == f"{nominative} А.Б."
    assert nominative_name(f"А.Б.{form.upper()}", case) == f"А.Б.{nominative.upper()}"


@pytest.mark.parametrize(
    ("form", "nominative"),
    [
        ("Орла О.О.", "Орёл О.О."),
        ("Зайца О.О.", "Заяц О.О."),
        ("Кравца О.О.", "Кравец О.О."),
        ("Воробья О.О.", "Воробей О.О."),
        ("Лебедя О.О.", "Лебедь О.О."),
        ("Жука О.О.", "Жук О.О."),
        ("Глинку М.И.", "Глинка М.И."),
        ("Дзюбу М.И.", "Дзюба М.И."),
        ("Щербину М.И.", "Щербина М.И."),
        ("Гарсию М.А.", "Гарсия М.А."),
        ("Чужого А.И.", "Чужой А.И."),
        ("Тихого П.О.", "Тихий П.О."),
        ("Сухого П.О.", "Сухой П.О."),
        ("Дурново П.П.", "Дурново П.П."),
        ("Живаго Ю.А.", "Живаго Ю.А."),
        ("Кима Е.Н.", "Ким Е.Н."),
        ("Ким Е.Н.", "Ким Е.Н."),
        ("Саакян А.А.", "Саакян А.А."),
        ("Лосеву-Зимину А.Б.", "Лосева-Зимина А.Б."),
        ("Лосев А.Б.", "Лосев А.Б."),
        ("Лосева Ивана Ивановича", "Лосев Иван Иванович"),
        ("Лосеву Ольгу Ивановну", "Лосева Ольга Ивановна"),
        ("Мельник Ольгу Ивановну", "Мельник Ольга Ивановна"),
        ("Мельника Олега Ивановича", "Мельник Олег Иванович"),
        ("Ивана Ивановича Лосева", "Иван Иванович Лосев"),
        ("Мамедова Али Гусейн оглы", "Мамедов Али Гусейн оглы"),
        ("Мамедову Лейлу Гусейн кызы", "Мамедова Лейла Гусейн кызы"),
        ("Петра Ильича Лосева", "Пётр Ильич Лосев"),
        ("на Лосеву А.Б. и Зимина В.Г.", "на Лосева А.Б. и Зимин В.Г."),
        ("начальника отдела", "начальника отдела"),
        ("", ""),
    ],
)
def test_after_vozlozhit_na_the_case_is_accusative(form: str, nominative: str) -> None:
    assert nominative_name(form) == nominative


@pytest.mark.parametrize(
    ("form", "case", "nominative"),
    [
        ("Глинки М.И.", G, "Глинка М.И."),
        ("Дзюбы М.И.", G, "Дзюба М.И."),
        ("Берулии Л.П.", G, "Берулия Л.П."),
        ("Белой А.А.", G, "Белая А.А."),
        ("Глинке М.И.", D, "Глинка М.И."),
        ("Лосевой Марии Ильиничне", D, "Лосева Мария Ильинична"),
        ("Лосеву Ивану Ивановичу", D, "Лосев Иван Иванович"),
        ("Глинкой М.И.", I, "Глинка М.И."),
        ("Лосевым Петром Ильичом", I, "Лосев Пётр Ильич"),
        ("Лосевой Ольгой Фоминичной", I, "Лосева Ольга Фоминична"),
        ("Лосев И.И.", Case.NOMINATIVE, "Лосев И.И."),
    ],
)
def test_other_cases(form: str, case: Case, nominative: str) -> None:
    assert nominative_name(form, case) == nominative
    assert nominative_name(form, str(case)) == nominative


def test_an_unknown_case_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="vocative"):
        nominative_name("Лосев И.И.", "vocative")


def test_the_gender_decides_where_the_ending_does_not() -> None:
    assert nominative_surname("Мельник", A, Gender.FEMININE) == "Мельник"
    assert nominative_surname("Глинке", D, Gender.FEMININE) == "Глинка"
    assert patronymic_gender("Ивановны") is Gender.FEMININE
    assert patronymic_gender("Ильичу") is Gender.MASCULINE
    assert patronymic_gender("Гусейн оглы") is Gender.MASCULINE
    assert patronymic_gender("Гусейн кызы") is Gender.FEMININE
    assert patronymic_gender("Лосев") is None


def test_given_names_and_patronymics() -> None:
    assert nominative_given("Марию", A) == "Мария"
    assert nominative_given("Анну-Марию", A) == "Анна-Мария"
    assert nominative_given("ИГОРЯ", G) == "ИГОРЬ"
    assert nominative_patronymic("ИВАНОВНУ", A) == "ИВАНОВНА"
    assert nominative_patronymic("Фомича", G) == "Фомич"
    assert nominative_patronymic("Гусейн оглы", A) == "Гусейн оглы"


def test_absurdly_long_names_come_back_as_they_are() -> None:
    assert nominative_surname("Л" + "о" * 500 + "ва", A) == "Л" + "о" * 500 + "ва"
