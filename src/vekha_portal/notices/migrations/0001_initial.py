"""Addresses of calendars."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables."""

    initial = True

    dependencies = [
        ("accounts", "0005_lock_policies"),
        ("registry", "0005_import_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(db_collation="C", max_length=64, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="создан")),
                ("used_on", models.DateField(blank=True, null=True, verbose_name="последний раз открыт")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="отозван")),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.roleassignment",
                        verbose_name="в какой роли",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="чей",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        help_text="пусто: все программы",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.programme",
                        verbose_name="программа",
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
                "verbose_name": "адрес календаря",
                "verbose_name_plural": "адреса календарей",
                "indexes": [models.Index(fields=["person", "revoked_at"], name="calendar_feed_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("token_hash__regex", "^[0-9a-f]{64}$")), name="calendar_feed_fingerprint"
                    )
                ],
            },
        ),
    ]
