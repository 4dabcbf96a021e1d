"""Many surface forms found in one pass over the words of a text, each with the value it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from crawler.items import Lang
from crawler.language.automaton import START, Automaton, Match
from crawler.language.words import Words, cut, fold_all, fold_words, same_marks

__all__ = ["PHRASE_END", "PHRASE_START", "Match", "Matcher", "NameMatcher", "Path", "PhraseMatcher"]

T = TypeVar("T")
V = TypeVar("V")
N = TypeVar("N")

_WORD: Final = re.compile(r"\w")
_BEGINNING: Final = 3
"""A blank and two letters, which no case of a name changes: Ош, Оша."""

Joined = tuple[Sequence[str], Sequence[tuple[str, T]]]
"""First parts of forms, and the second parts that follow each of them, with the values of the whole."""
Forms = tuple[Iterable[tuple[str, T]], Iterable[tuple[str, T]], Iterable[Joined[T]]]
"""Forms with their values: those matched whatever their case, those matched as printed, and those of two parts."""


class Matcher(Automaton[T, T]):
    """An automaton of single forms, built once.

    ``entries`` are pairs of form and value, matched whatever their case; ``exact`` are pairs matched only in the
    printed case ("US", "СК") and preferred to an entry of the same letters. Apostrophes and dashes of all shapes
    are one; in Russian ё is е. Raises ValueError for a form without a letter or digit and for a form with two values.

    A match begins and ends at the edge of a word: letters, digits and marks continue a word, and so does an apostrophe
    between letters; a hyphen does not ("Iran-Azerbaijan" holds two words). An English possessive ("Iran's") and an
    Azerbaijani ending set off by an apostrophe ("NATO'nun") end the word before the apostrophe. No match crosses
    the end of a line.
    """

    def __init__(self, entries: Iterable[tuple[str, T]], lang: Lang, *, exact: Iterable[tuple[str, T]] = ()) -> None:
        super().__init__(lang, lambda values: values[0])
        self._enter(entries, exact)

    def _enter(self, entries: Iterable[tuple[str, T]], exact: Iterable[tuple[str, T]]) -> None:
        values: dict[str, T] = {}
        for form, folded, value in self._folded(entries):
            if (known := values.setdefault(folded, value)) != value:
                raise ValueError(f"form {form!r} stands for both {known!r} and {value!r}")
        printed: dict[str, dict[str, T]] = {}
        for form, folded, value in self._folded(exact):
            if printed.setdefault(folded, {}).setdefault(same_marks(form), value) != value:
                raise ValueError(f"exact form {form!r} stands for two values")
        ends: dict[T, int] = {}
        for folded, value in values.items():
            if folded not in printed:
                end = ends.get(value)
                if end is None:
                    end = ends[value] = self._node(value)
                self._connect(START, folded, end)
        for folded, by_print in printed.items():
            self._connect(START, folded, self._node(values.get(folded), by_print))
        self._finish()

    def _join(self, first: Sequence[str], second: Iterable[tuple[str, T]]) -> None:
        """Let each of the second parts follow each of the first."""
        middle = self._node()
        for folded in fold_all(first, self._lang):
            self._connect(START, folded, middle)
        for _, folded, value in self._folded(second):
            self._connect(middle, folded, self._node(value))
        self._finish()

    def _folded(self, entries: Iterable[tuple[str, T]]) -> Iterator[tuple[str, str, T]]:
        pairs = list(entries)
        for (form, value), folded in zip(pairs, fold_all([form for form, _ in pairs], self._lang), strict=True):
            if not _WORD.search(folded):
                raise ValueError(f"a form needs a letter or digit: {form!r}")
            yield form, folded, value


class NameMatcher(Matcher[T], Generic[T, N]):
    """A matcher of names, whose forms are made when a text first has a word that begins like them.

    ``names`` are the names, each with what ``forms`` needs to make its forms and those that count only as printed, as a
    ``Matcher`` takes them. Forms begin with the first two letters of their name, or with I where it has İ.
    """

    def __init__(self, names: Iterable[tuple[str, N]], lang: Lang, forms: Callable[[list[N]], Forms[T]]) -> None:
        super().__init__((), lang)
        self._forms: Final = forms
        self._closed: Final[dict[str, list[N]]] = {}
        known = [*names]
        known += [(f"I{name[1:]}", what) for name, what in known if name[0] == "İ"]
        for (_, what), folded in zip(known, fold_all([name for name, _ in known], lang), strict=True):
            self._closed.setdefault(_beginning(folded), []).append(what)

    def find_all(self, text: str | Words) -> list[Match[T]]:
        """Return every match, overlapping ones too, leftmost first and the longer before the shorter."""
        words = cut(text, self._lang)
        if self._closed:
            for beginning in self._closed.keys() & {token[:_BEGINNING] for token in words.opening}:
                self._open(beginning)
        return super().find_all(words)

    def _open(self, beginning: str) -> None:
        entries, exact, joined = self._forms(self._closed.pop(beginning))
        self._enter(
            [entry for entry in entries if self._begins(entry[0], beginning)],
            [entry for entry in exact if self._begins(entry[0], beginning)],
        )
        for first, second in joined:
            self._join(first, second)

    def _begins(self, form: str, beginning: str) -> bool:
        return form[0] not in "Iİ" or _beginning(fold_words(form, self._lang)) == beginning


def _beginning(folded: str) -> str:
    return f" {folded[:2]}" if folded[1:2].isalnum() else f" {folded[0]}"


class Path(NamedTuple):
    """One of the words of a phrase: any of ``forms`` leads from one place of the phrase to another."""

    source: int
    forms: Sequence[str]
    target: int


PHRASE_START: Final = 0
PHRASE_END: Final = -1


class PhraseMatcher(Automaton[V, T]):
    """An automaton of phrases with many forms each, matched like the forms of a ``Matcher``.

    The paths of a phrase lead from ``PHRASE_START`` to ``PHRASE_END``. ``combine`` makes one value of those of all
    phrases that have a form in common, which it gets in the order of the phrases.
    """

    def __init__(
        self, phrases: Iterable[tuple[Iterable[Path], V]], lang: Lang, combine: Callable[[list[V]], T]
    ) -> None:
        super().__init__(lang, combine)
        joints: list[tuple[int, int]] = []
        forms: list[str] = []
        for paths, value in phrases:
            nodes = {PHRASE_START: START, PHRASE_END: self._node(value)}
            for source, words, target in paths:
                for place in (source, target):
                    if place not in nodes:
                        nodes[place] = self._node()
                joints += [(nodes[source], nodes[target])] * len(words)
                forms += words
        for (source, target), folded in zip(joints, fold_all(forms, lang), strict=True):
            self._connect(source, folded, target)
        self._finish()
