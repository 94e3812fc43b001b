"""Typed factories: whole valid values with invented content, of which a test names only what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vekha.deadlines.syntax import (
    Bound,
    Deadline,
    Every,
    External,
    OnDate,
    OnDemand,
    RelativeDate,
    Repeat,
    ScheduleSource,
)
from vekha.orders.model import (
    Approval,
    ApprovalKind,
    Control,
    ExpectedDocument,
    Indicator,
    Measure,
    Order,
    OrderFile,
    Programme,
    Responsible,
    ResponsibleKind,
    Roadmap,
    Signatory,
)
from vekha.problems import Place, Problem, Severity
from vekha.stages.catalogue import Stage

SHA256 = "0123456789abcdef" * 4


def on_date(year: int, month: int, day: int, text: str | None = None, bound: Bound = Bound.ON) -> Deadline:
    """A deadline on a calendar date."""
    moment = date(year, month, day)
    return Deadline(text or f"{moment:%d.%m.%Y}", OnDate(moment), bound)


def relative(day: int, month: int, offset: int = 0, text: str | None = None, repeat: Repeat | None = None) -> Deadline:
    """A deadline counted from the subsidy year."""
    return Deadline(text or f"{day}.{month} года получения субсидии ({offset:+d})", RelativeDate(day, month, offset), repeat=repeat)


def by_schedule(text: str = "согласно графику, направляемому федеральным оператором") -> Deadline:
    """A deadline somebody else's schedule sets."""
    return Deadline(text, External(ScheduleSource.FEDERAL_OPERATOR))


def on_demand(text: str = "по мере необходимости") -> Deadline:
    """A deadline without a date before somebody asks."""
    return Deadline(text, OnDemand())


def body(name: str = "Департамент образования Заречной области") -> Responsible:
    """A responsible body."""
    return Responsible(name, ResponsibleKind.BODY)


def person(name: str = "Ковригина Т.П.") -> Responsible:
    """A responsible person."""
    return Responsible(name, ResponsibleKind.PERSON)


def measure(
    number: str | None = "1",
    text: str = "Объявлены закупки товаров, работ, услуг для создания центра",
    *,
    items: Sequence[str] = (),
    responsibles: Sequence[Responsible] | None = None,
    results: Sequence[str] = ("извещения о проведении закупок",),
    deadline: Deadline | None = None,
    stage: Stage = Stage.PROCUREMENT,
    item_stages: Sequence[Stage] | None = None,
    place: Place | None = None,
    section: str | None = None,
    confidence: float = 1.0,
    uncertain: Sequence[str] = (),
) -> Measure:
    """A measure; the deadline is absent unless given."""
    return Measure(
        number=number,
        text=text,
        items=tuple(items),
        responsibles=tuple(responsibles) if responsibles is not None else (body(),),
        results=tuple(ExpectedDocument(each) for each in results),
        deadline=deadline,
        stage=stage,
        item_stages=None if item_stages is None else tuple(item_stages),
        place=place or Place(lines=(10, 10)),
        section=section,
        confidence=confidence,
        uncertain=tuple(uncertain),
    )


def indicator(
    number: str | None = "1",
    name: str = "Численность обучающихся на базе центра",
    *,
    unit: str | None = "человек в год",
    opening_year: float | None = 120,
    following_years: float | None = 240,
    parent: str | None = None,
    target: str | None = None,
) -> Indicator:
    """A line of an indicator list with both minima."""
    return Indicator(number, name, unit, opening_year, following_years, parent, Place(lines=(40, 40)), target)


def roadmap(
    *measures: Measure,
    title: str | None = "Комплекс мер («дорожная карта») по созданию центров «Точка роста»",
    programme: Programme = Programme.GROWTH_POINT,
    year: int | None = None,
    indicators: Sequence[Indicator] = (),
) -> Roadmap:
    """A roadmap of the measures given, one plain measure if none."""
    return Roadmap(title, programme, year, measures or (measure(),), tuple(indicators))


def order(
    *,
    kind: str | None = "распоряжение",
    issuer: str | None = "Правительство Заречной области",
    number: str | None = "118-р",
    on: date | None = date(2023, 12, 15),
    title: str | None = "О создании центров образования «Точка роста»",
    approvals: Sequence[Approval] = (),
    acquainted: Sequence[str] = (),
) -> Order:
    """An order of an invented region with all the usual data."""
    return Order(
        kind=kind,
        issuer=issuer,
        number=number,
        date=on,
        title=title,
        coordinator="Департамент образования Заречной области",
        control=Control("Лапшин Д.О.", "заместитель председателя Правительства Заречной области"),
        signatory=Signatory("М.Е. Глаголев", "Губернатор Заречной области"),
        approvals=tuple(approvals),
        acquainted=tuple(acquainted),
        annexes_declared=1,
        annexes_found=1,
    )


def agreed(name: str = "Н.К. Осокина", post: str = "заместитель губернатора", on: date | None = None) -> Approval:
    """A stamp «Согласовано», undated unless a date is given."""
    return Approval(ApprovalKind.AGREED, name, post, on)


def problem(
    code: str = "deadline-not-understood",
    message: str = "Срок «когда получится» не понят.",
    *,
    severity: Severity = Severity.ERROR,
    hint: str = "Уточните срок по документу.",
    place: Place | None = None,
) -> Problem:
    """A problem of severity error."""
    return Problem(code, message, severity, hint, place)


def order_file(
    *roadmaps: Roadmap,
    name: str = "распоряжение.txt",
    order: Order | None = None,
    problems: Sequence[Problem] = (),
    source_format: str = "text",
) -> OrderFile:
    """A file with the roadmaps given (one plain roadmap if none) and an order only if given."""
    return OrderFile(name, source_format, SHA256, None, order, roadmaps or (roadmap(),), tuple(problems))


def growth_point_file() -> OrderFile:
    """A whole order of eight measures: every class of deadline that people meet, days off, indicators, approvals, problems."""
    quarterly = Repeat(Every.QUARTER)
    measures = (
        measure("1", "Определен региональный координатор, утвержден комплекс мер («дорожная карта»)", stage=Stage.LEGAL_BASIS,
                deadline=relative(27, 11, -1, "27 ноября года, предшествующего году получения субсидии"),
                results=("распоряжение Правительства Заречной области",), place=Place(lines=(21, 22))),
        measure("2", "Утверждены: 1. перечень общеобразовательных организаций; 2. показатели деятельности центров",
                items=("перечень общеобразовательных организаций", "показатели деятельности центров"), stage=Stage.LEGAL_BASIS,
                deadline=relative(18, 12, -1, "18 декабря года, предшествующего году получения субсидии"),
                results=("приказ Департамента",), place=Place(lines=(23, 25))),
        measure("3", "Сформирован и согласован инфраструктурный лист", stage=Stage.INFRASTRUCTURE_LIST, deadline=by_schedule(),
                responsibles=(body(), Responsible("федеральный оператор", ResponsibleKind.ROLE)),
                results=("письмо федерального оператора", "приказ Департамента"), place=Place(lines=(26, 26))),
        measure("4", "Объявлены закупки товаров, работ, услуг", deadline=relative(1, 3, 0, "1 марта года получения субсидии"),
                place=Place(lines=(27, 27))),
        measure("5", "Проведено повышение квалификации педагогов центров", stage=Stage.STAFF_TRAINING,
                deadline=on_date(2024, 8, 25, "не позднее 25 августа 2024 года", Bound.NOT_LATER_THAN),
                results=("удостоверения о повышении квалификации",), responsibles=(person(),), place=Place(lines=(28, 28)),
                confidence=0.71, uncertain=("deadline",)),
        measure("6", "Начало работы центров", stage=Stage.LAUNCH, deadline=on_date(2024, 9, 1, "1 сентября 2024 года"),
                results=("информационное освещение",), place=Place(lines=(29, 29))),
        measure("7", "Ежеквартальный мониторинг показателей", stage=Stage.INDICATOR_MONITORING,
                deadline=relative(1, 10, 0, "1 октября года получения субсидии, далее – ежеквартально", quarterly),
                results=("отчет федеральному оператору",), place=Place(lines=(30, 31))),
        measure("8", "Обслуживание оборудования", stage=Stage.OTHER, deadline=on_demand(), results=(), place=Place(lines=(32, 32))),
    )
    indicators = (
        indicator("1"),
        indicator("2", "Проведено мероприятий", unit="единиц в год", opening_year=5, following_years=10),
        indicator("2.1", "из них дистанционных", unit="единиц в год", opening_year=None, following_years=2.5, parent="2"),
    )
    return order_file(
        roadmap(*measures, year=None, indicators=indicators),
        order=order(approvals=(agreed(),), acquainted=("Ковригина Т.П.", "Лапшин Д.О.")),
        problems=(problem(severity=Severity.WARNING, message="Срок меры 5 прочитан неуверенно: «25 августа 2024 года».",
                          hint="Сверьте с документом.", place=Place(lines=(28, 28))),),
    )
