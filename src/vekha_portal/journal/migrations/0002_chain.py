"""The chain: numbers and hashes are given by the database; nothing is changed or removed; policies."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import (
    COUNTRY,
    SIGNED_IN,
    any_of,
    has_role,
    in_region,
    in_subtree,
    revoke,
    secure,
    setting,
)

HEAD = """
create table journal_head (shard varchar(2) collate "C" primary key, number bigint not null, hash varchar(64) not null);

create function journal_part(value text) returns text language sql immutable parallel safe as
$$ select case when value is null then '-' else octet_length(convert_to(value, 'UTF8'))::text || ':' || value end $$;

create function journal_text(e journal_entry) returns text language sql stable as $$
  select concat_ws(E'\\n', e.previous_hash, journal_part(e.shard), journal_part(e.number::text), journal_part(e.kind),
    journal_part(to_char(e.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')), journal_part(e.by_id::text),
    journal_part(e.by_name), journal_part(e.role), journal_part(e.assignment_id::text), journal_part(e.acting_for_id::text),
    journal_part(e.request_id), journal_part(e.about_kind), journal_part(e.about_id), journal_part(e.about_name),
    journal_part(e.path), journal_part(e.reason), journal_part(e.data::text)) $$;

create function journal_link() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into journal_head as head (shard, number, hash) values (new.shard, 1, repeat('0', 64))
    on conflict (shard) do update set number = head.number + 1
    returning head.number, head.hash into new.number, new.previous_hash;
  new.role := coalesce(current_setting('vekha.role', true), '');
  new.assignment_id := nullif(current_setting('vekha.assignment', true), '')::bigint;
  new.acting_for_id := nullif(current_setting('vekha.acting_for', true), '')::bigint;
  new.request_id := left(coalesce(current_setting('vekha.request', true), ''), 64);
  new.hash := encode(sha256(convert_to(journal_text(new), 'UTF8')), 'hex');
  update journal_head set hash = new.hash where shard = new.shard;
  return new;
end $$;
create trigger journal_link before insert on journal_entry for each row execute function journal_link();

create function journal_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'journal entries are neither changed nor removed' using errcode = 'insufficient_privilege';
end $$;
create trigger journal_refuse before update or delete on journal_entry for each row execute function journal_refuse();
create trigger journal_refuse_truncate before truncate on journal_entry for each statement execute function journal_refuse();
"""
BACK = """
drop trigger journal_refuse_truncate on journal_entry;
drop trigger journal_refuse on journal_entry;
drop trigger journal_link on journal_entry;
drop function journal_refuse();
drop function journal_link();
drop function journal_text(journal_entry);
drop function journal_part(text);
drop table journal_head;
"""


class Migration(migrations.Migration):
    """Chain, guards and policies of the journal."""

    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(HEAD, BACK),
        migrations.RunSQL(revoke("journal_head", ["all"]), migrations.RunSQL.noop),
        migrations.RunSQL(
            "do $$ declare r text; begin foreach r in array array['vekha_web', 'vekha_worker'] loop "
            "if exists (select from pg_roles where rolname = r) then execute format('grant select on journal_head to %I', r); "
            "end if; end loop; end $$",
            migrations.RunSQL.noop,
        ),
        secure(
            "journal_entry",
            select=any_of(
                COUNTRY,
                in_region("shard"),
                in_subtree("path"),
                f"by_id = {setting('person', 'bigint')}",
            ),
            insert=any_of(SIGNED_IN, has_role("sign-in")),
        ),
    ]
