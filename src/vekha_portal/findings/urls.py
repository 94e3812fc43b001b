"""Addresses of findings."""

from __future__ import annotations

from django.urls import path

from vekha_portal.findings import views
from vekha_portal.findings.comparison import views as comparison

urlpatterns = [
    path("", views.list_page, name="findings_list"),
    path("revisions/<int:revision_id>/", views.roadmap_page, name="findings_roadmap"),
    path("revisions/<int:revision_id>/check/", views.check, name="findings_check"),
    path("revisions/<int:revision_id>/protocol.docx", views.protocol, name="findings_protocol"),
    path("<int:finding_id>/waive/", views.waive, name="findings_waive"),
    path("<int:finding_id>/correct/", views.correct, name="findings_correct"),
    path("waivers/<int:waiver_id>/revoke/", views.revoke, name="findings_revoke"),
    path("compare/", comparison.compare, name="compare"),
    path("compare/sheet.xlsx", comparison.compare_sheet, name="compare_sheet"),
    path("compare/regions/", comparison.compare_regions, name="compare_regions"),
    path("compare/regions.xlsx", comparison.compare_regions_sheet, name="compare_regions_sheet"),
    path("rules/", views.rules, name="findings_rules"),
    path("rules/<str:code>/", views.rule, name="findings_rule"),
]
