"""Pages made to be costly. What is bounded elsewhere (size, time, nesting) is not looked at here."""

from __future__ import annotations

import re
from typing import Final

from crawler.pages import PageError

# libxml2 compares each attribute of a tag with all before it: 20,000 take two seconds, a million hours.
_LONG_TAG: Final = re.compile(rb"<[A-Za-z][^<>]{16384,}")
_MOST_ATTRIBUTES: Final = 5000


def check_cost(body: bytes) -> None:
    """Look at a page before it is parsed. Raises PageError("not-an-article") for a tag of thousands of attributes."""
    for tag in _LONG_TAG.finditer(body):
        attributes = len(tag[0].split()) - 1
        if attributes > _MOST_ATTRIBUTES:
            raise PageError("not-an-article", f"a tag with {attributes} attributes")
