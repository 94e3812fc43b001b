"""What may go wrong on the machine, told to the person who started the program."""

from __future__ import annotations


class CannotRun(Exception):
    """The portal cannot do what was asked; the message is Russian, one or two sentences, and says what to do."""
