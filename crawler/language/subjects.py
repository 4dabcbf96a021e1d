"""What a text speaks of, by the beginnings of its words: the subjects of knowledge/subjects.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from crawler.items import Lang
from crawler.knowledge import table

_WORD: Final = re.compile(r"\w+(?:-\w+)*")
_ALONE: Final = "="
"""Stands before a word of the table that has no endings."""
_WORDS: Final = 20_000
"""Words of which is remembered what begins them: the texts of months have some ten thousand."""

_Beginnings = dict[str, list[tuple[str, str]]]


@cache
def _beginnings(lang: Lang) -> tuple[_Beginnings, int]:
    """Return, by beginning of a word, the beginning of the next word ("" for any) and the subject; and the longest."""
    found: _Beginnings = {}
    for subject, row in table("subjects").items():
        for written in row[lang]:
            first, _, second = written.partition("_")
            found.setdefault(first, []).append((second, subject))
    return found, max(map(len, found))


@lru_cache(maxsize=_WORDS)
def _begun(word: str, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Return what a word begins: the beginning that the next word must have, and the subject."""
    beginnings, longest = _beginnings(lang)
    parts = {word, *word.split("-")}
    begun = [entry for part in parts for entry in beginnings.get(_ALONE + part, ())]
    for part in parts:
        for end in range(1, min(len(part), longest) + 1):
            begun += beginnings.get(part[:end], ())
    return tuple(begun)


def find_subjects(text: str, lang: Lang) -> set[str]:
    """Return the keys of the subjects that a text in lower case speaks of."""
    return set(_found(_WORD.findall(text), lang))


def _found(words: list[str], lang: Lang) -> Iterator[str]:
    for word, following in zip(words, [*words[1:], ""], strict=True):
        for second, subject in _begun(word, lang):
            if following.startswith(second):
                yield subject
