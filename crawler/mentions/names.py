"""Runs of capitalised words that may be a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from crawler.items import Lang
from crawler.language.cases import az_stems
from crawler.items import Lang
from crawler.language.text import lower
from crawler.mentions.document import Document, word_set

_UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁĽŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽƏА-ЯЁЇІЄҐ"
_NAME_WORD: Final = re.compile(
    rf"(?P<initial>[{_UPPER}][a-zçşəа-я]?\.)|(?P<word>[^\W\d_]+(?:['’ʼ‘-][^\W\d_]+)*)|(?P<blank>[ \u00a0]+)|(?P<other>.)", re.DOTALL
)
_QUOTED: Final = re.compile(r"[«“„][^»”«“\n]{0,160}[»”]|\"[^\"\n]{0,160}\"")
_ARTICLE: Final = re.compile(rf"(?:[aeəаэ][lsrtdzlшсрдтзль]{{1,2}}|ash|ас|аш|эш)[-‐–’'][{_UPPER}]")
"""An Arabic name with its article: "əs-Süveydi", "аль-Мансури"."""
_LONGEST: Final = 9
_POSSESSIVE: Final = re.compile(r"['’]s$")


@dataclass(slots=True)
class Name:
    """A run of name words at ``text[start:end]``: ``words`` as printed, ``initial`` when it begins with an initial."""

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


_NO_PERSON_AZ: Final = re.compile(r"(?:l[aə]r[ıi](?:n\w{0,3})?|s[ıi]|s[ıiuü]n\w{1,3}|[ıiuü]nd[aə]n?|d[aə]k[ıi])$")


def looks_possessed(word: str) -> bool:
    """Tell whether an Azerbaijani word is a thing that belongs to something ("Məntəqəsində", "Konsepsiyası")."""
    return bool(_NO_PERSON_AZ.search(word))


def _is_capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word.isupper()


@lru_cache(maxsize=4096)
def _is_stop(folded: str, lang: Lang) -> bool:
    """Tell whether a word is on the table of words that no name contains, in any of its case forms."""
    stops = word_set("names", "not_names", lang)
    if folded in stops or (lang != "en" and folded.split("-")[0] in stops):
        return True
    return lang == "az" and any(stem in stops for stem, case in az_stems(folded) if case not in {"nominative", "belonging"} and len(stem) > 2)


def find_names(document: Document, taken: list[tuple[int, int]]) -> list[Name]:
    """Return the candidate names outside the ``taken`` stretches (titles, countries) and outside quotes."""
    lang = document.lang
    particles = word_set("names", "particles")
    generations = frozenset(word.upper() for word in word_set("names", "generations"))
    blocked = sorted([*taken, *((match.start(), match.end()) for match in _QUOTED.finditer(document.text))])
    starts = {sentence.start for sentence in document.sentences}
    names: list[Name] = []
    run: list[tuple[int, int, str]] = []
    gap = False

    def close() -> None:
        while run and (run[-1][2] in particles or run[-1][2].endswith(".")):
            run.pop()
        if run and len(run) <= _LONGEST and any(len(word) > 2 for _, _, word in run):
            opens = any(not document.text[begin : run[0][0]].strip(" \"«“(-–—") for begin in starts if begin <= run[0][0] < begin + 4)
            names.append(Name(run[0][0], run[-1][1], tuple(word for _, _, word in run), opens))
        run.clear()

    block = 0
    position = 0
    text = document.text
    for match in _NAME_WORD.finditer(text):
        start, end = match.span()
        if start < position:
            continue
        while block < len(blocked) and blocked[block][1] <= start:
            block += 1
        if block < len(blocked) and blocked[block][0] < end:
            close()
            position = blocked[block][1] if blocked[block][0] <= start else end
            continue
        kind = match.lastgroup
        if kind == "blank":
            gap = True
            continue
        word = match.group()
        if kind == "initial":
            if run and not run[-1][2].endswith(".") and not gap:
                close()
            run.append((start, end, word))
        elif kind == "word":
            folded = lower(_POSSESSIVE.sub("", word), lang)
            joined = gap or not run or run[-1][2].endswith(".")
            if not joined:
                close()
            if run and gap and _ARTICLE.match(word):
                run.append((start, end, word))
            elif run and (word in generations or (word in particles and not run[-1][2].endswith("."))):
                run.append((start, end, word))
            elif _is_capital(word) and not _is_stop(folded, lang):
                run.append((start, end, word))
                if _POSSESSIVE.search(word):
                    close()
            else:
                close()
        else:
            close()
        gap = False
    close()
    return names


