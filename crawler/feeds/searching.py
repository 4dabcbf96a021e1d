"""Full-text search that finds a name in whichever of the three scripts it is asked for.

An index has two columns: ``printed`` holds the text as it stands, ``folded`` the skeletons of its names
(``crawler.language.folding``). A query is folded the same way and asks both columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from crawler.items import Lang
from crawler.language.folding import fold
from crawler.language.text import normalize

COLUMNS: Final = ("printed", "folded")
TOKENIZER: Final = "unicode61 remove_diacritics 2"
_WORD: Final = re.compile(r"[^\W_]+(?:['’ʻʼ`´][^\W_]+)*")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
# SQLite's tokenizer folds case and accents, but takes the dotless i for a letter of its own.
_ONE_I: Final = str.maketrans("ıİ", "iI")
_SHORTEST_STEM: Final = 4
"""Letters of a skeleton from which it also finds longer ones: case endings (Гасановым), not other words."""
_MOST_WORDS: Final = 16
"""Words of a query that are looked at; nobody types more, and each costs time."""


def printed(texts: Iterable[str | None]) -> str:
    """Return the ``printed`` column of some texts: normalized, one after another, with one letter i."""
    return "\n".join(normalize(text).translate(_ONE_I) for text in dict.fromkeys(texts) if text)


def folded(texts: Iterable[tuple[str, Lang]]) -> str:
    """Return the ``folded`` column of some texts in known languages: the skeletons of their words, each once."""
    skeletons = (skeleton for text, lang in texts for skeleton in fold(text, lang).split())
    return " ".join(dict.fromkeys(skeletons))


def query(text: str) -> str:
    """Return the FTS5 expression for what a person typed: every word, printed so or folded alike.

    Words are found by their beginning. Operators and quotes of FTS5 are text like any other; a text without words
    finds nothing.
    """
    words = _WORD.findall(normalize(text))[:_MOST_WORDS]
    return " AND ".join(map(_term, words)) if words else '""'


def _term(word: str) -> str:
    langs: tuple[Lang, ...] = ("ru",) if _CYRILLIC.search(word) else ("en", "az")
    skeletons = dict.fromkeys(filter(None, (fold(word, lang) for lang in langs)))
    ways = [f'printed : "{word.translate(_ONE_I)}" *']
    ways += [f'folded : "{skeleton}"{" *" * (len(skeleton) >= _SHORTEST_STEM)}' for skeleton in skeletons]
    return f"({' OR '.join(ways)})"
