"""Addresses of orders."""

from __future__ import annotations

from django.urls import URLPattern, path

from vekha_portal.orders.views import links, listing, mapping, measure, order, review, revision, settings, upload

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
    path("upload/", upload.upload, name="orders_upload"),
    path("reading/<int:reading_id>/", upload.reading, name="orders_reading"),
    path("reading/<int:reading_id>/again/", upload.again, name="orders_read_again"),
    path("reading/<int:reading_id>/page/<int:number>.png", upload.source_page, name="orders_source_page"),
    path("revisions/<int:revision_id>/review/", review.review, name="orders_review"),
    path("revisions/<int:revision_id>/roadmap/", review.roadmap, name="orders_roadmap_change"),
    path("revisions/<int:revision_id>/add/", review.add, name="orders_measure_add"),
    path("indicators/<int:indicator_id>/", review.indicator, name="orders_indicator"),
    path("indicators/<int:indicator_id>/toggle/", review.toggle_indicator, name="orders_indicator_toggle"),
    path("measures/<int:measure_id>/", measure.measure, name="orders_measure"),
    path("measures/<int:measure_id>/line/", measure.line, name="orders_measure_line"),
    path("measures/<int:measure_id>/dates/", measure.dates, name="orders_measure_dates"),
    path("measures/<int:measure_id>/split/", measure.split, name="orders_measure_split"),
    path("measures/<int:measure_id>/merge/", measure.merge, name="orders_measure_merge"),
    path("measures/<int:measure_id>/move/", measure.move, name="orders_measure_move"),
    path("measures/<int:measure_id>/remove/", measure.remove, name="orders_measure_remove"),
    path("measures/<int:measure_id>/restore/", measure.restore, name="orders_measure_restore"),
    path("measures/<int:measure_id>/responsibles/", measure.add_responsibles, name="orders_responsible_add"),
    path("measures/<int:measure_id>/documents/", measure.add_document, name="orders_document_add"),
    path("responsibles/<int:responsible_id>/", measure.responsible, name="orders_responsible"),
    path("documents/<int:document_id>/", measure.document, name="orders_document"),
    path("settings/", settings.settings, name="orders_settings"),
    path("settings/<int:organisation_id>/", settings.settings, name="orders_settings_of"),
]
