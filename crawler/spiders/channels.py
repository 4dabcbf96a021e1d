"""The ways in which a source makes its articles known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scrapy.http import TextResponse

from crawler.items import Lang
from crawler.pages.listings import Listing

ListingReader = Callable[[TextResponse, str | None], Listing]
"""Reads a response; the second argument is the paging address known from the first page of the listing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way a source makes its articles known.

    ``selective``: the listing holds all kinds of news, so only entries with a relevant headline are fetched.
    ``sections``: if not empty, entries of other sections count as selective. ``proven``: seen to work, so a listing
    without entries means that the site has changed. ``missing_is_empty``: the site answers 404 when it has nothing.
    """

    name: str
    url: str
    read: ListingReader
    lang: Lang | None = None
    selective: bool = False
    sections: frozenset[str] = frozenset()
    proven: bool = True
    missing_is_empty: bool = False
