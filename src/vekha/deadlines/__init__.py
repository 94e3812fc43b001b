"""The small language of deadlines: a phrase of an order, as a value, as dates, as canonical Russian again."""

from vekha.deadlines.conventions import Conventions
from vekha.deadlines.interchange import deadline_from_json, deadline_to_json
from vekha.deadlines.parse import parse_deadline
from vekha.deadlines.render import render
from vekha.deadlines.resolve import DueDate, Resolution, Waiting, resolution_to_json, resolve
from vekha.deadlines.syntax import Deadline, meaning

__all__ = [
    "Conventions",
    "Deadline",
    "DueDate",
    "Resolution",
    "Waiting",
    "deadline_from_json",
    "deadline_to_json",
    "meaning",
    "parse_deadline",
    "render",
    "resolution_to_json",
    "resolve",
]
