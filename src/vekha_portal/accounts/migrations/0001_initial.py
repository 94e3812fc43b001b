"""Tables of the app and the triggers that keep the history of its fields."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DeputyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(verbose_name="по")),
                ("reason", models.CharField(max_length=300, verbose_name="причина")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="когда")),
                ("expires_at", models.DateTimeField(verbose_name="действует до")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="использовано")),
            ],
            options={
                "verbose_name": "приглашение",
                "verbose_name_plural": "приглашения",
            },
        ),
        migrations.CreateModel(
            name="PersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("email", models.EmailField(max_length=254, verbose_name="электронная почта")),
                ("surname", models.CharField(max_length=100, verbose_name="фамилия")),
                ("given_name", models.CharField(max_length=100, verbose_name="имя")),
                ("patronymic", models.CharField(blank=True, default="", max_length=100, verbose_name="отчество")),
                ("phone", models.CharField(blank=True, default="", max_length=32, verbose_name="телефон")),
                ("is_active", models.BooleanField(default=True, verbose_name="может входить")),
                ("created_at", models.DateTimeField(verbose_name="добавлен")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "Администратор"),
                            ("federal_operator", "Федеральный оператор"),
                            ("ministry", "Министерство"),
                            ("regional_coordinator", "Региональный координатор"),
                            ("regional_operator", "Региональный оператор"),
                            ("municipality", "Муниципальный орган"),
                            ("school", "Школа"),
                            ("controller", "Контроль за исполнением"),
                        ],
                        max_length=32,
                        verbose_name="роль",
                    ),
                ),
                ("position", models.CharField(blank=True, default="", max_length=200, verbose_name="должность")),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
                ("basis", models.CharField(blank=True, default="", max_length=300, verbose_name="основание")),
            ],
            options={
                "verbose_name": "роль",
                "verbose_name_plural": "роли",
            },
        ),
        migrations.CreateModel(
            name="RoleAssignmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "Администратор"),
                            ("federal_operator", "Федеральный оператор"),
                            ("ministry", "Министерство"),
                            ("regional_coordinator", "Региональный координатор"),
                            ("regional_operator", "Региональный оператор"),
                            ("municipality", "Муниципальный орган"),
                            ("school", "Школа"),
                            ("controller", "Контроль за исполнением"),
                        ],
                        max_length=32,
                        verbose_name="роль",
                    ),
                ),
                ("position", models.CharField(blank=True, default="", max_length=200, verbose_name="должность")),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
                ("basis", models.CharField(blank=True, default="", max_length=300, verbose_name="основание")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="электронная почта")),
                ("surname", models.CharField(max_length=100, verbose_name="фамилия")),
                ("given_name", models.CharField(max_length=100, verbose_name="имя")),
                ("patronymic", models.CharField(blank=True, default="", max_length=100, verbose_name="отчество")),
                ("phone", models.CharField(blank=True, default="", max_length=32, verbose_name="телефон")),
                ("is_active", models.BooleanField(default=True, verbose_name="может входить")),
                ("created_at", models.DateTimeField(verbose_name="добавлен")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем добавлен",
                    ),
                ),
            ],
            options={
                "verbose_name": "человек",
                "verbose_name_plural": "люди",
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="с")),
                ("until", models.DateField(verbose_name="по")),
                ("reason", models.CharField(max_length=300, verbose_name="причина")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputising",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто замещает",
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кого замещают",
                    ),
                ),
            ],
            options={
                "verbose_name": "замещение",
                "verbose_name_plural": "замещения",
            },
        ),
    ]
