"""The words around a name: ranks, offices and countries that belong to it, before it and after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from crawler.items import Lang
from crawler.language.text import lower
from crawler.mentions.document import word_set
from crawler.mentions.rows import Item

_AZ_GENITIVE: Final = re.compile(r"\w{3,}[ıiuü]n$")
_AZ_LOCATIVE: Final = re.compile(r"d[aə](?:k[ıi])?$")
_POSSESSIVES: Final = frozenset({"'s", "’s", "'", "’"})
_OFFICES: Final = frozenset({"rank", "post", "deputy"})
_MOST_FILLERS: Final = 6
"""Words in a row that may stand between an office and the name, its country or the next office."""


_FARTHEST: Final = 40
"""Items before or after a name that are looked at."""


@dataclass(slots=True)
class Title:
    """What stands about one name: ranks and posts nearest first, then countries; ``before`` is the word before it all.

    ``abroad`` are countries the office is sent to ("to Azerbaijan"), not those whose it is.
    """

    ranks: list[Item] = field(default_factory=list)
    posts: list[Item] = field(default_factory=list)
    countries: list[Item] = field(default_factory=list)
    abroad: list[Item] = field(default_factory=list)
    honorific: bool = False
    start: int = 0
    end: int = 0
    before: str = ""

    @property
    def empty(self) -> bool:
        """Tell whether nothing but perhaps a country was found."""
        return not (self.ranks or self.posts or self.honorific)


def _is_filler(item: Item, lang: Lang) -> bool:
    if item.kind == "mark":
        return item.text in "'’‘-–—\"“”«»"
    if item.kind != "word":
        return False
    word = lower(item.text, lang)
    if word in word_set("titles", "fillers", lang):
        return True
    if lang == "az" and _AZ_GENITIVE.search(word):
        return True
    return lang != "en" and item.text[0].isupper()


# --- before the name ----------------------------------------------------------------------------


def before(items: list[Item], index: int, lang: Lang) -> Title:
    """Return the title that leads up to the name at ``items[index]``."""
    walk = _Backwards(items, index, lang)
    position = index - 1
    while position >= max(0, index - _FARTHEST) and walk.take(position):
        position -= 1
    previous = next((item for item in reversed(items[:index]) if item.end <= walk.title.start), None)
    walk.title.before = lower(previous.text, lang) if previous else ""
    return walk.title


class _Backwards:
    """Walks from a name to the left, as far as the words still belong to its title."""

    def __init__(self, items: list[Item], index: int, lang: Lang) -> None:
        self.title = Title(start=items[index].start, end=items[index].end)
        self._items, self._index, self._lang = items, index, lang
        self._pending: list[Item] = []
        self._fillers = 0
        self._comma = False

    def take(self, position: int) -> bool:
        """Read one item; tell whether the title goes on before it."""
        item, title = self._items[position], self.title
        if item.kind in _OFFICES:
            if self._comma and item.kind == "rank" and title.ranks:
                return False
            (title.ranks if item.kind == "rank" else title.posts).append(item)
            _settle(title, self._pending, self._items, self._lang)
            title.start, self._fillers, self._comma = item.start, 0, False
        elif item.kind == "honorific":
            title.honorific, title.start = True, item.start
        elif item.kind == "country":
            self._country(item, position)
        elif item.text == ",":
            if self._comma:
                return False
            self._comma = True
        elif self._is_and(item):
            if not title.posts or position == 0 or self._items[position - 1].kind not in {"post", "country", "word"}:
                return False
            self._fillers += 2
        elif _is_filler(item, self._lang):
            self._fillers += 1
        else:
            return False
        return self._fillers <= _MOST_FILLERS

    def _is_and(self, item: Item) -> bool:
        return item.kind == "word" and lower(item.text, self._lang) in word_set("titles", "and", self._lang)

    def _country(self, item: Item, position: int) -> None:
        self._pending.append(item)
        self._fillers = 0
        following = self._items[position + 1]
        if self.title.empty and not item.text.endswith(("'s", "’s")) and following.text not in _POSSESSIVES:
            return
        between = [piece for piece in self._items[position + 1 : self._index] if piece.kind in {"word", "mark"}]
        together = all(_is_filler(piece, self._lang) for piece in between if piece.text != ",")
        if together and not self._comma and self._owns(item, following):
            _settle(self.title, self._pending, self._items, self._lang)
            self.title.start = item.start

    def _owns(self, item: Item, following: Item) -> bool:
        """Tell whether the country owns what follows: "Iran's", "Turkish", "İranın", "турецкий"."""
        if self._lang != "en" or item.text.endswith(("'s", "’s")) or following.text in _POSSESSIVES:
            return True
        return following.kind in _OFFICES or not following.text.istitle()


def _settle(title: Title, pending: list[Item], items: list[Item], lang: Lang) -> None:
    """Give the countries met on the way to the title, apart those the office is only sent to."""
    for item in pending:
        position = items.index(item)
        preceding = lower(items[position - 1].text, lang) if position else ""
        if preceding == "the" and position > 1:
            preceding = lower(items[position - 2].text, lang)
        away = preceding in word_set("titles", "towards", lang) or (
            lang == "az" and bool(_AZ_LOCATIVE.search(lower(item.text, lang)))
        )
        (title.abroad if away else title.countries).append(item)
    pending.clear()


# --- after the name -----------------------------------------------------------------------------


def after(items: list[Item], index: int, lang: Lang) -> Title:
    """Return the title that follows the name at ``items[index]`` as an apposition or in brackets."""
    title = Title(start=items[index].start, end=items[index].end)
    opener = items[index + 1] if index + 2 < len(items) else None
    if opener is None or (opener.text not in {",", "(", "–", "—", "-", "who", "described"}):
        return title
    pending: list[Item] = []
    fillers = 0
    for position in range(index + 2, min(len(items), index + _FARTHEST)):
        item = items[position]
        following = items[position + 1] if position + 1 < len(items) else None
        if item.kind in _OFFICES and not _leads_on(item, following):
            (title.ranks if item.kind == "rank" else title.posts).append(item)
            title.end, fillers = item.end, 0
        elif item.kind == "country" and not (following is not None and following.kind == "name"):
            pending.append(item)
        elif _is_filler(item, lang):
            fillers += 1
        elif not _continues(item, following, title, lang):
            break
        if fillers > _MOST_FILLERS:
            break
    if title.posts or title.ranks or (opener.text == "(" and pending):
        _settle(title, pending, items, lang)
    return title


def _leads_on(item: Item, following: Item | None) -> bool:
    """Tell whether an office belongs to the next name, not to the one before it."""
    if following is None:
        return False
    return following.kind in {"name", "honorific"} or (item.kind == "post" and following.kind == "rank")


def _continues(item: Item, following: Item | None, title: Title, lang: Lang) -> bool:
    """Tell whether a second office of the same person follows an "and" or a comma."""
    if not title.posts or following is None:
        return False
    if item.kind == "word" and lower(item.text, lang) in word_set("titles", "and", lang):
        return following.kind in {"post", "deputy"}
    return item.text == "," and following.kind in {"post", "rank"} and not title.ranks
