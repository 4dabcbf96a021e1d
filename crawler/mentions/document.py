"""An article made ready for reading: one text with its sentences and everything the tables find in it."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final

from crawler.items import Article, Lang
from crawler.language.countries import CountryFound, find_countries
from crawler.language.date_context import DATELINE_BEFORE
from crawler.language.dates import DateFound, DateWords
from crawler.language.places import PlaceFound, find_places
from crawler.language.sentences import Sentence, sentences_of
from crawler.language.words import Words
from crawler.mentions.frames import Frames
from crawler.mentions.lexicon import Found, find_terms, with_countries_inside

_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ‘-][^\W_]+)*")
_LONGEST: Final = 40_000
_LONGEST_WORD: Final = 200
"""Letters of a word that are read. No language has longer ones, and some rules take the square of a word's length."""
_TOO_LONG: Final = re.compile(rf"(?<!\S)(\S{{{_LONGEST_WORD}}})\S+")
"""Characters of an article that are read: more than any report of a meeting has; what follows is another text."""


@dataclass(slots=True)
class Document:
    """The text of an article, headline and paragraphs a line each, with all finds in text order."""

    words: Words
    sentences: list[Sentence]
    frames: Frames
    ranks: list[Found] = field(default_factory=list)
    posts: list[Found] = field(default_factory=list)
    countries: list[CountryFound] = field(default_factory=list)
    places: list[PlaceFound] = field(default_factory=list)
    _dates: DateWords | None = None
    text: str = field(init=False)
    lang: Lang = field(init=False)
    lead: int = field(init=False)
    """The index of the first sentence behind the headline."""
    body: int = field(init=False)
    """Where that sentence begins."""
    _starts: list[int] = field(init=False)
    _grouped: tuple[list[CountryFound], dict[int, list[CountryFound]]] | None = None

    def __post_init__(self) -> None:
        self.text, self.lang = self.words.text, self.words.lang
        self.lead = next((number for number, one in enumerate(self.sentences) if not one.is_headline), 0)
        self.body = self.sentences[self.lead].start if not self.sentences[self.lead].is_headline else 0
        self._starts = [sentence.start for sentence in self.sentences]

    def sentence_at(self, position: int) -> int:
        """Return the index of the sentence that holds ``position``."""
        return max(0, bisect.bisect_right(self._starts, position) - 1)

    def countries_in(self, sentence: int) -> list[CountryFound]:
        """Return the countries named in a sentence, by its index."""
        if self._grouped is None or self._grouped[0] is not self.countries:
            grouped: dict[int, list[CountryFound]] = {}
            for found in self.countries:
                grouped.setdefault(self.sentence_at(found.start), []).append(found)
            self._grouped = self.countries, grouped
        return self._grouped[1].get(sentence, [])

    def words_of(self, sentence: Sentence) -> str:
        """Return the sentence as printed."""
        return self.text[sentence.start : sentence.end]

    def dates(self, reference: dt.date | None) -> tuple[DateFound, ...]:
        """Return the days and months named, read on the day ``reference`` (see ``find_dates``)."""
        if self._dates is None:
            self._dates = DateWords(self.text, self.lang, self.words.lower)
        return self._dates.read(reference)


def words(text: str) -> list[re.Match[str]]:
    """Return the words of ``text``; a hyphen or apostrophe between letters does not part them."""
    return list(_WORD.finditer(text))


_DATELINE: Final = 70
"""Characters at the beginning of the body in which a dateline or a page stamp stands."""
_DATELINE_AFTER: Final = re.compile(r"[^.:\n]{0,16}(?:\([^)\n]{0,20}\) ?)?(?:[.:–—/-]|$)|, \d\d:\d\d")


def is_dateline(document: Document, date: DateFound) -> bool:
    """Tell whether a date opens the body, as in "BAKU, Azerbaijan, May 12." or a page stamp."""
    body = document.body
    if not body <= date.start < body + _DATELINE or date.source != "stated":
        return False
    if not DATELINE_BEFORE.match(document.text[body : date.start].strip("( -")):
        return False
    return bool(_DATELINE_AFTER.match(document.text, date.end))


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
    countries = find_countries(words, article.lang)
    sentences = sentences_of(text, len(headline))
    return Document(
        words=words,
        sentences=sentences,
        frames=Frames(words, [sentence.start for sentence in sentences], len(headline)),
        ranks=terms["rank"],
        posts=with_countries_inside(words, terms["post"], countries),
        countries=countries,
        places=find_places(words, article.lang),
    )
