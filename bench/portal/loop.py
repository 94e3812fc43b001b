"""Closed loops: so many at once, each asks again as soon as it is answered, for a bounded time and number."""

from __future__ import annotations

import http.client
import re
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

CONNECTIONS = 8
_SECONDS = 6.0
_MOST = 2000
_LEAST = 40
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')

Ask = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of the middle and of the slowest twentieth, answers a second, bytes of an answer."""

    p50: float
    p95: float
    per_second: float
    bytes: int

    def __str__(self) -> str:
        return f"p50 {self.p50:.0f} · p95 {self.p95:.0f} ms · {self.per_second:.0f}/s"


def measure(begin: Callable[[], tuple[Ask, Callable[[], None]]], *, seconds: float = _SECONDS) -> Timing:
    """Ask in closed loops; ``begin`` gives each loop its way of asking and of ending. The first answers are not counted."""
    durations: list[float] = []
    failures: list[BaseException] = []
    sizes: list[int] = []
    lock, begun = threading.Lock(), threading.Barrier(CONNECTIONS)
    stop_at = [0.0]

    def loop() -> None:
        ask, end = begin()
        own: list[float] = []
        size = 0
        try:
            for _ in range(2):
                size = ask()
            begun.wait()
            stop_at[0] = time.perf_counter() + seconds
            while (time.perf_counter() < stop_at[0] or len(own) < _LEAST // CONNECTIONS) and len(
                own
            ) < _MOST // CONNECTIONS:
                started = time.perf_counter()
                size = ask()
                own.append(time.perf_counter() - started)
            with lock:
                sizes.append(size)
        except BaseException as error:
            failures.append(error)
            begun.abort()
        finally:
            with lock:
                durations.extend(own)
            end()

    started = time.perf_counter()
    threads = [threading.Thread(target=loop) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - started
    real = [each for each in failures if not isinstance(each, threading.BrokenBarrierError)] or failures
    if real:
        raise real[0]
    ordered = sorted(durations)
    busy = sum(ordered) / CONNECTIONS or wall
    return Timing(
        statistics.median(ordered) * 1000,
        ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000,
        len(ordered) / busy,
        max(sizes),
    )


class Visitor:
    """Somebody signed in: asks for pages over one connection that stays open."""

    def __init__(self, port: int, cookies: str = "") -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies = cookies

    def get(self, path: str) -> bytes:
        """The page; anything but a page is a failure of the benchmark."""
        try:
            answer, body = self._ask(path)
        except (http.client.RemoteDisconnected, ConnectionResetError):  # a connection that stayed open was hung up
            self._link.close()
            answer, body = self._ask(path)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {answer.getheader('Location') or ''} {body[:300]!r}")
        return body

    def _ask(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        self._link.request("GET", path, headers={"Host": "localhost", "Cookie": self.cookies})
        answer = self._link.getresponse()
        return answer, answer.read()

    def sign_in(self, path: str, login: str, password: str) -> str:
        """Sign in with a form; the cookies of the session."""
        self._link.request("GET", path, headers={"Host": "localhost"})
        answer = self._link.getresponse()
        token = _TOKEN.search(answer.read().decode())
        cookies = _cookies(answer)
        fields = {"csrfmiddlewaretoken": token.group(1) if token else "", "login": login, "password": password}
        headers = {"Host": "localhost", "Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        self._link.request("POST", path, urlencode(fields), headers)
        answer = self._link.getresponse()
        answer.read()
        if answer.status != 302:
            raise RuntimeError(f"{login} was not let in: {answer.status}")
        self.cookies = "; ".join(part for part in (cookies, _cookies(answer)) if part)
        return self.cookies

    def close(self) -> None:
        """Hang up."""
        self._link.close()


def _cookies(answer: http.client.HTTPResponse) -> str:
    return "; ".join(value.split(";", 1)[0] for name, value in answer.getheaders() if name.lower() == "set-cookie")
