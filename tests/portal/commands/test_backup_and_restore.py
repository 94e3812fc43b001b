"""A copy brings everything back, and a bad copy changes nothing."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.portal.machine import INSTALLATIONS, Machine, a_machine
from vekha_portal.env import Role

pytestmark = pytest.mark.slow
NAMES = {"приказ № 1.pdf": b"%PDF-1.7", "2026/scan (1).jpg": b"\xff\xd8" + bytes(70_000), "empty": b""}


def fill(machine: Machine, mark: str) -> None:
    with machine.connect() as link:
        link.execute("INSERT INTO operations_cache VALUES (%s, 'значение', now())", [mark])
    for name, content in NAMES.items():
        path = machine.home / "media" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o600)


def marks(machine: Machine) -> set[str]:
    with machine.connect() as link:
        return {row[0] for row in link.execute("SELECT cache_key FROM operations_cache WHERE cache_key LIKE 'mark%'")}


def files(machine: Machine) -> dict[str, bytes]:
    media = machine.home / "media"
    return {path.relative_to(media).as_posix(): path.read_bytes() for path in media.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy made while the portal worked, by the oldest PostgreSQL here."""
    file = tmp_path_factory.mktemp("copies") / "vekha.tar"
    with a_machine(INSTALLATIONS[min(INSTALLATIONS)], used=True) as machine:
        machine.up()
        fill(machine, "mark-1")
        done = machine.vekha("backup", str(file))
        assert done.returncode == 0, done.stderr
        assert "загруженных файлов: 3" in done.stdout
        assert machine.answers()
    yield file


def rewrite(copy: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    with tarfile.open(copy) as source, tarfile.open(target, "w") as out:
        for member in source:
            content = source.extractfile(member)
            assert content is not None
            changed = change(member.name, content.read())
            if changed is not None:
                entry = tarfile.TarInfo(changed[0])
                entry.size = len(changed[1])
                out.addfile(entry, io.BytesIO(changed[1]))
    return target


def test_a_copy_is_private_and_says_what_it_holds(copy: Path) -> None:
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with tarfile.open(copy) as tar:
        content = tar.extractfile("manifest.json")
        assert content is not None
        manifest = json.load(content)
    assert set(manifest["media"]) == set(NAMES)
    assert len(manifest["dump"]) == 64
    assert not list(copy.parent.glob(".*"))


@pytest.mark.parametrize("major", INSTALLATIONS)
def test_a_copy_brings_everything_back_on_another_machine(copy: Path, major: int) -> None:
    with a_machine(INSTALLATIONS[major]) as machine:
        done = machine.vekha("restore", str(copy))
        assert done.returncode == 0, done.stderr
        machine.up()
        assert machine.answers()
        assert marks(machine) == {"mark-1"}
        assert files(machine) == NAMES
        with machine.connect(Role.ADMIN) as link:
            owners = {
                row[0] for row in link.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
            }
            databases = {row[0] for row in link.execute("SELECT datname FROM pg_database WHERE datname LIKE 'vekha%'")}
        assert (owners, databases) == ({"vekha_owner"}, {"vekha"})
        assert not (machine.home / "media.previous").exists()
        assert not list(machine.home.glob("restore-*"))


def test_a_copy_replaces_only_when_told_to(copy: Path) -> None:
    with a_machine(used=True) as machine:
        machine.up()
        fill(machine, "mark-2")
        (machine.home / "media" / "newer").write_bytes(b"newer")
        busy = machine.vekha("restore", str(copy), "--force")
        assert busy.returncode == 1 and "Веха уже запущена" in busy.stderr
        machine.end()
        refused = machine.vekha("restore", str(copy))
        assert refused.returncode == 1 and "--force" in refused.stderr
        machine.up()
        assert marks(machine) == {"mark-2"} and "newer" in files(machine)
        machine.end()
        done = machine.vekha("restore", str(copy), "--force")
        assert done.returncode == 0, done.stderr
        machine.up()
        assert marks(machine) == {"mark-1"} and files(machine) == NAMES


def test_a_copy_is_made_of_a_stopped_portal_and_leaves_it_stopped(tmp_path: Path) -> None:
    with a_machine(used=True) as machine:
        machine.up()
        fill(machine, "mark-3")
        machine.end()
        assert machine.vekha("backup", str(tmp_path / "a.tar")).returncode == 0
        assert not (machine.home / "postgres" / "data" / "postmaster.pid").exists()
        again = machine.vekha("backup", str(tmp_path / "a.tar"))
        assert again.returncode == 1 and "уже есть" in again.stderr
        nowhere = machine.vekha("backup", str(tmp_path / "no" / "a.tar"))
        assert nowhere.returncode == 1 and "нет. Создайте её" in nowhere.stderr


def spoil_media(name: str, data: bytes) -> tuple[str, bytes] | None:
    return (name, data[:-1] + b"x") if name.endswith(".jpg") else (name, data)


def drop_media(name: str, data: bytes) -> tuple[str, bytes] | None:
    return None if name.endswith(".jpg") else (name, data)


def add_media(name: str, data: bytes) -> tuple[str, bytes] | None:
    return ("media/unlisted", data) if name == "media/empty" else (name, data)


def climb_out(name: str, data: bytes) -> tuple[str, bytes] | None:
    return ("media/../../etc/passwd", data) if name == "media/empty" else (name, data)


def spoil_dump(name: str, data: bytes) -> tuple[str, bytes] | None:
    return (name, data[: len(data) // 2]) if name == "database.dump" else (name, data)


def spoil_manifest(name: str, data: bytes) -> tuple[str, bytes] | None:
    return (name, b'{"format": 1}') if name == "manifest.json" else (name, data)


def newer_format(name: str, data: bytes) -> tuple[str, bytes] | None:
    return (name, data.replace(b'"format": 1', b'"format": 9')) if name == "manifest.json" else (name, data)


def newer_postgres(name: str, data: bytes) -> tuple[str, bytes] | None:
    changed = json.dumps({**json.loads(data), "postgres": 99}).encode() if name == "manifest.json" else data
    return name, changed


@pytest.fixture(scope="module")
def empty_machine() -> Iterator[Machine]:
    with a_machine() as machine:
        yield machine


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (spoil_media, "повреждена: не сходится «media/2026/scan (1).jpg»"),
        (drop_media, "повреждена"),
        (add_media, "повреждена"),
        (climb_out, "посторонняя запись «media/../../etc/passwd»"),
        (spoil_dump, "не сходится «database.dump»"),
        (spoil_manifest, "не копия Вехи"),
        (newer_format, "другой версией Вехи (формат 9)"),
        (newer_postgres, "Копия сделана PostgreSQL 99"),
    ],
)
def test_a_bad_copy_is_refused_before_anything_changes(
    empty_machine: Machine,
    copy: Path,
    tmp_path: Path,
    change: Callable[[str, bytes], tuple[str, bytes] | None],
    said: str,
) -> None:
    done = empty_machine.vekha("restore", str(rewrite(copy, tmp_path / "bad.tar", change)), "--force")
    assert done.returncode == 1
    assert said in done.stderr
    assert files(empty_machine) == {}


@pytest.mark.parametrize(("content", "said"), [(None, "нет"), (b"", "не копия"), (b"PK\x03\x04" * 400, "не копия")])
def test_what_is_no_copy_is_refused(empty_machine: Machine, tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "copy.tar"
    if content is not None:
        file.write_bytes(content)
    done = empty_machine.vekha("restore", str(file))
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
