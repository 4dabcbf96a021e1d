"""How to read one page of a source: bytes or text in, an Article out. Knows nothing of Scrapy or of meetings.

The readers are imported when they are first asked for: a poll with nothing new reads nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from crawler.pages.page import Page, PageError

if TYPE_CHECKING:
    from crawler.pages.reading import agreement, read_article
    from crawler.pages.records import read_text

__all__ = ["Page", "PageError", "agreement", "read_article", "read_text"]

_READERS = {"agreement": "reading", "read_article": "reading", "read_text": "records"}


def __getattr__(name: str) -> Any:
    if name not in _READERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = reader = getattr(import_module(f"{__name__}.{_READERS[name]}"), name)
    return reader
