"""A roadmap whose programme its document does not name waits for somebody to choose; it is not approved without."""

from __future__ import annotations

from django.db import migrations

FORWARD = """
create function orders_refuse_without_programme() returns trigger language plpgsql as $$
begin
  if new.approved_at is not null and exists (
    select from orders_roadmap r where r.id = new.roadmap_id and r.programme_id is null
  ) then
    raise exception 'the roadmap of revision % has no programme', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger orders_refuse_without_programme before insert or update on orders_revision
  for each row execute function orders_refuse_without_programme();
"""
BACK = """
drop trigger orders_refuse_without_programme on orders_revision;
drop function orders_refuse_without_programme();
"""


class Migration(migrations.Migration):
    """A trigger."""

    dependencies = [("orders", "0004_reading_year")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
