"""The contract's exit codes, and which of several wins."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Exit(IntEnum):
    """How every command ends."""

    DONE = 0
    PROBLEMS = 1
    WRONG_CALL = 2
    UNREADABLE = 3


#: What a shell expects of a program stopped with Ctrl-C; not one of the contract's codes, because nothing was decided.
INTERRUPTED = 130

_WORST_FIRST = (Exit.WRONG_CALL, Exit.UNREADABLE, Exit.PROBLEMS)


def worst(codes: Iterable[Exit]) -> Exit:
    """The code of a run over several files: a wrong call, then an unreadable file, then problems in a document.

    >>> worst([Exit.PROBLEMS, Exit.UNREADABLE, Exit.DONE]).name
    'UNREADABLE'
    """
    met = set(codes)
    return next((code for code in _WORST_FIRST if code in met), Exit.DONE)
