"""The tables of ranks, posts, meeting verbs and markers as one multi-pattern matcher a language."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, NamedTuple

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.matcher import Matcher
from crawler.language.text import lower
from crawler.mentions.phrases import expand

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
_SAME_DASH: Final = str.maketrans({"–": "-", "—": "-", "ё": "е", "’": "'"})

DEPUTY: Final = "deputy"
"""The key of words that make a deputy of the post beside them."""


@cache
def _matcher(lang: Lang) -> Matcher[tuple[Term, ...]]:
    terms: dict[str, tuple[Term, ...]] = {}
    for group, name in _TABLES:
        for key, entry in table(name).items():
            for pattern in entry[lang]:
                for form in expand(pattern, lang):
                    folded = lower(form, lang).translate(_SAME_DASH)
                    known = terms.get(folded, ())
                    # Of two ranks or two posts spelled alike the earlier in the table wins.
                    if not any(
                        term.group == group and (group in {"rank", "post"} or term.key == key) for term in known
                    ):
                        terms[folded] = (*known, Term(group, key))
    return Matcher(terms.items(), lang)


def _apart(found: list[Found]) -> list[Found]:
    """Keep the leftmost and longest of overlapping terms."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def find_terms(text: str, lang: Lang) -> dict[Group, list[Found]]:
    """Return the terms of each table in text order.

    Overlapping ranks and posts exclude each other, cues and markers only those of one key; the longest stays.
    """
    pools: dict[tuple[Group, str], list[Found]] = {}
    for match in _matcher(lang).find_all(text):
        for term in match.value:
            group: Group = "post" if term.group == "rank" else term.group
            pool = (group, term.key if group in {"marker", "cue"} else "")
            pools.setdefault(pool, []).append(Found(match.start, match.end, match.words, term))
    result: dict[Group, list[Found]] = {"rank": [], "post": [], "cue": [], "marker": []}
    for (group, _), found in pools.items():
        for item in _apart(found):
            result[item.term.group if group == "post" else group].append(item)
    for items in result.values():
        items.sort()
    return result
