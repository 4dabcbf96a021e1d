"""Articles that could not be read or stored: counted, so that the verdict knows of them."""

from __future__ import annotations

from typing import Any, Final

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from sqlalchemy.exc import SQLAlchemyError
from twisted.python.failure import Failure

from crawler.middlewares.closing import close_source

# A store may be away for a moment (PostgreSQL restarted). After this many articles in a row it is not coming back, and
# fetching pages that cannot be kept helps nobody.
_FAULTS_IN_ROW: Final = 3


class ItemFaults:
    """Extension that counts the exceptions of the pipelines and ends a crawl whose store cannot be written."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._in_row = 0
        crawler.signals.connect(self.item_error, signal=signals.item_error)
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ItemFaults:
        """Build the extension for one crawl."""
        return cls(crawler)

    def item_error(self, item: Any, response: Any, spider: Spider, failure: Failure) -> None:  # noqa: ARG002
        """Count an article that raised; the store's own failures are counted where they happen."""
        assert self._crawler.stats is not None
        if not isinstance(failure.value, SQLAlchemyError):
            self._crawler.stats.inc_value("pipeline/failed")
            return
        self._in_row += 1
        if self._in_row >= _FAULTS_IN_ROW:
            close_source(self._crawler, "storage")

    def item_scraped(self, item: Any, response: Any, spider: Spider) -> None:  # noqa: ARG002 - the signal's arguments
        """Note that the store can be written."""
        self._in_row = 0
