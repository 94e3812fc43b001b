"""The tree's paths, kept by the database; append-only names; policies of the registry."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import (
    COUNTRY,
    SIGNED_IN,
    any_of,
    below_own,
    has_role,
    in_region,
    in_subtree,
    secure,
    setting,
)

PATHS = """
create function registry_place() returns trigger language plpgsql as $$
declare above text := '';
begin
  if new.parent_id is not null then
    select path into above from registry_organisation where id = new.parent_id;
    if above is null then
      raise exception 'the parent organisation % is not there or not visible', new.parent_id using errcode = 'check_violation';
    end if;
    if tg_op = 'UPDATE' and above like old.path || '%' then
      raise exception 'an organisation cannot stand below itself' using errcode = 'check_violation';
    end if;
  end if;
  new.path := above || lpad(new.id::text, 10, '0');
  if length(new.path) > 250 then
    raise exception 'the tree of organisations is too deep' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger registry_place before insert or update of parent_id, id, path on registry_organisation
  for each row execute function registry_place();

create function registry_move() returns trigger language plpgsql as $$
begin
  update registry_organisation set path = '' where parent_id = new.id;
  return null;
end $$;
create trigger registry_move after update on registry_organisation
  for each row when (old.path is distinct from new.path) execute function registry_move();
"""
BACK = """
drop trigger registry_move on registry_organisation;
drop trigger registry_place on registry_organisation;
drop function registry_move();
drop function registry_place();
"""
KEEPERS = ("administrator", "regional_coordinator", "regional_operator", "municipality", "school", "system")
OWN = any_of(COUNTRY, in_region(), in_subtree())
AROUND = any_of(
    COUNTRY,
    in_region(),
    in_subtree(),
    f"({SIGNED_IN} and kind in ('federal_operator', 'ministry'))",
    f"id = any (({setting('ancestors')})::bigint[])",
)
BELOW = any_of(COUNTRY, in_region(), below_own("organisation_id"))
VISIBLE = "organisation_id = any ((select array_agg(o.id) from registry_organisation o)::bigint[])"
MAY_KEEP = has_role(*KEEPERS)
MAY_ADD = has_role(*(role for role in KEEPERS if role != "school"))


class Migration(migrations.Migration):
    """Paths and policies of the registry."""

    dependencies = [("registry", "0001_rules"), ("journal", "0002_chain")]

    operations = [
        migrations.RunSQL(PATHS, BACK),
        secure("registry_region", select=SIGNED_IN, insert=has_role("system"), update=has_role("system")),
        secure("registry_programme", select=SIGNED_IN, insert=has_role("system"), update=has_role("system")),
        secure(
            "registry_municipality",
            select=SIGNED_IN,
            insert=f"{MAY_ADD} and {any_of(COUNTRY, in_region())}",
            update=f"{MAY_ADD} and {any_of(COUNTRY, in_region())}",
        ),
        secure("registry_organisation", select=AROUND, insert=f"{MAY_ADD} and {OWN}", update=f"{MAY_KEEP} and {OWN}"),
        secure(
            "registry_organisationname",
            select=any_of(COUNTRY, in_region(), VISIBLE),
            insert=f"{MAY_KEEP} and {BELOW}",
        ),
        secure(
            "registry_school",
            select=any_of(COUNTRY, in_region(), below_own("organisation_id")),
            insert=f"{MAY_ADD} and {BELOW}",
            update=f"{MAY_KEEP} and {BELOW}",
        ),
        secure("registry_organisationevent", select=OWN, insert=SIGNED_IN),
        secure(
            "registry_schoolevent",
            select=any_of(COUNTRY, in_region(), below_own("pgh_obj_id")),
            insert=SIGNED_IN,
        ),
    ]
