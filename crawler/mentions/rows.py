"""A sentence as a row of items: names, offices, countries and towns as wholes, every other word by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import Final, Literal, NamedTuple

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.countries import CountryFound
from crawler.language.places import PlaceFound
from crawler.mentions.document import Document, Sentence
from crawler.mentions.lexicon import DEPUTY, Found
from crawler.mentions.names import Name

_Find = Name | Found | CountryFound | PlaceFound
ItemKind = Literal["rank", "honorific", "post", "deputy", "country", "place", "name", "word", "mark"]

_PIECE: Final = re.compile(r"[^\W_]+(?:['’ʼ‘-][^\W_]+)*|[^\s\w]|_")


class Item(NamedTuple):
    """A piece of a sentence: ``key`` is the rank's, the post's, the country's or the organization's."""

    start: int
    end: int
    kind: ItemKind
    text: str
    key: str
    name: Name | None = None


class Rows:
    """The rows of a document's sentences, each made when it is asked for."""

    def __init__(self, document: Document, names: list[Name]) -> None:
        self._document: Final = document
        self._found: Final[dict[int, list[_Find]]] = {}
        self._rows: Final[dict[int, list[Item]]] = {}
        self._positions: Final[dict[int, dict[int, int]]] = {}
        everything: Iterable[_Find] = chain(names, document.ranks, document.posts, document.countries, document.places)
        for found in everything:
            self._found.setdefault(document.sentence_at(found.start), []).append(found)

    def row(self, sentence: int) -> list[Item]:
        """Return a sentence as a row; what the tables found hides the words it is made of."""
        if sentence not in self._rows:
            spans = [_item(found, self._document.text) for found in self._found.get(sentence, ())]
            spans.sort(key=lambda item: (item.start, -item.end))
            row = self._rows[sentence] = _row(self._document, self._document.sentences[sentence], spans)
            self._positions[sentence] = {item.start: at for at, item in enumerate(row) if item.kind == "name"}
        return self._rows[sentence]

    def position(self, sentence: int, name: Name) -> int | None:
        """Return where in its sentence's row a name stands, None when something longer hides it."""
        self.row(sentence)
        return self._positions[sentence].get(name.start)


def _item(found: _Find, text: str) -> Item:
    if isinstance(found, Name):
        return Item(found.start, found.end, "name", text[found.start : found.end], "", found)
    if isinstance(found, CountryFound):
        return Item(found.start, found.end, "country", found.words, found.code)
    if isinstance(found, PlaceFound):
        return Item(found.start, found.end, "place", found.words, found.city or "")
    if found.term.group == "rank":
        kind: ItemKind = "honorific" if found.term.key in _honorifics() else "rank"
        return Item(found.start, found.end, kind, found.words, found.term.key)
    return Item(found.start, found.end, "deputy" if found.term.key == DEPUTY else "post", found.words, found.term.key)


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(key for key, rank in table("ranks").items() if rank.get("honorific"))


def _row(document: Document, sentence: Sentence, spans: list[Item]) -> list[Item]:
    items: list[Item] = []
    position = sentence.start
    for span in spans:
        if span.start >= position:
            items += (*_pieces(document.text, position, span.start), span)
            position = span.end
    items += _pieces(document.text, position, sentence.end)
    return _with_deputies(items, document.lang)


def _pieces(text: str, start: int, end: int) -> list[Item]:
    return [
        Item(match.start(), match.end(), "word" if match.group()[0].isalnum() else "mark", match.group(), "")
        for match in _PIECE.finditer(text, start, end)
    ]


def _with_deputies(items: list[Item], lang: Lang) -> list[Item]:
    """Join "deputy" with the post beside it into the deputy's post."""
    posts = table("posts")
    joined: list[Item] = []
    for item in items:
        previous = joined[-1] if joined else None
        if previous is not None:
            kinds = (previous.kind, item.kind)
            post = previous if lang == "az" else item
            if kinds == (("post", "deputy") if lang == "az" else ("deputy", "post")):
                key = posts[post.key].get("deputy", post.key)
                joined[-1] = Item(previous.start, item.end, "post", f"{previous.text} {item.text}", key)
                continue
        joined.append(item)
    return joined
