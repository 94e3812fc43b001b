"""The check of the chains: hashes are made again outside the database from what stands in its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from vekha_portal.journal.models import FIRST

#: The columns in the order of the hash; as text, made by the database the same way as when the row was written.
_TEXTS = (
    "shard", "number::text", "kind", """to_char(made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')""", "by_id::text",
    "by_name", "role", "assignment_id::text", "acting_for_id::text", "request_id", "about_kind", "about_id", "about_name",
    "path", "reason", "data::text",
)  # fmt: skip
_ROWS = (
    f"select e.shard, e.number, e.id, e.previous_hash, e.hash, {', '.join(_TEXTS)} from journal_entry e"
    " where %(shard)s in ('', e.shard) order by e.shard, e.number"
)


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain does not hold: the chain, the number, and in Russian what is wrong."""

    shard: str
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many entries, and the last hash. Kept elsewhere, it proves that nothing before it changed."""

    shard: str
    number: int
    hash: str


def entry_hash(previous: str, texts: tuple[str | None, ...]) -> str:
    """The hash of an entry from the one before it and its columns as text; lengths keep neighbours from flowing together."""
    parts = ["-" if text is None else f"{len(text.encode())}:{text}" for text in texts]
    return sha256("\n".join([previous, *parts]).encode()).hexdigest()


class Verification:
    """Reads every chain once, in the order of its numbers; ``heads`` and ``count`` are full when ``breaks`` was read out."""

    def __init__(self, connection: Any, *, shard: str = "") -> None:
        """A connection (DB-API) that sees the whole journal, or the whole of the one chain that is named."""
        self._connection = connection
        self._shard = {"shard": shard}
        self.heads: list[Head] = []
        self.count = 0

    def breaks(self) -> Iterator[Break]:
        """Every place where something was changed, removed or put in."""
        with self._connection.cursor() as cursor:
            chosen = "select shard, number, hash from journal_head where %(shard)s in ('', shard) order by shard"
            cursor.execute(chosen, self._shard)
            kept = {shard: Head(shard, number, digest) for shard, number, digest in cursor.fetchall()}
        last: dict[str, Head] = {}
        with self._connection.cursor(name="journal_verify") as cursor:
            cursor.itersize = 5000
            cursor.execute(_ROWS, self._shard)
            for shard, number, _, previous, digest, *texts in cursor:
                before = last.get(shard, Head(shard, 0, FIRST))
                yield from _check(before, shard, number, previous, digest, tuple(texts))
                last[shard] = Head(shard, number, digest)
                self.count += 1
        self.heads = list(last.values())
        yield from self._check_ends(kept, last)

    @staticmethod
    def _check_ends(kept: dict[str, Head], last: dict[str, Head]) -> Iterator[Break]:
        for shard in sorted(kept.keys() | last.keys()):
            head, end = kept.get(shard), last.get(shard)
            if head is None:
                yield Break(shard, 0, "у цепочки нет отметки о последней записи: записи вставлены в обход журнала")
            elif end is None or end.number < head.number:
                first = 1 if end is None else end.number + 1
                yield Break(shard, first, f"удалены последние записи: с № {first} по № {head.number}")
            elif end.number > head.number:
                yield Break(shard, head.number + 1, "записи после последней известной вставлены в обход журнала")
            elif end.hash != head.hash:
                yield Break(shard, end.number, "последняя запись подменена: её отпечаток не тот, что был при записи")


def _check(
    before: Head, shard: str, number: int, previous: str, digest: str, texts: tuple[str | None, ...]
) -> Iterator[Break]:
    if number > before.number + 1:
        gone = f"№ {before.number + 1}" if number == before.number + 2 else f"№ {before.number + 1}–{number - 1}"
        yield Break(shard, before.number + 1, f"записи {gone} удалены")
    elif previous != before.hash:
        yield Break(
            shard, number, f"запись вставлена или предыдущая (№ {before.number}) подменена: цепочка здесь разорвана"
        )
    if entry_hash(previous, texts) != digest:
        yield Break(shard, number, "запись изменена: её содержание не сходится с отпечатком")
