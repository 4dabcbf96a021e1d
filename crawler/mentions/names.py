"""Runs of capitalised words that may be a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from crawler.items import Lang
from crawler.language.cases import az_stems
from crawler.language.text import lower
from crawler.mentions.document import Document, word_set

_UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁĽŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽƏА-ЯЁЇІЄҐ"
_PIECE: Final = re.compile(
    rf"(?P<initial>[{_UPPER}][a-zçşəа-я]?\.)|(?P<word>[^\W\d_]+(?:['’ʼ‘-][^\W\d_]+)*)"
    r"|(?P<blank>[ \u00a0]+)|(?P<other>.)",
    re.DOTALL,
)
_DULL: Final = re.compile(r"(?:[a-zа-яёçəğıöşüßàáâãäåæèéêëìíîïñòóôõøùúûý][^\W\d_]*(?:['’ʼ‘-][^\W\d_]+)*+|[\W\d_]++)++")
"""Pieces that begin no name: words in small letters and what is no word."""
_QUOTED: Final = re.compile(r"[«“„][^»”«“\n]{0,160}[»”]|\"[^\"\n]{0,160}\"")
_ARTICLE: Final = re.compile(rf"(?:[aeəаэ][lsrtdzсрдтзль]{{1,2}}|ash|аш|эш)[-‐–’'][{_UPPER}]")
"""An Arabic name with its article: "əs-Süveydi", "аль-Мансури"."""
_NEXT: Final = re.compile(rf" ([{_UPPER}][^\W\d_]{{2,}})")
_POSSESSIVE: Final = re.compile(r"['’]s$")
_AZ_THING: Final = re.compile(r"(?:l[aə]r[ıi](?:n\w{0,3})?|s[ıi]|s[ıiuü]n\w{1,3}|[ıiuü]nd[aə]n?|d[aə]k[ıi])$")
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


def looks_possessed(word: str) -> bool:
    """Tell whether an Azerbaijani word is a thing that belongs to something ("Məntəqəsində", "Konsepsiyası")."""
    return bool(_AZ_THING.search(word))


def find_names(document: Document, taken: list[tuple[int, int]]) -> list[Name]:
    """Return the candidate names outside the ``taken`` stretches (titles, countries) and outside quotes."""
    text = document.text
    blocked = sorted([*taken, *((match.start(), match.end()) for match in _QUOTED.finditer(text))])
    runs = _Runs(document)
    position = 0
    for start, end in [*blocked, (len(text), len(text))]:
        runs.read(position, max(position, start))
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
            if not self._run and (dull := _DULL.match(self._text, start, end)):
                start = dull.end()
                self._gap = False
                continue
            piece = _PIECE.match(self._text, start, end)
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
        if not (self._run and self._belongs_inside(word)):
            folded = lower(_POSSESSIVE.sub("", word), self._lang)
            stop = _is_stop(folded, self._lang) and not self._is_given(match, folded)
            if len(word) == 1 or not word[0].isupper() or word.isupper() or stop:
                self.close()
                return
        self._run.append((match.start(), match.end(), word))
        if _POSSESSIVE.search(word):
            self.close()

    def _is_given(self, match: re.Match[str], folded: str) -> bool:
        """Tell whether a word of the vocabulary is a given name here: "Sultan Ahmadov", not "Sultan of Oman"."""
        if folded not in word_set("names", "words_as_given", self._lang):
            return False
        following = _NEXT.match(match.string, match.end())
        return following is not None and not is_stop(following.group(1), self._lang)

    def _belongs_inside(self, word: str) -> bool:
        if _ARTICLE.match(word) or word in _generations():
            return True
        return word in word_set("names", "particles") and not self._after_initial

    def close(self) -> None:
        """End the run; keep it when it can be a name."""
        run = self._run
        while run and (run[-1][2] in word_set("names", "particles") or run[-1][2].endswith(".")):
            run.pop()
        if run and len(run) <= _LONGEST and (any(word[2:] for _, _, word in run) or len(run) == _SYLLABLES):
            self.names.append(
                Name(run[0][0], run[-1][1], tuple(word for _, _, word in run), run[0][0] in self._openings)
            )
        run.clear()


def _first_letter(text: str, start: int) -> int:
    while start < len(text) and not text[start].isalnum():
        start += 1
    return start


@cache
def _generations() -> frozenset[str]:
    return frozenset(word.upper() for word in word_set("names", "generations"))


def is_stop(word: str, lang: Lang) -> bool:
    """Tell whether a word as printed is on the table of words that no name contains, in any of its case forms."""
    return _is_stop(lower(word, lang), lang)


@lru_cache(maxsize=8192)
def _is_stop(folded: str, lang: Lang) -> bool:
    stops = word_set("names", "not_names", lang) | word_set("names", "american_states", lang)
    if folded in stops or folded.partition("-")[0] in stops:
        return True
    return lang == "az" and any(
        stem in stops for stem, case in az_stems(folded) if case not in {"nominative", "belonging"} and stem[2:]
    )
