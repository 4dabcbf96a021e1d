"""Which session of a series a text tells of: "the 16th High-Level Military Dialogue" (knowledge/sessions.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from crawler.items import Lang
from crawler.knowledge import table

_NEXT: Final = re.compile(r"\s*([\w-]+)")
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
    ordinal: re.Pattern[str]
    spelled: tuple[tuple[str, int], ...]
    sessions: tuple[str, ...]
    others: frozenset[str]
    beginnings: tuple[str, ...]


@cache
def _words(lang: Lang) -> _Words:
    row = table("sessions")[lang]
    spelled: dict[str, int] = {}
    for word in row["words"].split():
        alike = _SPELLED_ALIKE.get(word)
        spelled[word] = spelled[alike] if alike else max(spelled.values(), default=0) + 1
    others = row["others"].split()
    return _Words(
        re.compile(rf"\b(?:(?P<digits>\d{{1,3}}){row['number']}(?![\w-])|(?P<word>(?:{'|'.join(spelled)})[\w-]*))"),
        tuple(spelled.items()),
        tuple(row["sessions"].split()),
        frozenset(others),
        tuple(word for word in others if len(word) > _SHORT),
    )


_SHORT: Final = 4
"""Letters up to which a word that ends the search is meant as a whole."""


def find_sessions(text: str, lang: Lang) -> Iterator[Session]:
    """Yield the sessions of a text in lower case."""
    words = _words(lang)
    for found in words.ordinal.finditer(text):
        number, between = _number(found, words)
        if number and _numbers_a_session(_beside(text, found.end(), 1 + between), words):
            yield Session(found.start(), number)


def _number(found: re.Match[str], words: _Words) -> tuple[int | None, int]:
    """Return the number a word is, and how many words may stand behind it; "first" says no number of a series."""
    word = found["word"]
    if word is None:
        return int(found["digits"]), _BETWEEN
    if word.startswith(words.beginnings):
        return None, 0
    number = next(number for ordinal, number in words.spelled if word.startswith(ordinal))
    return (number if number > 1 else None), _BETWEEN_SPELLED


def _beside(text: str, start: int, most: int) -> list[str]:
    """Return the words behind a place, as far as only blanks part them."""
    beside: list[str] = []
    while len(beside) < most and (word := _NEXT.match(text, start)):
        beside.append(word.group(1))
        start = word.end()
    return beside


def _numbers_a_session(following: list[str], words: _Words) -> bool:
    for word in following:
        if word.startswith(words.sessions):
            return True
        if word in words.others or word.startswith(words.beginnings):
            return False
    return False
