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


_ENVOYS: Final = frozenset({"diplomat", "attache", "leader"})


def part_of(role: Role, kind: Kind, host: str | None) -> Part:
    """Return the part of a participant, ``host`` being the country that receives, None when nobody does."""
    if kind == "internal":
        return "host"
    if kind == "call" or host is None or role.person.country is None:
        return "participant"
    return "host" if role.person.country == host else "guest"


def leads_delegation(role: Role, part: Part, roles: list[Role], document: Document, scenes: list[Scene]) -> bool:
    """Tell whether the person leads a delegation: the article says so, or he is the first named of the guests."""
    if part == "guest" and role.person.field not in _ENVOYS:
        of_country = (other for other in roles if other.takes_part and other.person.country == role.person.country)
        if next(of_country, None) is role:
            return True
    return _told_to_lead(role, document, scenes)


def _told_to_lead(role: Role, document: Document, scenes: list[Scene]) -> bool:
    for occurrence in role.person.occurrences:
        if _OWN_DELEGATION.search(document.text[occurrence.end : occurrence.end + _CLOSE]):
            return True
        for marker in scenes[occurrence.sentence].markers.get("led_by", []):
            following = 0 <= marker.start - occurrence.end <= _TOUCHING
            preceding = 0 <= occurrence.np_start - marker.end <= _TOUCHING and document.lang != "az"
            if following or preceding:
                return True
    return False
