"""The subsidy year told at upload; a roadmap whose programme its document does not name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A year, a programme to be chosen."""

    dependencies = [
        ("files", "0002_policies"),
        ("orders", "0003_immutable"),
        ("registry", "0005_import_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reading",
            name="subsidy_year",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="год получения субсидии"),
        ),
        migrations.AlterField(
            model_name="roadmap",
            name="programme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="registry.programme",
                verbose_name="программа",
            ),
        ),
        migrations.AlterField(
            model_name="roadmapevent",
            name="programme",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="registry.programme",
                verbose_name="программа",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("subsidy_year", None),
                    models.Q(("subsidy_year__gte", 2000), ("subsidy_year__lte", 2100)),
                    _connector="OR",
                ),
                name="reading_year",
            ),
        ),
    ]
