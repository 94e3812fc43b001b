"""Everything is killed at random moments, and nothing that was acknowledged is lost."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections.abc import Callable

import psycopg
import pytest

from tests.patience import HANG
from tests.portal.machine import INSTALLATIONS, MOMENTS, Machine, a_machine, wait_for
from vekha_portal.embedded.processes import send

ROUNDS = 9
VICTIMS: dict[str, Callable[[Machine], list[int]]] = {
    "postgres": lambda machine: [machine.postmaster()],
    "web": lambda machine: machine.processes("web"),
    "worker": lambda machine: machine.processes("worker"),
    "supervisor": lambda machine: [machine.supervisor.pid] if machine.supervisor else [],
}


class Writer:
    """Writes rows one by one and remembers those whose commit was confirmed."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.confirmed: list[str] = []
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def _work(self) -> None:
        number = 0
        while not self._enough.is_set():
            try:
                with self.machine.connect() as link:
                    while not self._enough.is_set():
                        number += 1
                        key = f"row-{number}"
                        link.execute("INSERT INTO operations_cache VALUES (%s, '', now())", [key])
                        self.confirmed.append(key)
            except psycopg.Error:  # the server was killed: what was not confirmed may be lost
                time.sleep(0.1)

    def stop(self) -> None:
        """Write no more."""
        self._enough.set()
        self._thread.join(HANG)
        assert not self._thread.is_alive()


def kill(machine: Machine, names: list[str]) -> None:
    for name in names:
        for pid in VICTIMS[name](machine):
            send(pid, signal.SIGKILL)  # false where it ended by itself in the meantime: a victim less


@pytest.mark.slow
def test_nothing_confirmed_is_lost_whatever_is_killed() -> None:
    chance = random.Random(20_250_831)
    # each alone, all together, then by chance
    plans = [[name] for name in VICTIMS] + [list(VICTIMS), ["postgres", "supervisor"], ["supervisor", "postgres"]]
    plans += [chance.sample(list(VICTIMS), chance.randint(2, 3)) for _ in range(ROUNDS - len(plans))]
    with a_machine(used=True) as machine:
        machine.up()
        writer = Writer(machine)
        try:
            for names in plans:
                time.sleep(chance.uniform(0.05, 1.5))
                before = len(writer.confirmed)
                kill(machine, names)
                if "supervisor" in names:
                    assert machine.end()[0] == -signal.SIGKILL
                    machine.up()
                wait_for(lambda: len(writer.confirmed) > before, what=f"rows after {names} were killed")  # noqa: B023 — called at once
                wait_for(machine.answers, what=f"pages after {names} were killed")
                wait_for(lambda: machine.processes("worker"), what=f"jobs after {names} were killed")
            wait_for(lambda: len(writer.confirmed) > 100, what="enough rows to lose")
        finally:
            writer.stop()
        with machine.connect() as link:
            kept = {row[0] for row in link.execute("SELECT cache_key FROM operations_cache")}
        assert not set(writer.confirmed) - kept
        assert machine.end()[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize("major", INSTALLATIONS)
def test_killed_while_it_starts_it_starts_again(major: int) -> None:
    """From the first moments of an empty folder on: half-made data must not be taken for a database."""
    with a_machine(INSTALLATIONS[major]) as machine:
        for name, passed in MOMENTS.items():
            machine.begin()
            wait_for(lambda: passed(machine), what=name)  # noqa: B023 — called at once
            assert machine.end(signal.SIGKILL)[0] == -signal.SIGKILL, name
        machine.up()
        assert machine.answers()
        assert machine.end()[0] == 0
