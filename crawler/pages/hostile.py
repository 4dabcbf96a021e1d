"""Pages made to be costly. What is bounded elsewhere (size, time, nesting) is not looked at here.

libxml2 walks over all attributes of an HTML tag to add one to the tree: 20,000 take two seconds, 40,000 a minute
(measured on 2.14; XML is linear). Its tokenizer is linear too, so tags are counted by it, without a tree, where a page
may hold such a tag at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from lxml import etree

from crawler.pages.page import PageError

_MOST_ATTRIBUTES: Final = 5000
# A quoted value that holds a ">", by which a tag goes on. Each quote is looked at up to the next one of its kind.
_TORN: Final = re.compile(r"=[\t\n\f\r ]*+(?:\"(?=[^\">]*+>)|'(?=[^'>]*+>))")
_TAG: Final = re.compile(r"<[A-Za-z]")
# What stands before an attribute: blanks or slashes, or the quote at the end of a value.
_BEFORE_NAME: Final = re.compile(r"[\t\n\f\r /]++|[\"']")


class _Counting:
    """Target of a parser: the most attributes that one tag has."""

    def __init__(self) -> None:
        self.most = 0

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self.most = max(self.most, len(attributes))

    def close(self) -> None:
        """Be a target as the parser expects it."""


def check_cost(text: str, most: int = _MOST_ATTRIBUTES) -> None:
    """Look at the text of an HTML page before it is parsed.

    Raises PageError("not-an-article") for a tag of more than ``most`` attributes.
    """
    if not _may_have(text, most):
        return
    target = _Counting()
    parser = etree.HTMLParser(recover=True, encoding="utf-8", huge_tree=True, target=target)  # type: ignore[arg-type]  # lxml calls only the methods there are
    with suppress(etree.XMLSyntaxError):  # nothing but blanks or comments
        etree.fromstring(text.strip().replace("\x00", "").encode(), parser)
    if target.most > most:
        raise PageError("not-an-article", f"a tag with {target.most} attributes")


def _may_have(text: str, most: int) -> bool:
    """Tell whether a tag may have more attributes than ``most``; never False where one has.

    A tag ends at the first ">" outside of its quoted values. So it stands in one piece of the text between two of
    them, long enough for its attributes, unless one of its values holds a ">".
    """
    shortest = 2 * most
    if len(text) <= shortest:
        return False
    pieces = text.split(">")
    if max(map(len, pieces)) > shortest:
        for piece in pieces:
            if len(piece) > shortest and (tag := _TAG.search(piece)):
                attributes = sum(1 for _ in _BEFORE_NAME.finditer(piece, tag.end()))
                if attributes > most:
                    return True
    return _TORN.search(text) is not None
