"""What templates show of an entry."""

from __future__ import annotations

from typing import Any

from django import template

from vekha_portal.journal.kinds import kind_name

register = template.Library()
register.filter("kind_name", kind_name)


@register.filter
def details(data: dict[str, Any]) -> list[tuple[str, str]]:
    """The details as lines: name and value; a change shows what was and what is."""
    return [(str(name), _line(value)) for name, value in data.items()]


def _line(value: Any) -> str:
    if isinstance(value, dict):
        if set(value) == {"было", "стало"}:
            return f"«{_line(value['было'])}» → «{_line(value['стало'])}»"
        return "; ".join(f"{name}: {_line(each)}" for name, each in value.items() if each not in ("", None, False))
    if isinstance(value, bool):
        return "да" if value else "нет"
    return "—" if value in ("", None) else str(value)
