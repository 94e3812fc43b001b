"""Schedules with their lines; a milestone that somebody called for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Schedules, and why a milestone was called for."""

    dependencies = [
        ("centres", "0005_wave_policies"),
        ("execution", "0004_proof_rules"),
        ("registry", "0005_import_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="milestone",
            name="called_because",
            field=models.TextField(blank=True, default="", verbose_name="зачем понадобилась"),
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("schedule", "срок по графику"), ("event", "день события")],
                        max_length=10,
                        verbose_name="что установлено",
                    ),
                ),
                ("stage", models.CharField(blank=True, default="", max_length=40, verbose_name="этап")),
                ("measure_keys", models.JSONField(blank=True, default=list, verbose_name="мероприятия")),
                ("letter_number", models.CharField(max_length=120, verbose_name="номер письма")),
                ("letter_on", models.DateField(verbose_name="дата письма")),
                ("entered_at", models.DateTimeField(verbose_name="внесён")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем внесён",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="кто ведёт волну",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="registry.region", verbose_name="субъект"
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedules",
                        to="centres.wave",
                        verbose_name="волна",
                    ),
                ),
            ],
            options={
                "verbose_name": "график",
                "verbose_name_plural": "графики",
            },
        ),
        migrations.CreateModel(
            name="ScheduleLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="день")),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedule_lines",
                        to="centres.centre",
                        verbose_name="центр",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="execution.schedule",
                        verbose_name="график",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка графика",
                "verbose_name_plural": "строки графика",
            },
        ),
        migrations.AddIndex(
            model_name="schedule",
            index=models.Index(fields=["wave", "entered_at"], name="schedule_of_wave"),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", ""), _negated=True),
                    models.Q(("measure_keys", []), _negated=True),
                    _connector="OR",
                ),
                name="schedule_about_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("letter_number", ""), _negated=True), name="schedule_by_a_letter"
            ),
        ),
        migrations.AddConstraint(
            model_name="scheduleline",
            constraint=models.UniqueConstraint(
                fields=("schedule", "centre"), name="schedule_line_once", nulls_distinct=False
            ),
        ),
    ]
