"""Addresses of the page «Дорожная карта»."""

from __future__ import annotations

from django.urls import URLPattern, path

from vekha_portal.execution.views import roadmap

urlpatterns: list[URLPattern] = [
    path("<int:roadmap_id>/", roadmap.measures, name="roadmap_measures"),
    path("<int:roadmap_id>/matrix/", roadmap.matrix, name="roadmap_matrix"),
    path("<int:roadmap_id>/gantt/", roadmap.gantt, name="roadmap_gantt"),
    path("<int:roadmap_id>/calendar/", roadmap.calendar, name="roadmap_calendar"),
    path("<int:roadmap_id>/document/", roadmap.document, name="roadmap_document"),
    path("<int:roadmap_id>/measures.xlsx", roadmap.sheet, name="roadmap_sheet"),
]
