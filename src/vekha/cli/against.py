"""What ``--against`` names: a pack by its identifier, a file of a pack, or another document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer

from vekha.checks.reference import Reference, document_reference, pack_reference
from vekha.cli.console import heard, say
from vekha.cli.exits import Exit
from vekha.cli.files import read_one, tell
from vekha.orders.model import OrderFile, Roadmap
from vekha.packs.library import Library
from vekha.packs.model import IndicatorEdition, Pack
from vekha.packs.read import load_pack


@dataclass(frozen=True, slots=True)
class Against:
    """The other side of every comparison of a call; ``code`` says how its own reading ended."""

    name: str
    code: Exit = Exit.DONE
    document: OrderFile | None = None
    roadmaps: tuple[Roadmap, ...] = ()
    editions: tuple[IndicatorEdition, ...] = ()

    def reference_for(self, order_file: OrderFile, *, subsidy_year: int | None) -> Reference:
        """The comparison with one order."""
        if self.document is not None:
            return document_reference(order_file, self.document, subsidy_year=subsidy_year)
        return pack_reference(order_file, self.name, self.roadmaps, self.editions)


def find_against(name: str, library: Library, *, debug: bool) -> Against:
    """A file if there is one of that name, else a pack, a reference roadmap or an edition of the library.

    Raises ``typer.BadParameter`` for a name that is nothing of these, and for a pack with nothing to compare with.
    """
    path = Path(name) if Path(name).exists() else Path(heard(name))
    if path.is_file():
        return _from_pack_file(path) if path.suffix.lower() == ".toml" else _from_document(name, debug=debug)
    pack = next((each for each in library.packs if each.id == name), None)
    if pack is not None:
        return _from_pack(pack)
    roadmaps = tuple(each.roadmap for each in library.roadmaps if each.id == name)
    editions = tuple(each for each in library.editions if each.id == name)
    if roadmaps or editions:
        return Against(name, roadmaps=roadmaps, editions=editions)
    known = ", ".join(each.id for each in library.packs if each.roadmaps or each.editions)
    raise typer.BadParameter(f"--against: нет ни файла, ни набора «{name}». Наборы для сравнения: {known}.")


def _from_document(name: str, *, debug: bool) -> Against:
    outcome = read_one(name)
    tell(outcome, debug=debug)
    return Against(outcome.order_file.source_name, outcome.code, document=outcome.order_file)


def _from_pack_file(path: Path) -> Against:
    pack, problems = load_pack(path)
    for problem in problems:
        say(f"{path.name}: {problem.message}")
    if pack is None:
        return Against(path.name, Exit.UNREADABLE)
    return _from_pack(pack)


def _from_pack(pack: Pack) -> Against:
    roadmaps = tuple(each.roadmap for each in pack.roadmaps)
    if not roadmaps and not pack.editions:
        raise typer.BadParameter(f"--against: в наборе «{pack.id}» нет ни дорожных карт, ни показателей.")
    return Against(pack.id, roadmaps=roadmaps, editions=pack.editions)
