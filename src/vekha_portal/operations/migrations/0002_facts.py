"""What the portal remembers about its own installation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("operations", "0001_cache"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name="название")),
                ("value", models.JSONField(verbose_name="значение")),
                ("noted_at", models.DateTimeField(auto_now_add=True, verbose_name="когда записано")),
            ],
            options={
                "verbose_name": "сведение об установке",
                "verbose_name_plural": "сведения об установке",
            },
        ),
    ]
