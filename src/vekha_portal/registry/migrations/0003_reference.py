"""The 89 regions and the programmes, from the packs."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from vekha_portal.registry.bridge import fold, list_programmes, list_regions


def load(apps: Any, schema_editor: Any) -> None:
    """Write the reference data as it stands in the packs of this version."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select set_config('vekha.role', 'system', true), set_config('vekha.reach', 'country', true)")
    region, programme = apps.get_model("registry", "Region"), apps.get_model("registry", "Programme")
    region.objects.bulk_create(
        region(code=each.code, name=each.name, federal_district=each.federal_district or "", sort_key=fold(each.name))
        for each in list_regions()
    )
    programme.objects.bulk_create(
        programme(
            code=each.id,
            name=each.name,
            names=list(each.names),
            starts_on=each.start,
            ends_on=each.end,
            successor_id=each.successor,
        )
        for each in list_programmes()
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("select set_config('vekha.role', '', true), set_config('vekha.reach', '', true)")


class Migration(migrations.Migration):
    """Reference data."""

    dependencies = [("registry", "0002_tree")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
