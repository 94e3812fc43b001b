"""Addresses of the rules over waves."""

from __future__ import annotations

from django.urls import path

from vekha_portal.oversight import views

urlpatterns = [
    path("waves/<int:wave_id>/", views.wave_page, name="oversight_wave"),
    path("waves/<int:wave_id>/check/", views.check, name="oversight_check"),
]
