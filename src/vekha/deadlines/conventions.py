"""How the open questions of reading deadlines are settled: settings with defaults, each of them shown to the user."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conventions:
    """The settings of reading and dating.

    ``before_includes_day``: «до 1 февраля» is met on 1 February. ``warning_days``: so many days before the end of a period
    of more than a month its end is announced. ``longest_horizon_years``: a recurrence is dated at most so far ahead.
    """

    before_includes_day: bool = True
    warning_days: int = 30
    longest_horizon_years: int = 50


DEFAULT = Conventions()


def explain(conventions: Conventions) -> tuple[str, ...]:
    """The settings in Russian sentences, for people.

    >>> explain(DEFAULT)[0]
    '«До 1 февраля» включает 1 февраля.'
    """
    before = "включает 1 февраля" if conventions.before_includes_day else "означает не позднее 31 января"
    return (
        f"«До 1 февраля» {before}.",
        "Дата без предлога («1 марта 2024 года») означает «не позднее».",
        "«1 октября …, далее – ежеквартально»: следующие сроки 1 января, 1 апреля, 1 июля; каждый закрывает квартал перед ним.",
        "Период («в течение 2024 года», «I квартал») истекает в последний день, предупреждение приходит за"
        f" {conventions.warning_days} дн.",
        "Срок, который приходится на выходной, отмечается; сам он не переносится.",
        "Срок по чужому графику неизвестен, пока график не введён.",
        "Учебный год длится с 1 сентября по 31 августа.",
    )
