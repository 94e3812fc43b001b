"""Tables kept while they are looked at."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""
    dependencies = [
        ("registry", "0003_reference"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganisationImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_id", models.BigIntegerField(null=True, verbose_name="кто")),
                ("made_at", models.DateTimeField(verbose_name="когда")),
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
            ],
            options={
                "verbose_name": "загрузка организаций",
                "verbose_name_plural": "загрузки организаций",
            },
        ),
    ]
