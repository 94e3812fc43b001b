"""What the page of a milestone shows: the deadline with its reasons, documents expected and handed in, who may do what now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from itertools import pairwise

from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from vekha_portal.execution import looks, permissions
from vekha_portal.execution.models import Milestone, Progress
from vekha_portal.execution.names import names_of
from vekha_portal.execution.progress import Missing, expected_documents, missing_of
from vekha_portal.execution.proof import Decision, Evidence, Extension, NotApplicable, Outcome, Proof
from vekha_portal.journal.models import Entry
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.dates.bridge import calendar_of, evidence_title
from vekha_portal.orders.models import ExpectedDocument, Responsible
from vekha_portal.registry.models import OrganisationKind
from vekha_portal.ui import tones
from vekha_portal.ui.components import EvidenceItem
from vekha_portal.ui.deadlines import DayOff, ShownDeadline
from vekha_portal.ui.russian import counted

PREVIEWED = frozenset(
    {"application/pdf", "image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff"}
)
_SETTLED = {
    Progress.SUBMITTED: ("подано, ждёт решения", tones.Tone.BUSY),
    Progress.ACCEPTED: ("принято", tones.Tone.GOOD),
    Progress.NOT_APPLICABLE: ("не требуется", tones.Tone.QUIET),
}
_WAITS = {
    "schedule": "ждёт графика федерального оператора",
    "event": "ждёт события, от которого отсчитывается срок",
    "subsidy-year": "ждёт года получения субсидии",
    "year": "год в распоряжении не назван",
    "need": "по необходимости",
    "unknown": "срок требует уточнения",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document handed in, as it is shown, and what the reader may do with it now."""

    proof: Proof
    item: EvidenceItem
    evidence: Evidence | None = None
    preview_url: str = ""
    signature_url: str = ""
    copies: tuple[str, ...] = ()
    who: str = ""
    may_decide: bool = False
    is_own: bool = False
    may_recall: bool = False
    may_replace: bool = False
    may_reopen: bool = False

    @property
    def is_current(self) -> bool:
        """Whether it counts: neither recalled nor returned."""
        return self.proof.recalled_at is None and self.proof.outcome != Outcome.RETURNED


@dataclass(slots=True)
class Slot:
    """An expected document with what was handed in for it; without a key, everything additional."""

    key: str
    title: str
    kind: str
    note: str
    state: tones.State
    papers: list[Paper] = field(default_factory=list)
    earlier: list[Paper] = field(default_factory=list)

    @property
    def empty_item(self) -> EvidenceItem:
        """What stands there while nothing is handed in."""
        return EvidenceItem(self.title, self.state)


@dataclass(frozen=True, slots=True)
class SettledDeadline(ShownDeadline):
    """A deadline of what the executor has done with: it does not run any more, whatever today is."""

    words: str = ""
    settled: tones.Tone = tones.Tone.GOOD

    @property
    def tone(self) -> tones.Tone:
        """What its colour says."""
        return self.settled

    @property
    def left(self) -> str:
        """What happened instead of the days that are left."""
        return self.words


@dataclass(frozen=True, slots=True)
class Punctuality:
    """On time or late, by one of the two days."""

    label: str
    state: tones.State
    day: str


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """Everything the page asks for."""

    milestone: Milestone
    state: tones.State
    deadline: ShownDeadline
    reasons: tuple[str, ...]
    slots: tuple[Slot, ...]
    missing: tuple[Missing, ...]
    warnings: tuple[str, ...]
    punctuality: tuple[Punctuality, ...]
    extensions: tuple[Extension, ...]
    extension_names: dict[int, str]
    request: Extension | None
    not_applicable: NotApplicable | None
    responsibles: tuple[str, ...]
    superior: Milestone | None
    subordinates: tuple[Milestone, ...]
    entries: tuple[Entry, ...]
    may_submit: bool
    may_decide: bool
    may_answer: bool


def find_milestone(scope: Scope, milestone_id: int, *, day: datetime.date) -> Milestone | None:
    """A milestone the scope sees, with its state on a day and what stands around it."""
    rows = Milestone.objects.visible_to(scope).with_state(day)
    around = ("organisation", "measure", "wave__programme", "wave__region", "centre__organisation", "application")
    found = rows.select_related(*around).filter(pk=milestone_id).first()
    if found is not None and found.centre is not None and found.centre.programme_id == found.wave.programme_id:
        found.centre.programme = found.wave.programme  # read once
    return found


def read_milestone(milestone: Milestone, scope: Scope, *, day: datetime.date) -> MilestoneView:
    """The page of a milestone; the number of queries does not grow with its documents."""
    expected = expected_documents(milestone)
    proofs = list(
        Proof.objects.visible_to(scope).with_outcome().filter(milestone=milestone).order_by("submitted_at", "pk")
    )
    extensions = tuple(Extension.objects.filter(milestone=milestone).order_by("asked_at", "pk"))
    held = _not_applicable(milestone)
    may_submit = milestone.withdrawn_at is None and permissions.can_submit.test(scope, milestone)
    may_decide = milestone.withdrawn_at is None and permissions.can_decide.test(scope, milestone)
    papers = _read_papers(proofs, milestone, scope, may_submit=may_submit and held is None, may_decide=may_decide)
    live = [each for each in papers if each.proof.recalled_at is None]
    pieces = [(each.proof.expected_key, each.proof.outcome) for each in live]
    request = next((each for each in extensions if each.is_open), None)
    around = Milestone.objects.visible_to(scope).with_state(day).select_related("measure", "organisation")
    # below a school's own roadmap there is none; below what a region asks of the school there may be its town's
    is_lowest = (
        milestone.organisation.kind == OrganisationKind.SCHOOL
        and milestone.application.organisation_id == milestone.organisation_id
    )
    return MilestoneView(
        milestone=milestone,
        state=looks.STATES[milestone.state],
        deadline=show_deadline(milestone, extensions, day),
        reasons=tuple(_explain(milestone, extensions)),
        slots=tuple(_slots(expected, papers)),
        missing=tuple(missing_of(expected, pieces)),
        warnings=tuple(_order_warnings(live, expected)),
        punctuality=tuple(_punctuality(milestone)),
        extensions=extensions,
        extension_names=names_of(person for each in extensions for person in (each.asked_by_id, each.decided_by_id)),
        request=request,
        not_applicable=held,
        responsibles=tuple(_responsibles(milestone)),
        superior=around.filter(pk=milestone.superior_id).first() if milestone.superior_id else None,
        subordinates=() if is_lowest else tuple(around.filter(superior=milestone).order_by("due_on", "pk")[:500]),
        entries=tuple(_entries(milestone, scope)),
        may_submit=may_submit and held is None,
        may_decide=may_decide,
        may_answer=may_decide and request is not None and request.asked_by_id not in (scope.person, scope.acting_for),
    )


def _not_applicable(milestone: Milestone) -> NotApplicable | None:
    """What excuses it; the progress says whether there is any."""
    if milestone.progress != Progress.NOT_APPLICABLE:
        return None
    return NotApplicable.objects.filter(milestone=milestone, ended_at=None).first()


def _responsibles(milestone: Milestone) -> Iterable[str]:
    rows = Responsible.objects.filter(measure_id=milestone.measure_id, removed_at=None).order_by("position", "pk")
    return rows.values_list("name", flat=True)


def _entries(milestone: Milestone, scope: Scope) -> Iterable[Entry]:
    about = {"about_kind": "execution.milestone", "about_id": str(milestone.pk)}
    return Entry.objects.visible_to(scope).filter(**about).order_by("-made_at", "-pk")[:50]


def show_deadline(milestone: Milestone, extensions: Sequence[Extension], day: datetime.date) -> ShownDeadline:
    """The day with the phrase it comes from; what it waits for where there is none."""
    due = milestone.due_on
    day_off = None
    if due is not None and milestone.is_day_off:
        calendar = calendar_of(milestone.region_id)
        day_off = DayOff(
            calendar.previous_workday(due), calendar.next_workday(due), provisional=calendar.is_provisional(due.year)
        )
    shown = ShownDeadline(
        phrase=milestone.measure.deadline,
        due=due,
        today=day,
        day_off=day_off,
        waiting=_WAITS.get(milestone.waiting_for, "срок не назначен") if due is None else "",
        extended_from=milestone.planned_on if any(each.granted_on for each in extensions) else None,
    )
    if due is None or milestone.progress not in _SETTLED:
        return shown
    words, tone = _SETTLED[Progress(milestone.progress)]
    given = {each.name: getattr(shown, each.name) for each in fields(shown)}
    return SettledDeadline(**given, words=words, settled=tone)


def _explain(milestone: Milestone, extensions: Sequence[Extension]) -> Iterable[str]:
    """Sentences: from the phrase to the day."""
    phrase = milestone.measure.deadline
    yield f"В распоряжении написано: «{phrase}»." if phrase else "В распоряжении срок не написан."
    if milestone.planned_on is not None:
        yield f"Это {milestone.planned_on:%d.%m.%Y}; этот день включается в срок."
    elif milestone.due_on is not None:
        yield f"День назначен по графику или по событию: {milestone.due_on:%d.%m.%Y}."
    for each in extensions:
        if each.granted_on is not None:
            because = f" Основание: {each.decision_reason}." if each.decision_reason else ""
            yield f"Срок продлён с {each.due_on:%d.%m.%Y} до {each.granted_on:%d.%m.%Y}.{because}"
    if milestone.due_on is None:
        yield f"Дня пока нет: {_WAITS.get(milestone.waiting_for, 'срок не назначен')}."
    elif milestone.is_day_off:
        yield "День нерабочий; сам срок не переносится, рабочие дни рядом показаны."


def _read_papers(
    proofs: Sequence[Proof], milestone: Milestone, scope: Scope, *, may_submit: bool, may_decide: bool
) -> list[Paper]:
    rows = Evidence.objects.visible_to(scope).filter(pk__in={each.evidence_id for each in proofs})
    seen = {each.pk: each for each in rows.select_related("file", "signature", "replaced_by")}
    decisions = {
        each.proof_id: each for each in Decision.objects.filter(proof__in=proofs, reopened_at=None).order_by("pk")
    }
    names = names_of(
        [each.submitted_by_id for each in proofs]
        + [each.recalled_by_id for each in proofs]
        + [each.made_by_id for each in decisions.values()]
    )
    copies = _copies(seen.values(), milestone, scope)
    papers = []
    for proof in proofs:
        evidence, decision = seen.get(proof.evidence_id), decisions.get(proof.pk)
        is_own = proof.submitted_by_id in (scope.person, scope.acting_for)
        pending = proof.recalled_at is None and not proof.outcome
        papers.append(
            Paper(
                proof=proof,
                item=_item(proof, evidence, decision, names),
                evidence=evidence,
                preview_url=_preview_url(evidence),
                signature_url=_file_url(evidence.signature_id) if evidence is not None else "",
                copies=copies.get(proof.evidence_id, ()),
                who=names.get(proof.submitted_by_id, ""),
                may_decide=may_decide and pending and not is_own,
                is_own=may_decide and pending and is_own,
                may_recall=may_submit and pending,
                may_replace=may_submit
                and evidence is not None
                and proof.recalled_at is None
                and proof.outcome != Outcome.ACCEPTED
                and getattr(evidence, "replaced_by", None) is None,
                may_reopen=may_decide and decision is not None and not is_own,
            )
        )
    return papers


def _item(proof: Proof, evidence: Evidence | None, decision: Decision | None, names: dict[int, str]) -> EvidenceItem:
    state = looks.RECALLED if proof.recalled_at is not None else looks.OUTCOMES[proof.outcome]
    remark, remark_by = proof.recalled_because, ""
    if proof.recalled_at is not None:
        remark_by = _signed(names, proof.recalled_by_id, proof.recalled_at)
    elif decision is not None:
        remark, remark_by = decision.reason, _signed(names, decision.made_by_id, decision.made_at)
    if evidence is None:
        return EvidenceItem("Документ вышестоящего органа", state, dated=proof.dated_on, remark=remark)
    file = evidence.file
    return EvidenceItem(
        kind=evidence_title(evidence.evidence_type),
        state=state,
        title=evidence.title,
        number=evidence.number,
        dated=evidence.dated_on,
        issuer=evidence.issuer,
        file_url=_file_url(evidence.file_id),
        file_name=file.name if file is not None else "",
        file_size=filesizeformat(file.size) if file is not None else "",
        remark=remark,
        remark_by=remark_by,
    )


def _signed(names: dict[int, str], person_id: int | None, at: datetime.datetime) -> str:
    return f"{names.get(person_id or 0, '')}, {timezone.localtime(at):%d.%m.%Y %H:%M}"


def _file_url(file_id: int | None) -> str:
    return reverse("files_download", args=[file_id]) if file_id is not None else ""


def _preview_url(evidence: Evidence | None) -> str:
    if evidence is None or evidence.file is None or evidence.file.media_type not in PREVIEWED:
        return ""
    return reverse("execution_preview", args=[evidence.pk])


def _copies(shown: Iterable[Evidence], milestone: Milestone, scope: Scope) -> dict[int, tuple[str, ...]]:
    """Where else the same bytes were handed in, by document: «мероприятие, организация»."""
    sums = {each.file.sha256: each.pk for each in shown if each.file is not None}
    if not sums:
        return {}
    found: dict[int, list[str]] = {}
    for proof in find_same(scope, sums)[:100]:
        assert proof.evidence.file is not None
        pk = sums[proof.evidence.file.sha256]
        if proof.milestone_id != milestone.pk or proof.evidence_id != pk:
            found.setdefault(pk, []).append(place_of(proof))
    return {pk: tuple(dict.fromkeys(places)) for pk, places in found.items()}


def find_same(scope: Scope, sums: Iterable[str]) -> list[Proof]:
    """Documents handed in anywhere the scope sees whose files have these sums."""
    live = Proof.objects.live().visible_to(scope).filter(evidence__file__sha256__in=list(sums))
    return list(live.select_related("evidence__file", "milestone__measure", "organisation").order_by("pk")[:200])


def place_of(proof: Proof) -> str:
    """Where a document was handed in, in words."""
    return f"{proof.milestone.measure}, {proof.organisation}"


def _slots(expected: Sequence[ExpectedDocument], papers: Sequence[Paper]) -> Iterable[Slot]:
    by_key: dict[object, list[Paper]] = {}
    for paper in papers:
        by_key.setdefault(paper.proof.expected_key, []).append(paper)
    for number, document in enumerate(expected, start=1):
        mine = by_key.pop(document.key, [])
        yield _filled(
            Slot(
                key=str(document.key),
                title=f"{number}. {document.text or evidence_title(document.evidence_type)}",
                kind=document.evidence_type,
                note=_note(document),
                state=looks.EXPECTED if document.is_required else looks.OPTIONAL,
            ),
            mine,
        )
    rest = [paper for mine in by_key.values() for paper in mine]
    if rest or not expected:
        note = "" if expected else "Вид документа в распоряжении не назван: подойдёт любой, подтверждающий исполнение"
        state = looks.OPTIONAL if expected else looks.EXPECTED
        yield _filled(Slot("", "Дополнительные документы" if expected else "Документы", "", note, state), rest)


def _filled(slot: Slot, papers: Iterable[Paper]) -> Slot:
    for paper in papers:
        replaced = paper.evidence is not None and getattr(paper.evidence, "replaced_by", None) is not None
        gone = paper.proof.recalled_at is not None or (replaced and paper.proof.outcome == Outcome.RETURNED)
        (slot.earlier if gone else slot.papers).append(paper)
    return slot


def _note(document: ExpectedDocument) -> str:
    parts = [evidence_title(document.evidence_type)] if document.text else []
    parts += [looks.ISSUERS[document.evidence_type]] if document.evidence_type in looks.ISSUERS else []
    if document.minimum > 1:
        parts.append(f"не меньше {document.minimum} штук")
    if document.is_inferred:
        parts.append("в распоряжении не назван, обычно нужен на этом этапе")
    if not document.is_required:
        parts.append("необязателен")
    return "; ".join(parts)


def _order_warnings(papers: Sequence[Paper], expected: Sequence[ExpectedDocument]) -> Iterable[str]:
    """A letter, its answer and the act follow one another in time; whatever does not is said aloud."""
    if not {each.evidence_type for each in expected} >= {"letter-out", "letter-in"}:
        return
    shown = [each.evidence for each in papers if each.is_current and each.evidence is not None]
    dated = [
        (looks.IN_TIME[each.evidence_type], each.dated_on, each)
        for each in shown
        if each.evidence_type in looks.IN_TIME and each.dated_on
    ]
    dated.sort(key=lambda each: (each[0], each[1], each[2].pk))
    for (place, day, one), (next_place, next_day, other) in pairwise(dated):
        if place < next_place and day > next_day:
            yield (
                f"«{evidence_title(other.evidence_type)}» от {next_day:%d.%m.%Y} раньше, чем "
                f"«{evidence_title(one.evidence_type)}» от {day:%d.%m.%Y}. Проверьте даты: сначала письмо, потом ответ, потом акт."
            )


def _punctuality(milestone: Milestone) -> Iterable[Punctuality]:
    """Both ways of being on time, kept apart: by the day of the last required document, and by the day it was handed in."""
    due = milestone.due_on
    submitted = timezone.localdate(milestone.submitted_at) if milestone.submitted_at else None
    for label, day in (("По дате последнего документа", milestone.documented_on), ("По дате подачи", submitted)):
        if day is not None and due is not None:
            yield Punctuality(label, _timely(due, day), f"{day:%d.%m.%Y}")


def _timely(due: datetime.date, day: datetime.date) -> tones.State:
    late = (day - due).days
    if late <= 0:
        return tones.State("в срок", tones.Tone.GOOD)
    return tones.State(f"с опозданием на {counted(late, 'день', 'дня', 'дней')}", tones.Tone.BAD)


def find_evidence(scope: Scope, evidence_id: int) -> Evidence | None:
    """A document the scope sees, with its file."""
    rows = Evidence.objects.visible_to(scope).select_related("file", "organisation")
    return rows.filter(pk=evidence_id).first()


def find_proof(scope: Scope, proof_id: int) -> Proof | None:
    """A document handed in that the scope sees, with its milestone and its evidence."""
    rows = Proof.objects.visible_to(scope).with_outcome()
    around = ("milestone__organisation", "milestone__measure", "milestone__wave", "evidence__file")
    seen = Q(evidence__in=Evidence.objects.visible_to(scope))
    return rows.select_related(*around).filter(seen, pk=proof_id).first()
