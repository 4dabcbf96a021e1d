"""Tables as TOML, no rules: what countries, ranks, posts, places, verbs and boilerplate are called.

A table belongs to one question and is read once a process.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed ``crawler/knowledge/<name>.toml``; treat it as read-only.

    Raises FileNotFoundError when there is no such table and tomllib.TOMLDecodeError when it is malformed.
    """
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
