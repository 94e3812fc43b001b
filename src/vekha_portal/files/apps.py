"""The app's registration."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files kept as they came."""

    name = "vekha_portal.files"
    label = "files"
    verbose_name = "Файлы"
    default_auto_field = "django.db.models.BigAutoField"
