"""Who reads what an order brings: an order binds those below, so they read it too."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.registry.models import Organisation

Row = TypeVar("Row", bound=models.Model)


class BindingQuerySet(models.QuerySet[Row]):
    """Reads of what binds those below: federal rows, rows of one's part of the tree, rows of one's superiors."""

    def visible_to(self, scope: Scope) -> Self:
        """What the scope sees; the database's policies say the same."""
        match scope.reach:
            case Reach.COUNTRY:
                return self
            case Reach.REGION:
                return self.filter(Q(region_id=scope.region) | Q(region=None))
            case Reach.SUBTREE:
                own = Organisation.objects.filter(path__gte=scope.path, path__lt=scope.path + "~").values("pk")
                return self.filter(Q(organisation_id__in=own) | Q(organisation_id__in=scope.ancestors) | Q(region=None))
            case _:
                return self.none()
