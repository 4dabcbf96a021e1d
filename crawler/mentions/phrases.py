"""The small notation of the tables: one line stands for every form of a phrase.

    (a|b)       either                     [a]      optional, [a|b] either or none
    nazir~n     az noun, ru noun           naziri~p az noun given with its possessive ending
    görüş~v     az verb stem               военный~a ru adjective or participle

A phrase is separated by blanks; markers stand at the end of a word.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from crawler.items import Lang
from crawler.mentions.inflection import az_noun, az_possessed, az_verb, ru_adjective, ru_noun

_PIECE: Final = re.compile(r"[()\[\]|]|[^()\[\]|]+")
_FORMS: Final[dict[tuple[str, str], Callable[[str], tuple[str, ...]]]] = {
    ("az", "n"): az_noun,
    ("az", "p"): az_possessed,
    ("az", "v"): az_verb,
    ("ru", "n"): ru_noun,
    ("ru", "a"): ru_adjective,
}


def _alternatives(pieces: list[str], position: int) -> tuple[list[str], int]:
    """Read alternatives up to a closing bracket or the end; return them and the position after."""
    branches: list[str] = []
    current = [""]
    while position < len(pieces):
        piece = pieces[position]
        position += 1
        if piece in ")]":
            break
        if piece == "|":
            branches += current
            current = [""]
            continue
        if piece in "([":
            inner, position = _alternatives(pieces, position)
            options = [*inner, ""] if piece == "[" else inner
        else:
            options = [piece]
        current = [head + tail for head, tail in itertools.product(current, options)]
    return [*branches, *current], position


def _inflected(phrase: str, lang: Lang) -> Iterator[str]:
    words: list[tuple[str, ...]] = []
    for word in phrase.split():
        stem, marked, marker = word.partition("~")
        if not marked:
            words.append((word,))
            continue
        make = _FORMS.get((lang, marker))
        if make is None:
            raise ValueError(f"unknown marker {word!r} in a {lang} phrase")
        head, hyphen, tail = stem.rpartition("-")
        words.append(tuple(head + hyphen + form for form in make(tail)))
    yield from (" ".join(choice) for choice in itertools.product(*words))


@cache
def expand(pattern: str, lang: Lang) -> tuple[str, ...]:
    """Return every surface form of ``pattern``; raise ValueError for a marker the language does not have."""
    phrases, position = _alternatives(_PIECE.findall(pattern), 0)
    if position < len(_PIECE.findall(pattern)):
        raise ValueError(f"unbalanced brackets in {pattern!r}")
    return tuple(dict.fromkeys(form for phrase in phrases for form in _inflected(phrase, lang)))
