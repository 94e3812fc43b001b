"""Who reads and writes proof; rows are written once; another person decides; progress follows and is never typed."""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import (
    COUNTRY,
    SIGNED_IN,
    above_own,
    any_of,
    below_own,
    has_role,
    in_region,
    secure,
    setting,
)

OWN = any_of(COUNTRY, in_region(), below_own("organisation_id"))
READ = any_of(OWN, above_own("organisation_id"))
READ_EVIDENCE = any_of(OWN, f"(is_shared_below and {above_own('organisation_id')})")
SUBMIT = has_role("regional_coordinator", "regional_operator", "municipality", "school", "system")
DECIDE = has_role("regional_coordinator", "regional_operator", "municipality", "federal_operator", "system")


def by_oneself(column: str) -> str:
    """Nobody writes in somebody else's name."""
    return f"({setting('role')} = 'system' or {column} = {setting('person', 'bigint')})"


FORWARD = """
create function execution_refuse_rewrite() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'rows of % are never deleted', tg_table_name using errcode = 'check_violation';
  end if;
  if tg_nargs = 0 or (to_jsonb(new) - tg_argv::text[]) is distinct from (to_jsonb(old) - tg_argv::text[])
    or (to_jsonb(old) ->> tg_argv[0]) is not null then
    raise exception 'row % of % is written once', old.id, tg_table_name using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger execution_refuse_rewrite before update or delete on execution_evidence
  for each row execute function execution_refuse_rewrite();
create trigger execution_refuse_rewrite before update or delete on execution_proof
  for each row execute function execution_refuse_rewrite('recalled_at', 'recalled_by_id', 'recalled_because');
create trigger execution_refuse_rewrite before update or delete on execution_decision
  for each row execute function execution_refuse_rewrite('reopened_at', 'reopened_by_id', 'reopened_because');
create trigger execution_refuse_rewrite before update or delete on execution_extension
  for each row execute function execution_refuse_rewrite('decided_at', 'decided_by_id', 'granted_on', 'decision_reason');
create trigger execution_refuse_rewrite before update or delete on execution_notapplicable
  for each row execute function execution_refuse_rewrite('ended_at', 'ended_by_id', 'ended_because');

create function execution_check_decider(wanted bigint) returns void language plpgsql as $$
declare
  acting text := nullif(current_setting('vekha.role', true), '');
  own text := nullif(current_setting('vekha.path', true), '');
  point record;
begin
  select m.stage, o.path into point from execution_milestone m join registry_organisation o on o.id = m.organisation_id
    where m.id = wanted;
  if acting = 'federal_operator'
    and point.stage not in ('infrastructure-list', 'design-project', 'site-monitoring', 'indicator-monitoring') then
    raise exception 'the stage % is not for the federal operator to decide', point.stage using errcode = 'insufficient_privilege';
  end if;
  if acting = 'municipality' and point.path = own then
    raise exception 'a municipality decides about its schools only' using errcode = 'insufficient_privilege';
  end if;
end $$;

create function execution_check_decision() returns trigger language plpgsql as $$
declare
  handed record;
begin
  select p.milestone_id, p.submitted_by_id, p.recalled_at, p.organisation_id, p.region_id into handed
    from execution_proof p where p.id = new.proof_id for update;
  if handed.submitted_by_id in (new.made_by_id, new.reopened_by_id) then
    raise exception 'somebody else than who submitted decides about proof %', new.proof_id using errcode = 'check_violation';
  end if;
  if tg_op = 'INSERT' and (handed.recalled_at is not null
    or (handed.organisation_id, handed.region_id) is distinct from (new.organisation_id, new.region_id)) then
    raise exception 'proof % is recalled or belongs to another', new.proof_id using errcode = 'check_violation';
  end if;
  perform execution_check_decider(handed.milestone_id);
  return new;
end $$;
create trigger execution_check_decision before insert or update on execution_decision
  for each row execute function execution_check_decision();

create function execution_check_about_milestone() returns trigger language plpgsql as $$
begin
  if not exists (select from execution_milestone m where m.id = new.milestone_id
    and m.organisation_id = new.organisation_id and m.region_id = new.region_id) then
    raise exception 'the row belongs to another than milestone %', new.milestone_id using errcode = 'check_violation';
  end if;
  if tg_table_name = 'execution_notapplicable' or (tg_table_name = 'execution_extension' and tg_op = 'UPDATE') then
    perform execution_check_decider(new.milestone_id);
  end if;
  return new;
end $$;
create trigger execution_check_about_milestone before insert or update on execution_extension
  for each row execute function execution_check_about_milestone();
create trigger execution_check_about_milestone before insert or update on execution_notapplicable
  for each row execute function execution_check_about_milestone();
create trigger execution_check_about_milestone before insert on execution_proof
  for each row execute function execution_check_about_milestone();

create function execution_check_recall() returns trigger language plpgsql as $$
begin
  if exists (select from execution_decision d where d.proof_id = new.id and d.reopened_at is null) then
    raise exception 'proof % is decided upon and stays', new.id using errcode = 'check_violation';
  end if;
  if nullif(current_setting('vekha.role', true), '') = 'federal_operator' then
    raise exception 'whoever only decides recalls nothing' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger execution_check_recall before update on execution_proof
  for each row execute function execution_check_recall();

create function execution_refuse_typed_progress() returns trigger language plpgsql as $$
begin
  if nullif(current_setting('vekha.role', true), '') is distinct from 'system' then
    raise exception 'the progress of milestone % follows from its documents', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger execution_refuse_typed_progress before update on execution_milestone for each row
  when ((new.progress, new.documented_on, new.submitted_at, new.accepted_at)
    is distinct from (old.progress, old.documented_on, old.submitted_at, old.accepted_at))
  execute function execution_refuse_typed_progress();
"""
BACK = """
drop trigger execution_refuse_typed_progress on execution_milestone;
drop trigger execution_check_recall on execution_proof;
drop trigger execution_check_about_milestone on execution_proof;
drop trigger execution_check_about_milestone on execution_notapplicable;
drop trigger execution_check_about_milestone on execution_extension;
drop trigger execution_check_decision on execution_decision;
drop trigger execution_refuse_rewrite on execution_notapplicable;
drop trigger execution_refuse_rewrite on execution_extension;
drop trigger execution_refuse_rewrite on execution_decision;
drop trigger execution_refuse_rewrite on execution_proof;
drop trigger execution_refuse_rewrite on execution_evidence;
drop function execution_refuse_typed_progress();
drop function execution_check_recall();
drop function execution_check_about_milestone();
drop function execution_check_decision();
drop function execution_check_decider(bigint);
drop function execution_refuse_rewrite();
"""


class Migration(migrations.Migration):
    """Policies and triggers."""

    dependencies = [("execution", "0003_evidence")]
    operations = [
        migrations.RunSQL(FORWARD, BACK),
        secure(
            "execution_evidence",
            select=f"{SIGNED_IN} and {READ_EVIDENCE}",
            insert=f"{SUBMIT} and {OWN} and {by_oneself('added_by_id')}",
        ),
        secure(
            "execution_proof",
            select=READ,
            insert=f"{SUBMIT} and {OWN} and {by_oneself('submitted_by_id')}",
            update=f"{any_of(SUBMIT, DECIDE)} and {OWN}",
        ),
        secure(
            "execution_decision",
            select=READ,
            insert=f"{DECIDE} and {OWN} and {by_oneself('made_by_id')}",
            update=f"{DECIDE} and {OWN}",
        ),
        secure(
            "execution_extension",
            select=READ,
            insert=f"{SUBMIT} and {OWN} and {by_oneself('asked_by_id')}",
            update=f"{DECIDE} and {OWN}",
        ),
        secure(
            "execution_notapplicable",
            select=READ,
            insert=f"{DECIDE} and {OWN} and {by_oneself('made_by_id')}",
            update=f"{DECIDE} and {OWN}",
        ),
    ]
