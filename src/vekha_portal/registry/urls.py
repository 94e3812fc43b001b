"""Addresses of the registry."""

from __future__ import annotations

from django.urls import path

from vekha_portal.registry import views

urlpatterns = [
    path("", views.list_page, name="registry_list"),
    path("add/", views.add, name="registry_add"),
    path("import/", views.upload, name="registry_upload"),
    path("import/<int:import_id>/", views.import_page, name="registry_import"),
    path("import/<int:import_id>/errors.xlsx", views.import_errors, name="registry_import_errors"),
    path("<int:organisation_id>/", views.card, name="registry_card"),
    path("<int:organisation_id>/change/", views.change, name="registry_change"),
    path("<int:organisation_id>/rename/", views.rename, name="registry_rename"),
    path("<int:organisation_id>/end/", views.end, name="registry_end"),
]
