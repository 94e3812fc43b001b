"""The tables on the pages of rules over waves → the wave they draw.

Columns, each optional: Центр («Школа № 1–12» are twelve), Мероприятие, Этап, Срок, По распоряжению, Срок региона, Период, Исполнение,
Требуются, Документы («вид от 01.02.2026, файл А, принят; …», «подан 01.02.2026»), Ответственный («… (роль до 15.06.2026)»),
Отсутствует («… 01.07.2026–20.07.2026, замещает …»). «Дано» may say «Сегодня 20.08.2026».
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterator

from vekha.checks.page import read_page
from vekha.stages.catalogue import EvidenceType, Stage
from vekha_portal.findings.rulebook import read_example
from vekha_portal.oversight.facts import Absence, Answerable, Expected, Handed, Point, WaveFacts, group_points
from vekha_portal.oversight.rule import WaveRule
from vekha_portal.oversight.stages.bridge import evidence_name, order_of_work, stage_name

DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
SPAN = re.compile(r"(\d+)–(\d+)$")
PROGRESS = {"ничего не подано": "nothing", "подано не всё": "part", "на проверке": "submitted", "возвращено": "returned", "принято": "accepted"}
STAGES = {stage_name(stage.value): stage.value for stage in Stage}
TYPES = {evidence_name(kind.value).split(" или ")[0]: kind.value for kind in EvidenceType}


def day_in(text: str) -> datetime.date | None:
    found = DAY.search(text)
    return datetime.date(int(found[3]), int(found[2]), int(found[1])) if found else None


def key_of(*parts: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, "|".join(parts))


class Drawing:
    """Turns rows into milestones; equal names are the same person, centre, file."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.absences: dict[int, list[Absence]] = {}
        self.points: list[Point] = []

    def number(self, name: str) -> int:
        return self.numbers.setdefault(name, len(self.numbers) + 1)

    def add(self, row: dict[str, str]) -> None:
        for place in self._places(row.get("Центр", "")):
            self.points.append(self._point(place, row))

    def _places(self, text: str) -> Iterator[str]:
        span = SPAN.search(text)
        if span is None:
            yield text
        else:
            yield from (f"{text[: span.start()]}{each}" for each in range(int(span[1]), int(span[2]) + 1))

    def _point(self, place: str, row: dict[str, str]) -> Point:
        stage = row["Этап"]
        required = tuple(self._expected(stage, name) for name in row.get("Требуются", "").split("; ") if name)
        documents = tuple(self._handed(stage, place, text) for text in row.get("Документы", "").split("; ") if text)
        people = tuple(self._person(text) for text in row.get("Ответственный", "").split("; ") if text)
        for text in row.get("Отсутствует", "").split("; "):
            self._absence(text)
        dated = [each.dated_on for each in documents if each.dated_on]
        return Point(
            id=len(self.points) + 1, measure=key_of(stage), number="", text=row.get("Мероприятие") or stage, stage=STAGES[stage],
            organisation=self.number(place), place=place, centre=self.number(place) if place else None, period=row.get("Период", ""),
            planned_on=day_in(row.get("По распоряжению", "")), due_on=day_in(row.get("Срок", "")),
            superior_due_on=day_in(row.get("Срок региона", "")), progress=PROGRESS[row["Исполнение"]] if "Исполнение" in row else "nothing",
            documented_on=max(dated, default=None), required=required, documents=documents, people=people,
        )  # fmt: skip

    def _expected(self, stage: str, name: str) -> Expected:
        return Expected(key_of(stage, name), TYPES[name], name)

    def _handed(self, stage: str, place: str, text: str) -> Handed:
        kind = next(name for name in sorted(TYPES, key=len, reverse=True) if text.startswith(name))
        file = re.search(r"файл (\w+)", text)
        submitted = re.search(r"подан ([\d.]+)", text)
        return Handed(
            evidence=self.number(text if "общий" in text else f"{text} {place} {stage}"), type=TYPES[kind], name=kind,
            submitted_on=(day_in(submitted[1]) if submitted else None) or datetime.date(2030, 1, 1),
            dated_on=day_in(text.split("подан")[0]), sha256=f"{file[1]}" if file else "",
            outcome="accepted" if "принят" in text else "returned" if "возвращён" in text else "", expected=key_of(stage, kind),
        )  # fmt: skip

    def _person(self, text: str) -> Answerable:
        name = text.split(" (")[0]
        return Answerable(self.number(name), name, day_in(text))

    def _absence(self, text: str) -> None:
        days = DAY.findall(text)
        if len(days) == 2:
            since, until = (datetime.date(int(year), int(month), int(day)) for day, month, year in days)
            person = self.number(DAY.split(text)[0].strip())
            self.absences.setdefault(person, []).append(Absence(person, since, until, text.rpartition("замещает ")[2]))


def draw(table: str, *, today: datetime.date = datetime.date(2026, 6, 1)) -> WaveFacts:
    """The wave of a table."""
    example = read_example("", table)
    drawing = Drawing()
    for row in example.rows:
        drawing.add({name: cell for name, cell in zip(example.head, row, strict=True) if cell or name == "Центр"})
    points = tuple(drawing.points)
    absences = {person: tuple(away) for person, away in drawing.absences.items()}
    return WaveFacts(1, today, points, absences, order_of_work(), group_points(points))


def examples_of(rule: WaveRule) -> tuple[WaveFacts, WaveFacts]:
    """The waves of a rule's page: the one it objects to, the one it accepts."""
    page = read_page(rule.page)
    today = day_in(page.given) or datetime.date(2026, 6, 1)
    return draw(page.wrong, today=today), draw(page.right, today=today)
