"""Remains of HTML and markdown, and marks of footnotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vekha.text.markup import strip_footnote_marks, strip_markup


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("<p>Первый</p><p>второй</p>", "Первый\nвторой"),
        ("<P CLASS='x'>Первый</P>\n<p>второй", "Первый\nвторой"),
        ("строка<br>строка<br/>строка<br />строка", "строка\nстрока\nстрока\nстрока"),
        ("<ul><li>один</li><li>два</li></ul>", "один\nдва"),
        ("<ol><li>один<li>два</ol>", "один\nдва"),
        (
            '<p>2. Утверждение:</p> <ul style="a: none;">- показателей;- положения',
            "2. Утверждение:\n- показателей;- положения",
        ),
        ("<ul>- один; - два;– три</ul> и после; - не список", "- один; - два;– три\nи после; - не список"),
        ("<b>жирный</b> <span style='color:red'>текст</span>", "жирный текст"),
        ("<td>ячейка</td><td>другая</td>", "ячейка  другая"),
        ('<a href="http://a.ru/?x=1>2">ссылка</a>', "ссылка"),
        ("<!-- скрытое -->видимое<!-- опять -->", "видимое"),
        ("<style>p {color: red}</style><script>x<y</script>текст", "текст"),
        ("<o:p></o:p><w:t>слово</w:t><![if !supportLists]>", "слово"),
        ("<?xml version='1.0'?><!DOCTYPE html>слово", "слово"),
        ("1&nbsp;марта &laquo;Точка&raquo; &#8212; &#x2014; &lt;5", "1\xa0марта «Точка» — — <5"),
        ("&lt;p&gt;Утверждение&lt;/p&gt;", "Утверждение"),
        ("&amp;nbsp;x&amp;amp;", "x&"),
        ("60 м<sup>2</sup>, центра<sup>1</sup>", "60 м², центра¹"),
        ("H<sub>2</sub>O", "H2O"),
        ("**Комплекс мер** по созданию", "Комплекс мер по созданию"),
        ("**КОМПЛЕКС\nМЕР**", "КОМПЛЕКС\nМЕР"),
        ("***важно*** и __важно__", "важно и важно"),
        ("*курсив* и `код`", "курсив и код"),
        ("# Заголовок\n## Другой", "Заголовок\nДругой"),
        ("[текст](https://example.ru/a_b) и ![рис](/a.png)", "текст и рис"),
        ("пункт 1\\. и 2020\\* года", "пункт 1. и 2020* года"),
        ("\n\n  один  \n \n два ", "один\nдва"),
    ],
)
def test_markup_goes_and_breaks_stay(written: str, clean: str) -> None:
    assert strip_markup(written) == clean


@pytest.mark.parametrize(
    "text",
    [
        "2020* года и 5* и 2** и 3**",
        "* – по согласованию; ** – при наличии",
        "a < b и c > d",
        "менее <5 и >10",
        "<наименование организации>",
        "<ФИО>",
        "№ 5 # 6",
        "AT&T, R&D, ?a=1&section=2",
        "10 * 5 * 2",
        "имя_файла_один",
        "[1] и [текст] (в скобках)",
        "&#99999999999999999999999;",
        "__",
        "**",
    ],
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert strip_markup(text) == text


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("10 ноября 2020* года", "10 ноября 2020 года"),
        ("в 2024** году", "в 2024 году"),
        ("мероприятия¹", "мероприятия"),
        ("мероприятия ¹ и", "мероприятия и"),
        ("учреждений<sup>1</sup> и", "учреждений и"),
        ("года<sup>*</sup>", "года"),
        ("организации [1]", "организации"),
        ("организации[12], школы [*]", "организации, школы"),
        ("«Кванториум»*, (далее – Центр)¹.", "«Кванториум», (далее – Центр)."),
        ("до 1 сентября 2021 г.*", "до 1 сентября 2021 г."),
        ("30 декабря*", "30 декабря"),
        ("Срок***", "Срок"),
        ("года*)", "года"),
        ("2024¹ года", "2024 года"),
        ("центров¹²;", "центров;"),
        ("«Точка роста» [2]", "«Точка роста»"),
    ],
)
def test_footnote_marks_go(written: str, clean: str) -> None:
    assert strip_footnote_marks(written) == clean


@pytest.mark.parametrize(
    "text",
    [
        "60 м², 5 км², 10³ и кв.м²",
        "5*",
        "2**",
        "15*",
        "№ 1",
        "* по согласованию",
        "** – при наличии",
        "(*)",
        "п. [1], см. [2]",
        "[Приложение]",
        "1*2*3",
        "слово****",
        "[2024]",
        "H²",
    ],
)
def test_powers_numbers_and_footnotes_themselves_stay(text: str) -> None:
    assert strip_footnote_marks(text) == text


def test_a_power_in_a_tag_becomes_one_character() -> None:
    assert strip_footnote_marks("60 м<sup>2</sup>") == "60 м²"


@given(st.text(alphabet="<>/pbrul i&;#x12*_`[]()\"'\n-!аб", max_size=80))
def test_anything_can_be_stripped(text: str) -> None:
    clean = strip_markup(text)
    assert clean == clean.strip()
    assert "\n\n" not in clean
    assert sum(letter in "аб" for letter in clean) <= sum(letter in "аб" for letter in text)


@given(st.text(alphabet="абв, .«»()", max_size=60))
def test_plain_text_is_only_stripped(text: str) -> None:
    assert strip_markup(text) == text.strip()
    assert strip_footnote_marks(text) == text
