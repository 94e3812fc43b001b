"""Addresses of the gallery and of the theme."""

from __future__ import annotations

from django.urls import path

from vekha_portal.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("ui/pictures/", views.pictures, name="pictures"),
    path("ui/table/", views.table, name="table"),
    path("ui/form/", views.form, name="form"),
    path("ui/confirm/", views.confirm, name="confirm"),
    path("theme/", views.theme, name="theme"),
]
