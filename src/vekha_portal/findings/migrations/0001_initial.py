"""Tables of the app."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables."""

    initial = True

    dependencies = [
        ("centres", "0005_wave_policies"),
        ("orders", "0006_links_to_superiors"),
        ("registry", "0005_import_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("change", "черновик изменён"),
                            ("approval", "редакция утверждена"),
                            ("asked", "по просьбе"),
                            ("nightly", "ночная проверка"),
                        ],
                        max_length=10,
                        verbose_name="почему",
                    ),
                ),
                ("checked_at", models.DateTimeField(verbose_name="проверено")),
                ("rules_version", models.CharField(max_length=64, verbose_name="правила")),
                (
                    "mark",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="состояние проверенного"),
                ),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="ошибок")),
                ("warnings", models.PositiveIntegerField(default=0, verbose_name="предупреждений")),
                ("notes", models.PositiveIntegerField(default=0, verbose_name="примечаний")),
                ("crashes", models.JSONField(blank=True, default=list, verbose_name="правила со сбоем")),
                ("is_current", models.BooleanField(default=True, verbose_name="последняя")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем запущено",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="чья",
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
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_runs",
                        to="orders.revision",
                        verbose_name="редакция",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.wave",
                        verbose_name="волна",
                    ),
                ),
            ],
            options={
                "verbose_name": "проверка",
                "verbose_name_plural": "проверки",
                "indexes": [
                    models.Index(fields=["revision", "-checked_at"], name="check_run_of_revision"),
                    models.Index(fields=["wave", "-checked_at"], name="check_run_of_wave"),
                    models.Index(fields=["organisation", "is_current"], name="check_run_organisation"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revision", None), ("wave__isnull", False)),
                            models.Q(("revision__isnull", False), ("wave", None)),
                            _connector="OR",
                        ),
                        name="check_run_of_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True), ("wave", None)),
                        fields=("revision",),
                        name="check_run_current_of_revision",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True), ("revision", None)),
                        fields=("wave",),
                        name="check_run_current_of_wave",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=8, verbose_name="правило")),
                (
                    "severity",
                    models.CharField(
                        choices=[("error", "ошибка"), ("warning", "предупреждение"), ("note", "примечание")],
                        max_length=8,
                        verbose_name="важность",
                    ),
                ),
                ("message", models.TextField(verbose_name="замечание")),
                ("hint", models.TextField(blank=True, default="", verbose_name="что делать")),
                ("place", models.JSONField(blank=True, default=dict, verbose_name="место в документе")),
                ("measure_key", models.UUIDField(blank=True, null=True, verbose_name="ключ мероприятия")),
                (
                    "measure_number",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="номер мероприятия"),
                ),
                ("part", models.CharField(blank=True, default="", max_length=20, verbose_name="графа")),
                ("day", models.DateField(blank=True, null=True, verbose_name="дата")),
                ("reference", models.CharField(blank=True, default="", max_length=300, verbose_name="сравнено с")),
                ("about", models.CharField(blank=True, default="", max_length=300, verbose_name="о чём")),
                ("fingerprint", models.CharField(db_collation="C", max_length=64, verbose_name="отпечаток")),
                ("found_at", models.DateTimeField(verbose_name="найдено")),
                ("gone_at", models.DateTimeField(blank=True, null=True, verbose_name="больше не находится")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="чьё",
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
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="orders.revision",
                        verbose_name="редакция",
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="orders.roadmap",
                        verbose_name="дорожная карта",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.wave",
                        verbose_name="волна",
                    ),
                ),
            ],
            options={
                "verbose_name": "замечание",
                "verbose_name_plural": "замечания",
                "indexes": [
                    models.Index(fields=["revision", "severity"], name="finding_of_revision"),
                    models.Index(fields=["wave", "severity"], name="finding_of_wave"),
                    models.Index(
                        condition=models.Q(("gone_at", None)),
                        fields=["organisation", "severity"],
                        name="finding_organisation",
                    ),
                    models.Index(
                        condition=models.Q(("gone_at", None)), fields=["region", "severity"], name="finding_region"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revision", None), ("roadmap", None), ("wave__isnull", False)),
                            models.Q(("revision__isnull", False), ("roadmap__isnull", False), ("wave", None)),
                            _connector="OR",
                        ),
                        name="finding_of_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("gone_at", None)),
                        fields=("revision", "wave", "fingerprint"),
                        name="finding_open_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(db_collation="C", max_length=64, verbose_name="отпечаток")),
                ("rule", models.CharField(max_length=8, verbose_name="правило")),
                ("message", models.TextField(verbose_name="замечание")),
                ("reason", models.TextField(verbose_name="почему")),
                ("ends_on", models.DateField(verbose_name="действует по")),
                ("made_at", models.DateTimeField(verbose_name="когда")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="отменено")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="чьё",
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
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем отменено",
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="orders.roadmap",
                        verbose_name="дорожная карта",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.wave",
                        verbose_name="волна",
                    ),
                ),
            ],
            options={
                "verbose_name": "принятое замечание",
                "verbose_name_plural": "принятые замечания",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("roadmap", None), ("wave__isnull", False)),
                            models.Q(("roadmap__isnull", False), ("wave", None)),
                            _connector="OR",
                        ),
                        name="waiver_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="waiver_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("revoked_by", None)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="waiver_revoked_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("roadmap", "wave", "fingerprint"),
                        name="waiver_one_at_a_time",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
    ]
