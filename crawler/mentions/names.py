"""Runs of capitalised words that may be a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from crawler.items import Lang
from crawler.language.name_words import (
    ARTICLE,
    DULL,
    NEXT,
    PIECE,
    bylines,
    ends_a_name,
    is_abbreviation,
    is_stop,
    is_stop_folded,
    is_thing,
)
from crawler.language.text import lower, word_set
from crawler.mentions.document import Document

_QUOTED: Final = re.compile(r"[«“„][^»”«“\n]{0,160}[»”]|\"[^\"\n]{0,160}\"")
_POSSESSIVE: Final = re.compile(r"['’]s$")
_ABBREVIATION: Final = 3
"""Letters up to which a word in capitals is an abbreviation."""
_SHORTEST: Final = 3
"""Letters of the shortest word that makes a name."""
_SYLLABLES: Final = 3
"""Words of a Korean name whose words may all be of two letters."""
_LONGEST: Final = 9
"""More words than any name has, patronymics and particles counted."""


@dataclass(slots=True)
class Name:
    """A run of name words at ``text[start:end]``: ``words`` as printed."""

    start: int
    end: int
    words: tuple[str, ...]
    opens_sentence: bool

    @property
    def initial(self) -> str | None:
        """Return the initial's letter ("Z" of "Z. Hasanov"), None for a name in full."""
        return self.words[0].rstrip(".") if self.words[0].endswith(".") and len(self.words) > 1 else None

    @property
    def surname(self) -> str:
        """Return the last word as printed, without the English possessive."""
        return _POSSESSIVE.sub("", self.words[-1])


def find_names(document: Document, taken: list[tuple[int, int]]) -> list[Name]:
    """Return the candidate names outside the ``taken`` stretches (titles, countries) and outside quotes."""
    text = document.text
    quoted = _QUOTED.finditer(text) if any(mark in text for mark in '«“„"') else ()
    blocked = sorted([*taken, *bylines(text, document.lang), *(match.span() for match in quoted)])
    runs = _Runs(document)
    position = 0
    for start, end in [*blocked, (len(text), len(text))]:
        if start - position >= _SHORTEST:
            runs.read(position, start)
        position = max(position, end)
    return runs.names


class _Runs:
    """Gathers pieces of text into names; a piece that is part of no name ends the run."""

    def __init__(self, document: Document) -> None:
        self.names: list[Name] = []
        self._text: Final = document.text
        self._lang: Final[Lang] = document.lang
        self._openings = {_first_letter(document.text, sentence.start) for sentence in document.sentences}
        self._run: list[tuple[int, int, str]] = []
        self._gap = False

    def read(self, start: int, end: int) -> None:
        """Gather the names of ``text[start:end]``."""
        while start < end:
            if not self._run and (dull := DULL.match(self._text, start, end)):
                start = dull.end()
                self._gap = False
                continue
            piece = PIECE.match(self._text, start, end)
            assert piece is not None
            self._feed(piece)
            start = piece.end()
        self.close()

    def _feed(self, match: re.Match[str]) -> None:
        """Add one piece to the run, or end the run."""
        word = match.group()
        if match.lastgroup == "blank":
            self._gap = True
            return
        if match.lastgroup == "initial":
            if self._run and not self._after_initial and not (self._gap and self._is_middle(match)):
                self.close()
            self._run.append((match.start(), match.end(), word))
        elif match.lastgroup == "word":
            if self._run and not self._gap and not self._after_initial:
                self.close()
            self._take(match, word)
        else:
            self.close()
        self._gap = False

    def _is_middle(self, match: re.Match[str]) -> bool:
        """Tell whether an initial stands inside a name ("John F. Kennedy"), not before the next ("Berq Z.Həsənova")."""
        return len(self._run) == 1 or not match.string[match.end() : match.end() + 1].isalpha()

    @property
    def _after_initial(self) -> bool:
        return bool(self._run) and self._run[-1][2].endswith(".")

    def _take(self, match: re.Match[str], word: str) -> None:
        if len(self._run) > 1 and ends_a_name(self._run[-1][2], self._lang):
            self.close()
        inside = self._run and self._belongs_inside(word)
        if not inside and (len(word) == 1 or not word[0].isupper() or self._is_no_name(match, word)):
            self.close()
            return
        self._run.append((match.start(), match.end(), word))
        if _POSSESSIVE.search(word):
            self.close()

    def _is_no_name(self, match: re.Match[str], word: str) -> bool:
        """Tell whether a word with a capital letter is an abbreviation or one of the vocabulary."""
        if is_abbreviation(word) and not self._is_surname_in_capitals(word):
            return True
        folded = lower(_POSSESSIVE.sub("", word), self._lang)
        return is_stop_folded(folded, self._lang) and not self._is_given(match, folded)

    def _is_surname_in_capitals(self, word: str) -> bool:
        """Tell whether a word in capitals is a surname: "Damir KRSTIČEVIĆ", not "NATO" and not a line of capitals."""
        before = self._run[-1][2] if self._run else ""
        return len(word) > _ABBREVIATION and bool(before) and (not before.isupper() or before.endswith("."))

    def _is_given(self, match: re.Match[str], folded: str) -> bool:
        """Tell whether a word of the vocabulary is a given name here: "Sultan Ahmadov", not "Sultan of Oman"."""
        if folded not in word_set("names", "words_as_given", self._lang):
            return False
        following = NEXT.match(match.string, match.end())
        return following is not None and not is_stop(following.group(1), self._lang)

    def _belongs_inside(self, word: str) -> bool:
        if ARTICLE.match(word) or word in _generations():
            return True
        return word in word_set("names", "particles") and not self._after_initial

    def close(self) -> None:
        """End the run; keep it when it can be a name."""
        run = self._run
        while run and (run[-1][2] in word_set("names", "particles") or run[-1][2].endswith(".")):
            run.pop()
        if run and is_thing(self._text, run[0][0], self._lang):
            run.clear()
        if run and len(run) <= _LONGEST and (any(word[2:] for _, _, word in run) or len(run) == _SYLLABLES):
            self.names.append(
                Name(
                    run[0][0],
                    run[-1][1],
                    tuple(_without_capitals(word, self._lang) for _, _, word in run),
                    run[0][0] in self._openings,
                )
            )
        run.clear()


def _without_capitals(word: str, lang: Lang) -> str:
    """Return "Krstičević" for "KRSTIČEVIĆ", any other word as it is."""
    is_capitals = word.isupper() and len(word) > _ABBREVIATION and word not in _generations()
    return word[0] + lower(word[1:], lang) if is_capitals and not word.endswith(".") else word


def _first_letter(text: str, start: int) -> int:
    while start < len(text) and not text[start].isalnum():
        start += 1
    return start


@cache
def _generations() -> frozenset[str]:
    return frozenset(word.upper() for word in word_set("names", "generations"))
