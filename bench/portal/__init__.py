"""The portal with the example country in it, asked over HTTP by eight people at once; each page beside the SQL of its answer."""

from __future__ import annotations

from bench.portal.report import run

__all__ = ["run"]
