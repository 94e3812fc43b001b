"""Tables of the app and the triggers that keep the history of their fields."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("centres", "0003_policies"),
        ("orders", "0003_immutable"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("registry", "0005_import_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reaches", models.JSONField(default=dict, verbose_name="охват мероприятий")),
                ("horizon_on", models.DateField(verbose_name="сроки рассчитаны по")),
                ("applied_at", models.DateTimeField(verbose_name="применена")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "applied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем применена",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="чья карта",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="registry.region", verbose_name="субъект"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.revision",
                        verbose_name="редакция",
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="orders.roadmap",
                        verbose_name="дорожная карта",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="centres.wave",
                        verbose_name="волна",
                    ),
                ),
            ],
            options={
                "verbose_name": "применение карты",
                "verbose_name_plural": "применения карт",
            },
        ),
        migrations.CreateModel(
            name="ApplicationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("reaches", models.JSONField(default=dict, verbose_name="охват мероприятий")),
                ("horizon_on", models.DateField(verbose_name="сроки рассчитаны по")),
                ("applied_at", models.DateTimeField(verbose_name="применена")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "applied_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем применена",
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
                        verbose_name="чья карта",
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
                        to="execution.application",
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
                    "revision",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.revision",
                        verbose_name="редакция",
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.roadmap",
                        verbose_name="дорожная карта",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="centres.wave",
                        verbose_name="волна",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure_key", models.UUIDField(editable=False, verbose_name="ключ мероприятия")),
                ("item", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="подпункт")),
                ("stage", models.CharField(max_length=40, verbose_name="этап")),
                ("period", models.CharField(blank=True, default="", max_length=20, verbose_name="отчётный период")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="какой раз")),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="срок по распоряжению")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="срок")),
                ("warn_on", models.DateField(blank=True, null=True, verbose_name="предупредить")),
                ("is_day_off", models.BooleanField(default=False, verbose_name="срок в выходной")),
                (
                    "waiting_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "—"),
                            ("schedule", "графика федерального оператора"),
                            ("event", "события"),
                            ("subsidy-year", "года субсидии"),
                            ("year", "года"),
                            ("need", "необходимости"),
                            ("unknown", "уточнения срока"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="чего ждёт",
                    ),
                ),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("nothing", "ничего не подано"),
                            ("part", "подано не всё"),
                            ("submitted", "на проверке"),
                            ("returned", "возвращено"),
                            ("accepted", "принято"),
                            ("not_applicable", "не требуется"),
                        ],
                        default="nothing",
                        max_length=20,
                        verbose_name="исполнение",
                    ),
                ),
                (
                    "documented_on",
                    models.DateField(blank=True, null=True, verbose_name="дата последнего обязательного документа"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="подано")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="принято")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="снята")),
                ("withdrawn_because", models.TextField(blank=True, default="", verbose_name="почему снята")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="execution.application",
                        verbose_name="применение карты",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="centres.centre",
                        verbose_name="центр",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="orders.measure",
                        verbose_name="мероприятие",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="registry.organisation",
                        verbose_name="кто исполняет",
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
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subordinates",
                        to="execution.milestone",
                        verbose_name="вышестоящая точка",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="centres.wave",
                        verbose_name="волна",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем снята",
                    ),
                ),
            ],
            options={
                "verbose_name": "контрольная точка",
                "verbose_name_plural": "контрольные точки",
            },
        ),
        migrations.CreateModel(
            name="MilestoneEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="срок")),
                (
                    "waiting_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "—"),
                            ("schedule", "графика федерального оператора"),
                            ("event", "события"),
                            ("subsidy-year", "года субсидии"),
                            ("year", "года"),
                            ("need", "необходимости"),
                            ("unknown", "уточнения срока"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="чего ждёт",
                    ),
                ),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("nothing", "ничего не подано"),
                            ("part", "подано не всё"),
                            ("submitted", "на проверке"),
                            ("returned", "возвращено"),
                            ("accepted", "принято"),
                            ("not_applicable", "не требуется"),
                        ],
                        default="nothing",
                        max_length=20,
                        verbose_name="исполнение",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="снята")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "measure",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.measure",
                        verbose_name="мероприятие",
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
                        verbose_name="кто исполняет",
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
                        to="execution.milestone",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["horizon_on"], name="application_horizon"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(fields=("wave", "roadmap"), name="application_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "execution_applicationevent" ("applied_at", "applied_by_id", "horizon_on", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reaches", "region_id", "revision_id", "roadmap_id", "version", "wave_id") VALUES (NEW."applied_at", NEW."applied_by_id", NEW."horizon_on", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reaches", NEW."region_id", NEW."revision_id", NEW."roadmap_id", NEW."version", NEW."wave_id"); RETURN NULL;',
                    hash="08283e17646918f9d00f6ff8e2ed89f1ad4f06db",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0628a",
                    table="execution_application",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "execution_applicationevent" ("applied_at", "applied_by_id", "horizon_on", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reaches", "region_id", "revision_id", "roadmap_id", "version", "wave_id") VALUES (NEW."applied_at", NEW."applied_by_id", NEW."horizon_on", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reaches", NEW."region_id", NEW."revision_id", NEW."roadmap_id", NEW."version", NEW."wave_id"); RETURN NULL;',
                    hash="bec6571528f58a8a4711aaedfa8b5195a0412b43",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_26523",
                    table="execution_application",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(fields=["wave", "centre", "measure"], name="milestone_grid"),
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(fields=["organisation", "due_on"], name="milestone_owed"),
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(fields=["region", "due_on", "progress"], name="milestone_region_due"),
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(fields=["application", "measure_key"], name="milestone_measure"),
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(fields=["centre", "due_on"], name="milestone_centre"),
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(
                condition=models.Q(("superior__isnull", False)), fields=["superior"], name="milestone_below"
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(
                fields=("application", "measure_key", "item", "centre", "period", "ordinal"),
                name="milestone_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_on__isnull", False),
                    models.Q(("waiting_for", ""), _negated=True),
                    ("withdrawn_at__isnull", False),
                    _connector="OR",
                ),
                name="milestone_has_a_date_or_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("progress__in", ["nothing", "part", "submitted", "returned", "accepted", "not_applicable"])
                ),
                name="milestone_known_progress",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at", None), models.Q(("withdrawn_because", ""), _negated=True), _connector="OR"
                ),
                name="milestone_withdrawn_for_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."measure_id" IS DISTINCT FROM (NEW."measure_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."progress" IS DISTINCT FROM (NEW."progress") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."waiting_for" IS DISTINCT FROM (NEW."waiting_for") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                    func='INSERT INTO "execution_milestoneevent" ("due_on", "measure_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "region_id", "version", "waiting_for", "withdrawn_at") VALUES (NEW."due_on", NEW."measure_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."progress", NEW."region_id", NEW."version", NEW."waiting_for", NEW."withdrawn_at"); RETURN NULL;',
                    hash="28a07bc839ce56603c8df95436cfe5349682c3ef",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2d521",
                    table="execution_milestone",
                    when="AFTER",
                ),
            ),
        ),
    ]
