"""Addresses of exchanges."""

from __future__ import annotations

from django.urls import path

from vekha_portal.exchanges import views

urlpatterns = [
    path("", views.list_page, name="exchanges_list"),
    path("new/", views.new, name="exchanges_new"),
    path("<int:exchange_id>/", views.card, name="exchanges_card"),
    path("<int:exchange_id>/draft.docx", views.draft, name="exchanges_draft"),
    path("<int:exchange_id>/end/", views.end, name="exchanges_end"),
    path("<int:exchange_id>/letters/<int:letter_id>/annul/", views.annul, name="exchanges_annul"),
]
