"""Offices that took part without a name: "his Turkish counterpart", "the Iranian defence minister"."""

from __future__ import annotations

from typing import Final

from crawler.items import MentionedPerson
from crawler.knowledge import table
from crawler.mentions.detection import DEFENCE_FIELDS
from crawler.mentions.document import Document
from crawler.mentions.participants import Role
from crawler.mentions.parties import Parties
from crawler.mentions.scene import Scene
from crawler.rules import fires

_BESIDE: Final = 14
"""Characters between an office and its country: "Turkish", "of the Republic of", "İranın"."""


def unnamed_offices(
    document: Document, scenes: list[Scene], roles: list[Role], parties: Parties
) -> tuple[MentionedPerson, ...]:
    """Return an office for each party of which nobody is named but an office, in a sentence with a meeting word."""
    named = {role.person.country for role in roles if role.takes_part}
    offices: dict[str, MentionedPerson] = {}
    posts = table("posts")
    for post in document.posts:
        scene = scenes[document.sentence_at(post.start)]
        field = posts[post.term.key]["field"]
        if scene.background or not scene.has("meet", "receive", "call", "visit", "discuss", "sign"):
            continue
        if field not in DEFENCE_FIELDS and post.term.key not in {"counterpart", "minister"}:
            continue
        for found in document.countries:
            near = -_BESIDE <= post.start - found.end <= _BESIDE or -_BESIDE <= found.start - post.end <= _BESIDE
            if not near or document.sentence_at(found.start) != scene.index:
                continue
            missing = found.code in parties.codes and found.code not in named and found.code not in offices
            if missing and fires("present: office without a name"):
                key = None if post.term.key == "counterpart" else post.term.key
                offices[found.code] = MentionedPerson(
                    name=None,
                    lang=document.lang,
                    post=key,
                    post_text=post.words,
                    country=found.code,
                )
    return tuple(offices.values())
