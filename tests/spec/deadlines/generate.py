"""Writes ``docs/deadlines.md`` from the specification: ``python -m tests.spec.deadlines.generate``."""

from __future__ import annotations

from pathlib import Path

from tests.spec.deadlines.specification import Chapter, Phrase, answer, read_chapters
from vekha.deadlines import Conventions
from vekha.deadlines.conventions import explain
from vekha.deadlines.syntax import NotUnderstood
from vekha.problems import Severity

PAGE = Path(__file__).parents[3] / "docs" / "deadlines.md"
MONTHS = ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
WAITS = {
    "schedule": "ждёт графика",
    "event": "ждёт события",
    "subsidy-year": "ждёт года субсидии",
    "year": "ждёт года",
    "need": "ждёт необходимости",
}
SEVERITIES = {Severity.ERROR: "ошибка", Severity.WARNING: "предупреждение", Severity.NOTE: "заметка"}
GIVEN = {
    "subsidy_year": "год субсидии",
    "year": "год",
    "until": "до",
    "schedule": "график",
    "event": "событие",
}
HEAD = """\
# Сроки

Как программа понимает формулировки сроков и какие даты из них получаются. Страница составлена из проверок
`tests/spec/deadlines/`: каждая строка таблиц выполняется как тест.

Проверить свою фразу: `vekha deadline "1 октября года получения субсидии, далее – ежеквартально" --subsidy-year 2027`.

## Что принято по умолчанию

{conventions}

## Как читать таблицы

- **Фраза** – как в документе; под ней то, что известно кроме неё: год документа, год субсидии, дата графика или события,
  граница повторения.
- **Понята как** – та же мысль, записанная программой; прочитанная снова, она значит то же самое.
- **Даты** – дни; `*` – нерабочий день (дата не переносится, рядом показывают соседние рабочие дни); в скобках – отчётный
  период, который закрывает повторяющийся срок. Повторения показаны до трёх дат.
- **Замечания** – коды; их перечень в конце страницы.
"""


def render_page() -> str:
    """The whole page."""
    conventions = "\n".join(f"- {sentence}" for sentence in explain(Conventions()))
    parts = [HEAD.format(conventions=conventions)]
    parts += [_render_chapter(chapter) for chapter in read_chapters()]
    parts.append(_render_notes())
    return "\n".join(parts)


def _render_chapter(chapter: Chapter) -> str:
    rows = [
        f"## {chapter.title}",
        "",
        chapter.about,
        "",
        "| Фраза | Понята как | Даты | Замечания |",
        "| --- | --- | --- | --- |",
    ]
    rows += [_render_row(phrase) for phrase in chapter.phrases]
    return "\n".join([*rows, ""])


def _render_row(phrase: Phrase) -> str:
    given = "; ".join(f"{GIVEN[key]} {_render_value(value)}" for key, value in phrase.given.items())
    text = " ⏎ ".join(phrase.text.splitlines()).replace("|", "\\|").replace("*", "\\*") or "(пусто)"
    first = f"{text}<br>*{given}*" if given else text
    return f"| {first} | {phrase.canonical or '–'} | {_render_dates(phrase)} | {', '.join(phrase.notes)} |"


def _render_value(value: object) -> str:
    return _render_day(value) if isinstance(value, str) else str(value)


def _render_day(text: str) -> str:
    year, month, day = text.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def _render_dates(phrase: Phrase) -> str:
    if not phrase.dates:
        return WAITS.get(phrase.waits, "нет")
    shown = []
    for text in phrase.dates[:3]:
        day, *rest = text.split()
        period = next((f" ({word})" for word in rest if word != "выходной"), "")
        shown.append(_render_day(day) + ("\\*" if "выходной" in rest else "") + period)
    return ", ".join(shown) + (" …" if len(phrase.dates) > 3 else "")


def _render_notes() -> str:
    """Every code the specification meets, with one message as an example."""
    examples: dict[str, tuple[str, str]] = {}
    for chapter in read_chapters():
        for phrase in chapter.phrases:
            for problem in answer(phrase).problems:
                examples.setdefault(problem.code, (SEVERITIES[problem.severity], f"{problem.message} {problem.hint}"))
    rows = ["## Замечания", "", "| Код | Вес | Например |", "| --- | --- | --- |"]
    rows += [f"| `{code}` | {weight} | {message} |" for code, (weight, message) in sorted(examples.items())]
    unknown = sum(
        isinstance(answer(phrase).deadline.when, NotUnderstood) for each in read_chapters() for phrase in each.phrases
    )
    total = sum(len(chapter.phrases) for chapter in read_chapters())
    return "\n".join([*rows, "", f"Всего фраз: {total}, из них заведомо непонятных или пустых: {unknown}.", ""])


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8")
