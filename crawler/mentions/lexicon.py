"""The tables of ranks, posts, meeting verbs and markers as one multi-pattern matcher a language."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, NamedTuple

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.matcher import PhraseMatcher
from crawler.language.words import Words
from crawler.mentions.phrases import paths

Group = Literal["rank", "post", "cue", "marker"]


class Term(NamedTuple):
    """A key of one of the tables: ``group`` names the table, ``key`` the entry."""

    group: Group
    key: str


class Found(NamedTuple):
    """A term in a text, at ``text[start:end]``."""

    start: int
    end: int
    words: str
    term: Term


_TABLES: Final[tuple[tuple[Group, str], ...]] = (
    ("rank", "ranks"),
    ("post", "posts"),
    ("cue", "meeting_verbs"),
    ("marker", "markers"),
)
DEPUTY: Final = "deputy"
"""The key of words that make a deputy of the post beside them."""


class _Rivals(NamedTuple):
    """A term, and the pool of terms of which only one can stand at a place."""

    pool: tuple[Group, str]
    term: Term


@cache
def _matcher(lang: Lang) -> PhraseMatcher[Term, tuple[_Rivals, ...]]:
    return PhraseMatcher(
        (
            (paths(pattern, lang), Term(group, key))
            for group, name in _TABLES
            for key, entry in table(name).items()
            for pattern in entry[lang]
        ),
        lang,
        _distinct,
    )


def _distinct(terms: list[Term]) -> tuple[_Rivals, ...]:
    """Return the terms a form stands for: of two ranks or two posts spelled alike the earlier in the table."""
    kept: dict[tuple[Group, str], Term] = {}
    for term in terms:
        kept.setdefault((term.group, "" if term.group in {"rank", "post"} else term.key), term)
    return tuple(
        _Rivals(("post", "") if group == "rank" else (group, key), term) for (group, key), term in kept.items()
    )


def find_terms(words: Words) -> dict[Group, list[Found]]:
    """Return the terms of each table in a text, in its order.

    Overlapping ranks and posts exclude each other, cues and markers only those of one key; the longest stays.
    """
    pools: dict[tuple[Group, str], list[Found]] = {}
    for start, end, printed, rivals in _matcher(words.lang).find_all(words):
        for pool, term in rivals:
            kept = pools.setdefault(pool, [])
            if not kept or start >= kept[-1].end:
                kept.append(Found(start, end, printed, term))
    result: dict[Group, list[Found]] = {"rank": [], "post": [], "cue": [], "marker": []}
    for found in pools.values():
        for item in found:
            result[item.term.group].append(item)
    result["cue"].sort()
    result["marker"].sort()
    return result
