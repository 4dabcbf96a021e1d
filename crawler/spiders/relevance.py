"""Is a headline worth a request? Asked of listings that hold all kinds of news."""

from __future__ import annotations

import re
from functools import cache

from crawler.items import Lang
from crawler.knowledge import table
from crawler.language.text import lower


@cache
def _pattern(lang: Lang) -> re.Pattern[str]:
    words = (
        re.escape(word[:-1]) if word.endswith("-") else rf"{re.escape(word)}\b" for word in table("relevance")[lang]
    )
    return re.compile(rf"\b(?:{'|'.join(words)})")


def is_relevant(headline: str, lang: Lang) -> bool:
    """Tell whether a headline in ``lang`` may be about the military (``knowledge/relevance.toml``)."""
    return _pattern(lang).search(lower(headline, lang)) is not None
