"""What the portal remembers about its own installation."""

from __future__ import annotations

from django.db import models


class Fact(models.Model):
    """One fact about this installation, such as whether the example was loaded."""

    name = models.CharField("название", max_length=60, primary_key=True)
    value = models.JSONField("значение")
    noted_at = models.DateTimeField("когда записано", auto_now_add=True)

    class Meta:
        verbose_name = "сведение об установке"
        verbose_name_plural = "сведения об установке"

    def __str__(self) -> str:
        return self.name
