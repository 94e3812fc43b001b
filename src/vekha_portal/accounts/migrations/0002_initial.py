"""Tables of the app and the triggers that keep the history of its fields."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables."""

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="deputy",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="registry.region",
                verbose_name="субъект",
            ),
        ),
        migrations.AddField(
            model_name="deputyevent",
            name="deputy",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто замещает",
            ),
        ),
        migrations.AddField(
            model_name="deputyevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="deputyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="accounts.deputy",
            ),
        ),
        migrations.AddField(
            model_name="deputyevent",
            name="principal",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кого замещают",
            ),
        ),
        migrations.AddField(
            model_name="deputyevent",
            name="region",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="registry.region",
                verbose_name="субъект",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кем",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кого",
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кем добавлен",
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="field_history",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="registry.organisation",
                verbose_name="организация",
            ),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to=settings.AUTH_USER_MODEL,
                verbose_name="человек",
            ),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="programme",
            field=models.ForeignKey(
                blank=True,
                help_text="пусто: все программы",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="registry.programme",
                verbose_name="программа",
            ),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="registry.region",
                verbose_name="субъект",
            ),
        ),
        migrations.AddField(
            model_name="roleassignmentevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="registry.organisation",
                verbose_name="организация",
            ),
        ),
        migrations.AddField(
            model_name="roleassignmentevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="человек",
            ),
        ),
        migrations.AddField(
            model_name="roleassignmentevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="roleassignmentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="accounts.roleassignment",
            ),
        ),
        migrations.AddField(
            model_name="roleassignmentevent",
            name="programme",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="пусто: все программы",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="registry.programme",
                verbose_name="программа",
            ),
        ),
        migrations.AddField(
            model_name="roleassignmentevent",
            name="region",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="registry.region",
                verbose_name="субъект",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["surname", "given_name", "id"], name="person_list"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="person_one_email"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_personevent" ("created_at", "created_by_id", "email", "given_name", "id", "is_active", "patronymic", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "surname") VALUES (NEW."created_at", NEW."created_by_id", NEW."email", NEW."given_name", NEW."id", NEW."is_active", NEW."patronymic", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."surname"); RETURN NULL;',
                    hash="5b82179aaeee1fb1d803dc291c488bd9228d3474",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6b541",
                    table="accounts_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."patronymic" IS DISTINCT FROM (NEW."patronymic") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."surname" IS DISTINCT FROM (NEW."surname"))',
                    func='INSERT INTO "accounts_personevent" ("created_at", "created_by_id", "email", "given_name", "id", "is_active", "patronymic", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "surname") VALUES (NEW."created_at", NEW."created_by_id", NEW."email", NEW."given_name", NEW."id", NEW."is_active", NEW."patronymic", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."surname"); RETURN NULL;',
                    hash="f515a4367977715a07a8e7360d8660333b5c5898",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_70819",
                    table="accounts_person",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="deputy",
            index=models.Index(fields=["deputy", "until"], name="deputy_until"),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(("principal", models.F("deputy")), _negated=True), name="deputy_is_somebody_else"
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "until__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("since"), "-", models.Value(datetime.timedelta(days=1))
                        ),
                    )
                ),
                name="deputy_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="deputy_has_a_reason"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deputy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_deputyevent" ("deputy_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal_id", "reason", "region_id", "since", "until") VALUES (NEW."deputy_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."principal_id", NEW."reason", NEW."region_id", NEW."since", NEW."until"); RETURN NULL;',
                    hash="06df2a8f23a6c4ae3b7b9c6ba0221a03fadfb83a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_01310",
                    table="accounts_deputy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deputy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "accounts_deputyevent" ("deputy_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal_id", "reason", "region_id", "since", "until") VALUES (NEW."deputy_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."principal_id", NEW."reason", NEW."region_id", NEW."since", NEW."until"); RETURN NULL;',
                    hash="920d809e6658a76acac2140e80aa60e323c1805e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_68174",
                    table="accounts_deputy",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))), name="invitation_lives_for_a_while"
            ),
        ),
        migrations.AddIndex(
            model_name="roleassignment",
            index=models.Index(fields=["organisation", "role"], name="assignment_organisation"),
        ),
        migrations.AddIndex(
            model_name="roleassignment",
            index=models.Index(fields=["region", "role"], name="assignment_region"),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until", None),
                    ("until__gte", models.F("since")),
                    (
                        "until",
                        django.db.models.expressions.CombinedExpression(
                            models.F("since"), "-", models.Value(datetime.timedelta(days=1))
                        ),
                    ),
                    _connector="OR",
                ),
                name="assignment_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "administrator",
                            "federal_operator",
                            "ministry",
                            "regional_coordinator",
                            "regional_operator",
                            "municipality",
                            "school",
                            "controller",
                        ],
                    )
                ),
                name="assignment_known_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.UniqueConstraint(
                fields=("person", "role", "organisation", "programme", "since"),
                name="assignment_once",
                nulls_distinct=False,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roleassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_roleassignmentevent" ("basis", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "region_id", "role", "since", "until") VALUES (NEW."basis", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."programme_id", NEW."region_id", NEW."role", NEW."since", NEW."until"); RETURN NULL;',
                    hash="cf7e3219a7d584cc3ae0bd30534f065a4735871e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e7f6a",
                    table="accounts_roleassignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roleassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "accounts_roleassignmentevent" ("basis", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "region_id", "role", "since", "until") VALUES (NEW."basis", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."programme_id", NEW."region_id", NEW."role", NEW."since", NEW."until"); RETURN NULL;',
                    hash="609d535f7a49c055026aaf1e632ed8ebd1a7e0cf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bc884",
                    table="accounts_roleassignment",
                    when="AFTER",
                ),
            ),
        ),
    ]
