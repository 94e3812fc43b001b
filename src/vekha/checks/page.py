"""The page of a rule, taken apart: title, why, a document it objects to, one it accepts, and what both are compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent

WHY, WRONG, RIGHT, SAMPLE, GIVEN = "Почему", "Нарушение", "Правильно", "Образец", "Дано"
_HEADING = re.compile(rf"^({'|'.join((WHY, WRONG, RIGHT, SAMPLE, GIVEN))}):$", re.MULTILINE)
_YEAR = re.compile(r"Год получения субсидии:\s*(\d{4})")


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a page; examples are documents as text; ``sample`` and ``given`` are empty where the rule needs none."""

    title: str
    why: str
    wrong: str
    right: str
    sample: str = ""
    given: str = ""

    @property
    def subsidy_year(self) -> int | None:
        """The subsidy year the examples are checked for, if the page states one."""
        found = _YEAR.search(self.given)
        return int(found[1]) if found else None


def read_page(text: str) -> Page:
    """Take a rule's page apart; raises ``ValueError`` where a part is missing or comes twice."""
    pieces = _HEADING.split(text)
    names, bodies = pieces[1::2], [dedent(body).strip("\n") for body in pieces[2::2]]
    parts = dict(zip(names, bodies, strict=True))
    if len(parts) != len(names) or not all(parts.get(name, "").strip() for name in (WHY, WRONG, RIGHT)):
        raise ValueError(f"a page has «{WHY}», «{WRONG}» and «{RIGHT}», each once: {text[:60]}")
    return Page(
        title=pieces[0].strip().rstrip("."),
        why=" ".join(parts[WHY].split()),
        wrong=parts[WRONG],
        right=parts[RIGHT],
        sample=parts.get(SAMPLE, ""),
        given=parts.get(GIVEN, ""),
    )
