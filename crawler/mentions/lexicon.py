"""The tables of ranks and posts as one multi-pattern matcher a language."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, NamedTuple

from crawler.items import Lang
from crawler.knowledge import table
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
