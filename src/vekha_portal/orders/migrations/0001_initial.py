"""Tables of the app and the triggers that keep the history of their fields."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("registry", "0005_import_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeadlineSettings",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="deadline_settings",
                        serialize=False,
                        to="registry.organisation",
                        verbose_name="организация",
                    ),
                ),
                (
                    "before_includes_day",
                    models.BooleanField(default=True, verbose_name="«до 1 февраля» включает 1 февраля"),
                ),
                (
                    "warning_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="за сколько дней предупреждать об окончании периода"
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="изменено")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем изменено",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
            ],
            options={
                "verbose_name": "понимание сроков",
                "verbose_name_plural": "понимание сроков",
            },
        ),
        migrations.CreateModel(
            name="DeadlineSettingsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "before_includes_day",
                    models.BooleanField(default=True, verbose_name="«до 1 февраля» включает 1 февраля"),
                ),
                (
                    "warning_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="за сколько дней предупреждать об окончании периода"
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="изменено")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем изменено",
                    ),
                ),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="orders.deadlinesettings",
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
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="ключ")),
                ("position", models.PositiveIntegerField(verbose_name="по порядку")),
                ("number", models.CharField(blank=True, default="", max_length=40, verbose_name="номер")),
                ("section", models.TextField(blank=True, default="", verbose_name="раздел")),
                ("text", models.TextField(verbose_name="мероприятие")),
                ("items", models.JSONField(blank=True, default=list, verbose_name="подпункты")),
                ("item_stages", models.JSONField(blank=True, null=True, verbose_name="этапы подпунктов")),
                ("stage", models.CharField(max_length=40, verbose_name="этап")),
                (
                    "reach",
                    models.CharField(
                        choices=[("once", "один раз на всю волну"), ("centre", "в каждом центре")],
                        default="once",
                        max_length=10,
                        verbose_name="охват",
                    ),
                ),
                ("deadline", models.TextField(blank=True, default="", verbose_name="срок, как в документе")),
                ("superior_key", models.UUIDField(blank=True, null=True, verbose_name="мероприятие вышестоящей карты")),
                ("place", models.JSONField(blank=True, default=dict, verbose_name="место в документе")),
                ("cells", models.JSONField(blank=True, default=dict, verbose_name="места ячеек")),
                ("confidence", models.FloatField(default=1.0, verbose_name="уверенность чтения")),
                ("uncertain", models.JSONField(blank=True, default=list, verbose_name="прочитано неуверенно")),
                ("notes", models.JSONField(blank=True, default=list, verbose_name="прочие графы")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="исключено")),
                ("removed_because", models.TextField(blank=True, default="", verbose_name="почему исключено")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="чья карта",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем исключено",
                    ),
                ),
            ],
            options={
                "verbose_name": "мероприятие",
                "verbose_name_plural": "мероприятия",
            },
        ),
        migrations.CreateModel(
            name="ExpectedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="ключ")),
                ("position", models.PositiveSmallIntegerField(verbose_name="по порядку")),
                ("item", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="к подпункту")),
                ("text", models.TextField(blank=True, default="", verbose_name="как написано")),
                ("evidence_type", models.CharField(max_length=40, verbose_name="вид документа")),
                ("is_required", models.BooleanField(default=True, verbose_name="обязателен")),
                ("minimum", models.PositiveSmallIntegerField(default=1, verbose_name="не менее, штук")),
                ("is_inferred", models.BooleanField(default=False, verbose_name="выведен по этапу")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="исключён")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="чья карта",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="orders.measure",
                        verbose_name="мероприятие",
                    ),
                ),
            ],
            options={
                "verbose_name": "ожидаемый документ",
                "verbose_name_plural": "ожидаемые документы",
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(blank=True, default="", max_length=60, verbose_name="вид")),
                ("issuer", models.CharField(blank=True, default="", max_length=600, verbose_name="издан")),
                ("number", models.CharField(blank=True, default="", max_length=120, verbose_name="номер")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="дата")),
                ("title", models.TextField(blank=True, default="", verbose_name="заголовок")),
                (
                    "coordinator",
                    models.CharField(blank=True, default="", max_length=600, verbose_name="региональный координатор"),
                ),
                (
                    "control_name",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="контроль: кто"),
                ),
                (
                    "control_post",
                    models.CharField(blank=True, default="", max_length=600, verbose_name="контроль: должность"),
                ),
                ("signatory_name", models.CharField(blank=True, default="", max_length=300, verbose_name="подписал")),
                (
                    "signatory_post",
                    models.CharField(blank=True, default="", max_length=600, verbose_name="должность подписавшего"),
                ),
                ("approvals", models.JSONField(blank=True, default=list, verbose_name="согласования и утверждения")),
                ("acquainted", models.JSONField(blank=True, default=list, verbose_name="ознакомлены")),
                ("cited", models.JSONField(blank=True, default=list, verbose_name="упомянутые акты")),
                ("amendments", models.JSONField(blank=True, default=list, verbose_name="вносимые изменения")),
                ("annexes_declared", models.PositiveSmallIntegerField(default=0, verbose_name="приложений объявлено")),
                ("annexes_found", models.PositiveSmallIntegerField(default=0, verbose_name="приложений в файле")),
                ("created_at", models.DateTimeField(verbose_name="внесено")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "amended",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amending",
                        to="orders.order",
                        verbose_name="изменяет распоряжение",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем внесено",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="registry.organisation",
                        verbose_name="чьё распоряжение",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
                (
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subordinates",
                        to="orders.order",
                        verbose_name="вышестоящий акт",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем отозвано",
                    ),
                ),
            ],
            options={
                "verbose_name": "распоряжение",
                "verbose_name_plural": "распоряжения",
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(verbose_name="загружен")),
                ("begun_at", models.DateTimeField(blank=True, null=True, verbose_name="начато")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="закончено")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="попыток")),
                ("step", models.CharField(blank=True, default="", max_length=200, verbose_name="что делается")),
                ("share", models.PositiveSmallIntegerField(default=0, verbose_name="сделано, %")),
                ("found", models.JSONField(blank=True, null=True, verbose_name="прочитано")),
                ("source", models.JSONField(blank=True, null=True, verbose_name="исходный вид")),
                ("failure", models.TextField(blank=True, default="", verbose_name="почему не прочитано")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем загружен",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="чей файл",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
            ],
            options={
                "verbose_name": "чтение файла",
                "verbose_name_plural": "чтения файлов",
            },
        ),
        migrations.CreateModel(
            name="OrderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(blank=True, default="", max_length=60, verbose_name="вид")),
                ("issuer", models.CharField(blank=True, default="", max_length=600, verbose_name="издан")),
                ("number", models.CharField(blank=True, default="", max_length=120, verbose_name="номер")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="дата")),
                ("title", models.TextField(blank=True, default="", verbose_name="заголовок")),
                (
                    "coordinator",
                    models.CharField(blank=True, default="", max_length=600, verbose_name="региональный координатор"),
                ),
                (
                    "control_name",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="контроль: кто"),
                ),
                (
                    "control_post",
                    models.CharField(blank=True, default="", max_length=600, verbose_name="контроль: должность"),
                ),
                ("signatory_name", models.CharField(blank=True, default="", max_length=300, verbose_name="подписал")),
                (
                    "signatory_post",
                    models.CharField(blank=True, default="", max_length=600, verbose_name="должность подписавшего"),
                ),
                ("approvals", models.JSONField(blank=True, default=list, verbose_name="согласования и утверждения")),
                ("acquainted", models.JSONField(blank=True, default=list, verbose_name="ознакомлены")),
                ("cited", models.JSONField(blank=True, default=list, verbose_name="упомянутые акты")),
                ("amendments", models.JSONField(blank=True, default=list, verbose_name="вносимые изменения")),
                ("annexes_declared", models.PositiveSmallIntegerField(default=0, verbose_name="приложений объявлено")),
                ("annexes_found", models.PositiveSmallIntegerField(default=0, verbose_name="приложений в файле")),
                ("created_at", models.DateTimeField(verbose_name="внесено")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "amended",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.order",
                        verbose_name="изменяет распоряжение",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем внесено",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.organisation",
                        verbose_name="чьё распоряжение",
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
                        to="orders.order",
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
                (
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.order",
                        verbose_name="вышестоящий акт",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем отозвано",
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.reading",
                        verbose_name="прочитано из файла",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="order",
            name="reading",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order",
                to="orders.reading",
                verbose_name="прочитано из файла",
            ),
        ),
        migrations.CreateModel(
            name="Responsible",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="по порядку")),
                ("name", models.CharField(max_length=1000, verbose_name="как написано")),
                ("kind", models.CharField(max_length=20, verbose_name="вид")),
                ("post", models.CharField(blank=True, default="", max_length=600, verbose_name="должность")),
                ("is_lead", models.BooleanField(default=False, verbose_name="головной исполнитель")),
                (
                    "mapped_role",
                    models.CharField(
                        blank=True,
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
                        default="",
                        max_length=32,
                        verbose_name="роль",
                    ),
                ),
                ("is_each_centre", models.BooleanField(default=False, verbose_name="школа каждого центра")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="исключён")),
                (
                    "mapped_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="организация",
                    ),
                ),
                (
                    "mapped_person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="человек",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibles",
                        to="orders.measure",
                        verbose_name="мероприятие",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="чья карта",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
            ],
            options={
                "verbose_name": "ответственный",
                "verbose_name_plural": "ответственные",
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер редакции")),
                ("created_at", models.DateTimeField(verbose_name="начата")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждена")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="черновик оставлен")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем утверждена",
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="orders.order",
                        verbose_name="каким распоряжением",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем начата",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="чья",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="orders.revision",
                        verbose_name="прежняя редакция",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем оставлен",
                    ),
                ),
            ],
            options={
                "verbose_name": "редакция",
                "verbose_name_plural": "редакции",
            },
        ),
        migrations.CreateModel(
            name="MeasureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="ключ")),
                ("position", models.PositiveIntegerField(verbose_name="по порядку")),
                ("number", models.CharField(blank=True, default="", max_length=40, verbose_name="номер")),
                ("section", models.TextField(blank=True, default="", verbose_name="раздел")),
                ("text", models.TextField(verbose_name="мероприятие")),
                ("items", models.JSONField(blank=True, default=list, verbose_name="подпункты")),
                ("item_stages", models.JSONField(blank=True, null=True, verbose_name="этапы подпунктов")),
                ("stage", models.CharField(max_length=40, verbose_name="этап")),
                (
                    "reach",
                    models.CharField(
                        choices=[("once", "один раз на всю волну"), ("centre", "в каждом центре")],
                        default="once",
                        max_length=10,
                        verbose_name="охват",
                    ),
                ),
                ("deadline", models.TextField(blank=True, default="", verbose_name="срок, как в документе")),
                ("superior_key", models.UUIDField(blank=True, null=True, verbose_name="мероприятие вышестоящей карты")),
                ("place", models.JSONField(blank=True, default=dict, verbose_name="место в документе")),
                ("cells", models.JSONField(blank=True, default=dict, verbose_name="места ячеек")),
                ("confidence", models.FloatField(default=1.0, verbose_name="уверенность чтения")),
                ("uncertain", models.JSONField(blank=True, default=list, verbose_name="прочитано неуверенно")),
                ("notes", models.JSONField(blank=True, default=list, verbose_name="прочие графы")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="исключено")),
                ("removed_because", models.TextField(blank=True, default="", verbose_name="почему исключено")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.organisation",
                        verbose_name="чья карта",
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
                        to="orders.measure",
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
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем исключено",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.revision",
                        verbose_name="редакция",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="measure",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="orders.revision",
                verbose_name="редакция",
            ),
        ),
        migrations.CreateModel(
            name="ListedIndicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="ключ")),
                ("position", models.PositiveSmallIntegerField(verbose_name="по порядку")),
                ("number", models.CharField(blank=True, default="", max_length=40, verbose_name="номер")),
                ("name", models.TextField(verbose_name="показатель")),
                ("unit", models.CharField(blank=True, default="", max_length=200, verbose_name="единица измерения")),
                (
                    "opening_year",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="в год открытия"
                    ),
                ),
                (
                    "following_years",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="в последующие годы"
                    ),
                ),
                (
                    "parent_number",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="в составе показателя №"),
                ),
                ("target", models.TextField(blank=True, default="", verbose_name="как написано")),
                ("place", models.JSONField(blank=True, default=dict, verbose_name="место в документе")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="исключён")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="чья карта",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="orders.revision",
                        verbose_name="редакция",
                    ),
                ),
            ],
            options={
                "verbose_name": "показатель",
                "verbose_name_plural": "показатели",
            },
        ),
        migrations.CreateModel(
            name="Roadmap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="по порядку в распоряжении")),
                ("title", models.TextField(blank=True, default="", verbose_name="заголовок")),
                (
                    "subsidy_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="год получения субсидии"),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadmaps",
                        to="orders.order",
                        verbose_name="распоряжение",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadmaps",
                        to="registry.organisation",
                        verbose_name="чья",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="registry.programme", verbose_name="программа"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.region",
                        verbose_name="субъект",
                    ),
                ),
                (
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subordinates",
                        to="orders.roadmap",
                        verbose_name="вышестоящая карта",
                    ),
                ),
            ],
            options={
                "verbose_name": "дорожная карта",
                "verbose_name_plural": "дорожные карты",
            },
        ),
        migrations.CreateModel(
            name="RevisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер редакции")),
                ("created_at", models.DateTimeField(verbose_name="начата")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждена")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="черновик оставлен")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем утверждена",
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.order",
                        verbose_name="каким распоряжением",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем начата",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.organisation",
                        verbose_name="чья",
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
                        to="orders.revision",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.revision",
                        verbose_name="прежняя редакция",
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
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем оставлен",
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.roadmap",
                        verbose_name="дорожная карта",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="roadmap",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revisions",
                to="orders.roadmap",
                verbose_name="дорожная карта",
            ),
        ),
        migrations.CreateModel(
            name="RoadmapEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="по порядку в распоряжении")),
                ("title", models.TextField(blank=True, default="", verbose_name="заголовок")),
                (
                    "subsidy_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="год получения субсидии"),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.order",
                        verbose_name="распоряжение",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.organisation",
                        verbose_name="чья",
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
                        to="orders.roadmap",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="registry.programme",
                        verbose_name="программа",
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
                (
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="orders.roadmap",
                        verbose_name="вышестоящая карта",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="deadlinesettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("warning_days__lte", 366)), name="deadline_warning_days"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadlinesettings",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "orders_deadlinesettingsevent" ("before_includes_day", "changed_at", "changed_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "version", "warning_days") VALUES (NEW."before_includes_day", NEW."changed_at", NEW."changed_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."organisation_id", NEW."region_id", NEW."version", NEW."warning_days"); RETURN NULL;',
                    hash="24895539cc1377df0f4073c331855acab2d8b997",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6cb67",
                    table="orders_deadlinesettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadlinesettings",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "orders_deadlinesettingsevent" ("before_includes_day", "changed_at", "changed_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "version", "warning_days") VALUES (NEW."before_includes_day", NEW."changed_at", NEW."changed_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."organisation_id", NEW."region_id", NEW."version", NEW."warning_days"); RETURN NULL;',
                    hash="f898b86dd1b4159e5592902dc2a0c40f48eb76b5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_08eea",
                    table="orders_deadlinesettings",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="expecteddocument",
            index=models.Index(fields=["measure", "position"], name="expected_document_list"),
        ),
        migrations.AddConstraint(
            model_name="expecteddocument",
            constraint=models.UniqueConstraint(fields=("measure", "key"), name="expected_document_key"),
        ),
        migrations.AddConstraint(
            model_name="expecteddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum__gte", 1)), name="expected_document_minimum"
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["organisation", "asked_at"], name="reading_list"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(condition=models.Q(("share__lte", 100)), name="reading_share"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["organisation", "signed_on", "id"], name="order_list"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["region", "signed_on", "id"], name="order_region_list"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["number"], name="order_number"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("superior", None), models.Q(("superior", models.F("id")), _negated=True), _connector="OR"
                ),
                name="order_is_not_its_own_superior",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amended", None), models.Q(("amended", models.F("id")), _negated=True), _connector="OR"
                ),
                name="order_does_not_amend_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="order_withdrawn_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "orders_orderevent" ("acquainted", "amended_id", "amendments", "annexes_declared", "annexes_found", "approvals", "cited", "control_name", "control_post", "coordinator", "created_at", "created_by_id", "id", "issuer", "kind", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reading_id", "region_id", "signatory_name", "signatory_post", "signed_on", "superior_id", "title", "version", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."acquainted", NEW."amended_id", NEW."amendments", NEW."annexes_declared", NEW."annexes_found", NEW."approvals", NEW."cited", NEW."control_name", NEW."control_post", NEW."coordinator", NEW."created_at", NEW."created_by_id", NEW."id", NEW."issuer", NEW."kind", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reading_id", NEW."region_id", NEW."signatory_name", NEW."signatory_post", NEW."signed_on", NEW."superior_id", NEW."title", NEW."version", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="29275c0c0100e113dcd4b3d530ed5bd7c19cd606",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_eb763",
                    table="orders_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "orders_orderevent" ("acquainted", "amended_id", "amendments", "annexes_declared", "annexes_found", "approvals", "cited", "control_name", "control_post", "coordinator", "created_at", "created_by_id", "id", "issuer", "kind", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reading_id", "region_id", "signatory_name", "signatory_post", "signed_on", "superior_id", "title", "version", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."acquainted", NEW."amended_id", NEW."amendments", NEW."annexes_declared", NEW."annexes_found", NEW."approvals", NEW."cited", NEW."control_name", NEW."control_post", NEW."coordinator", NEW."created_at", NEW."created_by_id", NEW."id", NEW."issuer", NEW."kind", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reading_id", NEW."region_id", NEW."signatory_name", NEW."signatory_post", NEW."signed_on", NEW."superior_id", NEW."title", NEW."version", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="6e9a91ce7d617144e60a84693d1908bf3d10c1cf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d4b84",
                    table="orders_order",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="responsible",
            index=models.Index(fields=["measure", "position"], name="responsible_list"),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["revision", "position", "id"], name="measure_list"),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["key"], name="measure_by_key"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(fields=("revision", "key"), name="measure_key"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)), name="measure_confidence"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "orders_measureevent" ("cells", "confidence", "deadline", "id", "item_stages", "items", "key", "notes", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "reach", "region_id", "removed_at", "removed_because", "removed_by_id", "revision_id", "section", "stage", "superior_key", "text", "uncertain", "version") VALUES (NEW."cells", NEW."confidence", NEW."deadline", NEW."id", NEW."item_stages", NEW."items", NEW."key", NEW."notes", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."position", NEW."reach", NEW."region_id", NEW."removed_at", NEW."removed_because", NEW."removed_by_id", NEW."revision_id", NEW."section", NEW."stage", NEW."superior_key", NEW."text", NEW."uncertain", NEW."version"); RETURN NULL;',
                    hash="4663852685b69caea2be9e9ebdd10766d11dfb0e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_509dc",
                    table="orders_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "orders_measureevent" ("cells", "confidence", "deadline", "id", "item_stages", "items", "key", "notes", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "reach", "region_id", "removed_at", "removed_because", "removed_by_id", "revision_id", "section", "stage", "superior_key", "text", "uncertain", "version") VALUES (NEW."cells", NEW."confidence", NEW."deadline", NEW."id", NEW."item_stages", NEW."items", NEW."key", NEW."notes", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."position", NEW."reach", NEW."region_id", NEW."removed_at", NEW."removed_because", NEW."removed_by_id", NEW."revision_id", NEW."section", NEW."stage", NEW."superior_key", NEW."text", NEW."uncertain", NEW."version"); RETURN NULL;',
                    hash="11f9e5ac1d52106d1ca421f2e788e2889c81caa8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_efabe",
                    table="orders_measure",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="listedindicator",
            index=models.Index(fields=["revision", "position"], name="listed_indicator_list"),
        ),
        migrations.AddConstraint(
            model_name="listedindicator",
            constraint=models.UniqueConstraint(fields=("revision", "key"), name="listed_indicator_key"),
        ),
        migrations.AddIndex(
            model_name="roadmap",
            index=models.Index(fields=["region", "programme", "id"], name="roadmap_region_list"),
        ),
        migrations.AddIndex(
            model_name="roadmap",
            index=models.Index(fields=["organisation", "id"], name="roadmap_list"),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.UniqueConstraint(fields=("order", "position"), name="roadmap_place"),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("subsidy_year", None),
                    models.Q(("subsidy_year__gte", 2000), ("subsidy_year__lte", 2100)),
                    _connector="OR",
                ),
                name="roadmap_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("superior", None), models.Q(("superior", models.F("id")), _negated=True), _connector="OR"
                ),
                name="roadmap_is_not_its_own_superior",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roadmap",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "orders_roadmapevent" ("id", "order_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "region_id", "subsidy_year", "superior_id", "title") VALUES (NEW."id", NEW."order_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."programme_id", NEW."region_id", NEW."subsidy_year", NEW."superior_id", NEW."title"); RETURN NULL;',
                    hash="fb6d484d28bab6dbb13b5aaf31ca2ac5d74fdc20",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ec2d9",
                    table="orders_roadmap",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roadmap",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "orders_roadmapevent" ("id", "order_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "region_id", "subsidy_year", "superior_id", "title") VALUES (NEW."id", NEW."order_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."programme_id", NEW."region_id", NEW."subsidy_year", NEW."superior_id", NEW."title"); RETURN NULL;',
                    hash="0652bb3988012f35d2873fce2fccd74e3b0bbdf5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a2dbb",
                    table="orders_roadmap",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("roadmap", "number"), name="revision_number"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("approved_at", None), ("withdrawn_at", None)),
                fields=("roadmap",),
                name="revision_one_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_at", None), ("withdrawn_at", None), _connector="OR"),
                name="revision_one_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approved_by", None)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="revision_approved_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="revision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "orders_revisionevent" ("approved_at", "approved_by_id", "basis_id", "created_at", "created_by_id", "id", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "region_id", "roadmap_id", "version", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."basis_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."previous_id", NEW."region_id", NEW."roadmap_id", NEW."version", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="16ab0c787898bed9fb047b96111665ba0f54ffa8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a5e98",
                    table="orders_revision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="revision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "orders_revisionevent" ("approved_at", "approved_by_id", "basis_id", "created_at", "created_by_id", "id", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "region_id", "roadmap_id", "version", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."basis_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."previous_id", NEW."region_id", NEW."roadmap_id", NEW."version", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="5525ef486ff76d49c276ee17835fbda595ba9a3c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fcdb1",
                    table="orders_revision",
                    when="AFTER",
                ),
            ),
        ),
    ]
