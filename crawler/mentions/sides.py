"""Which side a participant is on: host or guest, and whether he leads a delegation."""

from __future__ import annotations

import re
from typing import Final

from crawler.items import Kind, Part
from crawler.mentions.document import Document
from crawler.mentions.participants import Role
from crawler.mentions.scene import Scene

_CLOSE: Final = 40
_TOUCHING: Final = 3
"""Characters between a name and "led by" that belongs to it."""
_OWN_DELEGATION: Final = re.compile(
    r"^(?:['’]s|\S{0,4})\s+(?:(?:rəhbərlik etdiyi|başçılıq etdiyi)\s+)?(?:nümayəndə )?(?:delegation|heyət)",
    re.IGNORECASE,
)


def part_of(role: Role, kind: Kind, host: str | None) -> Part:
    """Return the part of a participant, ``host`` being the country that receives, None when nobody does."""
    if kind in {"call", "internal", "multilateral"} or host is None or role.person.country is None:
        return "participant"
    return "host" if role.person.country == host else "guest"


def leads_delegation(role: Role, document: Document, scenes: list[Scene]) -> bool:
    """Tell whether the article says that the person leads a delegation."""
    for occurrence in role.person.occurrences:
        following = document.text[occurrence.end : occurrence.end + _CLOSE]
        if _OWN_DELEGATION.search(following):
            return True
        for marker in scenes[occurrence.sentence].markers.get("led_by", []):
            if document.lang == "az":
                if 0 <= marker.start - occurrence.end <= _TOUCHING:
                    return True
            elif 0 <= occurrence.np_start - marker.end <= _TOUCHING or 0 <= marker.start - occurrence.end <= _TOUCHING:
                return True
    return False
