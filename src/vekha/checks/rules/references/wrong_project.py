"""A national project named for a time when it does not run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Passage, Subject
from vekha.checks.wording import counted, day_text, folded
from vekha.packs.model import NationalProject
from vekha.problems import Severity
from vekha.text.normalise import collapse

_REACH = 60
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NAMED = re.compile(r"(?:национальн\w+ (?:\w+ )?проект\w*|нацпроект\w*)[ \"«„]{0,4}([^\"»“„«]{3,60})")


@rule(
    "RF06",
    slug="wrong-project",
    family=Family.REFERENCES,
    severity=Severity.WARNING,
    basis="Паспорта национальных проектов: «Образование» – 2019–2024 годы, «Молодёжь и дети» – 2025–2030 годы",
)
def wrong_project(subject: Subject) -> Iterator[Violation]:
    """Национальный проект в это время не действует.

    Почему:
        Название проекта копируют из прошлогоднего документа: деньги идут уже по другому проекту, и ссылка на завершённый
        делает основание расходов неверным. Сравнивается год карты, а без него – дата распоряжения.

    Нарушение:
        Дорожная карта по созданию центров «Точка роста» в рамках национального проекта «Образование» на 2027 год

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |

    Правильно:
        Дорожная карта по созданию центров «Точка роста» в рамках национального проекта «Молодёжь и дети» на 2027 год

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
    """
    projects = [(folded(project.name), project) for project in subject.library.national_projects]
    met: dict[tuple[str, date], list[Passage]] = {}
    found: dict[str, NationalProject] = {}
    for passage in subject.passages:
        if "проект" not in passage.text.casefold():
            continue
        day, text = _day(subject, passage), _own_words(subject, passage)
        for match in _NAMED.finditer(text):
            project = next((each for name, each in projects if match[1].strip().startswith(name)), None)
            if project is None or day is None or project.start <= day <= project.end:
                continue
            if not _speaks_of_past(text[match.end() : match.end() + _REACH], project, day):
                found[project.name] = project
                met.setdefault((project.name, day), []).append(passage)
    for (name, day), passages in met.items():
        project, first = found[name], passages[0]
        times = counted(len(passages), "раз", "раза", "раз")
        message = (
            f"Национальный проект «{name}» ({times}) действует с {day_text(project.start)} по {day_text(project.end)}, "
            f"а документ относится ко времени с {day_text(day)}."
        )
        yield Violation(
            message, "Назовите проект, который действует в году карты.", first.roadmap, first.measure, first.place, day
        )


def _own_words(subject: Subject, passage: Passage) -> str:
    """The passage without the titles of the acts it cites, which name the projects of their own time."""
    text = collapse(passage.text)
    for cited in subject.order.cited:
        text = text.replace(cited.text, " ")
    return folded(text)


def _speaks_of_past(after: str, project: NationalProject, day: date) -> bool:
    """«… национального проекта «Образование» в 2019–2024 годах»: a year of the project other than the document's."""
    return any(
        project.start.year <= int(year) <= project.end.year and int(year) < day.year for year in _YEAR.findall(after)
    )


def _day(subject: Subject, passage: Passage) -> date | None:
    """From when the passage speaks: the beginning of its roadmap's year, or the order's day if that is later."""
    years = [subject.year_of(roadmap) for roadmap in subject.roadmaps]
    year = years[passage.roadmap] if passage.roadmap is not None else next((each for each in years if each), None)
    starts = date(year, 1, 1) if year is not None else None
    adopted = subject.order.date
    return max(starts, adopted) if starts and adopted else starts or adopted
