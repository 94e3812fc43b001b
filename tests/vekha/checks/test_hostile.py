"""Strange documents: no rule crashes on any, and a long one is judged in reasonable time."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patience import within
from tests.vekha.checks.examples import indicators, order, roadmap, subject_of
from vekha.checks.catalogue import RULES
from vekha.checks.run import run_rules

CELLS = st.one_of(
    st.sampled_from((
        "", "–", "«", "»»", "(((", "1)", "1 марта", "31 июня 2027 года", "1 марта 9999 года", "ежеквартально", "в течение года",
        "29 февраля года получения субсидии", "30 декабря года, предшествующего году получения субсидии, далее – ежегодно",
        "Лосев Н.А., Н.А. Лосев", "Заречная область", "<p>", "MAOU", "1. а; 2. б", "после подписания", "тот же срок", "№ 0", "0,5 %",
    )),
    # a text with control characters is refused before any rule sees it
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="|\u2028\u2029"), max_size=30),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=4).map(" | ".join), min_size=1, max_size=8)


@settings(max_examples=60)
@given(ROWS, ROWS, st.sampled_from((None, 1990, 2027, 9998)))
def test_no_rule_crashes(rows: list[str], others: list[str], year: int | None) -> None:
    text = order(*rows, title="Дорожная карта по созданию школьного Кванториума на 2027 год")
    listed = indicators(*others)
    subject = subject_of(
        f"{text}\n\n{listed}\nОзнакомлены:\n\nЛосев Н.А.\n", against=roadmap(*others), subsidy_year=year
    )
    assert [(crash.rule, crash.error) for crash in run_rules(subject, RULES).crashes] == []


def test_thousands_of_people_are_judged_in_bounded_time() -> None:
    chance = random.Random(7)

    def person() -> str:
        surname = "".join(chance.choices("бвгдежзиклмн", k=6)).capitalize()
        return f"{surname} {chance.choice('АБВ')}.{chance.choice('АБВ')}."

    rows = [f"Мероприятие {number} | 1 марта 2027 года | {person()}, {person()} | Акт" for number in range(2000)]
    text = roadmap(*rows) + "\nОзнакомлены:\n\n" + "\n".join(person() for _ in range(1000))
    subject = subject_of(text)
    with within(90):
        report = run_rules(subject, RULES)
    assert report.crashes == ()
    assert {"RS06", "RS07"} <= {finding.rule for finding in report.findings}
