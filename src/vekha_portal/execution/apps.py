"""The app's registration."""

from django.apps import AppConfig


class ExecutionConfig(AppConfig):
    """Applied roadmaps and milestones."""

    name = "vekha_portal.execution"
    label = "execution"
    verbose_name = "Исполнение"
    default_auto_field = "django.db.models.BigAutoField"
