"""The tables of ranks and posts as one multi-pattern matcher a language."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal, NamedTuple

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.countries import CountryFound
from crawler.language.matcher import PhraseMatcher
from crawler.language.phrases import paths
from crawler.language.words import Words

Group = Literal["rank", "post"]


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
)
_REACH: Final = 60
"""Characters on each side of a country in which the rest of a post stands."""
DEPUTY: Final = "deputy"
"""The key of words that make a deputy of the post beside them."""


@cache
def _matcher(lang: Lang) -> PhraseMatcher[Term, Term]:
    return PhraseMatcher(
        (
            (paths(pattern, lang), Term(group, key))
            for group, name in _TABLES
            for key, entry in table(name).items()
            for pattern in entry[lang]
        ),
        lang,
        lambda terms: terms[0],
    )


def find_terms(words: Words) -> dict[Group, list[Found]]:
    """Return the terms of each table in a text, in its order: the longest, of two spelled alike the earlier one."""
    result: dict[Group, list[Found]] = {"rank": [], "post": []}
    for start, end, printed, term in _matcher(words.lang).find(words):
        result[term.group].append(Found(start, end, printed, term))
    return result


_BEFORE: Final = re.compile(r"(?:\S+ ){1,4}$")
_OWNED: Final = re.compile(r"['’]s\b")
_AFTER: Final = re.compile(r" (?:\S+ ?){1,4}")


def with_countries_inside(words: Words, posts: list[Found], countries: list[CountryFound]) -> list[Found]:
    """Return the posts of a text with those that a country stands in: "head of the Serbian General Staff"."""
    text = words.text
    found: list[Found] = []
    for country in countries:
        if not _matcher(words.lang).is_open_at(words, country.start, _REACH):
            continue
        before = _BEFORE.search(text, max(0, country.start - _REACH), country.start)
        owned = _OWNED.match(text, country.end)
        ends = owned.end() if owned else country.end
        after = _AFTER.match(text, ends, ends + _REACH)
        if before is None or after is None or any(post.start < country.start < post.end for post in posts):
            continue
        left = country.start - before.start()
        rest = Words(before.group() + after.group()[1:], words.lang)
        for start, end, _, term in _matcher(words.lang).find(rest):
            if term.group == "post" and start < left < end:
                first, last = before.start() + start, ends + 1 + end - left
                found.append(Found(first, last, text[first:last], term))
    if not found:
        return posts
    kept = [post for post in posts if not any(one.start < post.end and post.start < one.end for one in found)]
    return sorted([*kept, *found], key=lambda post: post.start)
