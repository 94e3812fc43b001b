"""Addresses of waves and centres' cards."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
