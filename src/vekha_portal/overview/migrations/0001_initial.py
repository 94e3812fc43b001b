"""The sums of milestones."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables."""

    initial = True

    dependencies = [
        ("centres", "0002_initial"),
        ("registry", "0005_import_policies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subsidy_year", models.PositiveSmallIntegerField(verbose_name="год получения субсидии")),
                ("stage", models.CharField(max_length=40, verbose_name="этап")),
                ("total", models.PositiveIntegerField(verbose_name="всего")),
                ("done", models.PositiveIntegerField(verbose_name="исполнено")),
                ("submitted", models.PositiveIntegerField(verbose_name="на проверке")),
                ("overdue", models.PositiveIntegerField(verbose_name="просрочено")),
                ("waiting", models.PositiveIntegerField(verbose_name="ждёт срока")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.programme",
                        verbose_name="программа",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.wave",
                        verbose_name="волна",
                    ),
                ),
            ],
            options={
                "verbose_name": "счёт контрольных точек",
                "verbose_name_plural": "счёт контрольных точек",
                "constraints": [models.UniqueConstraint(fields=("wave", "stage"), name="tally_once")],
            },
        ),
    ]
