"""Policies of people and roles.

No policy asks a table whose policy asks back: assignments ask organisations and deputies; people ask assignments.
"""

from __future__ import annotations

from django.db import migrations

from vekha_portal.journal.row_security import COUNTRY, any_of, below_own, has_role, in_region, secure, setting

ME = setting("person", "bigint")
SIGN_IN, SYSTEM = has_role("sign-in"), has_role("system")
APPOINTS = has_role("administrator", "regional_coordinator", "municipality", "system")
MANAGED = any_of(COUNTRY, in_region(), below_own("organisation_id"))
SEEN = "organisation_id = any ((select array_agg(o.id) from registry_organisation o)::bigint[])"
PRINCIPALS = f"select array_agg(d.principal_id) from accounts_deputy d where d.deputy_id = {ME}"
WITH_ROLES = "id = any ((select array_agg(a.person_id) from accounts_roleassignment a)::bigint[])"
SIGNED_IN = f"{setting('role')} is not null and {setting('role')} <> 'sign-in'"

MY_DEPUTIES = any_of(COUNTRY, f"principal_id = {ME}", f"deputy_id = {ME}", in_region())


class Migration(migrations.Migration):
    """Who sees and writes people, roles, deputies, invitations."""

    dependencies = [("accounts", "0002_initial"), ("registry", "0002_tree")]

    operations = [
        secure(
            "accounts_deputy",
            select=MY_DEPUTIES,
            insert=any_of(SYSTEM, f"principal_id = {ME}", f"{APPOINTS} and {any_of(COUNTRY, in_region())}"),
            update=any_of(SYSTEM, f"principal_id = {ME}", f"{APPOINTS} and {any_of(COUNTRY, in_region())}"),
        ),
        secure(
            "accounts_roleassignment",
            select=any_of(
                COUNTRY, f"person_id = {ME}", f"person_id = any (({PRINCIPALS})::bigint[])", in_region(), SEEN
            ),
            insert=f"{APPOINTS} and {MANAGED}",
            update=f"{APPOINTS} and {MANAGED}",
        ),
        secure(
            "accounts_person",
            select=any_of(COUNTRY, SIGN_IN, f"id = {ME}", f"created_by_id = {ME}", WITH_ROLES),
            insert=APPOINTS,
            update=any_of(
                SYSTEM, SIGN_IN, f"id = {ME}", f"{APPOINTS} and {any_of(COUNTRY, WITH_ROLES, f'created_by_id = {ME}')}"
            ),
        ),
        secure(
            "accounts_invitation",
            select=any_of(COUNTRY, SIGN_IN, f"created_by_id = {ME}"),
            insert=APPOINTS,
            update=any_of(SYSTEM, SIGN_IN),
        ),
        secure("accounts_personevent", select=any_of(COUNTRY, f"pgh_obj_id = {ME}"), insert=any_of(SIGNED_IN, SIGN_IN)),
        secure(
            "accounts_roleassignmentevent", select=any_of(COUNTRY, in_region(), f"person_id = {ME}"), insert=SIGNED_IN
        ),
        secure("accounts_deputyevent", select=any_of(COUNTRY, in_region(), f"principal_id = {ME}"), insert=SIGNED_IN),
    ]
