"""Tables of the app and the triggers that keep the history of their fields."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables."""

    initial = True

    dependencies = [
        ("centres", "0005_wave_policies"),
        ("execution", "0006_schedule_policies"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("registry", "0005_import_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Exchange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counterpart_name", models.CharField(max_length=600, verbose_name="другая сторона")),
                ("subject", models.CharField(max_length=600, verbose_name="о чём")),
                ("answer_due_on", models.DateField(blank=True, null=True, verbose_name="ответ нужен до")),
                ("opened_at", models.DateTimeField(verbose_name="начата")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="завершена")),
                ("closed_because", models.TextField(blank=True, default="", verbose_name="чем завершена")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем завершена",
                    ),
                ),
                (
                    "counterpart",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="другая сторона в реестре",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanges",
                        to="execution.milestone",
                        verbose_name="контрольная точка",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем начата",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanges",
                        to="registry.organisation",
                        verbose_name="наша сторона",
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
                    "wave",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanges",
                        to="centres.wave",
                        verbose_name="волна",
                    ),
                ),
            ],
            options={
                "verbose_name": "переписка",
                "verbose_name_plural": "переписка",
            },
        ),
        migrations.CreateModel(
            name="ExchangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("counterpart_name", models.CharField(max_length=600, verbose_name="другая сторона")),
                ("subject", models.CharField(max_length=600, verbose_name="о чём")),
                ("answer_due_on", models.DateField(blank=True, null=True, verbose_name="ответ нужен до")),
                ("opened_at", models.DateTimeField(verbose_name="начата")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="завершена")),
                ("closed_because", models.TextField(blank=True, default="", verbose_name="чем завершена")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем завершена",
                    ),
                ),
                (
                    "counterpart",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.organisation",
                        verbose_name="другая сторона в реестре",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="execution.milestone",
                        verbose_name="контрольная точка",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем начата",
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
                        verbose_name="наша сторона",
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
                        to="exchanges.exchange",
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
                    "wave",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
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
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(
                        choices=[("out", "исходящее"), ("in", "входящее")], max_length=3, verbose_name="направление"
                    ),
                ),
                ("number", models.CharField(max_length=120, verbose_name="номер")),
                ("dated_on", models.DateField(verbose_name="дата")),
                ("note", models.TextField(blank=True, default="", verbose_name="кратко")),
                ("registered_at", models.DateTimeField(verbose_name="внесено")),
                ("annulled_at", models.DateTimeField(blank=True, null=True, verbose_name="внесено ошибочно")),
                ("annulled_because", models.TextField(blank=True, default="", verbose_name="почему отменено")),
                (
                    "annulled_by",
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
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="execution.evidence",
                        verbose_name="документ",
                    ),
                ),
                (
                    "exchange",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="exchanges.exchange",
                        verbose_name="переписка",
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
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем внесено",
                    ),
                ),
            ],
            options={
                "verbose_name": "письмо",
                "verbose_name_plural": "письма",
            },
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["organisation", "closed_on"], name="exchange_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["counterpart"], name="exchange_of_counterpart"),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["region", "closed_on"], name="exchange_region"),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["milestone"], name="exchange_of_milestone"),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("counterpart_name__regex", "\\S"), ("subject__regex", "\\S")),
                name="exchange_has_a_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_by", None), ("closed_on", None)),
                    models.Q(
                        ("closed_because__regex", "\\S"), ("closed_by__isnull", False), ("closed_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="exchange_closed_with_an_outcome",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchange",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "exchanges_exchangeevent" ("answer_due_on", "closed_because", "closed_by_id", "closed_on", "counterpart_id", "counterpart_name", "id", "milestone_id", "opened_at", "opened_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "subject", "version", "wave_id") VALUES (NEW."answer_due_on", NEW."closed_because", NEW."closed_by_id", NEW."closed_on", NEW."counterpart_id", NEW."counterpart_name", NEW."id", NEW."milestone_id", NEW."opened_at", NEW."opened_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region_id", NEW."subject", NEW."version", NEW."wave_id"); RETURN NULL;',
                    hash="b1671cf6f1a83e0f261f7f573b2191438ea0f9d6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fc469",
                    table="exchanges_exchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchange",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "exchanges_exchangeevent" ("answer_due_on", "closed_because", "closed_by_id", "closed_on", "counterpart_id", "counterpart_name", "id", "milestone_id", "opened_at", "opened_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "subject", "version", "wave_id") VALUES (NEW."answer_due_on", NEW."closed_because", NEW."closed_by_id", NEW."closed_on", NEW."counterpart_id", NEW."counterpart_name", NEW."id", NEW."milestone_id", NEW."opened_at", NEW."opened_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."subject", NEW."version", NEW."wave_id"); RETURN NULL;',
                    hash="0149c8c4058e3be624441faa95450ad2c54a4666",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9215f",
                    table="exchanges_exchange",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["exchange", "dated_on"], name="letter_list"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("annulled_at", None)),
                fields=("exchange", "direction", "number", "dated_on"),
                name="letter_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(condition=models.Q(("number__regex", "\\S")), name="letter_has_a_number"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["out", "in"])), name="letter_known_direction"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("annulled_at", None), ("annulled_by", None)),
                    models.Q(
                        ("annulled_at__isnull", False),
                        ("annulled_because__regex", "\\S"),
                        ("annulled_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="letter_annulled_for_a_reason",
            ),
        ),
    ]
