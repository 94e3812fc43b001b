"""Addresses of the pages over everything."""

from __future__ import annotations

from django.urls import path, re_path

from vekha_portal.overview.views import administration, centre, country, milestones, region, search, today, workload

urlpatterns = [
    path("", today.today, name="today"),
    path("milestones/", milestones.milestones, name="milestones"),
    re_path(r"^milestones\.(?P<kind>csv|xlsx)$", milestones.milestones_file, name="milestones_file"),
    path("centre/<int:centre_id>/", centre.centre, name="centre"),
    path("region/<str:code>/", region.region, name="region"),
    path("country/", country.country, name="country"),
    path("workload/", workload.workload, name="workload"),
    path("search/", search.search_page, name="search"),
    path("administration/", administration.administration, name="administration"),
    path("administration/packs/", administration.packs, name="administration_packs"),
    path("administration/calendar/", administration.calendar, name="administration_calendar"),
    path("administration/health/", administration.health, name="administration_health"),
    path("administration/journal/", administration.verify, name="administration_verify"),
]
