"""What the page «Сегодня» asks: what is owed, what waits for whom. Every count is exact, every list is short."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, Min, Q, Value, When, Window
from django.db.models.fields import CharField
from django.db.models.functions import RowNumber

from vekha_portal.execution.models import Decision, Extension, Milestone, MilestoneQuerySet, Outcome, Progress
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.orders.models import Reading, Revision
from vekha_portal.overview.queries.reach import AROUND, OPEN, answerable, load, of_territory, seen, to_decide
from vekha_portal.registry.models import Organisation

#: Rows of one section; the rest is one click away.
SHOWN_ROWS = 8
WEEK = 7
FORTNIGHT = 21
#: The sections of what is owed, from the most pressing.
BUCKETS = ("overdue", "week", "fortnight", "later")


@dataclass(frozen=True, slots=True)
class Owed:
    """What the role itself has to hand in: how many in each section, and the first of each."""

    counts: dict[str, int]
    rows: dict[str, list[Milestone]]
    returned: int
    waiting: int

    @property
    def total(self) -> int:
        """All sections."""
        return sum(self.counts.values())


def _bucket(day: datetime.date) -> Case:
    return Case(
        When(due_on__lt=day, then=Value("overdue")),
        When(due_on__lt=day + datetime.timedelta(WEEK), then=Value("week")),
        When(due_on__lt=day + datetime.timedelta(FORTNIGHT), then=Value("fortnight")),
        When(due_on__isnull=False, then=Value("later")),
        default=Value("waiting"),
        output_field=CharField(),
    )


def owed_on(scope: Scope, day: datetime.date, *, own: Q) -> Owed:
    """What is owed on a day, by sections. Two queries."""
    rows = seen(scope).filter(own, progress__in=OPEN).annotate(bucket=_bucket(day))
    of_bucket = F("bucket")
    first = rows.annotate(
        place=Window(RowNumber(), partition_by=of_bucket, order_by=("due_on", "pk")),
        count=Window(Count("pk"), partition_by=of_bucket),
        returned=Window(Count("pk", filter=Q(progress=Progress.RETURNED)), partition_by=of_bucket),
    ).filter(place__lte=SHOWN_ROWS)
    placed: dict[int, str] = {}
    counts: dict[str, tuple[int, int]] = {}
    for number, bucket, count, returned in first.values_list("pk", "bucket", "count", "returned"):
        counts[bucket] = (count, returned)
        if bucket in BUCKETS:
            placed[number] = bucket
    listed: dict[str, list[Milestone]] = {bucket: [] for bucket in BUCKETS}
    milestones = Milestone.objects.filter(pk__in=placed).select_related(*AROUND)
    for each in sorted(milestones, key=lambda each: (each.due_on or day, each.pk)):
        listed[placed[each.pk]].append(each)
    return Owed(
        counts={bucket: counts.get(bucket, (0, 0))[0] for bucket in BUCKETS},
        rows=listed,
        returned=sum(returned for _, returned in counts.values()),
        waiting=counts.get("waiting", (0, 0))[0],
    )


def returned_to(scope: Scope, *, own: Q) -> list[Milestone]:
    """The first milestones with a returned document among those the role owes."""
    rows = seen(scope).filter(own, progress=Progress.RETURNED)
    return load(rows.order_by("due_on", "pk"), slice(SHOWN_ROWS))


def why_returned(milestones: Iterable[Milestone]) -> dict[int, str]:
    """The reasons of the decisions that returned something of these milestones. One query."""
    reasons: dict[int, list[str]] = {}
    found = (
        Decision.objects.filter(
            proof__milestone_id__in=[each.pk for each in milestones],
            proof__recalled_at=None,
            outcome=Outcome.RETURNED,
            reopened_at=None,
        )
        .order_by("made_at", "pk")
        .values_list("proof__milestone_id", "reason")
    )
    for milestone, reason in found:
        reasons.setdefault(milestone, []).append(reason)
    return {milestone: " ".join(dict.fromkeys(said)) for milestone, said in reasons.items()}


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits for a decision: how many, and the longest waiting."""

    count: int
    rows: list[Milestone]


def pending_for(scope: Scope) -> Pending:
    """What waits for the role's decision. Three queries."""
    rows = to_decide(scope)
    listed = load(rows.order_by("submitted_at", "due_on", "pk"), slice(SHOWN_ROWS))
    return Pending(rows.count() if len(listed) == SHOWN_ROWS else len(listed), listed)


def extensions_for(scope: Scope) -> list[Extension]:
    """Requests for a later day that the role may answer, the oldest first. One query, and one more where there are any."""
    rows = Extension.objects.filter(decided_at=None, milestone__in=answerable(scope)).exclude(asked_by_id=scope.person)
    numbers = list(rows.order_by("asked_at", "pk").values_list("pk", flat=True)[:SHOWN_ROWS])
    found = Extension.objects.select_related("milestone__measure", "organisation").in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


@dataclass(frozen=True, slots=True)
class Awaited:
    """What somebody else's word is waited for: the measure, for how many milestones, for what."""

    measure: int
    text: str
    number: str
    deadline: str
    waiting_for: str
    count: int


def awaited_by(scope: Scope) -> list[Awaited]:
    """Measures without a date in the role's part of the tree and in the plans above it, grouped. One query."""
    rows = seen(scope).filter(due_on=None, progress__in=OPEN)
    if scope.reach is Reach.COUNTRY:
        rows = rows.filter(organisation_id__in=scope.organisations)
    groups = (
        rows.order_by()
        .values("measure_id", "measure__text", "measure__number", "measure__deadline", "waiting_for")
        .annotate(count=Count("pk"), first=Min("pk"))
        .order_by("first")[:SHOWN_ROWS]
    )
    return [
        Awaited(
            each["measure_id"],
            each["measure__text"],
            each["measure__number"],
            each["measure__deadline"],
            each["waiting_for"],
            each["count"],
        )
        for each in groups
    ]


@dataclass(frozen=True, slots=True)
class Territory:
    """How it stands with everything below the role."""

    open: int
    overdue: int
    week: int
    submitted: int
    waiting: int


def territory_on(scope: Scope, day: datetime.date) -> Territory:
    """Counts of the role's part of the tree. One query."""
    week = day + datetime.timedelta(WEEK)
    unfinished = Q(progress__in=OPEN)
    rows: MilestoneQuerySet = of_territory(scope)
    found = rows.filter(progress__in=(*OPEN, Progress.SUBMITTED)).aggregate(
        open=Count("pk", filter=unfinished),
        overdue=Count("pk", filter=unfinished & Q(due_on__lt=day)),
        week=Count("pk", filter=unfinished & Q(due_on__gte=day, due_on__lt=week)),
        submitted=Count("pk", filter=Q(progress=Progress.SUBMITTED)),
        waiting=Count("pk", filter=unfinished & Q(due_on=None)),
    )
    return Territory(**found)


def drafts_of(scope: Scope) -> Sequence[Revision]:
    """Drafts under review that belong to the role's part of the tree, the oldest first. One query."""
    rows = Revision.objects.visible_to(scope).filter(approved_at=None, withdrawn_at=None)
    rows = rows.filter(_kept_by(scope)).select_related("roadmap", "basis")
    return list(rows.order_by("created_at", "pk")[:SHOWN_ROWS])


def readings_of(scope: Scope) -> Sequence[Reading]:
    """Files that are being read, or were read and wait to be reviewed. One query."""
    rows = Reading.objects.visible_to(scope).filter(_kept_by(scope), order=None)
    rows = rows.defer("found", "source").select_related("file")
    return list(rows.order_by("-asked_at", "-pk")[:SHOWN_ROWS])


def _kept_by(scope: Scope) -> Q:
    match scope.reach:
        case Reach.COUNTRY:
            return Q(organisation_id__in=scope.organisations)
        case Reach.REGION:
            return Q(region_id=scope.region)
        case _:
            own = Organisation.objects.filter(path__gte=scope.path, path__lt=scope.path + "~").values("pk")
            return Q(organisation_id__in=own)


def is_empty(scope: Scope) -> bool:
    """Whether the role sees no order at all: then the first step is to load one."""
    return not Revision.objects.visible_to(scope).exists()
