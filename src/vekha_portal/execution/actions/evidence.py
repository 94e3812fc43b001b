"""Documents: entered with a file or a reference, handed in for milestones, recalled, replaced by a new version."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from vekha_portal.accounts.models import Person
from vekha_portal.execution import progress
from vekha_portal.execution.actions.points import demand_reason, lock_to_submit, write_down
from vekha_portal.execution.models import Milestone, Progress
from vekha_portal.execution.proof import Evidence, Outcome, Proof
from vekha_portal.files.actions import keep
from vekha_portal.files.models import StoredFile
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.dates.bridge import evidence_title
from vekha_portal.orders.models import ExpectedDocument
from vekha_portal.registry.models import Organisation
from vekha_portal.registry.permissions import is_within

MOST_BYTES = 200 * 1024 * 1024
MOST_SIGNATURE_BYTES = 5 * 1024 * 1024
_EARLIEST = datetime.date(2000, 1, 1)
_WEB = re.compile(r"https?://[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)
_PROGRAMS = frozenset({"application/vnd.microsoft.portable-executable", "application/x-executable"})
#: Documents that are registered: without a number they cannot be found in the files of the office.
NUMBERED = frozenset({"region-act", "education-body-order", "school-act", "letter-out", "letter-in", "agreement"})


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes that came, in pieces, and the name they came under."""

    stream: Iterable[bytes]
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is written about a document."""

    evidence_type: str
    dated_on: datetime.date | None
    number: str = ""
    title: str = ""
    issuer: str = ""
    reference: str = ""
    url: str = ""


@transaction.atomic
def add_evidence(
    *,
    card: Card,
    organisation: Organisation,
    is_shared_below: bool = False,
    file: Upload | None = None,
    signature: Upload | None = None,
    replaces: Evidence | None = None,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Evidence:
    """Enter a document of an organisation: with its file, or with where it is kept. Raises :class:`Refused`."""
    if not is_within.test(scope, organisation) or organisation.region_id is None:
        raise NotAllowed("Документы вносят только за свою организацию и подведомственные ей.")
    _check_card(card, at, has_file=file is not None, has_signature=signature is not None)
    kept = [
        None if upload is None else _keep(upload, organisation, limit, is_shared_below, by, scope, at)
        for upload, limit in ((file, MOST_BYTES), (signature, MOST_SIGNATURE_BYTES))
    ]
    try:
        with transaction.atomic():
            return Evidence.objects.create(
                region_id=organisation.region_id,
                organisation=organisation,
                is_shared_below=is_shared_below,
                evidence_type=card.evidence_type,
                title=card.title.strip(),
                number=card.number.strip(),
                dated_on=card.dated_on,
                issuer=card.issuer.strip(),
                file=kept[0],
                signature=kept[1],
                reference=card.reference.strip(),
                url=card.url.strip(),
                replaces=replaces,
                added_at=at,
                added_by=by,
            )
    except IntegrityError as error:
        if replaces is None:
            raise
        raise Refused("Этот документ уже заменён новой версией. Обновите страницу.") from error


def _check_card(card: Card, at: datetime.datetime, *, has_file: bool, has_signature: bool) -> None:
    if evidence_title(card.evidence_type) == card.evidence_type:
        raise Refused("Выберите вид документа из списка.")
    if not has_file and not card.reference.strip() and not card.url.strip():
        raise Refused("Приложите файл или напишите, где документ: номер извещения, ссылка, где зарегистрирован.")
    if has_signature and not has_file:
        raise Refused("Файл подписи прикладывают к файлу, который им подписан. Приложите и сам документ.")
    if card.url.strip() and not _WEB.fullmatch(card.url.strip()):
        raise Refused("Ссылка не похожа на адрес страницы: она начинается с http:// или https://.")
    if card.dated_on is None:
        raise Refused("Укажите дату документа: по ней видно, выполнено ли в срок.")
    if card.dated_on > timezone.localdate(at):
        raise Refused(f"Дата документа {card.dated_on:%d.%m.%Y} ещё не наступила. Проверьте день, месяц и год.")
    if card.dated_on < _EARLIEST:
        raise Refused(f"Дата документа {card.dated_on:%d.%m.%Y} слишком давняя. Проверьте год.")
    if card.evidence_type in NUMBERED and not card.number.strip():
        raise Refused("Укажите номер документа; если он без номера, напишите «б/н».")


def _keep(
    upload: Upload,
    organisation: Organisation,
    limit: int,
    is_shared_below: bool,  # noqa: FBT001 — passed on as it came
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> StoredFile:
    kept = keep(
        stream=upload.stream,
        name=upload.name,
        organisation=organisation,
        is_shared_below=is_shared_below,
        by=by,
        scope=scope,
        at=at,
        limit=limit,
    )
    if kept.media_type in _PROGRAMS:
        raise Refused(f"Файл «{kept.name}» — программа, а не документ. Приложите документ: pdf, docx, xlsx, снимок.")
    return kept


@transaction.atomic
def hand_in(
    *,
    milestone: Milestone,
    expected_key: uuid.UUID | None,
    card: Card,
    is_shared_below: bool = False,
    file: Upload | None = None,
    signature: Upload | None = None,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Proof:
    """A new document for one milestone; the milestone is locked before the bytes are kept, as in work in bulk."""
    found = lock_to_submit([milestone.pk], scope)[milestone.pk]
    made = add_evidence(
        card=card,
        organisation=found.organisation,
        is_shared_below=is_shared_below,
        file=file,
        signature=signature,
        by=by,
        scope=scope,
        at=at,
    )
    return submit(evidence=made, targets={found.pk: expected_key}, by=by, scope=scope, at=at)[0]


@transaction.atomic
def submit(
    *, evidence: Evidence, targets: Mapping[int, uuid.UUID | None], by: Person, scope: Scope, at: datetime.datetime
) -> list[Proof]:
    """Hand one document in for milestones: for each, the key of the expected document, ``None`` for an additional one."""
    known = Evidence.objects.visible_to(scope).select_related("file").filter(pk=evidence.pk).first()
    if known is None:
        raise Refused("Этого документа нет или он вам не виден.")
    if Evidence.objects.filter(replaces=known).exists():
        raise Refused("Этот документ заменён новой версией. Подайте новую.")
    milestones = lock_to_submit(targets, scope)
    if any(each.progress == Progress.NOT_APPLICABLE for each in milestones.values()):
        raise Refused("Контрольная точка отмечена как не требующаяся: документы к ней не подают.")
    named = _names_of(milestones.values(), targets)
    _refuse_twins(known, targets)
    try:
        with transaction.atomic():
            made = Proof.objects.bulk_create(
                _proof(known, milestones[pk], key, by, at) for pk, key in sorted(targets.items())
            )
    except IntegrityError as error:
        if "proof_once" not in str(error):
            raise
        raise Refused("Этот документ уже подан к этой контрольной точке. Обновите страницу.") from error
    for pk, key in sorted(targets.items()):
        data = {"документ": str(known), "к чему": named[pk, key]}
        write_down("document-submitted", milestones[pk], by=by, at=at, data=data)
    progress.refresh(milestones)
    return made


def _refuse_twins(evidence: Evidence, targets: Mapping[int, uuid.UUID | None]) -> None:
    """The same bytes, or the same reference, for the same thing: a second click, or a mistake."""
    live = Proof.objects.live().filter(milestone_id__in=targets).exclude(evidence=evidence)
    if evidence.file is not None:
        live = live.filter(evidence__file__sha256=evidence.file.sha256)
    else:
        same = ("evidence_type", "number", "dated_on", "reference", "url")
        live = live.filter(evidence__file=None, **{f"evidence__{name}": getattr(evidence, name) for name in same})
    twins = [pk for pk, key in live.values_list("milestone_id", "expected_key") if targets[pk] == key]
    if twins:
        raise Refused("Этот же документ уже подан сюда: второй раз подавать не нужно. Обновите страницу.")


def _proof(evidence: Evidence, milestone: Milestone, key: uuid.UUID | None, by: Person, at: datetime.datetime) -> Proof:
    return Proof(
        region_id=milestone.region_id,
        organisation_id=milestone.organisation_id,
        milestone=milestone,
        evidence=evidence,
        expected_key=key,
        dated_on=evidence.dated_on,
        submitted_at=at,
        submitted_by=by,
    )


def _names_of(
    milestones: Iterable[Milestone], targets: Mapping[int, uuid.UUID | None]
) -> dict[tuple[int, uuid.UUID | None], str]:
    """What each document is handed in for, in words; a key that the milestone does not ask for is refused."""
    milestones = list(milestones)
    rows = ExpectedDocument.objects.filter(measure_id__in={each.measure_id for each in milestones}, removed_at=None)
    asked = {(row.measure_id, row.key): row for row in rows}
    names: dict[tuple[int, uuid.UUID | None], str] = {}
    for each in milestones:
        key = targets[each.pk]
        if key is None:
            names[each.pk, key] = "дополнительный документ"
            continue
        found = asked.get((each.measure_id, key))
        if found is None or (each.item is not None and found.item not in (None, each.item)):
            raise Refused(
                "К этой контрольной точке такой документ не ожидается. Обновите страницу и выберите из списка."
            )
        names[each.pk, key] = found.text or evidence_title(found.evidence_type)
    return names


@transaction.atomic
def recall(*, proof: Proof, reason: str = "", by: Person, scope: Scope, at: datetime.datetime) -> Proof:
    """Take a document back before anybody decided about it."""
    milestone = lock_to_submit([proof.milestone_id], scope)[proof.milestone_id]
    found = Proof.objects.with_outcome().select_related("evidence__file").get(pk=proof.pk)
    if found.recalled_at is not None:
        raise Refused("Документ уже отозван.")
    if found.outcome:
        raise Refused(
            "По документу уже есть решение, отозвать его нельзя. Подайте новую версию или попросите отменить решение."
        )
    _recall([found], reason.strip(), by, at)
    write_down("document-recalled", milestone, by=by, at=at, reason=reason, data={"документ": str(found.evidence)})
    progress.refresh([milestone.pk])
    found.refresh_from_db()
    return found


def _recall(proofs: Iterable[Proof], reason: str, by: Person, at: datetime.datetime) -> None:
    Proof.objects.filter(pk__in=[each.pk for each in proofs]).update(
        recalled_at=at, recalled_by=by, recalled_because=reason
    )


@transaction.atomic
def replace(
    *,
    evidence: Evidence,
    card: Card,
    file: Upload | None = None,
    signature: Upload | None = None,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Evidence:
    """A new version of a document, wherever it is not accepted yet; the old one stays, and stays proof where it was accepted."""
    old = Evidence.objects.visible_to(scope).select_related("organisation").filter(pk=evidence.pk).first()
    if old is None:
        raise Refused("Этого документа нет или он вам не виден.")
    handed = list(Proof.objects.live().visible_to(scope).filter(evidence=old).order_by("milestone_id"))
    milestones = lock_to_submit({each.milestone_id for each in handed}, scope)
    current = [
        each
        for each in Proof.objects.live().with_outcome().filter(evidence=old, milestone_id__in=milestones)
        if each.outcome != Outcome.ACCEPTED
    ]
    if not current:
        raise Refused("Документ принят. Чтобы заменить его, попросите отменить решение.")
    made = add_evidence(
        card=card,
        organisation=old.organisation,
        is_shared_below=old.is_shared_below,
        file=file,
        signature=signature,
        replaces=old,
        by=by,
        scope=scope,
        at=at,
    )
    _recall((each for each in current if not each.outcome), "заменён новой версией", by, at)
    Proof.objects.bulk_create(
        _proof(made, milestones[each.milestone_id], each.expected_key, by, at) for each in current
    )
    data = {"документ": {"было": str(old), "стало": str(made)}}
    for pk in sorted({each.milestone_id for each in current}):
        write_down("document-replaced", milestones[pk], by=by, at=at, data=data)
    progress.refresh(milestones)
    return made


def owner_of(milestones: Iterable[Milestone]) -> Organisation:
    """Whose a document for these milestones is: their organisation, or the nearest above all of them."""
    paths = {each.organisation.path: each.organisation for each in milestones}
    common = _common_path(list(paths))
    if common in paths:
        return paths[common]
    found = Organisation.objects.filter(path=common).first() if common else None
    if found is None or found.region_id is None:
        raise Refused("У выбранных контрольных точек нет общей вышестоящей организации. Подайте документ по частям.")
    return found


def _common_path(paths: list[str]) -> str:
    """The longest beginning, in whole steps of the tree, that all paths share.

    >>> _common_path(["00000000010000000002", "00000000010000000003"])
    '0000000001'
    """
    step, first = 10, min(paths, key=len)
    for end in range(len(first), 0, -step):
        if all(path.startswith(first[:end]) for path in paths):
            return first[:end]
    return ""


__all__ = [
    "NUMBERED",
    "Card",
    "Upload",
    "add_evidence",
    "demand_reason",
    "hand_in",
    "owner_of",
    "recall",
    "replace",
    "submit",
]
