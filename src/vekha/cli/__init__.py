"""The command line: ``vekha parse | plan | check | deadline | compare | rules | packs``.

Reads arguments, calls the engines, prints; decides nothing about documents. Only here may a file be written or a terminal be
asked for its width. The engines are imported inside the commands, so that help and version answer at once.
"""

from vekha.cli.app import main

__all__ = ["main"]
