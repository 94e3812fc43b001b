"""Tables loaded to a wave are kept byte for byte."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A kept table."""

    dependencies = [
        ("centres", "0003_policies"),
        ("registry", "0005_import_policies"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_id", models.BigIntegerField(null=True, verbose_name="кто")),
                ("made_at", models.DateTimeField(verbose_name="когда")),
                ("purpose", models.CharField(max_length=20, verbose_name="для чего")),
                ("asked", models.JSONField(default=dict, verbose_name="что указано при загрузке")),
                ("file_name", models.CharField(max_length=255, verbose_name="файл")),
                ("content", models.BinaryField(verbose_name="содержимое")),
                ("sha256", models.CharField(max_length=64)),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="применён")),
                ("outcome", models.JSONField(default=dict, verbose_name="что сделано")),
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
                        related_name="imports",
                        to="centres.wave",
                        verbose_name="волна",
                    ),
                ),
            ],
            options={
                "verbose_name": "загрузка таблицы к волне",
                "verbose_name_plural": "загрузки таблиц к волнам",
            },
        ),
    ]
