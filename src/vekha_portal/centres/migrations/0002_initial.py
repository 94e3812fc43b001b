"""Tables of the app and the triggers that keep the history of their fields."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("centres", "0001_initial"),
        ("orders", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("registry", "0005_import_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="wave",
            name="list_order",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orders.order",
                verbose_name="чем утверждён перечень школ",
            ),
        ),
        migrations.AddField(
            model_name="wave",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waves",
                to="registry.organisation",
                verbose_name="кто ведёт",
            ),
        ),
        migrations.AddField(
            model_name="wave",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="registry.programme", verbose_name="программа"
            ),
        ),
        migrations.AddField(
            model_name="wave",
            name="region",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="registry.region", verbose_name="субъект"
            ),
        ),
        migrations.AddField(
            model_name="centreevent",
            name="wave",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="centres.wave",
                verbose_name="волна",
            ),
        ),
        migrations.AddField(
            model_name="centre",
            name="wave",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="centres",
                to="centres.wave",
                verbose_name="волна",
            ),
        ),
        migrations.AddField(
            model_name="waveevent",
            name="created_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кем создана",
            ),
        ),
        migrations.AddField(
            model_name="waveevent",
            name="list_order",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="orders.order",
                verbose_name="чем утверждён перечень школ",
            ),
        ),
        migrations.AddField(
            model_name="waveevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="registry.organisation",
                verbose_name="кто ведёт",
            ),
        ),
        migrations.AddField(
            model_name="waveevent",
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
            model_name="waveevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="centres.wave",
            ),
        ),
        migrations.AddField(
            model_name="waveevent",
            name="programme",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="registry.programme",
                verbose_name="программа",
            ),
        ),
        migrations.AddField(
            model_name="waveevent",
            name="region",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="registry.region",
                verbose_name="субъект",
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.UniqueConstraint(fields=("region", "programme", "subsidy_year"), name="wave_once"),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(("subsidy_year__gte", 2000), ("subsidy_year__lte", 2100)), name="wave_year"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wave",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "centres_waveevent" ("closed_on", "created_at", "created_by_id", "id", "list_order_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "region_id", "subsidy_year", "version") VALUES (NEW."closed_on", NEW."created_at", NEW."created_by_id", NEW."id", NEW."list_order_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."region_id", NEW."subsidy_year", NEW."version"); RETURN NULL;',
                    hash="46fc3e7bd6036d96723d7dbbcb7b9b4d6ad5afac",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e86b7",
                    table="centres_wave",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wave",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "centres_waveevent" ("closed_on", "created_at", "created_by_id", "id", "list_order_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "region_id", "subsidy_year", "version") VALUES (NEW."closed_on", NEW."created_at", NEW."created_by_id", NEW."id", NEW."list_order_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."region_id", NEW."subsidy_year", NEW."version"); RETURN NULL;',
                    hash="ccbbc29f9f7e373e522c808a5062dd886545281e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_67817",
                    table="centres_wave",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="centre",
            index=models.Index(fields=["wave", "organisation"], name="centre_of_wave"),
        ),
        migrations.AddIndex(
            model_name="centre",
            index=models.Index(fields=["organisation", "programme"], name="centre_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="centre",
            index=models.Index(fields=["region", "programme"], name="centre_region"),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None), ("removed_at", None)),
                fields=("programme", "organisation"),
                name="centre_once_at_a_school",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opened_on", None), ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                ),
                name="centre_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("removed_at", None), models.Q(("removed_because", ""), _negated=True), _connector="OR"
                ),
                name="centre_removed_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(("enrolment", None), ("enrolment__lte", 20000), _connector="OR"),
                name="centre_enrolment_possible",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="centre",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "centres_centreevent" ("added_at", "added_by_id", "address", "closed_because", "closed_on", "enrolment", "enrolment_on", "id", "name", "opened_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "region_id", "removed_at", "removed_because", "removed_by_id", "rooms", "successor_id", "version", "wave_id") VALUES (NEW."added_at", NEW."added_by_id", NEW."address", NEW."closed_because", NEW."closed_on", NEW."enrolment", NEW."enrolment_on", NEW."id", NEW."name", NEW."opened_on", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."region_id", NEW."removed_at", NEW."removed_because", NEW."removed_by_id", NEW."rooms", NEW."successor_id", NEW."version", NEW."wave_id"); RETURN NULL;',
                    hash="0c3c048dc24267380fc7526b2db758c56ab55b57",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e4fc6",
                    table="centres_centre",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="centre",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "centres_centreevent" ("added_at", "added_by_id", "address", "closed_because", "closed_on", "enrolment", "enrolment_on", "id", "name", "opened_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "region_id", "removed_at", "removed_because", "removed_by_id", "rooms", "successor_id", "version", "wave_id") VALUES (NEW."added_at", NEW."added_by_id", NEW."address", NEW."closed_because", NEW."closed_on", NEW."enrolment", NEW."enrolment_on", NEW."id", NEW."name", NEW."opened_on", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."region_id", NEW."removed_at", NEW."removed_because", NEW."removed_by_id", NEW."rooms", NEW."successor_id", NEW."version", NEW."wave_id"); RETURN NULL;',
                    hash="3cf772a83f7b570765c08b268d213b110883407b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0cb98",
                    table="centres_centre",
                    when="AFTER",
                ),
            ),
        ),
    ]
