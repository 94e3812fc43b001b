"""The stage of a measure by its wording: the table, lists, documents, subordinate parts, slips of the keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vekha.stages.phrases import PHRASES
from vekha.stages.catalogue import Stage
from vekha.stages.classify import MAX_TEXT, classify
from vekha.stages.lexicon import load_forms

TABLE = [(phrase, stage) for stage, phrases in PHRASES.items() for phrase in phrases]


def test_the_table_is_large_and_names_every_stage() -> None:
    assert len(TABLE) >= 250
    assert set(PHRASES) == set(Stage)


@pytest.mark.parametrize(("phrase", "stage"), TABLE)
def test_wording_tells_the_stage(phrase: str, stage: Stage) -> None:
    found = classify(phrase)
    assert found.stage is stage, found.reason


@pytest.mark.parametrize(("phrase", "stage"), [pair for pair in TABLE if pair[1] is not Stage.OTHER])
def test_capitals_and_spaces_change_nothing(phrase: str, stage: Stage) -> None:
    assert classify(phrase.upper().replace(" ", "\u00a0 ")).stage is stage


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Утверждены: 1. должностное лицо; 2. комплекс мер; 3. типовой дизайн-проект", Stage.LEGAL_BASIS),
        ("1) Утверждение планов мероприятий на учебный год 2) Получено оборудование", Stage.ACTIVITY_PLAN),
        ("1) Получено оборудование 2) Утверждение планов мероприятий на учебный год", Stage.EQUIPMENT_INSTALLED),
        ("Проведение: - фотомониторинга помещений; - мониторинга показателей", Stage.SITE_MONITORING),
        ("Утверждение:\n- показателей деятельности;\n- инфраструктурного листа", Stage.LEGAL_BASIS),
        ("Сформирован инфраструктурный лист: 1) перечень закупок; 2) показатели", Stage.INFRASTRUCTURE_LIST),
        ("Обучение педагогов; закупка оборудования", Stage.STAFF_TRAINING),
        ("Обеспечение работы: 1) ремонт; 2) объявление закупок", Stage.OTHER),
    ],
)
def test_a_list_takes_the_stage_of_its_first_item(text: str, stage: Stage) -> None:
    assert classify(text).stage is stage


@pytest.mark.parametrize(
    ("text", "results", "stage"),
    [
        ("Проведён мониторинг", "фотоотчёт", Stage.SITE_MONITORING),
        ("Проведён мониторинг", "отчёт федеральному оператору по показателям", Stage.INDICATOR_MONITORING),
        ("Проведён мониторинг", "", Stage.PROGRESS_MONITORING),
        ("Проведение необходимых процедур", "извещения о проведении закупок", Stage.PROCUREMENT),
        ("Работа с кадрами", "удостоверения о повышении квалификации", Stage.STAFF_TRAINING),
        ("Выполнены мероприятия этапа", "акты приёма-передачи, накладные", Stage.EQUIPMENT_INSTALLED),
        ("Ремонт помещений", "фотоотчёт", Stage.SITE_MONITORING),
        ("Ремонт помещений", "акт выполненных работ", Stage.OTHER),
        ("Зачисление обучающихся", "локальный акт", Stage.OTHER),
        ("Обеспечено наличие базового набора", "письмо с перечнем оборудования", Stage.BASE_EQUIPMENT),
        ("Начало работы центра", "распорядительный акт", Stage.LAUNCH),
        ("Утверждены показатели", "соглашение", Stage.LEGAL_BASIS),
    ],
)
def test_documents_decide_only_where_the_text_does_not(text: str, results: str, stage: Stage) -> None:
    assert classify(text, results).stage is stage


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Поставка оборудования в соответствии с инфраструктурным листом", Stage.EQUIPMENT_INSTALLED),
        ("Объявление закупок согласно инфраструктурному листу", Stage.PROCUREMENT),
        ("Заключено соглашение о субсидии для закупки оборудования", Stage.SUBSIDY_AGREEMENT),
        ("Объявлены закупки на основании заключённого соглашения о субсидии", Stage.PROCUREMENT),
        ("Назначен ответственный за мониторинг показателей", Stage.LEGAL_BASIS),
        ("Начало работы центра в соответствии с дорожной картой", Stage.LAUNCH),
        ("Утверждён план мероприятий на учебный год в целях достижения показателей", Stage.ACTIVITY_PLAN),
    ],
)
def test_what_is_only_subordinate_does_not_decide(text: str, stage: Stage) -> None:
    assert classify(text).stage is stage


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Обьявлены закупки товаров и услуг", Stage.PROCUREMENT),
        ("Сформирован инфрастуктурный лист", Stage.INFRASTRUCTURE_LIST),
        ("Проведено повышение квалфикации педагогов", Stage.STAFF_TRAINING),
        ("Мониторинг выполненния покзателей", Stage.INDICATOR_MONITORING),
        ("Получено и налажено оборудо-вание", Stage.EQUIPMENT_INSTALLED),
        ("\x4fбъявлены з\x61купки", Stage.PROCUREMENT),
    ],
)
def test_slips_of_the_keyboard_are_read_through(text: str, stage: Stage) -> None:
    assert classify(text).stage is stage


def test_a_misspelt_word_costs_confidence_and_is_named() -> None:
    clean, slip = classify("Сформирован инфраструктурный лист"), classify("Сформирован инфрастуктурный лист")
    assert slip.confidence < clean.confidence
    assert "инфрастуктурный" in slip.reason
    assert "опечат" in slip.reason


def test_the_reason_quotes_the_words_that_decided() -> None:
    assert classify("Объявлены закупки товаров").reason == "объявление закупок: «объявлены закупки»"
    assert "документу" in classify("Проведён мониторинг", "фотоотчёт").reason
    assert classify("Проведение родительских собраний").reason.startswith("ни одно правило")


def test_confidence_says_how_clear_the_wording_is() -> None:
    clear = classify("Сформирован и согласован инфраструктурный лист")
    vague = classify("Проведён мониторинг")
    nothing = classify("Проведение родительских собраний")
    assert clear.confidence > 0.8 > vague.confidence > nothing.confidence


def test_agreeing_documents_raise_confidence_and_others_lower_it() -> None:
    text = "Объявлены закупки оборудования"
    alone = classify(text).confidence
    assert classify(text, "извещения о закупках").confidence > alone > classify(text, "фотоотчёт").confidence


@given(st.text(max_size=300), st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_has_a_stage_a_reason_and_a_share(text: str, results: str) -> None:
    found = classify(text, results)
    assert found.stage in Stage
    assert found.reason
    assert 0 < found.confidence <= 1


@given(st.lists(st.sampled_from(sorted(load_forms())), max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_words_of_the_rules_have_a_stage(words: list[str]) -> None:
    assert classify(" ".join(words)).reason


def test_a_huge_text_is_read_to_its_limit_only() -> None:
    assert classify("Объявлены закупки " + "товаров " * MAX_TEXT).stage is Stage.PROCUREMENT
    assert classify("мониторинг " * MAX_TEXT).stage is Stage.PROGRESS_MONITORING
