"""Many surface forms found in one pass over a text, each with the value it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Generic, NamedTuple, TypeVar

import ahocorasick

from crawler.items import Lang
from crawler.language.text import lower

T = TypeVar("T")

_SAME: Final[tuple[tuple[str, str], ...]] = (
    *((mark, "'") for mark in "’‘ʼʻ‛`´′＇"),
    *((mark, "-") for mark in "‐‑‒–—―−"),
    *((blank, " ") for blank in "\u00a0\u202f\u2007\u2009\t"),
)
_APART: Final = "\n"
"""Never part of a form: no match crosses the end of a line."""
_WORD: Final = re.compile(r"[^\W_]")


class Match(NamedTuple, Generic[T]):
    """``words`` is ``text[start:end]`` as printed; ``value`` is what the table says it stands for."""

    start: int
    end: int
    words: str
    value: T


class _Entry(NamedTuple, Generic[T]):
    """What one folded form stands for: always (``values``), or only as printed (``exact``)."""

    length: int
    values: list[T]
    exact: dict[str, T]


class Matcher(Generic[T]):
    """An Aho-Corasick automaton (pyahocorasick) over folded whole words, built once.

    ``entries`` are pairs of form and value, matched whatever their case; ``exact`` are pairs matched only in the
    printed case ("US", "СК") and preferred to an entry of the same letters. Apostrophes and dashes of all shapes
    are one; in Russian ё is е. Raises ValueError for a form without a letter or digit and for a form with two values.

    A match begins and ends at the edge of a word: letters, digits and marks continue a word, and so does an apostrophe
    between letters; a hyphen does not ("Iran-Azerbaijan" holds two words). An English possessive ("Iran's") and an
    Azerbaijani ending set off by an apostrophe ("NATO'nun") end the word before the apostrophe. No match crosses
    the end of a line.
    """

    def __init__(self, entries: Iterable[tuple[str, T]], lang: Lang, *, exact: Iterable[tuple[str, T]] = ()) -> None:
        self._lang: Final = lang
        table: dict[str, _Entry[T]] = {}
        for form, key, value in self._folded(entries):
            known = table.get(key)
            if known is None:
                table[key] = _Entry(len(key), [value], {})
            elif known.values[0] != value:
                raise ValueError(f"form {form!r} stands for both {known.values[0]!r} and {value!r}")
        for form, key, value in self._folded(exact):
            entry = table.setdefault(key, _Entry(len(key), [], {}))
            if entry.exact.setdefault(_same_marks(form), value) != value:
                raise ValueError(f"exact form {form!r} stands for two values")
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY)
        for key, entry in table.items():
            self._automaton.add_word(key, entry)
        self._automaton.make_automaton()
        self._empty: Final = not table

    def find(self, text: str) -> list[Match[T]]:
        """Return the matches in text order, none overlapping another: leftmost first, of those the longest."""
        found: list[Match[T]] = []
        end = 0
        for match in sorted(self._matches(text), key=_leftmost_longest):
            if match.start >= end:
                found.append(match)
                end = match.end
        return found

    def find_all(self, text: str) -> list[Match[T]]:
        """Return every match, overlapping ones too, leftmost first and the longer before the shorter."""
        return sorted(self._matches(text), key=_leftmost_longest)

    def _folded(self, entries: Iterable[tuple[str, T]]) -> Iterator[tuple[str, str, T]]:
        """Yield form, key and value; the forms are folded all at once, which is several times as fast as one by one."""
        pairs = list(entries)
        keys = self._fold(_APART.join(form for form, _ in pairs)).split(_APART)
        for (form, value), key in zip(pairs, keys, strict=bool(pairs)):
            if not _WORD.search(key):
                raise ValueError(f"a form needs a letter or digit: {form!r}")
            yield form, key, value

    def _fold(self, text: str) -> str:
        folded = _same_marks(lower(text, self._lang))
        return folded.replace("ё", "е") if self._lang == "ru" else folded

    def _matches(self, text: str) -> Iterator[Match[T]]:
        if self._empty:
            return
        folded = self._fold(text)
        for last, entry in self._automaton.iter(folded):
            end = last + 1
            start = end - entry.length
            if not (self._begins(folded, start) and self._ends(folded, end)):
                continue
            words = text[start:end]
            exact = entry.exact
            if exact and (printed := _same_marks(words)) in exact:
                yield Match(start, end, words, exact[printed])
            elif entry.values:
                yield Match(start, end, words, entry.values[0])

    @staticmethod
    def _begins(folded: str, start: int) -> bool:
        if start == 0 or not _continues(folded[start]):
            return True
        before = folded[start - 1]
        if before == "'":
            return start == 1 or not _continues(folded[start - 2])
        return not _continues(before)

    def _ends(self, folded: str, end: int) -> bool:
        if end == len(folded) or not _continues(folded[end - 1]):
            return True
        after = folded[end]
        if after == "'":
            if self._lang == "az" or end + 1 == len(folded) or not _continues(folded[end + 1]):
                return True
            possessive = self._lang == "en" and folded[end + 1] == "s"
            return possessive and (end + 2 == len(folded) or not _continues(folded[end + 2]))
        return not _continues(after)


def _same_marks(text: str) -> str:
    # Twenty replacements are several times faster here than one str.translate, which looks every character up.
    if text.isascii():
        return text.replace("`", "'").replace("\t", " ")
    for mark, plain in _SAME:
        text = text.replace(mark, plain)
    return text


def _leftmost_longest(match: Match[T]) -> tuple[int, int]:
    return match.start, -match.end


def _continues(character: str) -> bool:
    """Tell whether ``character`` is part of a word: a letter, a digit, or a combining mark."""
    return character.isalnum() or "\u0300" <= character <= "\u036f"
