"""Addresses of applied roadmaps and milestones."""

from __future__ import annotations

from django.urls import URLPattern, path

from vekha_portal.execution.views import apply, grid, milestone, papers, schedules, terms

urlpatterns: list[URLPattern] = [
    path("<int:application_id>/", grid.grid_page, name="execution_grid"),
    path("<int:application_id>/grid.xlsx", grid.grid_sheet, name="execution_grid_sheet"),
    path("<int:application_id>/bulk/", grid.bulk_page, name="execution_bulk"),
    path("milestones/<int:milestone_id>/", milestone.milestone_page, name="execution_milestone"),
    path("milestones/<int:milestone_id>/extension/", terms.ask_extension, name="execution_ask_extension"),
    path("milestones/<int:milestone_id>/not-applicable/", terms.mark_not_applicable, name="execution_not_applicable"),
    path("milestones/<int:milestone_id>/applicable/", terms.end_not_applicable, name="execution_applicable"),
    path("extensions/<int:extension_id>/", terms.answer_extension, name="execution_answer_extension"),
    path("documents/<int:proof_id>/accept/", papers.accept, name="execution_accept"),
    path("documents/<int:proof_id>/return/", papers.return_document, name="execution_return"),
    path("documents/<int:proof_id>/reopen/", papers.reopen, name="execution_reopen"),
    path("documents/<int:proof_id>/recall/", papers.recall, name="execution_recall"),
    path("documents/<int:proof_id>/replace/", papers.replace, name="execution_replace"),
    path("evidence/<int:evidence_id>/preview.jpg", papers.preview, name="execution_preview"),
    path("apply/<int:roadmap_id>/", apply.choose_wave, name="execution_apply"),
    path("apply/<int:wave_id>/<int:roadmap_id>/", apply.apply, name="execution_apply"),
    path("<int:application_id>/again/", apply.reapply, name="execution_reapply"),
    path("<int:application_id>/need/<int:measure_id>/", apply.need, name="execution_need"),
    path("schedules/", schedules.schedules, name="execution_schedules"),
    path("schedules/<int:wave_id>/", schedules.schedule, name="execution_schedule"),
    path("schedules/<int:wave_id>/upload/", schedules.upload, name="execution_schedule_upload"),
    path("schedules/import/<int:import_id>/", schedules.import_page, name="execution_schedule_import"),
    path("schedules/import/<int:import_id>/errors.xlsx", schedules.import_errors, name="execution_schedule_errors"),
]
