"""An approved or abandoned revision does not change, whoever asks; only who a responsible is may still be said."""

from __future__ import annotations

from django.db import migrations

FORWARD = """
create function orders_closed(wanted bigint) returns boolean language sql stable as $$
  select approved_at is not null or withdrawn_at is not null from orders_revision where id = wanted
$$;

create function orders_refuse_revision() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.approved_at is not null or old.withdrawn_at is not null then
    raise exception 'revision % is closed and does not change', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger orders_refuse_revision before update or delete on orders_revision
  for each row execute function orders_refuse_revision();

create function orders_refuse_part() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'rows of a revision are never deleted' using errcode = 'check_violation';
  end if;
  if orders_closed(new.revision_id) or (tg_op = 'UPDATE' and orders_closed(old.revision_id)) then
    raise exception 'revision % is closed and does not change', new.revision_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger orders_refuse_part before insert or update or delete on orders_measure
  for each row execute function orders_refuse_part();
create trigger orders_refuse_part before insert or update or delete on orders_listedindicator
  for each row execute function orders_refuse_part();

create function orders_refuse_detail() returns trigger language plpgsql as $$
declare closed boolean;
begin
  if tg_op = 'DELETE' then
    raise exception 'rows of a revision are never deleted' using errcode = 'check_violation';
  end if;
  select orders_closed(m.revision_id) into closed from orders_measure m where m.id = new.measure_id;
  if closed and tg_table_name = 'orders_responsible' and tg_op = 'UPDATE' then
    closed := (to_jsonb(new) - '{mapped_organisation_id,mapped_role,mapped_person_id,is_each_centre}'::text[])
      is distinct from (to_jsonb(old) - '{mapped_organisation_id,mapped_role,mapped_person_id,is_each_centre}'::text[]);
  end if;
  if closed then
    raise exception 'the revision of measure % is closed and does not change', new.measure_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger orders_refuse_detail before insert or update or delete on orders_responsible
  for each row execute function orders_refuse_detail();
create trigger orders_refuse_detail before insert or update or delete on orders_expecteddocument
  for each row execute function orders_refuse_detail();
"""
BACK = """
drop trigger orders_refuse_detail on orders_expecteddocument;
drop trigger orders_refuse_detail on orders_responsible;
drop trigger orders_refuse_part on orders_listedindicator;
drop trigger orders_refuse_part on orders_measure;
drop trigger orders_refuse_revision on orders_revision;
drop function orders_refuse_detail();
drop function orders_refuse_part();
drop function orders_refuse_revision();
drop function orders_closed(bigint);
"""


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("orders", "0002_policies")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
