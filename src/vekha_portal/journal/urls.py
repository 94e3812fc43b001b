"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from vekha_portal.journal import views

urlpatterns = [path("", views.list_entries, name="journal_list")]
