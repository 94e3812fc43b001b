"""Documents, what they prove, decisions about them, extensions, and what is not applicable."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables."""

    dependencies = [
        ("execution", "0002_policies"),
        ("files", "0002_policies"),
        ("registry", "0005_import_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_shared_below", models.BooleanField(default=False, verbose_name="виден подведомственным")),
                ("evidence_type", models.CharField(max_length=40, verbose_name="вид документа")),
                ("title", models.CharField(blank=True, default="", max_length=600, verbose_name="название")),
                ("number", models.CharField(blank=True, default="", max_length=120, verbose_name="номер")),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="дата документа")),
                ("issuer", models.CharField(blank=True, default="", max_length=600, verbose_name="кем издан")),
                ("reference", models.CharField(blank=True, default="", max_length=600, verbose_name="где документ")),
                ("url", models.CharField(blank=True, default="", max_length=1000, verbose_name="ссылка")),
                ("added_at", models.DateTimeField(verbose_name="внесён")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем внесён",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="files.storedfile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="registry.organisation",
                        verbose_name="чей документ",
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
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="execution.evidence",
                        verbose_name="взамен документа",
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="файл подписи",
                    ),
                ),
            ],
            options={
                "verbose_name": "документ",
                "verbose_name_plural": "документы",
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField(verbose_name="срок, когда просили")),
                ("wanted_on", models.DateField(verbose_name="просят до")),
                ("reason", models.TextField(verbose_name="почему просят")),
                ("asked_at", models.DateTimeField(verbose_name="когда просят")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="решено")),
                (
                    "granted_on",
                    models.DateField(blank=True, help_text="пусто: отказано", null=True, verbose_name="новый срок"),
                ),
                ("decision_reason", models.TextField(blank=True, default="", verbose_name="основание решения")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто просит",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем решено",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="execution.milestone",
                        verbose_name="контрольная точка",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
            ],
            options={
                "verbose_name": "продление срока",
                "verbose_name_plural": "продления сроков",
            },
        ),
        migrations.CreateModel(
            name="NotApplicable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="почему не требуется")),
                ("agreed_with", models.CharField(max_length=600, verbose_name="с кем согласовано")),
                ("made_at", models.DateTimeField(verbose_name="когда")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="снова требуется с")),
                ("ended_because", models.TextField(blank=True, default="", verbose_name="почему снова требуется")),
                (
                    "ended_by",
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="not_applicable",
                        to="execution.milestone",
                        verbose_name="контрольная точка",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
            ],
            options={
                "verbose_name": "не требуется",
                "verbose_name_plural": "не требуются",
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "expected_key",
                    models.UUIDField(
                        blank=True, help_text="пусто: дополнительный", null=True, verbose_name="ожидаемый документ"
                    ),
                ),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="дата документа")),
                ("submitted_at", models.DateTimeField(verbose_name="подан")),
                ("recalled_at", models.DateTimeField(blank=True, null=True, verbose_name="отозван")),
                ("recalled_because", models.TextField(blank=True, default="", verbose_name="почему отозван")),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="execution.evidence",
                        verbose_name="документ",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="execution.milestone",
                        verbose_name="контрольная точка",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="кто исполняет",
                    ),
                ),
                (
                    "recalled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем отозван",
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
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем подан",
                    ),
                ),
            ],
            options={
                "verbose_name": "поданный документ",
                "verbose_name_plural": "поданные документы",
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("accepted", "принят"), ("returned", "возвращён")],
                        max_length=20,
                        verbose_name="решение",
                    ),
                ),
                ("reason", models.TextField(blank=True, default="", verbose_name="причина")),
                ("made_at", models.DateTimeField(verbose_name="когда")),
                ("reopened_at", models.DateTimeField(blank=True, null=True, verbose_name="отменено")),
                ("reopened_because", models.TextField(blank=True, default="", verbose_name="почему отменено")),
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
                    "reopened_by",
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
                    "proof",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="execution.proof",
                        verbose_name="поданный документ",
                    ),
                ),
            ],
            options={
                "verbose_name": "решение",
                "verbose_name_plural": "решения",
            },
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["organisation", "added_at"], name="evidence_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["region", "evidence_type"], name="evidence_region"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("file__isnull", False),
                    models.Q(("reference", ""), _negated=True),
                    models.Q(("url", ""), _negated=True),
                    _connector="OR",
                ),
                name="evidence_is_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("url", ""), ("url__regex", "^https?://[^\\s]+$"), _connector="OR"),
                name="evidence_web_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("signature", None), ("file__isnull", False), _connector="OR"),
                name="evidence_signature_signs_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence_type__regex", "^[a-z]+(-[a-z]+)*$")), name="evidence_type_is_a_word"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces", None), models.Q(("replaces", models.F("id")), _negated=True), _connector="OR"
                ),
                name="evidence_does_not_replace_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="extension",
            index=models.Index(fields=["region", "asked_at"], name="extension_region"),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None)), fields=("milestone",), name="extension_one_request"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "\\S")), name="extension_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted_on__gt", models.F("due_on"))), name="extension_is_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_on", None),
                    models.Q(("decided_at__isnull", False), ("granted_on__gt", models.F("due_on"))),
                    _connector="OR",
                ),
                name="extension_granted_is_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="extension_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"
                ),
                name="extension_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_at", None),
                    ("granted_on__isnull", False),
                    ("decision_reason__regex", "\\S"),
                    _connector="OR",
                ),
                name="extension_refused_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="notapplicable",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("milestone",), name="not_applicable_one_holds"
            ),
        ),
        migrations.AddConstraint(
            model_name="notapplicable",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed_with__regex", "\\S"), ("reason__regex", "\\S")),
                name="not_applicable_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="notapplicable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_because__regex", "\\S"), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="not_applicable_ended_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="proof",
            index=models.Index(fields=["milestone", "expected_key"], name="proof_of_milestone"),
        ),
        migrations.AddIndex(
            model_name="proof",
            index=models.Index(fields=["region", "submitted_at"], name="proof_region"),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.UniqueConstraint(
                condition=models.Q(("recalled_at", None)),
                fields=("milestone", "evidence", "expected_key"),
                name="proof_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recalled_at", None), ("recalled_by", None)),
                    models.Q(("recalled_at__isnull", False), ("recalled_by__isnull", False)),
                    _connector="OR",
                ),
                name="proof_recalled_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["region", "made_at"], name="decision_region"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reopened_at", None)), fields=("proof",), name="decision_one_holds"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["accepted", "returned"])), name="decision_known_outcome"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "returned"), _negated=True), ("reason__regex", "\\S"), _connector="OR"
                ),
                name="decision_return_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reopened_at", None), ("reopened_by", None)),
                    models.Q(
                        ("reopened_at__isnull", False),
                        ("reopened_because__regex", "\\S"),
                        ("reopened_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="decision_reopened_for_a_reason",
            ),
        ),
    ]
