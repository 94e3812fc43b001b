"""Runs every benchmark of this folder and writes the page of results: ``python -m bench --date 2026-11-20 [NAME …]``.

``--keep`` writes what was named into the page as well, with its own date, and leaves the other sections as they are.

A benchmark is a module here with ``run() -> list[dict]``; each dict is one line: ``name``, ``ours`` and ``floor`` (or
``peer``) as text or number, ``ratio`` as number or ``None``, ``goal`` (optional) and ``note``. Ratios count, since both
sides of one are measured in the same run on the same machine; the numbers themselves hold for that machine only.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import platform
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import bench

RESULTS = Path(__file__).parent / "RESULTS.md"
REQUIRED = {"name", "ours", "ratio", "note"}
COLUMNS = ("What", "Ours", "Floor or peer", "Ratio", "Goal", "Note")
Line = Mapping[str, Any]


def list_benchmarks() -> list[str]:
    """The names of the modules here that are benchmarks."""
    return sorted(
        module.name for module in pkgutil.iter_modules(bench.__path__) if module.name != "__main__"
    )


def run_benchmark(name: str) -> list[Line] | None:
    """The lines of one benchmark, or ``None`` where the module only serves others (it has no ``run``)."""
    module = importlib.import_module(f"bench.{name}")
    run = getattr(module, "run", None)
    if run is None:
        return None
    lines = run()
    for line in lines:
        if missing := REQUIRED - set(line):
            raise ValueError(f"bench.{name}: a line without {', '.join(sorted(missing))}: {line}")
    return list(lines)


def describe_machine() -> str:
    """Cores, memory and Python of this machine, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    system = f"{platform.system()} {platform.machine()}"
    return f"{cores} cores · {memory:.0f} GiB · Python {platform.python_version()} · {system}"


def render_page(results: Mapping[str, Sequence[Line]], *, date: str, machine: str) -> str:
    """The page of results as Markdown."""
    parts = [
        "# Benchmarks\n\nWritten by `make bench`, not by hand. Both sides of a ratio were measured in the same run.\n",
        f"{date} · {machine}\n",
    ]
    for name, lines in results.items():
        parts.append(_section(name, lines))
    return "\n".join(parts)


def _section(name: str, lines: Sequence[Line], about: str = "") -> str:
    return f"{_heading(name)}\n{about}" + "\n".join(_table(lines)) + "\n"


def _heading(name: str) -> str:
    return f"## {name.replace('_', ' ')}\n"


def replace_sections(page: str, results: Mapping[str, Sequence[Line]], *, date: str, machine: str) -> str:
    """The page with these sections written anew, each with its own date; the others stay."""
    first, *parts = page.split("\n## ")
    sections = {f"## {part.splitlines()[0]}\n": f"## {part.rstrip()}\n" for part in parts}
    for name, lines in results.items():
        sections[_heading(name)] = _section(name, lines, f"{date} · {machine}\n\n")
    return "\n".join([f"{first.rstrip()}\n", *(sections[heading] for heading in sorted(sections))])


def _table(lines: Sequence[Line]) -> Iterator[str]:
    yield "| " + " | ".join(COLUMNS) + " |"
    yield "| --- | ---: | ---: | ---: | --- | --- |"
    for line in lines:
        beside = line.get("floor", line.get("peer"))
        cells = (line["name"], line["ours"], beside, line["ratio"], line.get("goal"), line["note"])
        yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    text = f"{value:.3g}" if isinstance(value, float) else str(value)
    return " ".join(text.split()).replace("|", "\\|")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks named, or all and write the page; one that fails fails the command."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Run the benchmarks")
    parser.add_argument("--date", required=True, help="the day that is written on the page")
    parser.add_argument("--keep", action="store_true", help="write the named ones into the page, leave the others there")
    parser.add_argument("names", nargs="*", help="benchmarks to run; all if none is named")
    options = parser.parse_args(arguments)
    known = list_benchmarks()
    if unknown := set(options.names) - set(known):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    results: dict[str, list[Line]] = {}
    for name in options.names or known:
        started = time.perf_counter()
        lines = run_benchmark(name)
        if lines is not None:
            results[name] = lines
            print(f"{name}: {time.perf_counter() - started:.1f} s", file=sys.stderr)
    page = render_page(results, date=options.date, machine=describe_machine())
    print(page)
    if not options.names:
        RESULTS.write_text(page, encoding="utf-8")
    elif options.keep:
        kept = RESULTS.read_text(encoding="utf-8")
        RESULTS.write_text(replace_sections(kept, results, date=options.date, machine=describe_machine()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
