"""A closed measure may still be linked to the superior's one; parts of a revision are written one approval apart.

A part that is being written holds the revision, so that it is either in before the approval or refused after it.
"""

from __future__ import annotations

from django.db import migrations

FORWARD = """
create or replace function orders_refuse_part() returns trigger language plpgsql as $$
declare
  closed boolean;
  link text[] := '{superior_key,version}';
begin
  if tg_op = 'DELETE' then
    raise exception 'rows of a revision are never deleted' using errcode = 'check_violation';
  end if;
  perform 1 from orders_revision where id = new.revision_id for share;
  closed := orders_closed(new.revision_id) or (tg_op = 'UPDATE' and orders_closed(old.revision_id));
  if closed and tg_op = 'UPDATE' and tg_table_name = 'orders_measure' then
    -- columns that the database computes are not computed yet in the new row
    link := link || array(select attname::text from pg_attribute where attrelid = tg_relid and attgenerated <> '');
    closed := (to_jsonb(new) - link) is distinct from (to_jsonb(old) - link);
  end if;
  if closed then
    raise exception 'revision % is closed and does not change', new.revision_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
"""
BACK = """
create or replace function orders_refuse_part() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'rows of a revision are never deleted' using errcode = 'check_violation';
  end if;
  if orders_closed(new.revision_id) or (tg_op = 'UPDATE' and orders_closed(old.revision_id)) then
    raise exception 'revision % is closed and does not change', new.revision_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
"""


class Migration(migrations.Migration):
    """One function anew."""

    dependencies = [("orders", "0005_programme_chosen")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
