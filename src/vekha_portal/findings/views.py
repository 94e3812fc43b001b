"""Pages of findings: of one roadmap, of everything one sees, the rules, waivers and corrections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vekha_portal.findings import actions, permissions, queries
from vekha_portal.findings.bridge import rules_version
from vekha_portal.findings.corrections.actions import correct as correct_draft
from vekha_portal.findings.corrections.offers import list_measures_of
from vekha_portal.findings.forms import FilterForm, WaiveForm
from vekha_portal.findings.models import CheckRun, Finding, Waiver
from vekha_portal.findings.protocol.bridge import draw_up
from vekha_portal.findings.rulebook import find_page, list_pages, title_of
from vekha_portal.findings.shown import STATES, address_of_revision, draw_trend, list_codes, show, subject_of
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders.models import Revision
from vekha_portal.orders.reads import find_revision
from vekha_portal.registry.permissions import is_within
from vekha_portal.ui.frame import Crumb
from vekha_portal.ui.pages import Answer, page
from vekha_portal.ui.tables import Column, Sorting, turn_to

UNPROCESSABLE = 422
SECTION = "findings"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = (
    Column("severity", "Важность", ("weight", "rule")),
    Column("rule", "Правило", ("rule", "weight")),
    Column("text", "Замечание и что сделать"),
    Column("where", "Где", ("measure_number", "rule")),
    Column("found", "Найдено", ("found_at",)),
)
LIST_COLUMNS = (
    *COLUMNS[:2],
    Column("subject", "Документ или волна", ("roadmap_id", "wave_id", "weight")),
    *COLUMNS[2:],
)
NOT_YOURS = "Замечания к распоряжению видят те, кто его ведёт, и те, кто стоит выше. Утверждённую карту можно открыть в разделе «Дорожные карты»."
#: What the name of a finding's subject is made of.
SUBJECT = ("roadmap__programme", "roadmap__order", "revision", "wave__programme", "wave__region")
Outcome = Mapping[str, Any] | Answer | HttpResponse


@require_safe
@guarded(permissions.can_list_findings)
@page("findings/list.html", partials=["findings"])
def list_page(request: ScopedRequest) -> Mapping[str, Any]:
    """Everything that was found in the drafts, roadmaps and waves of one's part of the tree."""
    day, scope = timezone.localdate(), request.scope
    seen = Finding.objects.visible_to(scope).filter(gone_at=None)
    form = FilterForm(request.GET, rules=list_codes(seen), everywhere=True)
    sorting = Sorting.read(request.GET, LIST_COLUMNS, "severity")
    rows = queries.list_findings(scope, form.filters(), day=day)
    rows = rows.select_related(*SUBJECT, "organisation")
    turned = turn_to(rows.order_by(*sorting.order_by), request.GET)
    turned.object_list = show(list(turned.object_list), scope)
    return {
        "title": "Замечания",
        "section": SECTION,
        "form": form,
        "sorting": sorting,
        "page": turned,
        "totals": _totals(scope, day),
    }


def _totals(scope: Any, day: Any) -> list[tuple[Any, int]]:
    rows = queries.list_findings(scope, queries.Filters(), day=day)
    counts = queries.count_by_severity(rows)
    return [(state, counts.get(severity.value, 0)) for severity, state in STATES.items()]


def _revision(request: ScopedRequest, revision_id: int) -> Revision:
    found = find_revision(request.scope, revision_id)
    if found is None:
        raise Http404
    if not is_within.test(request.scope, found.organisation):
        raise NotAllowed(NOT_YOURS)
    return found


@require_safe
@guarded(permissions.can_list_findings)
@page("findings/roadmap.html", partials=["findings"])
def roadmap_page(request: ScopedRequest, revision_id: int) -> Mapping[str, Any]:
    """What was found in one revision, what may be done about it, and how it went from run to run."""
    revision, day, scope = _revision(request, revision_id), timezone.localdate(), request.scope
    seen = Finding.objects.visible_to(scope).filter(revision=revision, gone_at=None)
    form = FilterForm(request.GET, rules=list_codes(seen))
    sorting = Sorting.read(request.GET, COLUMNS, "severity")
    rows = queries.list_findings(scope, form.filters(), day=day).filter(revision=revision)
    turned = turn_to(rows.select_related("organisation").order_by(*sorting.order_by), request.GET)
    found = [_with_revision(each, revision) for each in turned.object_list]
    turned.object_list = show(
        found, scope, measures=list_measures_of(revision, found), year=revision.roadmap.subsidy_year
    )
    run, runs = queries.current_run(revision), queries.list_trend(revision)
    mark = queries.full_mark(queries.list_marks([revision.basis_id]).get(revision.basis_id, ""), rules_version())
    return {
        "title": f"Замечания: {revision.roadmap}",
        "section": SECTION,
        "crumbs": (Crumb("Замечания", reverse("findings_list")), Crumb(str(revision.roadmap))),
        "revision": revision,
        "form": form,
        "sorting": sorting,
        "page": turned,
        "run": run,
        "runs": list(reversed(runs)),
        "trend": draw_trend(runs),
        "is_stale": run is not None and run.mark != mark and revision.is_draft,
        "review_url": address_of_revision(revision),
        "may_check": permissions.can_check.test(scope, revision),
    }


def _with_revision(finding: Finding, revision: Revision) -> Finding:
    """The rows of one revision share it, so that a page asks for it once."""
    finding.revision, finding.roadmap = revision, revision.roadmap
    return finding


@require_POST
@guarded(permissions.can_list_findings)
def check(request: ScopedRequest, revision_id: int) -> HttpResponse:
    """Check now."""
    revision = _revision(request, revision_id)
    try:
        run = actions.ask_check(revision=revision, by=request.user, scope=request.scope, at=timezone.now())
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Проверено. Замечаний: {run.total}.")
    return redirect("findings_roadmap", revision_id)


@require_safe
@guarded(permissions.can_list_findings)
def protocol(request: ScopedRequest, revision_id: int) -> HttpResponse:
    """The protocol of the order's check, to be printed and signed."""
    revision, day = _revision(request, revision_id), timezone.localdate()
    order = queries.get_revision(revision.pk).basis
    findings = queries.list_order_findings(order, day=day)
    runs = list(
        CheckRun.objects.filter(revision__basis=order, revision__withdrawn_at=None, is_current=True)
        .select_related("revision__roadmap__programme", "revision__roadmap__order")
        .order_by("revision__roadmap__position")
    )
    waivers = queries.list_waivers(
        [each.fingerprint for each in findings],
        roadmaps=[each.roadmap_id for each in findings if each.roadmap_id],
        waves=[],
    )
    data = draw_up(order, findings, runs=runs, waivers=waivers, by=str(request.user), day=day)
    name = f"protocol-{order.pk}-{day:%Y-%m-%d}.docx"
    return HttpResponse(data, content_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _finding(request: ScopedRequest, finding_id: int) -> Finding:
    rows = Finding.objects.visible_to(request.scope).select_related(*SUBJECT, "organisation", "revision__organisation")
    found: Finding | None = rows.filter(pk=finding_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_list_findings)
@page("findings/waive.html")
def waive(request: ScopedRequest, finding_id: int) -> Outcome:
    """Answer for leaving a finding until a day."""
    found, day = _finding(request, finding_id), timezone.localdate()
    if not permissions.can_waive.test(request.scope, found):
        raise NotAllowed("Принять замечание может тот, кто ведёт это распоряжение или эту волну.")
    subject, back = subject_of(found)
    form = WaiveForm.on(day, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.waive(
                finding=found,
                reason=form.cleaned_data["reason"],
                ends_on=form.cleaned_data["ends_on"],
                day=day,
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Замечание принято до срока. Оно остаётся в списке и в протоколе.")
            return redirect(back or "findings_list")
    context = {
        "title": "Принять замечание до срока",
        "section": SECTION,
        "finding": found,
        "rule_title": title_of(found.rule),
        "subject": subject,
        "form": form,
        "back_url": back or reverse("findings_list"),
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_list_findings)
@page("ui/confirm.html", partials=["dialog"])
def revoke(request: ScopedRequest, waiver_id: int) -> Outcome:
    """Take a waiver back."""
    row = Waiver.objects.visible_to(request.scope).select_related("organisation").filter(pk=waiver_id).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        actions.revoke_waiver(waiver=row, by=request.user, scope=request.scope, at=timezone.now())
        messages.success(request, "Решение отменено, замечание снова открыто.")
        return redirect("findings_list")
    return {
        "title": "Отменить принятие замечания?",
        "section": SECTION,
        "consequences": [row.message, f"Принято по {row.ends_on:%d.%m.%Y}: {row.reason}"],
        "verb": "Отменить принятие",
        "back_url": reverse("findings_list"),
    }


@require_POST
@guarded(permissions.can_list_findings)
def correct(request: ScopedRequest, finding_id: int) -> HttpResponse:
    """Put a finding right in the draft."""
    found = _finding(request, finding_id)
    given = request.POST.get("version", "")
    try:
        correct_draft(
            finding=found,
            kind=request.POST.get("kind", "")[:20],
            version=int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1,
            by=request.user,
            scope=request.scope,
            at=timezone.now(),
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Черновик исправлен и проверен снова. Прежний текст — в истории мероприятия.")
    return redirect("findings_roadmap", found.revision_id) if found.revision_id else redirect("findings_list")


@require_safe
@guarded(permissions.can_read_rules)
@page("findings/rules.html")
def rules(request: ScopedRequest) -> Mapping[str, Any]:
    """The catalogue of rules."""
    families: dict[str, list[Any]] = {}
    for each in list_pages():
        families.setdefault(each.family, []).append((each, STATES[each.severity]))  # type: ignore[index]  # a choice is its value
    return {
        "title": "Правила проверки",
        "section": SECTION,
        "crumbs": (Crumb("Замечания", reverse("findings_list")), Crumb("Правила")),
        "families": families,
        "count": len(list_pages()),
    }


@require_safe
@guarded(permissions.can_read_rules)
@page("findings/rule.html")
def rule(request: ScopedRequest, code: str) -> Mapping[str, Any]:
    """One rule: why, what breaks it, how it should be, on what it is based."""
    found = find_page(code)
    if found is None:
        raise Http404
    crumbs = (
        Crumb("Замечания", reverse("findings_list")),
        Crumb("Правила", reverse("findings_rules")),
        Crumb(found.code),
    )
    return {
        "title": f"{found.code}. {found.title}",
        "section": SECTION,
        "crumbs": crumbs,
        "rule": found,
        "state": STATES[found.severity],  # type: ignore[index]  # a choice is its value
        "found": Finding.objects.visible_to(request.scope).filter(rule=found.code, gone_at=None).count(),
    }
