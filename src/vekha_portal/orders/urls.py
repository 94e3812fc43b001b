"""Addresses of orders."""

from __future__ import annotations

from django.urls import URLPattern, path

from vekha_portal.orders.views import links, listing, mapping, order, revision, settings

urlpatterns: list[URLPattern] = [
    path("", listing.list_page, name="orders_list"),
    path("new/", order.enter, name="orders_new"),
    path("<int:order_id>/", order.card, name="orders_order"),
    path("<int:order_id>/correct/", order.correct, name="orders_correct"),
    path("<int:order_id>/withdraw/", order.withdraw, name="orders_withdraw"),
    path("<int:order_id>/superior/", order.superior, name="orders_superior"),
    path("revisions/<int:revision_id>/approve/", revision.approve, name="orders_approve"),
    path("revisions/<int:revision_id>/abandon/", revision.abandon, name="orders_abandon"),
    path("revisions/<int:revision_id>/adopt/", revision.adopt, name="orders_adopt"),
    path("revisions/<int:revision_id>/mapping/", mapping.mapping, name="orders_mapping"),
    path("revisions/<int:revision_id>/links/", links.links, name="orders_links"),
    path("roadmaps/<int:roadmap_id>/revisions/", revision.revisions, name="orders_revisions"),
    path("roadmaps/<int:roadmap_id>/begin/", revision.begin, name="orders_begin"),
    path("settings/", settings.settings, name="orders_settings"),
    path("settings/<int:organisation_id>/", settings.settings, name="orders_settings_of"),
]
