"""What counts as content: hashes that tell whether an article or a meeting has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from crawler.items import Article, Meeting, Mention
from crawler.store.encoding import digest

_NOT_CONTENT: Final = frozenset({"revision", "first_seen", "last_changed"})


def key_number(name: str) -> int:
    """Return the 64-bit number that stands for a key; two keys with one number only cost a comparison."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


def record_digest(article: Article, mentions: Sequence[Mention], dropped: str | None) -> str:
    """Return a hash of what an article adds to records: a change of anything else is no new version."""
    return digest(
        [
            [article.url, article.outlet, article.lang, article.headline, article.paragraphs[:2], article.partial],
            [article.published, article.modified, article.attribution, article.alternates],
            [replace(mention, evidence=()) for mention in mentions],
            dropped,
        ]
    )


def meeting_digest(meeting: Meeting) -> str:
    """Return a hash of a record's content: everything but its revision and its two clock times."""
    names = [name for name in Meeting.__dataclass_fields__ if name not in _NOT_CONTENT]
    return digest({name: getattr(meeting, name) for name in names})


def article_digest(article: Article, mentions: Sequence[Mention], dropped: str | None) -> str:
    """Return a hash of all that was read from a page."""
    return digest([article, list(mentions), dropped])
