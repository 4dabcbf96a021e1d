"""Labels and seniority of posts and ranks, from the tables of knowledge."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from crawler.knowledge import table

_ORDER: Final = (
    ("president", r"^(?!.*(vice|deputy|administration|aide)).*(president|king|emir|head_of_state|prime_minister)"),
    ("minister", r"^(?!.*(deputy|vice|assistant)).*(minister|secretary_of_defen|security_council|director_general)"),
    ("chief of staff", r"^(?!.*(deputy|vice)).*(chief_of|chief_general|joint_chiefs|general_staff|supreme)"),
    ("deputy minister", r"deputy.*minister|vice.*minister|state_secretary"),
    ("commander", r"commander|head|director|chair"),
)
GENERAL: Final = frozenset({"counterpart", "minister", "deputy_minister", "commander", "head"})
"""Keys of ``knowledge/posts.toml`` that say no more than a rank of office."""
LEAST_SENIOR: Final = len(_ORDER)


@cache
def seniority(post: str | None) -> int:
    """Return 0 for heads of state and government, growing to ``LEAST_SENIOR`` for every other or unknown post."""
    key = (post or "").replace("-", "_")
    return next((place for place, (_, pattern) in enumerate(_ORDER) if re.search(pattern, key)), LEAST_SENIOR)


def specific(post: str | None) -> str | None:
    """Return the post unless it is a general word ("his counterpart", "the head")."""
    return None if post in GENERAL else post


@cache
def label(kind: str, key: str | None) -> str | None:
    """Return the English label of a key of the table ``posts`` or ``ranks``; a key without entry is spelled out."""
    if not key:
        return None
    entry = table(kind).get(key)
    text = entry.get("label") if isinstance(entry, dict) else None
    return str(text) if text else key.replace("_", " ").replace("-", " ")
