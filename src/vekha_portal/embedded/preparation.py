"""What stands between new code and its first request: tables, the pages' files, the example; done once for each version.

Asking Django whether anything is to be done takes seconds, and nearly every start has nothing to do. So what was done is
noted under a stamp of the code, in the database (a copy of another time may come back) and beside the gathered files.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

import vekha_portal
from vekha_portal.embedded.children import run_django
from vekha_portal.embedded.problems import CannotRun
from vekha_portal.embedded.stopping import Pause
from vekha_portal.env import Environment, Role

_FACTS = "SELECT name, value FROM operations_fact WHERE name IN ('example', 'prepared')"
_DECLINE = "INSERT INTO operations_fact (name, value, noted_at) VALUES ('example', %s, now()) ON CONFLICT DO NOTHING"


def prepare(environment: Environment, say: Callable[[str], None], *, example: bool, pause: Pause = time.sleep) -> None:
    """Bring tables and files up to this version, load the example. Raises :class:`CannotRun`."""
    stamp = stamp_of_code()
    facts = _read_facts(environment)
    gathered = environment.home / "static.stamp"
    if facts.get("prepared") != {"stamp": stamp} or not _is_gathered(gathered, stamp):
        gathered.unlink(missing_ok=True)
        done = run_django(environment, Role.OWNER, ["prepare_installation", "--stamp", stamp], pause)
        if done.returncode != 0:
            raise CannotRun(_failure(environment, "Не удалось обновить таблицы базы", done.stdout, done.stderr))
        gathered.write_text(stamp, encoding="ascii")
    known = facts.get("example") or _decide_about_example(environment, say, example=example, pause=pause)
    if sign_ins := known["sign_ins"]:
        lines = [f"  {each['login']}  {each['password']}  {each['who']}" for each in sign_ins]
        say("В базе пример. Войти можно как:\n" + "\n".join(lines))


def stamp_of_code() -> str:
    """A sum that changes with the portal's own files (by name, size and time), its libraries or Python."""
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted(os.listdir(sysconfig.get_path("purelib"))):
        if name.endswith(".dist-info"):
            digest.update(f"{name}\n".encode())
    package = Path(vekha_portal.__file__).parent
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        for name in sorted(names):
            facts = os.stat(os.path.join(folder, name))
            digest.update(f"{folder[len(str(package)) :]}/{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _read_facts(environment: Environment) -> dict[str, Any]:
    """What is noted in the database; nothing where it has no tables yet."""
    with psycopg.connect(**environment.database.connection(Role.WORKER, environment.passfile)) as link:
        try:
            return dict(link.execute(_FACTS).fetchall())
        except psycopg.errors.UndefinedTable:
            return {}


def _is_gathered(stamp_file: Path, stamp: str) -> bool:
    try:
        return (
            stamp_file.read_text(encoding="ascii") == stamp
            and (stamp_file.parent / "static/staticfiles.json").is_file()
        )
    except (FileNotFoundError, UnicodeDecodeError):
        return False


def _decide_about_example(
    environment: Environment, say: Callable[[str], None], *, example: bool, pause: Pause
) -> dict[str, Any]:
    """Load it or decline it for ever. A portal without its example still works, so a failure is told and no more."""
    declined = {"loaded": False, "sign_ins": []}
    if not example:
        with psycopg.connect(**environment.database.connection(Role.WORKER, environment.passfile)) as link:
            link.execute(_DECLINE, [json.dumps(declined)])
        return declined
    say("Загружаю пример…")
    done = run_django(environment, Role.WORKER, ["load_example"], pause)
    if done.returncode != 0:
        say(_failure(environment, "Пример не загружен, портал начинает пустым", done.stdout, done.stderr))
        return declined
    return {"sign_ins": json.loads(done.stdout.strip().splitlines()[-1])}


def _failure(environment: Environment, what: str, *texts: str) -> str:
    log = environment.home / "logs" / "prepare.log"
    log.write_text("".join(texts), encoding="utf-8")
    lines = [line for line in texts[-1].splitlines() if line.strip()] or ["причина не сообщена"]
    return f"{what}: {lines[-1]}. Подробности: {log}"
