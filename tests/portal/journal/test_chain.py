"""The journal: chains by region, what cannot be changed, what the check finds, two officials at once, pages."""

import datetime
import threading

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from tests.portal.people import AT, make_country, signed_in
from vekha_portal.env import Role
from vekha_portal.journal.actions import record
from vekha_portal.journal.chain import Break, Verification
from vekha_portal.journal.models import FIRST, Entry
from vekha_portal.journal.queries import Filters, read_journal
from vekha_portal.journal.scope import NOBODY, SYSTEM_SCOPE, Scope, set_scope, use_scope
from vekha_portal.registry.models import Region

TESTED = "vekha_test"


def write(count: int, region: str = "02") -> None:
    with use_scope(SYSTEM_SCOPE, request_id="request-1"):
        about = Region.objects.get(pk=region)
        for number in range(count):
            record("region-seen", by=None, about=about, reason=f"повод {number}: «№ 5»", at=AT, data={"число": number})


def verify() -> tuple[list[Break], int]:
    with use_scope(SYSTEM_SCOPE):
        check = Verification(connection.connection)
        return list(check.breaks()), check.count


@pytest.fixture
def admin(environment):
    """The database as its superuser, whom neither policies nor triggers stop."""
    address = {**environment.database.connection(Role.ADMIN, environment.passfile), "dbname": TESTED}
    with psycopg.connect(**address, autocommit=True) as link:
        link.execute("set session_replication_role = replica")
        yield link


def test_every_region_has_a_chain_of_its_own(db) -> None:
    write(2, "02")
    write(1, "01")
    with use_scope(SYSTEM_SCOPE):
        entries = list(Entry.objects.order_by("shard", "number"))
    assert [(entry.shard, entry.number) for entry in entries] == [("01", 1), ("02", 1), ("02", 2)]
    assert entries[0].previous_hash == entries[1].previous_hash == FIRST
    assert entries[2].previous_hash == entries[1].hash
    assert {entry.role for entry in entries} == {"system"}
    assert {entry.request_id for entry in entries} == {"request-1"}
    assert verify() == ([], 3)


def test_numbers_and_hashes_of_the_caller_are_not_believed(db) -> None:
    write(1)
    with use_scope(SYSTEM_SCOPE), connection.cursor() as cursor:
        cursor.execute(
            "insert into journal_entry (shard, number, kind, made_at, about_kind, about_id, by_name, role, request_id, about_name, path,"
            " reason, data, previous_hash, hash) values ('02', 99, 'made-up', now(), 'x', '1', '', 'king', '', '', '', '', '{}', 'a', 'b')"
        )
        entry = Entry.objects.get(kind="made-up")
    assert (entry.number, entry.role, len(entry.hash)) == (2, "system", 64)
    assert verify() == ([], 2)


@pytest.mark.parametrize(
    "statement",
    ["update journal_entry set reason = 'x'", "delete from journal_entry", "truncate journal_entry", "update journal_head set number = 0"],
)
def test_the_web_role_changes_nothing(db, statement: str) -> None:
    write(1)
    with pytest.raises(DatabaseError), use_scope(SYSTEM_SCOPE), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_owner_is_stopped_too(transactional_db, owner) -> None:
    write(1)
    owner.execute("select set_config('vekha.role', 'system', true), set_config('vekha.reach', 'country', true)")
    assert owner.execute("select count(*) from journal_entry").fetchone() == (1,)
    assert owner.execute("update journal_entry set reason = 'x'").rowcount == 0  # no policy lets a row be changed
    assert owner.execute("delete from journal_entry").rowcount == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("truncate journal_entry")


def test_a_policy_for_changes_would_still_meet_the_trigger(transactional_db, owner) -> None:
    write(1)
    owner.execute("create policy hole on journal_entry using (true)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("update journal_entry set reason = 'x'")


@pytest.mark.parametrize(
    ("tamper", "number", "words"),
    [
        ("update journal_entry set reason = 'другой повод' where number = 3", 3, "изменена"),
        ("update journal_entry set made_at = made_at + interval '1 day' where number = 1", 1, "изменена"),
        ("update journal_entry set data = '{\"число\": 7}' where number = 2", 2, "изменена"),
        ("delete from journal_entry where number = 2", 2, "записи № 2 удалены"),
        ("delete from journal_entry where number in (2, 3)", 2, "записи № 2–3 удалены"),
        ("delete from journal_entry where number >= 4", 4, "удалены последние записи: с № 4 по № 5"),
        ("delete from journal_entry", 1, "удалены последние записи: с № 1 по № 5"),
        ("update journal_entry set number = number + 1 where number = 5", 5, "записи № 5 удалены"),
        (
            "insert into journal_entry (shard, number, kind, made_at, about_kind, about_id, by_name, role, request_id, about_name, path, reason,"
            " data, previous_hash, hash) select shard, 6, kind, made_at, about_kind, about_id, by_name, role, request_id, about_name, path,"
            " reason, data, hash, hash from journal_entry where number = 5",
            6,
            "изменена",
        ),
    ],
)
def test_the_check_finds_what_was_done_behind_its_back_and_says_where(transactional_db, admin, tamper, number, words) -> None:
    write(5)
    write(2, "01")
    assert verify() == ([], 7)
    admin.execute(f"{tamper} {'and' if ' where ' in tamper else 'where'} shard = '02'")
    breaks, _ = verify()
    assert breaks
    assert {each.shard for each in breaks} == {"02"}
    assert (breaks[0].number, words in breaks[0].what) == (number, True), breaks


def test_an_entry_put_in_with_all_hashes_made_again_is_found_by_its_end(transactional_db, admin) -> None:
    write(3)
    admin.execute("update journal_entry set reason = 'новый' where number = 3")
    admin.execute("update journal_entry e set hash = encode(sha256(convert_to(journal_text(e), 'UTF8')), 'hex') where number = 3")
    breaks, _ = verify()
    assert [(each.number, "подменена" in each.what) for each in breaks] == [(3, True)]


def test_two_at_once_in_one_region_wait_and_both_are_kept(transactional_db) -> None:
    failures: list[Exception] = []
    ready = threading.Barrier(4)

    def work(region: str) -> None:
        try:
            ready.wait(10)
            for _ in range(10):
                write(1, region)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(region,)) for region in ("02", "02", "02", "01")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(600)
    assert failures == []
    assert verify() == ([], 40)


def test_another_region_does_not_wait(transactional_db, environment) -> None:
    write(1, "02")
    write(1, "01")
    other = {**environment.database.connection(Role.WEB, environment.passfile), "dbname": TESTED}
    with transaction.atomic():
        write(1, "02")  # its chain is held until the end of this block
        with psycopg.connect(**other) as link:
            link.execute("set local lock_timeout = '1s'")
            link.execute("select set_config('vekha.role', 'system', true), set_config('vekha.reach', 'country', true)")
            values = "'seen', now(), 'x', '1', '', '', '', '', '', '', '{}', 0, '', '')"
            columns = "kind, made_at, about_kind, about_id, by_name, role, request_id, about_name, path, reason, data, number, previous_hash, hash"
            link.execute(f"insert into journal_entry (shard, {columns}) values ('01', {values}")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                link.execute(f"insert into journal_entry (shard, {columns}) values ('02', {values}")


def test_without_a_scope_nothing_is_seen_on_a_connection_that_had_one(transactional_db) -> None:
    write(2)
    with transaction.atomic():
        set_scope(Scope(role="regional_coordinator", reach=SYSTEM_SCOPE.reach))
        assert Entry.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('vekha.reach', true)")
        assert cursor.fetchone() == ("",)  # not NULL: what the policies must stand
    assert Entry.objects.count() == 0
    assert Entry.objects.visible_to(NOBODY).count() == 0


def test_a_scope_outside_a_transaction_is_refused(transactional_db) -> None:
    with pytest.raises(RuntimeError):
        set_scope(SYSTEM_SCOPE)


def test_what_was_in_force_is_in_force_again(db) -> None:
    with use_scope(SYSTEM_SCOPE):
        with use_scope(NOBODY):
            assert Region.objects.count() == 0
        assert Region.objects.count() == 89
    assert Region.objects.count() == 0


def test_pages_are_found_by_the_last_row(db, django_assert_num_queries) -> None:
    write(7)
    zone = timezone.get_current_timezone()
    seen: list[int] = []
    after = ""
    with use_scope(SYSTEM_SCOPE):
        for _ in range(4):
            with django_assert_num_queries(1):
                leaf = read_journal(SYSTEM_SCOPE, Filters(kind="region-seen"), after=after, zone=zone, size=2)
            seen += [entry.number for entry in leaf.entries]
            after = leaf.after
    assert seen == [7, 6, 5, 4, 3, 2, 1]
    assert after == ""


@pytest.mark.parametrize("mark", ["ерунда", "2026-13-45T00:00:00+00:00_5", "_", "2026-01-01_1", "x" * 500, "2026-01-01T00:00:00Z_" + "9" * 40])
def test_nonsense_in_the_address_is_the_first_page(db, mark: str) -> None:
    country = make_country()
    client = signed_in(country, "admin")
    assert client.get("/journal/", {"after": mark}).status_code == 200


def test_the_page_filters_and_shows_only_one_s_own(db) -> None:
    country = make_country()
    coordinator = signed_in(country, "coordinator").get("/journal/").content.decode()
    assert "Организация внесена в реестр" in coordinator
    assert "Департамент образования 02" in coordinator
    assert "Департамент образования 01" not in coordinator
    school = signed_in(country, "school").get("/journal/").content.decode()
    assert "СОШ" in school
    assert "Институт развития" not in school
    day = datetime.date(1999, 1, 1).isoformat()
    assert "Записей нет" in signed_in(country, "admin").get("/journal/", {"until": day}).content.decode()
