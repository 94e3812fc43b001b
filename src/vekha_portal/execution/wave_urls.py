"""Addresses of a wave with what is applied to it: its card and its list of schools."""

from __future__ import annotations

from django.urls import URLPattern, path

from vekha_portal.execution.views import waves

urlpatterns: list[URLPattern] = [
    path("<int:wave_id>/", waves.wave_page, name="centres_wave"),
    path("<int:wave_id>/schools/", waves.choose, name="centres_choose"),
    path("<int:wave_id>/schools/upload/", waves.upload, name="centres_list_upload"),
    path("schools/import/<int:import_id>/", waves.import_page, name="centres_list_import"),
    path("schools/import/<int:import_id>/errors.xlsx", waves.import_errors, name="centres_list_errors"),
    path("centres/<int:centre_id>/remove/", waves.remove, name="centres_remove"),
    path("centres/<int:centre_id>/close/", waves.close, name="centres_close"),
]
