"""Addresses of a wave with what is applied to it: its card and its list of schools."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
