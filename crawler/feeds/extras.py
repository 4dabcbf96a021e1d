"""Libraries that only some formats need (requirements-export.txt)."""

from __future__ import annotations

import importlib
from typing import Any


class MissingExtraError(Exception):
    """A library that is not installed; the message names it and how to get it."""


def extra(module: str, *, requirements: str = "requirements-export.txt") -> Any:
    """Import a module by its dotted name. Raises MissingExtraError when its package is not installed."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"{error.name} is not installed: pip install -r {requirements}") from error
