"""Addresses of calendars."""

from __future__ import annotations

from django.urls import path, re_path

from vekha_portal.notices import views

urlpatterns = [
    path("me/calendar/", views.calendars, name="notices_calendars"),
    path("me/calendar/<int:feed_id>/revoke/", views.revoke, name="notices_revoke_calendar"),
    re_path(r"^calendar/(?P<token>[A-Za-z0-9_-]{20,100})\.ics$", views.calendar, name="notices_calendar"),
]
