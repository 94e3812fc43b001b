"""The history of milestones is written once for a statement, not once for a row."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    """Another trigger for the same events."""

    dependencies = [
        ("execution", "0006_schedule_policies"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="milestone",
            name="update_update",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "execution_milestoneevent" ("due_on", "measure_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "region_id", "version", "waiting_for", "withdrawn_at") SELECT new_values."due_on", new_values."measure_id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."progress", new_values."region_id", new_values."version", new_values."waiting_for", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."measure_id" IS DISTINCT FROM (new_values."measure_id") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."progress" IS DISTINCT FROM (new_values."progress") OR old_values."region_id" IS DISTINCT FROM (new_values."region_id") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."waiting_for" IS DISTINCT FROM (new_values."waiting_for") OR old_values."withdrawn_at" IS DISTINCT FROM (new_values."withdrawn_at")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0480b13e9910790307c0cdef2cd6f3d5761eadde",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2d521",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="execution_milestone",
                    when="AFTER",
                ),
            ),
        ),
    ]
