"""The count of failed sign-ins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""
    dependencies = [
        ("accounts", "0003_policies"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignInLock",
            fields=[
                ("key", models.CharField(db_collation="C", max_length=64, primary_key=True, serialize=False)),
                ("failures", models.PositiveIntegerField(verbose_name="неудачных попыток")),
                ("first_at", models.DateTimeField(verbose_name="первая")),
                ("last_at", models.DateTimeField(verbose_name="последняя")),
            ],
            options={
                "verbose_name": "неудачные входы",
                "verbose_name_plural": "неудачные входы",
            },
        ),
    ]
