"""What counts as content: what tells whether an article or a meeting has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import orjson

from crawler.items import Article, Mention

_NOT_CONTENT: Final = frozenset({"revision", "first_seen", "last_changed"})


def key_number(name: str) -> int:
    """Return the 64-bit number that stands for a key; two keys with one number only cost a comparison."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


def record_content(article: Article, mentions: Sequence[Mention], dropped: str | None) -> list[Any]:
    """Return what an article adds to records: a change of anything else is no new version."""
    return [
        [article.url, article.outlet, article.lang, article.headline, article.paragraphs[:2], article.partial],
        [article.published, article.modified, article.attribution, article.alternates],
        [replace(mention, evidence=()) for mention in mentions],
        dropped,
    ]


def article_content(article: Article, mentions: Sequence[Mention], dropped: str | None) -> list[Any]:
    """Return all that was read from a page."""
    return [article, list(mentions), dropped]


def same_content(record: str, other: str) -> bool:
    """Return whether two records of a meeting, as JSON, say the same but for revision and the two clock times."""
    one, two = orjson.loads(record), orjson.loads(other)
    return all(one.get(name) == two.get(name) for name in (one.keys() | two.keys()) - _NOT_CONTENT)
