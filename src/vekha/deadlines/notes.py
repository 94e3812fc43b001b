"""What is said to people about a phrase: every message quotes it, every hint says what to do."""

from __future__ import annotations

from datetime import date

from vekha.deadlines.conventions import Conventions
from vekha.problems import Problem, Severity

_LONGEST_QUOTE = 120


def quote(text: str) -> str:
    """The phrase in quotation marks, shortened if it is long.

    >>> quote("31 июня")
    '«31 июня»'
    """
    return f"«{text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rstrip() + '…'}»"


def not_understood(text: str) -> Problem:
    """The phrase has no meaning in the language."""
    return Problem(
        "deadline-not-understood",
        f"Срок {quote(text)} не понят.",
        Severity.ERROR,
        "Запишите срок датой, периодом или повторением: «не позднее 1 марта 2024 года», «I квартал 2024 года», «ежеквартально».",
    )


def impossible_date(text: str, found: str) -> Problem:
    """A day no calendar has."""
    return Problem(
        "impossible-date",
        f"В сроке {quote(text)} дата {quote(found)} не существует.",
        Severity.ERROR,
        "Проверьте день, месяц и год по подлиннику документа.",
    )


def too_long(text: str) -> Problem:
    """A phrase that is no deadline but a page of text."""
    return Problem(
        "deadline-too-long",
        f"Срок длиной {len(text)} знаков не разбирается: {quote(text)}.",
        Severity.ERROR,
        "Проверьте, та ли колонка прочитана как срок.",
    )


def empty(text: str) -> Problem:
    """An empty cell or a dash."""
    return Problem(
        "deadline-empty",
        f"Срок не указан: в ячейке {quote(text)}." if text else "Срок не указан: ячейка пуста.",
        Severity.WARNING,
        "Если срок тот же, что строкой выше, впишите его; если срока нет, подтвердите это.",
    )


def same_as_above(text: str) -> Problem:
    """«тот же срок»: the reader of the table has to look above."""
    return Problem(
        "deadline-same-as-above",
        f"Срок {quote(text)} отсылает к строке выше.",
        Severity.NOTE,
        "Проверьте срок предыдущей строки.",
    )


def partly_understood(text: str, rest: tuple[str, ...]) -> Problem:
    """Something of the phrase was read, something was not."""
    left = f": не понято {quote(' '.join(rest))}" if rest else ""
    return Problem(
        "deadline-partly-understood",
        f"Срок {quote(text)} понят не целиком{left}.",
        Severity.WARNING,
        "Проверьте, что прочитанный срок верен.",
    )


def ambiguous_before(text: str, conventions: Conventions) -> Problem:
    """«до»: whether the day itself belongs to the term."""
    taken = "этот день входит в срок" if conventions.before_includes_day else "этот день в срок не входит"
    return Problem(
        "ambiguous-before",
        f"В сроке {quote(text)} слово «до» неоднозначно: принято, что {taken}.",
        Severity.NOTE,
        "Чтобы не было сомнений, пишите «не позднее» или «включительно».",
    )


def ambiguous_cycle_day(text: str) -> Problem:
    """«ежеквартально, до 10 числа»: of which month."""
    return Problem(
        "ambiguous-cycle-day",
        f"В сроке {quote(text)} не сказано, какого месяца: принят месяц, следующий за отчётным периодом.",
        Severity.NOTE,
        "Уточните: «до 10 числа месяца, следующего за отчётным кварталом».",
    )


def guessed(code: str, text: str, found: str) -> Problem:
    """Something was read that is not written exactly so: a misspelled month, a digit taken for a letter, a year of opening."""
    match code:
        case "deadline-misspelled":
            message, severity = f"В сроке {quote(text)} слово {quote(found)} прочитано как опечатка.", Severity.NOTE
        case "vague-beginning":
            message = f"В сроке {quote(text)} слова {quote(found)} приняты за первый день."
            severity = Severity.NOTE
        case "year-of-opening":
            message = f"В сроке {quote(text)} год «{found}» принят за год получения субсидии."
            severity = Severity.NOTE
        case _:
            message = f"Срок {quote(text)} прочитан с исправлением: {quote(found)}."
            severity = Severity.WARNING
    return Problem(code, message, severity, "Сверьте с подлинником документа.")


def implausible_year(text: str, year: int) -> Problem:
    """A year no plan of ours can mean."""
    return Problem(
        "year-implausible",
        f"В сроке {quote(text)} год {year} неправдоподобен.",
        Severity.WARNING,
        "Проверьте год по подлиннику документа.",
    )


def nothing_due(text: str, why: str) -> Problem:
    """The phrase is understood, but no day is its last."""
    return Problem(
        "no-due-date",
        f"У срока {quote(text)} нет последнего дня: {why}.",
        Severity.NOTE,
        "Уточните, к какому дню работа должна быть закончена.",
    )


def no_leap_day(text: str, year: int) -> Problem:
    """29 February of a common year."""
    return Problem(
        "impossible-date",
        f"В сроке {quote(text)} названо 29 февраля, а {year} год не високосный.",
        Severity.ERROR,
        "Уточните срок.",
    )


def out_of_range(text: str) -> Problem:
    """The date lies outside the years 1…9999."""
    return Problem(
        "date-out-of-range",
        f"Срок {quote(text)} выходит за пределы календаря.",
        Severity.WARNING,
        "Проверьте годы и числа.",
    )


def horizon_cut(text: str, farthest: date) -> Problem:
    """More repetitions were asked for than make sense."""
    return Problem(
        "horizon-cut",
        f"Повторение {quote(text)} рассчитано только до {farthest:%d.%m.%Y}.",
        Severity.NOTE,
        "Задайте более близкую границу повторения.",
    )


def provisional(years: list[int]) -> Problem:
    """Years whose transferred days off nobody has decreed yet."""
    listed = f"{years[0]} год" if len(years) == 1 else f"{years[0]}–{years[-1]} годы"
    return Problem(
        "calendar-provisional",
        f"Выходные дни на {listed} указаны предварительно: переносы ещё не установлены.",
        Severity.NOTE,
        "Проверьте даты после постановления Правительства о переносе выходных дней.",
    )
