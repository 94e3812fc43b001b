"""Tables of the app and the triggers that keep the history of its fields."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables."""

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="название")),
                (
                    "oktmo",
                    models.CharField(blank=True, db_collation="C", default="", max_length=11, verbose_name="ОКТМО"),
                ),
                ("sort_key", models.CharField(db_collation="C", max_length=300)),
            ],
            options={
                "verbose_name": "муниципальное образование",
                "verbose_name_plural": "муниципальные образования",
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("federal_operator", "Федеральный оператор"),
                            ("ministry", "Министерство"),
                            ("regional_body", "Региональный орган управления образованием"),
                            ("regional_operator", "Региональный оператор"),
                            ("municipal_authority", "Муниципальный орган управления образованием"),
                            ("school", "Школа"),
                            ("other", "Иная организация"),
                        ],
                        max_length=32,
                        verbose_name="вид",
                    ),
                ),
                (
                    "path",
                    models.CharField(db_collation="C", default="", editable=False, help_text="ставит база данных", max_length=255),
                ),
                ("name", models.CharField(max_length=600, verbose_name="полное наименование")),
                (
                    "short_name",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="краткое наименование"),
                ),
                ("sort_key", models.CharField(db_collation="C", help_text="для порядка и поиска", max_length=600)),
                ("match_key", models.CharField(db_collation="C", help_text="для поиска двойников", max_length=600)),
                ("inn", models.CharField(blank=True, db_collation="C", default="", max_length=12, verbose_name="ИНН")),
                ("kpp", models.CharField(blank=True, db_collation="C", default="", max_length=9, verbose_name="КПП")),
                (
                    "ogrn",
                    models.CharField(blank=True, db_collation="C", default="", max_length=15, verbose_name="ОГРН"),
                ),
                ("address", models.CharField(blank=True, default="", max_length=500, verbose_name="адрес")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="создана")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="прекратила деятельность")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="registry.organisation",
                        verbose_name="вышестоящая организация",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="registry.organisation",
                        verbose_name="правопреемник",
                    ),
                ),
            ],
            options={
                "verbose_name": "организация",
                "verbose_name_plural": "организации",
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "code",
                    models.CharField(db_collation="C", max_length=2, primary_key=True, serialize=False, verbose_name="код"),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="название")),
                (
                    "federal_district",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="федеральный округ"),
                ),
                ("sort_key", models.CharField(db_collation="C", max_length=200)),
            ],
            options={
                "verbose_name": "субъект Российской Федерации",
                "verbose_name_plural": "субъекты Российской Федерации",
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="school",
                        serialize=False,
                        to="registry.organisation",
                        verbose_name="организация",
                    ),
                ),
                ("is_rural", models.BooleanField(default=False, verbose_name="сельская")),
                ("is_small", models.BooleanField(default=False, verbose_name="малокомплектная")),
                ("enrolment", models.PositiveIntegerField(blank=True, null=True, verbose_name="число обучающихся")),
                ("enrolment_on", models.DateField(blank=True, null=True, verbose_name="число обучающихся на дату")),
                (
                    "region",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="registry.region", verbose_name="субъект"),
                ),
            ],
            options={
                "verbose_name": "школа",
                "verbose_name_plural": "школы",
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "code",
                    models.CharField(db_collation="C", max_length=64, primary_key=True, serialize=False, verbose_name="обозначение"),
                ),
                ("name", models.CharField(max_length=300, verbose_name="название")),
                ("names", models.JSONField(default=list, verbose_name="варианты названия")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="начало")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="окончание")),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.programme",
                        verbose_name="преемник",
                    ),
                ),
            ],
            options={
                "verbose_name": "программа",
                "verbose_name_plural": "программы",
            },
        ),
        migrations.CreateModel(
            name="OrganisationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("federal_operator", "Федеральный оператор"),
                            ("ministry", "Министерство"),
                            ("regional_body", "Региональный орган управления образованием"),
                            ("regional_operator", "Региональный оператор"),
                            ("municipal_authority", "Муниципальный орган управления образованием"),
                            ("school", "Школа"),
                            ("other", "Иная организация"),
                        ],
                        max_length=32,
                        verbose_name="вид",
                    ),
                ),
                (
                    "path",
                    models.CharField(db_collation="C", default="", editable=False, help_text="ставит база данных", max_length=255),
                ),
                ("name", models.CharField(max_length=600, verbose_name="полное наименование")),
                (
                    "short_name",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="краткое наименование"),
                ),
                ("sort_key", models.CharField(db_collation="C", help_text="для порядка и поиска", max_length=600)),
                ("match_key", models.CharField(db_collation="C", help_text="для поиска двойников", max_length=600)),
                ("inn", models.CharField(blank=True, db_collation="C", default="", max_length=12, verbose_name="ИНН")),
                ("kpp", models.CharField(blank=True, db_collation="C", default="", max_length=9, verbose_name="КПП")),
                (
                    "ogrn",
                    models.CharField(blank=True, db_collation="C", default="", max_length=15, verbose_name="ОГРН"),
                ),
                ("address", models.CharField(blank=True, default="", max_length=500, verbose_name="адрес")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="создана")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="прекратила деятельность")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.organisation",
                        verbose_name="вышестоящая организация",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="registry.organisation",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.organisation",
                        verbose_name="правопреемник",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="organisation",
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
            model_name="municipality",
            name="region",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="registry.region", verbose_name="субъект"),
        ),
        migrations.CreateModel(
            name="SchoolEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("is_rural", models.BooleanField(default=False, verbose_name="сельская")),
                ("is_small", models.BooleanField(default=False, verbose_name="малокомплектная")),
                ("enrolment", models.PositiveIntegerField(blank=True, null=True, verbose_name="число обучающихся")),
                ("enrolment_on", models.DateField(blank=True, null=True, verbose_name="число обучающихся на дату")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="registry.organisation",
                        verbose_name="организация",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="registry.school",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=600, verbose_name="полное наименование")),
                (
                    "short_name",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="краткое наименование"),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="с даты")),
                ("basis", models.CharField(blank=True, default="", max_length=300, verbose_name="основание")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="registry.organisation",
                        verbose_name="организация",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
            ],
            options={
                "verbose_name": "наименование",
                "verbose_name_plural": "наименования",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "since"), name="organisation_one_name_from_a_day", nulls_distinct=False)
                ],
            },
        ),
    ]
