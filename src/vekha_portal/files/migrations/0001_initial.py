"""Tables of the app."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vekha_portal.files.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0005_import_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_shared_below", models.BooleanField(default=False, verbose_name="виден подведомственным")),
                ("name", models.CharField(max_length=255, verbose_name="имя файла")),
                ("media_type", models.CharField(max_length=127, verbose_name="тип по содержимому")),
                ("size", models.PositiveBigIntegerField(verbose_name="размер, байт")),
                ("sha256", models.CharField(db_collation="C", max_length=64, verbose_name="SHA-256")),
                (
                    "content",
                    models.FileField(
                        max_length=255, upload_to=vekha_portal.files.models.address_of, verbose_name="содержимое"
                    ),
                ),
                ("kept_at", models.DateTimeField(verbose_name="принят")),
                (
                    "kept_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем передан",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="чей",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
            ],
            options={
                "verbose_name": "файл",
                "verbose_name_plural": "файлы",
                "indexes": [
                    models.Index(fields=["sha256"], name="file_same"),
                    models.Index(fields=["organisation", "kept_at"], name="file_of_organisation"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="file_sum")
                ],
            },
        ),
    ]
