"""Policies of the sums; the order in which the country's lists are read; the keys by which orders and measures are found.

The columns ``find_key`` are the database's own: they follow their rows by themselves, and no model reads them with a row.
"""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import COUNTRY, any_of, has_role, in_region, secure

FROM = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁёABCDEFGHIJKLMNOPQRSTUVWXYZaceopxykmtubh«»„“”–—\N{NO-BREAK SPACE}\n"
TO = 'абвгдежзийклмнопрстуфхцчшщъыьэюяееавсdеfgнijкlмnорqrsтуvwхуzасеорхукмтувн"""""--  '
KEYS = f"""
create function overview_fold(said text) returns text language sql immutable parallel safe as $$
  select translate(said, '{FROM}', '{TO}')
$$;
alter table orders_measure add column find_key text collate "C"
  generated always as (overview_fold(number || ' ' || text)) stored;
alter table orders_order add column find_key text collate "C"
  generated always as (overview_fold(kind || ' ' || number || ' ' || title || ' ' || issuer)) stored;
"""
NO_KEYS = """
alter table orders_order drop column find_key;
alter table orders_measure drop column find_key;
drop function overview_fold(text);
"""
ORDER = """
create index milestone_by_day on execution_milestone (due_on, id) where withdrawn_at is null;
create index milestone_unfinished on execution_milestone (due_on, id)
  where withdrawn_at is null and not (progress in ('accepted', 'not_applicable'));
"""
NO_ORDER = "drop index milestone_unfinished; drop index milestone_by_day;"
WRITE = has_role("system")


class Migration(migrations.Migration):
    """Who reads and writes the sums; what makes lists and the search quick."""

    dependencies = [("overview", "0001_initial"), ("orders", "0003_immutable"), ("execution", "0002_policies")]
    operations = [
        secure("overview_tally", select=any_of(COUNTRY, in_region()), insert=WRITE, update=WRITE),
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunSQL(ORDER, NO_ORDER),
    ]
