"""A text cut into words, the way all matchers read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from crawler.items import Lang
from crawler.language.text import lower

_SAME: Final[tuple[tuple[str, str], ...]] = (
    *((mark, "'") for mark in "’‘ʼʻ‛`´′＇"),
    *((mark, "-") for mark in "‐‑‒–—―−"),
    *((blank, " ") for blank in "\u00a0\u202f\u2007\u2009\t"),
    ("_", "\x1f"),  # to re a letter, to a reader none
)
_TOKEN: Final = re.compile(r" ?(?:[\w\u0300-\u036f]+|[^\w\u0300-\u036f])")
"""A word (letters, digits, combining marks) or any other character, with the blank before it."""


class Words:
    """A text cut into words once, for every matcher of its language.

    ``tokens`` are its words and marks in folded letters, each with the blank before it, and an empty one at the end;
    ``opening`` the same, each with a blank, as a form of a table begins.
    """

    def __init__(self, text: str, lang: Lang) -> None:
        self.text: Final = text
        self.lang: Final[Lang] = lang
        tokens = tokens_of(fold_words(text, lang))
        self.opening: Final = [token if token[0] == " " else f" {token}" for token in tokens]
        self.ends: Final = list(accumulate(map(len, tokens)))
        self.inside: Final[set[int]] = set()
        """Tokens at which no form begins: they follow an apostrophe inside a word."""
        self.unfinished: Final[set[int]] = set()
        """Tokens with which no form ends: an apostrophe and more of the word follow."""
        self.tokens: Final = [*tokens, ""]
        if "'" in tokens:
            self._mark_apostrophes()

    def _mark_apostrophes(self) -> None:
        for at in range(1, len(self.opening) - 1):
            before, mark, after = self.tokens[at - 1 : at + 2]
            if mark == "'" and _continues(before[-1]) and _continues(after[0]):
                self.inside.add(at + 1)
                if self.lang == "ru" or (self.lang == "en" and after != "s"):
                    self.unfinished.add(at - 1)

    def start_of(self, token: int) -> int:
        """Return where a token begins in the text, the blank before it left out."""
        return self.ends[token] - len(self.opening[token]) + 1


def cut(text: str | Words, lang: Lang) -> Words:
    """Return the text cut into words, itself when it already is."""
    return Words(text, lang) if isinstance(text, str) else text


def tokens_of(folded: str) -> list[str]:
    """Return the tokens of a folded text or form."""
    return _TOKEN.findall(folded)


def fold_words(text: str, lang: Lang) -> str:
    """Return a text in the letters that are compared, of the same length: lower case, one apostrophe, one dash."""
    folded = same_marks(lower(text, lang))
    return folded.replace("ё", "е") if lang == "ru" else folded


def fold_all(forms: Sequence[str], lang: Lang) -> list[str]:
    """Return the forms folded: all at once, which is several times as fast as one by one."""
    return fold_words("\n".join(forms), lang).split("\n") if forms else []


def same_marks(text: str) -> str:
    """Return a text with one shape of apostrophes, dashes and blanks."""
    # Twenty replacements are several times faster here than one str.translate, which looks every character up.
    if text.isascii():
        return text.replace("`", "'").replace("\t", " ").replace("_", "\x1f")
    for mark, plain in _SAME:
        text = text.replace(mark, plain)
    return text


def _continues(character: str) -> bool:
    return character.isalnum() or "\u0300" <= character <= "\u036f"
