"""One file that holds everything: the database, the uploaded files, and a manifest with the sum of each.

The file is a plain tar: ``database.dump`` (pg_dump's own format), ``media/…``, and ``manifest.json`` at the end. The database
is dumped before the files are read, so every file a row names is in the copy.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

import psycopg

from vekha_portal.embedded import cluster as clusters
from vekha_portal.embedded.binaries import Installation, find_installations
from vekha_portal.embedded.keys import read_passwords
from vekha_portal.embedded.problems import CannotRun
from vekha_portal.embedded.replacement import replace, settle
from vekha_portal.embedded.roles import join_server, provision
from vekha_portal.embedded.stopping import Pause, Stopped, StopRequest, run, stopping_on_signals
from vekha_portal.embedded.supervisor import only_one, running_supervisor
from vekha_portal.env import Environment

FORMAT = 1
_DUMP = "database.dump"
_MANIFEST = "manifest.json"
_MEDIA = "media/"
_CHUNK = 1024 * 1024
_LARGEST_MANIFEST = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy holds, with SHA-256 of each part."""

    made_at: str
    postgres: int
    dump: str
    media: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def backup(environment: Environment, file: Path, *, force: bool = False) -> Manifest:
    """Write a copy; whole or not at all. Raises :class:`CannotRun`."""
    if file.exists() and not force:
        raise CannotRun(f"Файл {file} уже есть. Назовите другой или добавьте --force.")
    if not file.absolute().parent.is_dir():
        raise CannotRun(f"Папки {file.absolute().parent} нет. Создайте её.")
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        with stopping_on_signals() as stop, _database(environment, stop) as installation:
            manifest = _write(environment, installation, unfinished, stop)
        unfinished.replace(file)
    except Stopped as error:
        raise CannotRun("Прервано: копия не сделана.") from error
    except OSError as error:
        raise CannotRun(f"Копию не удалось записать в {file}: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def restore(environment: Environment, file: Path, *, force: bool = False) -> Manifest:
    """Bring a copy back into database and files, after checking all of it. Raises :class:`CannotRun`."""
    clusters.make_home(environment.home)
    manifest = read_manifest(file)
    try:
        with (
            stopping_on_signals() as stop,
            only_one(environment.home, {"pid": os.getpid()}),
            _database(environment, stop) as installation,
        ):
            _restore(environment, installation, file, manifest, force=force, stop=stop)
    except Stopped as error:
        raise CannotRun("Прервано: база и файлы остались прежними.") from error
    return manifest


def read_manifest(file: Path) -> Manifest:
    """The manifest of a copy whose every part was checked against it. Raises :class:`CannotRun`."""
    sums: dict[str, str] = {}
    text = b""
    try:
        with tarfile.open(file, "r:") as tar:
            for member in tar:
                content = _content(tar, member)
                if member.name == _MANIFEST and member.size <= _LARGEST_MANIFEST:
                    text = content.read()
                else:
                    sums[member.name] = _sum(content)
    except FileNotFoundError as error:
        raise CannotRun(f"Файла {file} нет.") from error
    except (OSError, tarfile.TarError) as error:
        raise CannotRun(f"{file} — не копия Вехи или повреждена: {error}") from error
    manifest = _parse_manifest(file, text)
    expected = {_DUMP: manifest.dump, **{_MEDIA + name: each for name, each in manifest.media.items()}}
    wrong = sorted(name for name in expected.keys() | sums.keys() if expected.get(name) != sums.get(name))
    if wrong:
        raise CannotRun(
            f"Копия {file} повреждена: не сходится «{wrong[0]}» (всего таких частей: {len(wrong)}). Возьмите другую."
        )
    return manifest


def is_empty(environment: Environment) -> bool:
    """Whether neither tables nor uploaded files are there."""
    with psycopg.connect(**environment.database.administration(environment.passfile)) as link:
        tables = link.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return tables == (0,) and not any(_files(environment.media))


def _restore(
    environment: Environment,
    installation: Installation,
    file: Path,
    manifest: Manifest,
    *,
    force: bool,
    stop: StopRequest,
) -> None:
    settle(environment)
    if manifest.postgres > installation.major:
        raise CannotRun(
            f"Копия сделана PostgreSQL {manifest.postgres}, а здесь {installation.major}: более новую копию он не прочтёт. "
            f"Установите PostgreSQL {manifest.postgres}."
        )
    if not force and not is_empty(environment):
        raise CannotRun("База или папка файлов не пусты. Чтобы заменить их содержимое копией, добавьте --force.")
    with tempfile.TemporaryDirectory(prefix="restore-", dir=environment.home) as folder:
        _extract(file, manifest, Path(folder), stop)

        def load(database: str) -> None:
            flags = ("--exit-on-error", "--single-transaction", f"--dbname={database}", str(Path(folder) / _DUMP))
            _run(environment, installation, "pg_restore", *flags, pause=stop.pause)

        replace(environment, Path(folder) / "media", load)


@contextlib.contextmanager
def _database(environment: Environment, stop: StopRequest) -> Iterator[Installation]:
    """The database, started for as long as needed where it does not run; the programs that fit it."""
    passwords = read_passwords(environment)
    if not environment.database.embedded:
        join_server(environment, passwords)
        yield _fitting_server(environment)
        return
    cluster = clusters.open_cluster(environment)
    ran = clusters.running_postmaster(cluster) is not None
    try:
        clusters.initialise(cluster, pause=stop.pause)
        clusters.start(cluster, stop.pause)
        provision(environment, passwords)
        yield cluster.installation
    finally:
        if not ran or running_supervisor(environment.home) in (None, os.getpid()):
            clusters.stop(cluster)


def _fitting_server(environment: Environment) -> Installation:
    with psycopg.connect(**environment.database.administration(environment.passfile)) as link:
        server = link.info.server_version // 10000
    for each in sorted(find_installations(), key=lambda found: found.major):
        if each.major >= server:
            return Installation(each.bin, server, each.wheel)
    raise CannotRun(
        f"На сервере PostgreSQL {server}, а программы pg_dump этой версии здесь нет: установите postgresql-client-{server}."
    )


def _write(environment: Environment, installation: Installation, target: Path, stop: StopRequest) -> Manifest:
    with tempfile.TemporaryDirectory(prefix="backup-", dir=environment.home) as folder:
        dump = Path(folder) / _DUMP
        _run(environment, installation, "pg_dump", "--format=custom", f"--file={dump}", pause=stop.pause)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out, tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            dump_sum = _add(tar, dump, _DUMP)
            sums = {}
            for name, path in _files(environment.media):
                stop.check()
                sums[name] = _add(tar, path, _MEDIA + name)
            manifest = Manifest(datetime.now(UTC).isoformat(timespec="seconds"), installation.major, dump_sum, sums)
            text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
            _put(tar, _MANIFEST, io.BytesIO(text), len(text))
        _sync(target)
    return manifest


def _run(environment: Environment, installation: Installation, program: str, *arguments: str, pause: Pause) -> None:
    address = environment.database.administration(environment.passfile)
    variables = {
        "PGHOST": address["host"],
        "PGPORT": address["port"],
        "PGUSER": address["user"],
        "PGPASSFILE": address["passfile"],
    }
    variables |= {"PGPASSWORD": address["password"]} if "password" in address else {}
    variables |= {"PGSSLMODE": address["sslmode"]} if "sslmode" in address else {}
    command = [installation.program(program), *arguments]
    if program == "pg_dump":
        command.append(f"--dbname={address['dbname']}")
    done = run(command, environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **variables}, pause=pause)
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["причина не сообщена"]
        raise CannotRun(f"{program} не справился: {lines[-1]}")


def _extract(file: Path, manifest: Manifest, folder: Path, stop: StopRequest) -> None:
    """Only what the manifest names, only plain files, only below the folder; each summed again as it is written."""
    with tarfile.open(file, "r:") as tar:
        for member in tar:
            stop.check()
            if member.name == _MANIFEST:
                continue
            expected = manifest.dump if member.name == _DUMP else manifest.media[member.name.removeprefix(_MEDIA)]
            target = folder / member.name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                written = _sum(_content(tar, member), out.write)
            if written != expected:
                raise CannotRun(f"Файл {file} изменился во время чтения. Повторите.")


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    path = PurePosixPath(member.name)
    safe = member.isreg() and not path.is_absolute() and ".." not in path.parts
    content = tar.extractfile(member) if safe else None
    if content is None or not (member.name in (_DUMP, _MANIFEST) or member.name.startswith(_MEDIA)):
        raise CannotRun(f"В копии посторонняя запись «{member.name[:100]}»: это не копия Вехи, читать её нельзя.")
    return content


def _parse_manifest(file: Path, text: bytes) -> Manifest:
    try:
        fields: Any = json.loads(text)
        manifest = Manifest(**fields)
        dict(fields["media"].items())
        int(fields["postgres"])
    except (ValueError, TypeError, AttributeError) as error:
        raise CannotRun(f"{file} — не копия Вехи: в ней нет описи или она повреждена.") from error
    if manifest.format != FORMAT:
        raise CannotRun(
            f"Копия {file} сделана другой версией Вехи (формат {manifest.format}). Восстановите её той версией."
        )
    return manifest


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(folder).as_posix(), path


def _add(tar: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as content:
        summed = _Summed(content)
        _put(tar, name, summed, os.fstat(content.fileno()).st_size)
    return summed.digest.hexdigest()


def _put(tar: tarfile.TarFile, name: str, content: Any, size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    tar.addfile(entry, content)


class _Summed:
    """Reads a file and sums what was read."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content = content
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self.content.read(size)
        self.digest.update(data)
        return data


def _sum(content: IO[bytes], write: Callable[[bytes], object] | None = None) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
        if write is not None:
            write(chunk)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
