"""Indexes, constraints and the triggers that keep the history of fields."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """What holds over the tables."""

    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["region", "kind", "sort_key", "id"], name="organisation_region_list"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["kind", "sort_key", "id"], name="organisation_list"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["sort_key", "id"], name="organisation_sort"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["region", "match_key"], name="organisation_match"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["ogrn"], name="organisation_ogrn_find"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["inn"], name="organisation_inn_find"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("inn", ""), ("inn__regex", "^(\\d{10}|\\d{12})$"), _connector="OR"),
                name="organisation_inn_digits",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kpp", ""), ("kpp__regex", "^\\d{4}[0-9A-Z]{2}\\d{3}$"), _connector="OR"),
                name="organisation_kpp",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("ogrn", ""), ("ogrn__regex", "^(\\d{13}|\\d{15})$"), _connector="OR"),
                name="organisation_ogrn",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("opened_on", None), ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"),
                name="organisation_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor", None),
                    models.Q(("closed_on__isnull", False), models.Q(("successor", models.F("id")), _negated=True)),
                    _connector="OR",
                ),
                name="organisation_successor_after_the_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("federal_operator", "ministry")),
                    ("kind", "other"),
                    ("region__isnull", False),
                    _connector="OR",
                ),
                name="organisation_has_a_region",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("inn", ""), _negated=True), ("closed_on", None)),
                fields=("inn", "kpp"),
                name="organisation_one_inn_and_kpp",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(fields=("path",), name="organisation_one_path"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(fields=("region", "id"), name="organisation_region_key"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "registry_organisationevent" ("address", "closed_on", "id", "inn", "kind", "kpp", "match_key", "municipality_id", "name", "ogrn", "opened_on", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "short_name", "sort_key", "successor_id", "version") VALUES (NEW."address", NEW."closed_on", NEW."id", NEW."inn", NEW."kind", NEW."kpp", NEW."match_key", NEW."municipality_id", NEW."name", NEW."ogrn", NEW."opened_on", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region_id", NEW."short_name", NEW."sort_key", NEW."successor_id", NEW."version"); RETURN NULL;',
                    hash="8f493706861306026b35ee29e8139df32ab8f4c1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_921d1",
                    table="registry_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "registry_organisationevent" ("address", "closed_on", "id", "inn", "kind", "kpp", "match_key", "municipality_id", "name", "ogrn", "opened_on", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "short_name", "sort_key", "successor_id", "version") VALUES (NEW."address", NEW."closed_on", NEW."id", NEW."inn", NEW."kind", NEW."kpp", NEW."match_key", NEW."municipality_id", NEW."name", NEW."ogrn", NEW."opened_on", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."short_name", NEW."sort_key", NEW."successor_id", NEW."version"); RETURN NULL;',
                    hash="9cd1c7411ad699b6b673c3b8441e3aac5263b235",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0f791",
                    table="registry_organisation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.UniqueConstraint(fields=("region", "sort_key"), name="municipality_once_in_a_region"),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.UniqueConstraint(condition=models.Q(("oktmo", ""), _negated=True), fields=("oktmo",), name="municipality_one_oktmo"),
        ),
        migrations.AddIndex(
            model_name="school",
            index=models.Index(fields=["region", "organisation"], name="school_region_key"),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("enrolment", None), ("enrolment__lte", 20000), _connector="OR"),
                name="school_enrolment_possible",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "registry_schoolevent" ("enrolment", "enrolment_on", "is_rural", "is_small", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id") VALUES (NEW."enrolment", NEW."enrolment_on", NEW."is_rural", NEW."is_small", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."organisation_id", NEW."region_id"); RETURN NULL;',
                    hash="df9389efd33bbc5085977d8d548e4fc98080ee4a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0372f",
                    table="registry_school",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "registry_schoolevent" ("enrolment", "enrolment_on", "is_rural", "is_small", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id") VALUES (NEW."enrolment", NEW."enrolment_on", NEW."is_rural", NEW."is_small", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."organisation_id", NEW."region_id"); RETURN NULL;',
                    hash="708cb4e39d9557f7aae789d5dbdb3b25c5a8a2b9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ef7a1",
                    table="registry_school",
                    when="AFTER",
                ),
            ),
        ),
    ]
