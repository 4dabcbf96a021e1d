"""An article made ready for reading: one text with its sentences and everything the tables find in it."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from crawler.items import Article, Lang
from crawler.knowledge import table
from crawler.language.countries import CountryFound, find_countries
from crawler.language.dates import DateFound, DateWords
from crawler.language.places import PlaceFound, find_places
from crawler.language.text import lower
from crawler.language.words import Words
from crawler.mentions.lexicon import Found, find_terms

_SENTENCE_END: Final = re.compile(
    r"""[.!?…][)"'”»’]{0,2}(?=\s{1,3}[«"“(]?[A-ZÀ-ÖØ-ÞА-ЯЁƏĞIİÖŞÜÇ0-9])|;(?=\s)|\n{1,4}"""
)
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(.«\"“-])(?:[^\W\d_]|mrs?|ms|[ds]r|gen|col|lt|maj|brig|capt|adm|cdr|st|prof|ret|им|гг?|г-на|др|тыс|млн"
    r"|u\.s|и\.о)\.$",
    re.IGNORECASE,
)
_BEFORE_NUMBER: Final = re.compile(
    r"(?:^|[\s(])(?:no|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.\s{1,3}\d", re.IGNORECASE
)
"""Short forms before a number only: "Jun. 3", but "Minister Dong Jun. The"."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ‘-][^\W_]+)*")


_LONGEST: Final = 40_000
_LONGEST_WORD: Final = 200
"""Letters of a word that are read. No language has longer ones, and some rules take the square of a word's length."""
_TOO_LONG: Final = re.compile(rf"(?<!\S)(\S{{{_LONGEST_WORD}}})\S+")
"""Characters of an article that are read: more than any report of a meeting has; what follows is another text."""


class Sentence(NamedTuple):
    """``text[start:end]``; ``paragraph`` counts from 0, the headline is paragraph -1."""

    start: int
    end: int
    paragraph: int

    @property
    def is_headline(self) -> bool:
        """Tell whether the sentence is the headline (or part of it)."""
        return self.paragraph < 0


@dataclass(slots=True)
class Document:
    """The text of an article, headline first, with all finds in text order."""

    words: Words
    sentences: list[Sentence]
    ranks: list[Found] = field(default_factory=list)
    posts: list[Found] = field(default_factory=list)
    cues: list[Found] = field(default_factory=list)
    markers: list[Found] = field(default_factory=list)
    countries: list[CountryFound] = field(default_factory=list)
    places: list[PlaceFound] = field(default_factory=list)
    _dates: DateWords | None = None
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._starts = [sentence.start for sentence in self.sentences]

    @property
    def text(self) -> str:
        """Return the headline and the paragraphs, a line each."""
        return self.words.text

    @property
    def lang(self) -> Lang:
        """Return the language of the text."""
        return self.words.lang

    def sentence_at(self, position: int) -> int:
        """Return the index of the sentence that holds ``position``."""
        return max(0, bisect.bisect_right(self._starts, position) - 1)

    def words_of(self, sentence: Sentence) -> str:
        """Return the sentence as printed."""
        return self.text[sentence.start : sentence.end]

    def dates(self, reference: dt.date | None) -> tuple[DateFound, ...]:
        """Return the days and months named, read on the day ``reference`` (see ``find_dates``)."""
        if self._dates is None:
            self._dates = DateWords(self.text, self.lang)
        return self._dates.read(reference)

    def marks(self, key: str) -> list[Found]:
        """Return the finds of one marker."""
        return [found for found in self.markers if found.term.key == key]


def words(text: str) -> list[re.Match[str]]:
    """Return the words of ``text``; a hyphen or apostrophe between letters does not part them."""
    return list(_WORD.finditer(text))


@cache
def word_set(name: str, key: str, lang: Lang | None = None) -> frozenset[str]:
    """Return a blank-separated list of words from a table as a set, lower-cased."""
    entry = table(name)[key]
    listed: str = entry[lang] if lang else entry
    return frozenset(lower(listed, lang or "en").split())


def _sentences(text: str, headline_end: int) -> list[Sentence]:
    result: list[Sentence] = []
    start, paragraph = 0, -1 if headline_end else 0
    for match in _SENTENCE_END.finditer(text):
        near = max(start, match.start() - 6)
        if match.group().startswith(".") and (
            _ABBREVIATION.search(text, near, match.start() + 1) or _BEFORE_NUMBER.search(text, near, match.end() + 4)
        ):
            continue
        if text[start : match.end()].strip():
            result.append(Sentence(start, match.end(), paragraph))
        if match.group().startswith("\n"):
            paragraph += 1
        start = match.end()
    if text[start:].strip():
        result.append(Sentence(start, len(text), paragraph))
    return result or [Sentence(0, len(text), 0)]


def _squeezed(text: str) -> str:
    """Return a line with single blanks, and without the rest of what is too long for a word."""
    words = text.split()
    line = " ".join(words)
    is_usual = len(line) <= _LONGEST_WORD or len(max(words, key=len)) <= _LONGEST_WORD
    return line if is_usual else _TOO_LONG.sub(r"\1", line)


def read_document(article: Article) -> Document:
    """Return the article's headline and paragraphs as one analysed text."""
    headline = _squeezed(article.headline.text) if article.headline else ""
    paragraphs = map(_squeezed, article.paragraphs)
    text = "\n".join(filter(None, (headline, *paragraphs)))[:_LONGEST]
    words = Words(text, article.lang)
    terms = find_terms(words)
    return Document(
        words=words,
        sentences=_sentences(text, len(headline)),
        ranks=terms["rank"],
        posts=terms["post"],
        cues=terms["cue"],
        markers=terms["marker"],
        countries=find_countries(words, article.lang),
        places=find_places(words, article.lang),
    )
