"""A JSON object that is read with care: every complaint says where in the JSON the wrong value stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

Member = TypeVar("Member", bound=StrEnum)


class NotInterchange(ValueError):
    """The JSON is not what the interchange format says; the message names the path and what was expected there."""


@dataclass(frozen=True, slots=True)
class JsonObject:
    """One JSON object and the path that leads to it («roadmaps[0].measures[3]»)."""

    values: Mapping[str, Any]
    path: str = ""

    @classmethod
    def of(cls, value: object, path: str = "") -> JsonObject:
        """Wrap a parsed JSON value, which must be an object."""
        if not isinstance(value, Mapping):
            raise NotInterchange(f"{path or 'document'}: an object was expected, got {type(value).__name__}")
        return cls(value, path)

    def complain(self, key: str, expected: str) -> NotInterchange:
        """The exception that says what was expected under a key."""
        return NotInterchange(f"{self._at(key)}: {expected} was expected, got {self.values.get(key)!r:.80}")

    def text(self, key: str, default: str | None = None) -> str:
        """A string; required unless a default is given."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.complain(key, "a string")
        return value

    def text_or_none(self, key: str) -> str | None:
        """A string, or nothing where the key is null or absent."""
        return None if self.values.get(key) is None else self.text(key)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number; required unless a default is given."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.complain(key, "a whole number")
        return value

    def whole_or_none(self, key: str) -> int | None:
        """A whole number, or nothing where the key is null or absent."""
        return None if self.values.get(key) is None else self.whole(key)

    def number(self, key: str, default: float | None = None) -> float | int:
        """A number that keeps its type: 15 stays whole, 15.0 stays fractional."""
        value = self.values.get(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.complain(key, "a number")
        return value

    def number_or_none(self, key: str) -> float | int | None:
        """A number, or nothing where the key is null or absent."""
        return None if self.values.get(key) is None else self.number(key)

    def date_or_none(self, key: str) -> date | None:
        """An ISO date, or nothing where the key is null or absent."""
        text = self.text_or_none(key)
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self.complain(key, "an ISO date") from None

    def one_of(self, key: str, members: type[Member], default: Member | None = None) -> Member:
        """A member of an enumeration by its value; required unless a default is given."""
        try:
            return members(self.text(key, default))
        except ValueError:
            raise self.complain(key, "one of " + ", ".join(members)) from None

    def array(self, key: str) -> tuple[Any, ...]:
        """An array, empty where the key is null or absent."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            raise self.complain(key, "an array")
        return tuple(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """An array of strings, empty where the key is null or absent."""
        values = self.array(key)
        if not all(isinstance(value, str) for value in values):
            raise self.complain(key, "an array of strings")
        return values

    def objects(self, key: str) -> tuple[JsonObject, ...]:
        """An array of objects, empty where the key is null or absent."""
        return tuple(JsonObject.of(value, f"{self._at(key)}[{index}]") for index, value in enumerate(self.array(key)))

    def object(self, key: str) -> JsonObject:
        """A required object."""
        return JsonObject.of(self.values.get(key), self._at(key))

    def object_or_none(self, key: str) -> JsonObject | None:
        """An object, or nothing where the key is null or absent."""
        return None if self.values.get(key) is None else self.object(key)

    def span_or_none(self, key: str) -> tuple[int, int] | None:
        """A pair of whole numbers, first and last, or nothing where the key is null or absent."""
        values = self.array(key)
        if not values:
            return None
        if len(values) != 2 or not all(isinstance(value, int) and not isinstance(value, bool) for value in values):
            raise self.complain(key, "a pair of whole numbers")
        return values[0], values[1]

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key
