"""What the portal is told from outside: environment variables, and the folder it keeps its things in.

The only module that reads the environment. Everything has a default that works on one machine; a server is named by
``DATABASE_URL``. Passwords stand in one password file (libpq's format, mode 0600), never in an address or a setting.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

#: A path to a socket may have 107 bytes; the longest name PostgreSQL puts into the folder has 19.
_LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


class WrongEnvironment(Exception):
    """A variable holds what cannot be used; the message is Russian and says which and why."""


class Role(StrEnum):
    """Whom a process is to the database."""

    ADMIN = "vekha_admin"  # the embedded database only: makes the other roles
    OWNER = "vekha_owner"  # owns the tables, migrates
    WEB = "vekha_web"  # answers people; bound by row-level security
    WORKER = "vekha_worker"  # does jobs; bound by row-level security with a policy of its own


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Where the database is; the role and its password are not part of it."""

    host: str
    port: str
    name: str
    embedded: bool
    options: Mapping[str, str] = field(default_factory=dict)
    user: str = ""  # of a server's address: who makes roles, copies and restores
    password: str = field(default="", repr=False)

    def connection(self, role: str, passfile: Path) -> dict[str, Any]:
        """The keywords of a connection under the role, for psycopg and libpq."""
        named = {"host": self.host, "port": self.port, "dbname": self.name, "user": role, "passfile": str(passfile)}
        return {**named, **self.options}

    def administration(self, passfile: Path) -> dict[str, Any]:
        """The keywords of a connection as whoever may make roles and read every row."""
        if self.embedded:
            return self.connection(Role.ADMIN, passfile)
        named = self.connection(self.user or Role.OWNER, passfile)
        return {**named, "password": self.password} if self.password else named


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """Where people of an organisation sign in besides the portal's own form (OpenID Connect)."""

    name: str
    server_url: str
    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything the portal is told from outside."""

    home: Path
    role: Role
    database: DatabaseAddress
    secret_key: str
    debug: bool
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    secure: bool
    identity_provider: IdentityProvider | None = None
    mail_server: str = ""
    file_inspector: str = ""

    @property
    def passfile(self) -> Path:
        """The password file, in the format of libpq."""
        return self.home / "secrets" / "pgpass"

    @property
    def media(self) -> Path:
        """Where uploaded files are kept."""
        return self.home / "media"


def default_home(*, is_root: bool, user_home: Path) -> Path:
    """Where data is kept when ``VEKHA_HOME`` does not say.

    >>> default_home(is_root=False, user_home=Path("/u/anna")).as_posix()
    '/u/anna/.local/share/vekha'
    """
    return Path("/var/lib/vekha") if is_root else user_home / ".local" / "share" / "vekha"


def socket_folder(home: Path) -> Path:
    """The folder of the embedded database's socket: in ``home``, or a short one beside other temporary folders."""
    folder = home / "run"
    if len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER:
        return folder
    return Path("/tmp") / f"vekha-{sha256(os.fsencode(home)).hexdigest()[:16]}"


def parse_database_url(url: str) -> DatabaseAddress:
    """The server's address in ``postgresql://[user[:password]@]host[:port]/name[?option=value]``.

    >>> parse_database_url("postgresql://anna@db.example:6432/vekha?sslmode=verify-full").options
    {'sslmode': 'verify-full'}

    Raises :class:`WrongEnvironment`.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise WrongEnvironment(
            f"DATABASE_URL: нужен адрес PostgreSQL вида postgresql://…, а начало другое: «{parts.scheme}»."
        )
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.removeprefix("/"))
    host = unquote(parts.hostname or "") or options.pop("host", "")
    if not name or not host:
        raise WrongEnvironment("DATABASE_URL: не указаны сервер или имя базы (postgresql://роль@сервер:5432/база).")
    try:
        port = str(parts.port or options.pop("port", "5432"))
    except ValueError as error:
        raise WrongEnvironment("DATABASE_URL: порт должен быть числом от 1 до 65535.") from error
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return DatabaseAddress(host, port, name, embedded=False, options=options, user=user, password=password)


def read_home(variables: Mapping[str, str]) -> Path:
    """The folder of data: ``VEKHA_HOME``, or the default of this user."""
    named = variables.get("VEKHA_HOME")
    if named:
        return Path(named).expanduser().absolute()
    return default_home(is_root=os.geteuid() == 0, user_home=Path.home())


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Read the environment. Raises :class:`WrongEnvironment`."""
    given = os.environ if variables is None else variables
    home = read_home(given)
    url = given.get("DATABASE_URL")
    embedded = DatabaseAddress(str(socket_folder(home)), "5432", "vekha", embedded=True)
    try:
        role = Role(given.get("VEKHA_ROLE") or Role.WEB)
    except ValueError as error:
        raise WrongEnvironment(f"VEKHA_ROLE: неизвестная роль «{given['VEKHA_ROLE']}».") from error
    return Environment(
        home=home,
        role=role,
        database=parse_database_url(url) if url else embedded,
        secret_key=given.get("VEKHA_SECRET_KEY") or _kept_secret_key(home),
        debug=_flag(given, "VEKHA_DEBUG"),
        allowed_hosts=_words(given, "VEKHA_ALLOWED_HOSTS") or ("localhost", "127.0.0.1", "[::1]"),
        trusted_origins=_words(given, "VEKHA_TRUSTED_ORIGINS"),
        secure=_flag(given, "VEKHA_HTTPS"),
        identity_provider=_identity_provider(given),
        mail_server=given.get("VEKHA_MAIL_SERVER", ""),
        file_inspector=given.get("VEKHA_FILE_INSPECTOR", "").strip(),
    )


def _identity_provider(given: Mapping[str, str]) -> IdentityProvider | None:
    names = ("VEKHA_OIDC_SERVER", "VEKHA_OIDC_CLIENT", "VEKHA_OIDC_SECRET")
    values = [given.get(name, "").strip() for name in names]
    if not any(values):
        return None
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    if missing:
        raise WrongEnvironment(f"Вход через OpenID Connect настроен не полностью: не указано {', '.join(missing)}.")
    return IdentityProvider(given.get("VEKHA_OIDC_NAME") or "Единый вход", *values)


def _kept_secret_key(home: Path) -> str:
    """The key ``vekha up`` made; a process started without it gets one of its own, good for as long as it lives."""
    try:
        return (home / "secrets" / "secret_key").read_text(encoding="ascii").strip() or secrets.token_urlsafe(50)
    except OSError:
        return secrets.token_urlsafe(50)


def _flag(variables: Mapping[str, str], name: str) -> bool:
    value = variables.get(name, "").strip().lower()
    if value in ("", "0", "no", "false", "нет"):
        return False
    if value in ("1", "yes", "true", "да"):
        return True
    raise WrongEnvironment(f"{name}: нужно 1 или 0, а указано «{value}».")


def _words(variables: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(variables.get(name, "").replace(",", " ").split())


def temporary_home(prefix: str = "vekha-") -> Path:
    """A new folder for a throw-away database that the unprivileged user of the database may pass through."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    folder.chmod(0o711)
    return folder
