"""Which session of a series a text tells of: "the 16th High-Level Military Dialogue" (knowledge/sessions.toml)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from crawler.items import Lang
from crawler.knowledge import table

_WORD: Final = re.compile(r"[\w-]+")
_BETWEEN: Final = 4
"""Words between the number and what it numbers: "16th Azerbaijani-Turkish High-Level Military Dialogue"."""
_BETWEEN_SPELLED: Final = 1
"""The same behind an ordinal that is spelled out: "the third staff talks"."""
_SPELLED_ALIKE: Final = {"четвёрт": "четверт"}


class Session(NamedTuple):
    """The ordinal of a session and where it stands in the text."""

    start: int
    number: int


class _Words(NamedTuple):
    number: re.Pattern[str]
    ordinals: dict[str, int]
    sessions: tuple[str, ...]
    others: frozenset[str]
    beginnings: tuple[str, ...]


@cache
def _words(lang: Lang) -> _Words:
    row = table("sessions")[lang]
    ordinals: dict[str, int] = {}
    for word in row["words"].split():
        alike = _SPELLED_ALIKE.get(word)
        ordinals[word] = ordinals[alike] if alike else max(ordinals.values(), default=0) + 1
    others = row["others"].split()
    return _Words(
        re.compile(rf"(\d{{1,3}}){row['number']}"),
        ordinals,
        tuple(row["sessions"].split()),
        frozenset(others),
        tuple(word for word in others if len(word) > _SHORT),
    )


_SHORT: Final = 4
"""Letters up to which a word that ends the search is meant as a whole."""


def find_sessions(text: str, lang: Lang) -> Iterator[Session]:
    """Yield the sessions of a text in lower case."""
    words = _words(lang)
    if not (any(map(text.__contains__, words.sessions))):
        return
    tokens = list(_WORD.finditer(text))
    for at, token in enumerate(tokens):
        number, between = _number(token.group(), words)
        if number and _numbers_a_session(_beside(text, tokens[at : at + 2 + between]), words):
            yield Session(token.start(), number)


def _beside(text: str, tokens: list[re.Match[str]]) -> list[str]:
    """Return the words behind the first one, as far as only blanks part them."""
    beside: list[str] = []
    for before, token in itertools.pairwise(tokens):
        if text[before.end() : token.start()].strip():
            break
        beside.append(token.group())
    return beside


def _number(word: str, words: _Words) -> tuple[int | None, int]:
    """Return the number a word is, and how many words may stand behind it; "first" says no number of a series."""
    if found := words.number.fullmatch(word):
        return int(found.group(1)), _BETWEEN
    if word.startswith(words.beginnings):
        return None, 0
    spelled = (number for ordinal, number in words.ordinals.items() if number > 1 and word.startswith(ordinal))
    return next(spelled, None), _BETWEEN_SPELLED


def _numbers_a_session(following: list[str], words: _Words) -> bool:
    for word in following:
        if word.startswith(words.sessions):
            return True
        if word in words.others or word.startswith(words.beginnings):
            return False
    return False
