"""Tables of the app and the triggers that keep the history of its fields."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "shard",
                    models.CharField(
                        db_collation="C", help_text="код субъекта, 00 — общая", max_length=2, verbose_name="цепочка"
                    ),
                ),
                ("number", models.BigIntegerField(help_text="ставит база данных", verbose_name="номер в цепочке")),
                ("kind", models.CharField(max_length=64, verbose_name="событие")),
                ("made_at", models.DateTimeField(verbose_name="когда")),
                ("by_id", models.BigIntegerField(null=True, verbose_name="кто")),
                ("by_name", models.TextField(default="", verbose_name="имя")),
                ("role", models.CharField(default="", max_length=32, verbose_name="в какой роли")),
                ("assignment_id", models.BigIntegerField(null=True, verbose_name="назначение")),
                ("acting_for_id", models.BigIntegerField(null=True, verbose_name="за кого")),
                ("request_id", models.CharField(default="", max_length=64, verbose_name="запрос")),
                ("about_kind", models.CharField(max_length=64, verbose_name="вид объекта")),
                ("about_id", models.CharField(max_length=64, verbose_name="объект")),
                ("about_name", models.TextField(default="", verbose_name="название объекта")),
                (
                    "path",
                    models.CharField(
                        db_collation="C", default="", max_length=255, verbose_name="место в дереве организаций"
                    ),
                ),
                ("reason", models.TextField(default="", verbose_name="почему")),
                ("data", models.JSONField(default=dict, verbose_name="подробности")),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "запись журнала",
                "verbose_name_plural": "записи журнала",
                "indexes": [
                    models.Index(fields=["shard", "-made_at", "-id"], name="journal_shard_time"),
                    models.Index(fields=["-made_at", "-id"], name="journal_time"),
                    models.Index(fields=["about_kind", "about_id", "-made_at"], name="journal_about"),
                    models.Index(fields=["by_id", "-made_at"], name="journal_by"),
                    models.Index(fields=["path", "-made_at"], name="journal_path"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("shard", "number"), name="journal_one_number_in_a_chain"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__regex", "^[a-z]+(-[a-z]+)*$")), name="journal_kind_is_a_word"
                    ),
                ],
            },
        ),
    ]
