"""The canonical stages of creating a school centre: order of work, Russian names, what each usually asks for.

Sources: the recommendations of the federal operators and the orders of the regions. The order of work is what a check of
dates may rely on; the usual documents are what a person expects to see, not what an order must demand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Stage(StrEnum):
    """A canonical stage; the members stand in the usual order of work, ``OTHER`` last."""

    LEGAL_BASIS = "legal-basis"
    INFRASTRUCTURE_LIST = "infrastructure-list"
    DESIGN_PROJECT = "design-project"
    SUBSIDY_AGREEMENT = "subsidy-agreement"
    BASE_EQUIPMENT = "base-equipment"
    PROCUREMENT = "procurement"
    INFORMATION_SHEET = "information-sheet"
    ACTIVITY_PLAN = "activity-plan"
    EQUIPMENT_INSTALLED = "equipment-installed"
    SITE_MONITORING = "site-monitoring"
    UNIFIED_PLAN = "unified-plan"
    STAFF_TRAINING = "staff-training"
    LAUNCH = "launch"
    INDICATOR_MONITORING = "indicator-monitoring"
    PROGRESS_MONITORING = "progress-monitoring"
    OTHER = "other"


class EvidenceType(StrEnum):
    """What kind of document proves a result."""

    REGION_ACT = "region-act"
    EDUCATION_BODY_ORDER = "education-body-order"
    SCHOOL_ACT = "school-act"
    LETTER_OUT = "letter-out"
    LETTER_IN = "letter-in"
    AGREEMENT = "agreement"
    PROCUREMENT_NOTICE = "procurement-notice"
    ACCEPTANCE_ACT = "acceptance-act"
    CERTIFICATE = "certificate"
    FILLED_FORM = "filled-form"
    PHOTO_ALBUM = "photo-album"
    MEDIA_PUBLICATION = "media-publication"
    REPORT = "report"
    PLAN = "plan"
    OTHER = "other"


EVIDENCE_TITLES: Mapping[EvidenceType, str] = MappingProxyType({
    EvidenceType.REGION_ACT: "акт субъекта Российской Федерации",
    EvidenceType.EDUCATION_BODY_ORDER: "распоряжение (приказ) органа управления образованием",
    EvidenceType.SCHOOL_ACT: "локальный акт организации",
    EvidenceType.LETTER_OUT: "исходящее письмо",
    EvidenceType.LETTER_IN: "входящее письмо",
    EvidenceType.AGREEMENT: "соглашение",
    EvidenceType.PROCUREMENT_NOTICE: "извещения о закупках или их реестр",
    EvidenceType.ACCEPTANCE_ACT: "документы о приёмке или их реестр",
    EvidenceType.CERTIFICATE: "удостоверения или справка об обучении",
    EvidenceType.FILLED_FORM: "заполненная форма",
    EvidenceType.PHOTO_ALBUM: "фотоотчёт",
    EvidenceType.MEDIA_PUBLICATION: "публикация в СМИ",
    EvidenceType.REPORT: "отчёт",
    EvidenceType.PLAN: "план",
    EvidenceType.OTHER: "иной документ",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class StageInfo:
    """One stage for people: its Russian title, and the usual evidence: alternatives, each a set that is enough together.

    ``expected`` of ``((LETTER_OUT, LETTER_IN, REGION_ACT),)`` means all three, in this order of time;
    ``((CERTIFICATE,), (FILLED_FORM,))`` means either.
    """

    stage: Stage
    title: str
    expected: tuple[tuple[EvidenceType, ...], ...]


def _info(stage: Stage, title: str, *expected: tuple[EvidenceType, ...]) -> tuple[Stage, StageInfo]:
    return stage, StageInfo(stage, title, expected)


_E = EvidenceType
CATALOGUE: Mapping[Stage, StageInfo] = MappingProxyType(dict((
    _info(Stage.LEGAL_BASIS, "Правовая основа", (_E.REGION_ACT, _E.EDUCATION_BODY_ORDER)),
    _info(Stage.INFRASTRUCTURE_LIST, "Инфраструктурный лист", (_E.LETTER_OUT, _E.LETTER_IN, _E.EDUCATION_BODY_ORDER)),
    _info(Stage.DESIGN_PROJECT, "Дизайн-проект и зонирование", (_E.LETTER_OUT, _E.LETTER_IN, _E.EDUCATION_BODY_ORDER)),
    _info(Stage.SUBSIDY_AGREEMENT, "Соглашение о субсидии", (_E.AGREEMENT,)),
    _info(Stage.BASE_EQUIPMENT, "Базовый набор оборудования", (_E.LETTER_OUT,)),
    _info(Stage.PROCUREMENT, "Закупки", (_E.PROCUREMENT_NOTICE,)),
    _info(Stage.INFORMATION_SHEET, "Информационная справка", (_E.FILLED_FORM,)),
    _info(Stage.ACTIVITY_PLAN, "План мероприятий центра", (_E.SCHOOL_ACT, _E.PLAN)),
    _info(Stage.EQUIPMENT_INSTALLED, "Оборудование получено и установлено", (_E.ACCEPTANCE_ACT,), (_E.FILLED_FORM,)),
    _info(Stage.SITE_MONITORING, "Мониторинг помещений", (_E.PHOTO_ALBUM,), (_E.FILLED_FORM,)),
    _info(Stage.UNIFIED_PLAN, "Единый комплексный план", (_E.EDUCATION_BODY_ORDER,)),
    _info(Stage.STAFF_TRAINING, "Обучение педагогов", (_E.CERTIFICATE,), (_E.FILLED_FORM,)),
    _info(Stage.LAUNCH, "Начало работы", (_E.EDUCATION_BODY_ORDER,), (_E.MEDIA_PUBLICATION,)),
    _info(Stage.INDICATOR_MONITORING, "Мониторинг показателей", (_E.REPORT,)),
    _info(Stage.PROGRESS_MONITORING, "Мониторинг хода реализации", (_E.REPORT,)),
    _info(Stage.OTHER, "Прочее"),
)))  # fmt: skip
"""Every stage with its title and usual evidence."""

_FOLLOWS: Mapping[Stage, tuple[Stage, ...]] = MappingProxyType({
    Stage.INFRASTRUCTURE_LIST: (Stage.LEGAL_BASIS,),
    Stage.DESIGN_PROJECT: (Stage.LEGAL_BASIS,),
    Stage.SUBSIDY_AGREEMENT: (Stage.LEGAL_BASIS,),
    Stage.PROCUREMENT: (Stage.INFRASTRUCTURE_LIST, Stage.DESIGN_PROJECT, Stage.SUBSIDY_AGREEMENT),
    Stage.EQUIPMENT_INSTALLED: (Stage.PROCUREMENT,),
    Stage.SITE_MONITORING: (Stage.EQUIPMENT_INSTALLED,),
    Stage.LAUNCH: (Stage.SITE_MONITORING,),
    Stage.INDICATOR_MONITORING: (Stage.LAUNCH,),
})  # fmt: skip
_BETTER_BEFORE = frozenset({(Stage.STAFF_TRAINING, Stage.LAUNCH)})


def title(stage: Stage) -> str:
    """The Russian title of a stage.

    >>> title(Stage.LAUNCH)
    'Начало работы'
    """
    return CATALOGUE[stage].title


def precedes(a: Stage, b: Stage) -> bool:
    """Whether the order of work puts ``a`` before ``b``, directly or through others.

    A stage outside the order of work precedes nothing and follows nothing.

    >>> precedes(Stage.LEGAL_BASIS, Stage.LAUNCH), precedes(Stage.LAUNCH, Stage.LEGAL_BASIS)
    (True, False)
    >>> precedes(Stage.INFRASTRUCTURE_LIST, Stage.DESIGN_PROJECT)
    False
    """
    return any(before is a or precedes(a, before) for before in _FOLLOWS.get(b, ()))


def better_before(a: Stage, b: Stage) -> bool:
    """Whether it is better, though not required, that ``a`` is done before ``b``.

    >>> better_before(Stage.STAFF_TRAINING, Stage.LAUNCH)
    True
    """
    return (a, b) in _BETTER_BEFORE
