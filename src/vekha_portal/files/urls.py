"""Addresses of files."""

from __future__ import annotations

from django.urls import path

from vekha_portal.files import views

urlpatterns = [path("<int:file_id>/", views.download, name="files_download")]
