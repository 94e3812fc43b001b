"""Tables of the app and the triggers that keep the history of their fields."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("registry", "0005_import_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WaveEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("subsidy_year", models.PositiveSmallIntegerField(verbose_name="год получения субсидии")),
                ("created_at", models.DateTimeField(verbose_name="создана")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="завершена")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Centre",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, default="", max_length=300, verbose_name="название центра")),
                ("address", models.CharField(blank=True, default="", max_length=500, verbose_name="адрес центра")),
                ("rooms", models.TextField(blank=True, default="", verbose_name="помещения")),
                ("enrolment", models.PositiveIntegerField(blank=True, null=True, verbose_name="число обучающихся")),
                ("enrolment_on", models.DateField(blank=True, null=True, verbose_name="число обучающихся на дату")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="открыт")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="закрыт")),
                ("closed_because", models.TextField(blank=True, default="", verbose_name="почему закрыт")),
                ("added_at", models.DateTimeField(verbose_name="включён в перечень")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="исключён из перечня")),
                ("removed_because", models.TextField(blank=True, default="", verbose_name="почему исключён")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем включён",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="centres",
                        to="registry.organisation",
                        verbose_name="школа",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="registry.programme", verbose_name="программа"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="registry.region", verbose_name="субъект"
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем исключён",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="centres.centre",
                        verbose_name="продолжает работу как",
                    ),
                ),
            ],
            options={
                "verbose_name": "центр",
                "verbose_name_plural": "центры",
            },
        ),
        migrations.CreateModel(
            name="CentreEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(blank=True, default="", max_length=300, verbose_name="название центра")),
                ("address", models.CharField(blank=True, default="", max_length=500, verbose_name="адрес центра")),
                ("rooms", models.TextField(blank=True, default="", verbose_name="помещения")),
                ("enrolment", models.PositiveIntegerField(blank=True, null=True, verbose_name="число обучающихся")),
                ("enrolment_on", models.DateField(blank=True, null=True, verbose_name="число обучающихся на дату")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="открыт")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="закрыт")),
                ("closed_because", models.TextField(blank=True, default="", verbose_name="почему закрыт")),
                ("added_at", models.DateTimeField(verbose_name="включён в перечень")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="исключён из перечня")),
                ("removed_because", models.TextField(blank=True, default="", verbose_name="почему исключён")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "added_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем включён",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.organisation",
                        verbose_name="школа",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="centres.centre",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.programme",
                        verbose_name="программа",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем исключён",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="centres.centre",
                        verbose_name="продолжает работу как",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Wave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subsidy_year", models.PositiveSmallIntegerField(verbose_name="год получения субсидии")),
                ("created_at", models.DateTimeField(verbose_name="создана")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="завершена")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем создана",
                    ),
                ),
            ],
            options={
                "verbose_name": "волна",
                "verbose_name_plural": "волны",
            },
        ),
    ]
