"""What every test leans on: the real orders where they are present, and no network at all."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.patience import HANG
from vekha.intake import isolation
from vekha.intake.limits import Limits
from vekha.intake.readers import office

REPOSITORY = Path(__file__).resolve().parent.parent

# Time is no property of an engine, and a busy machine is no failure; in CI the same code gets the same examples.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("VEKHA_CI") else "here")


def find_seeds() -> Path | None:
    """The folder of the real orders: ``VEKHA_SEEDS``, else ``../shared/seeds`` by the repository, if it holds any."""
    folder = Path(os.environ.get("VEKHA_SEEDS") or REPOSITORY.parent / "shared" / "seeds")
    return folder if any(folder.glob("*.txt")) else None


@pytest.fixture(scope="session")
def seeds_dir() -> Path:
    """The folder with the real orders; the test is skipped where there is none."""
    folder = find_seeds()
    if folder is None:
        pytest.skip("the real orders are not here: put them into ../shared/seeds or name their folder in VEKHA_SEEDS")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is marked ``seeds`` where the real orders are absent; mark what asks for ``seeds_dir``."""
    absent = find_seeds() is None
    for item in items:
        if "seeds_dir" in getattr(item, "fixturenames", ()):
            item.add_marker("seeds")
        if absent and item.get_closest_marker("seeds"):
            item.add_marker(pytest.mark.skip(reason="the real orders are not here (../shared/seeds, or VEKHA_SEEDS)"))


@pytest.fixture(autouse=True, scope="session")
def patient_parents() -> Iterator[None]:
    """Let a process that reads a file be late on a busy machine; its processor time stays bounded as ever."""
    receive, convert = isolation._receive, office.convert_office

    def wait_longer(receiver: int, pid: int, limits: Limits) -> bytes:
        return receive(receiver, pid, limits if _exact else replace(limits, seconds=HANG))

    def convert_longer(data: bytes, kind: str, target: str, *, seconds: float) -> bytes:
        return convert(data, kind, target, seconds=HANG)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(isolation, "_receive", wait_longer)
        patch.setattr(office, "convert_office", convert_longer)
        yield


_exact: list[bool] = []


@pytest.fixture
def exact_deadlines() -> Iterator[None]:
    """For tests about the deadline itself."""
    _exact.append(True)
    yield
    _exact.pop()


class NetworkUsed(AssertionError):
    """A test tried to reach something outside this machine's own processes."""


def _refuse(*arguments: Any, **_: Any) -> Any:
    raise NetworkUsed(f"the network is off in tests: {arguments[-1]!r}")


@pytest.fixture(autouse=True, scope="session")
def network_off() -> Iterator[None]:
    """Let no test connect anywhere but to sockets of the file system (which child processes use)."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def connect_locally(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            _refuse(address)
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        patch.setattr(socket.socket, "connect_ex", _refuse)
        patch.setattr(socket, "create_connection", _refuse)
        patch.setattr(socket, "getaddrinfo", _refuse)
        yield
    assert socket.getaddrinfo is resolve
