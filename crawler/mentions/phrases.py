"""The small notation of the tables: one line stands for every form of a phrase.

    (a|b)       either                     [a]      optional, [a|b] either or none
    nazir~n     az noun, ru noun           naziri~p az noun given with its possessive ending
    görüş~v     az verb stem               военный~a ru adjective or participle

A phrase is separated by blanks; markers stand at the end of a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from crawler.items import Lang
from crawler.language.matcher import PHRASE_END, PHRASE_START, Path
from crawler.mentions.inflection import az_noun, az_possessed, az_verb, ru_adjective, ru_noun

_PIECE: Final = re.compile(r"[()\[\]|]|[^()\[\]|]+")
_FORMS: Final[dict[tuple[str, str], Callable[[str], tuple[str, ...]]]] = {
    ("az", "n"): az_noun,
    ("az", "p"): az_possessed,
    ("az", "v"): az_verb,
    ("ru", "n"): ru_noun,
    ("ru", "a"): ru_adjective,
}
_Front = dict[tuple[int, str], None]
"""Places of a phrase, each with the letters of an unfinished word after it, in the order they were come to."""


class _Reader:
    """Reads a pattern into the words that join its places."""

    def __init__(self, pattern: str) -> None:
        self._pattern: Final = pattern
        self._pieces: Final = _PIECE.findall(pattern)
        self._at = 0
        self._last = PHRASE_START
        self.words: Final[dict[tuple[int, str, int], None]] = {}

    def read(self) -> None:
        """Read it all. Raises ValueError for brackets that do not pair and for a pattern that may be empty."""
        front = self._alternatives({(PHRASE_START, ""): None})
        if self._at < len(self._pieces):
            raise ValueError(f"unbalanced brackets in {self._pattern!r}")
        ends = {place for place, begun in front if not begun}
        if PHRASE_START in ends:
            raise ValueError(f"{self._pattern!r} may be empty")
        for source, word, target in tuple(self.words):
            if target in ends:
                self.words[source, word, PHRASE_END] = None
        for place, begun in front:
            if begun:
                self.words[place, begun, PHRASE_END] = None

    def _alternatives(self, front: _Front) -> _Front:
        """Go on from ``front`` by each alternative up to a closing bracket or the end."""
        reached: _Front = {}
        current = front
        while self._at < len(self._pieces):
            piece = self._pieces[self._at]
            self._at += 1
            if piece in ")]":
                break
            if piece == "|":
                reached |= current
                current = front
            elif piece in "([":
                inner = self._alternatives(current)
                current = inner | current if piece == "[" else inner
            else:
                current = self._letters(current, piece)
        return reached | current

    def _letters(self, front: _Front, letters: str) -> _Front:
        first, *others = letters.split(" ")
        front = {(place, begun + first): None for place, begun in front}
        for begun in others:
            front = {(place, begun): None for place in self._ended(front)}
        return front

    def _ended(self, front: _Front) -> list[int]:
        """End the unfinished words; return the places behind them."""
        places = [place for place, begun in front if not begun]
        if len(places) < len(front):
            self._last += 1
            self.words.update({(place, begun, self._last): None for place, begun in front if begun})
            places.append(self._last)
        return places


@lru_cache(maxsize=256)
def _forms_of(word: str, lang: Lang) -> tuple[str, ...]:
    stem, marked, marker = word.partition("~")
    if not marked:
        return (word,)
    make = _FORMS.get((lang, marker))
    if make is None:
        raise ValueError(f"unknown marker {word!r} in a {lang} phrase")
    head, hyphen, tail = stem.rpartition("-")
    return tuple(head + hyphen + form for form in make(tail))


def paths(pattern: str, lang: Lang) -> list[Path]:
    """Return the words of ``pattern`` in all their forms, and how they follow each other.

    Raises ValueError for a marker the language does not have and for brackets that do not pair.
    """
    reader = _Reader(pattern)
    reader.read()
    return [Path(source, _forms_of(word, lang), target) for source, word, target in reader.words]


def expand(pattern: str, lang: Lang) -> tuple[str, ...]:
    """Return every surface form of ``pattern``, of which there may be thousands; raise ValueError as ``paths`` does."""
    ways = paths(pattern, lang)

    def forms(place: int) -> Iterator[str]:
        for path in ways:
            if path.source == place:
                for form in path.forms:
                    if path.target == PHRASE_END:
                        yield form
                    else:
                        yield from (f"{form} {rest}" for rest in forms(path.target))

    return tuple(dict.fromkeys(forms(PHRASE_START)))
