"""The work on the wave: documents handed in, accepted, returned, extended, each by who would do it and on its day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from vekha_portal.centres.models import Wave
from vekha_portal.examples.region import papers
from vekha_portal.examples.region.cast import Cast
from vekha_portal.examples.region.writing import Dates
from vekha_portal.execution.actions.bulk import accept_many, attach_to_many
from vekha_portal.execution.actions.decisions import mark_not_applicable, return_document
from vekha_portal.execution.actions.evidence import Card, Upload
from vekha_portal.execution.actions.extensions import ask_extension, grant_extension
from vekha_portal.execution.models import Application, Milestone, Proof
from vekha_portal.journal.scope import use_scope

_LATE_REASON = "Поставщик перенёс отгрузку: письмо поставщика приложено к переписке."


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the play is acted: the cast, the days, the wave, the regional plan and the municipal one."""

    cast: Cast
    dates: Dates
    wave: Wave
    regional: Application
    municipal: Application

    def points(self, number: str, schools: Sequence[int] = (), *, municipal: bool = False) -> list[Milestone]:
        """The milestones of a measure, all or those of some schools."""
        application = self.municipal if municipal else self.regional
        rows = Milestone.objects.filter(application=application, measure__number=number, withdrawn_at=None)
        if schools:
            rows = rows.filter(organisation__in=[self.cast.organisations[f"school{each}"] for each in schools])
        return list(rows.select_related("organisation").order_by("organisation_id", "due_on", "pk"))

    def hand_in(
        self, points: Sequence[Milestone], login: str, kind: str, on: int, *, title: str, file: Upload | None = None,
        dated: int | None = None,
    ) -> None:  # fmt: skip
        """One document for some milestones."""
        day = self.dates.on(on if dated is None else dated)
        card = Card(
            kind, day, number=_number(day, points[0].pk), title=title, issuer="",
            reference="" if file else f"дело № 04-{day.month:02d}",
        )  # fmt: skip
        with use_scope(self.cast.scopes[login]):
            attach_to_many(
                milestone_ids=[each.pk for each in points], card=card, file=file,
                by=self.cast.people[login], scope=self.cast.scopes[login], at=self.dates.at(on, 9),
            )  # fmt: skip

    def accept(self, points: Sequence[Milestone], login: str, on: int) -> None:
        """Everything that waits for a decision at these milestones."""
        with use_scope(self.cast.scopes[login]):
            waiting = Proof.objects.live().filter(milestone__in=points, decisions=None).values_list("pk", flat=True)
            accept_many(
                proof_ids=list(waiting),
                by=self.cast.people[login],
                scope=self.cast.scopes[login],
                at=self.dates.at(on, 12),
            )

    def send_back(self, point: Milestone, login: str, on: int, reason: str) -> None:
        """The document that waits is returned."""
        with use_scope(self.cast.scopes[login]):
            proof = Proof.objects.live().filter(milestone=point, decisions=None).order_by("-pk")[:1].get()
            return_document(
                proof=proof,
                reason=reason,
                by=self.cast.people[login],
                scope=self.cast.scopes[login],
                at=self.dates.at(on, 12),
            )

    def each_school(self, number: str, schools: Sequence[int], kind: str, on: int, title: str) -> list[Milestone]:
        """Each school hands in its own document, a day after the other; the milestones."""
        points = self.points(number, schools)
        for place, point in enumerate(points):
            name = f"{title}, {point.organisation}"
            file = _PAPERS[place % len(_PAPERS)](name, point.pk)
            self.hand_in([point], self.cast.login_of(point.organisation), kind, on + place // 3, title=title, file=file)
        return points


_PAPERS = (
    lambda title, _: papers.letter(title, "б/н", datetime.date(2026, 1, 12)),
    papers.scan,
    papers.photo,
)


def act(stage: Stage) -> None:
    """Everything that happened by the day of loading."""
    _region(stage)
    _base_equipment(stage)
    _information_sheets(stage)
    _plans_and_training(stage)
    _municipality(stage)


def _region(stage: Stage) -> None:
    """What the region does once: three documents for one measure among it, and a register handed in late."""
    for number, kinds, days in (
        ("1", ("education-body-order",), (-163,)),
        ("4", ("agreement",), (-113,)),
        ("2", ("letter-out", "letter-in", "education-body-order"), (-118, -108, -104)),
        ("3", ("letter-out", "letter-in", "education-body-order"), (-112, -101, -98)),
    ):
        points = stage.points(number)
        for kind, day in zip(kinds, days, strict=True):
            title = _TITLES[kind]
            paper = papers.letter(title, _number(stage.dates.on(day), points[0].pk), stage.dates.on(day))
            stage.hand_in(points, "institute", kind, day, title=title, file=paper)
        stage.accept(points, "coordinator", days[-1] + 1)
    points = stage.points("5")
    register = papers.register(
        "Реестр извещений", [("Поставка наборов по физике", "0100500000026000011"), ("Мебель", "0100500000026000014")]
    )
    stage.hand_in(points, "institute", "procurement-notice", -56, title="Реестр извещений", file=register)
    stage.accept(points, "coordinator", -55)


def _base_equipment(stage: Stage) -> None:
    """Most were in time; one after a return, one returned still, one is not needed, one was forgotten."""
    number, title = "6", "Гарантийное письмо"
    points = stage.each_school(number, range(1, 11), "letter-out", -52, title)
    stage.accept(points[:4] + points[8:], "coordinator", -44)
    stage.accept(points[4:8], "kedrovogorsk", -43)
    (again,) = stage.each_school(number, [11], "letter-out", -44, title)
    stage.send_back(again, "coordinator", -42, "В письме нет перечня оборудования: приложите его.")
    stage.hand_in([again], "school11", "letter-out", -40, title=f"{title} с перечнем", file=papers.scan(title, 11))
    stage.accept([again], "coordinator", -38)
    (returned,) = stage.each_school(number, [12], "letter-out", -41, title)
    stage.send_back(returned, "coordinator", -39, "Письмо подписал не руководитель школы и без доверенности.")
    (point,) = stage.points(number, [13])
    cast = stage.cast
    with use_scope(cast.scopes["coordinator"]):
        mark_not_applicable(
            milestone=point, reason="Школа переезжает в новое здание, базовый набор входит в его оснащение.",
            agreed_with="Федеральный оператор «Полюс», письмо № ФО-131", by=cast.people["coordinator"],
            scope=cast.scopes["coordinator"], at=stage.dates.at(-41, 11),
        )  # fmt: skip


def _information_sheets(stage: Stage) -> None:
    """The date has just passed: some wait for a decision, one was returned, one has a later day, two are late."""
    number, title = "7", "Информационная справка"
    points = stage.each_school(number, range(1, 11), "filled-form", -19, title)
    stage.accept(points[:4], "coordinator", -14)
    stage.accept(points[4:6], "kedrovogorsk", -13)
    stage.send_back(points[9], "coordinator", -10, "Не указано число обучающихся на 1 сентября.")
    (point,) = stage.points(number, [11])
    cast, dates = stage.cast, stage.dates
    with use_scope(cast.scopes["school11"]):
        asked = ask_extension(
            milestone=point, wanted_on=dates.on(6), reason="Справку подписывает директор, он в командировке.",
            by=cast.people["school11"], scope=cast.scopes["school11"], at=dates.at(-15, 8),
        )  # fmt: skip
    with use_scope(cast.scopes["coordinator"]):
        grant_extension(
            extension=asked, granted_on=dates.on(6), by=cast.people["coordinator"], scope=cast.scopes["coordinator"],
            at=dates.at(-14, 9),
        )  # fmt: skip
    late = stage.each_school(number, [14], "filled-form", -8, title)
    stage.accept(late, "coordinator", -7)


def _plans_and_training(stage: Stage) -> None:
    """What is due soon: some done, some under way, one asks for more time."""
    points = stage.each_school("8", range(1, 8), "school-act", -9, "План мероприятий центра")
    stage.accept(points[:3], "coordinator", -6)
    stage.send_back(points[6], "kedrovogorsk", -2, "План утверждён без даты: впишите её.")
    point = stage.points("8", [10])[0]
    cast = stage.cast
    with use_scope(cast.scopes["school10"]):
        ask_extension(
            milestone=point, wanted_on=stage.dates.on(19), reason=_LATE_REASON, by=cast.people["school10"],
            scope=cast.scopes["school10"], at=stage.dates.at(-1, 8),
        )  # fmt: skip
    certificates = stage.each_school("9", range(1, 6), "certificate", -12, "Удостоверения о повышении квалификации")
    for each in (certificates[0], certificates[4]):
        form = papers.register("Справка об обучении", [("Педагоги центра", "2"), ("Обучены", "2")])
        login = cast.login_of(each.organisation)
        stage.hand_in([each], login, "filled-form", -5, title="Справка об обучении", file=form)
    stage.accept(certificates[:1], "coordinator", -4)
    (early,) = stage.points("10", [1])
    photo = papers.photo("Акт приёмки, фотография", 10)
    stage.hand_in([early], "school", "acceptance-act", -3, title="Акт приёмки оборудования", file=photo)


def _municipality(stage: Stage) -> None:
    """The municipal plan: the region accepts what the municipality does, the municipality what its schools do."""
    first = stage.points("1", municipal=True)
    stage.hand_in(first, "verkhny-les", "education-body-order", -153, title="Приказ о назначении ответственных")
    stage.accept(first, "coordinator", -150)
    sheets = stage.points("3", [9, 10], municipal=True)
    for point in sheets:
        stage.hand_in(
            [point], stage.cast.login_of(point.organisation), "filled-form", -17, title="Информационная справка"
        )
    stage.accept(sheets[:1], "verkhny-les", -16)


_TITLES = {
    "education-body-order": "Распоряжение Департамента",
    "agreement": "Соглашение о предоставлении субсидии",
    "letter-out": "Письмо федеральному оператору",
    "letter-in": "Письмо федерального оператора о согласовании",
}


def _number(day: datetime.date, point: int) -> str:
    return f"{(day.toordinal() * 7 + point) % 900 + 100}"
