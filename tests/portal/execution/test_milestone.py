"""The page «Контрольная точка»: what it shows to whom, the form that hands a document in, and the deeds on one document."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from tests.portal.execution.deeds import PDF, Deeds
from tests.portal.people import signed_in
from vekha_portal.execution.models import Evidence, Milestone, Proof
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope


def page_of(milestone: Milestone) -> str:
    return reverse("execution_milestone", args=[milestone.pk])


def words(response: Any) -> str:
    page: Any = html.document_fromstring(response.content.decode())
    return " ".join(page.find(".//main").text_content().split())


def send(client: Client, milestone: Milestone, **values: Any) -> Any:
    given = {"dated_on": "2026-02-20", "number": "17", "evidence_type": "", **values}
    return client.post(page_of(milestone), given)


def test_a_school_hands_a_document_in_and_the_town_accepts_it(deeds: Deeds) -> None:
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    school, town = signed_in(deeds.country, "school"), signed_in(deeds.country, "town")
    with use_scope(SYSTEM_SCOPE):
        key = str(deeds.key(milestone))
    before = words(school.get(page_of(milestone)))
    assert "Не хватает: отчёт" in before
    assert "за I квартал 2026" in before
    file = SimpleUploadedFile("../../отчёт <b>за квартал</b>.pdf", PDF, "text/html")
    assert send(school, milestone, expected=key, file=file).status_code == 302
    shown = words(school.get(page_of(milestone)))
    assert "на проверке" in shown and "Не хватает" not in shown
    with use_scope(SYSTEM_SCOPE):
        proof = Proof.objects.get(milestone=milestone)
        evidence = Evidence.objects.select_related("file").get(pk=proof.evidence_id)
        assert evidence.file is not None
        assert evidence.file.media_type == "application/pdf"
        assert evidence.file.name == "отчёт <b>за квартал<_b>.pdf" or "/" not in evidence.file.name
    assert "Принять" in words(town.get(page_of(milestone)))
    assert "Принять" not in shown
    assert town.post(reverse("execution_accept", args=[proof.pk])).status_code == 302
    assert "Всё принято" in words(school.get(page_of(milestone)))
