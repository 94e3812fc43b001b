"""Addresses of waves and centres' cards."""

from __future__ import annotations

from django.urls import URLPattern, path

from vekha_portal.centres.views import cards, waves

urlpatterns: list[URLPattern] = [
    path("waves/", waves.list_page, name="centres_waves"),
    path("waves/new/", waves.new, name="centres_wave_new"),
    path("waves/<int:wave_id>/change/", waves.change, name="centres_wave_change"),
    path("waves/<int:wave_id>/close/", waves.close, name="centres_wave_close"),
    path("waves/<int:wave_id>/schools.xlsx", waves.list_sheet, name="centres_list_sheet"),
    path("<int:centre_id>/change/", cards.change, name="centres_change"),
    path("<int:centre_id>/rename/", cards.rename, name="centres_rename"),
    path("<int:centre_id>/open/", cards.open_page, name="centres_open"),
]
