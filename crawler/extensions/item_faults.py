"""Articles that could not be read or stored: counted, so that the verdict knows of them."""

from __future__ import annotations

import logging
from typing import Any, Final

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.extensions.log_lines import sentence
from crawler.extensions.run import Run
from crawler.middlewares.closing import close_source

logger = logging.getLogger(__name__)

# One article may fail alone (a lock held too long). After this many in a row, each of which has waited for a database
# that went away (STORE_WAIT), the store is not coming back, and fetching pages that cannot be kept helps nobody.
_FAULTS_IN_ROW: Final = 3


class UnstoredError(DropItem):
    """An article the store did not take; it counts as unseen, so that a later run asks for it again."""

    def __init__(self, url: str, error: Exception) -> None:
        super().__init__(f"{url} could not be stored: {sentence(error)}")


class ItemFaults:
    """Extension that counts what the pipelines raise and ends a crawl whose store cannot be written."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._in_row = 0
        crawler.signals.connect(self.item_error, signal=signals.item_error)
        crawler.signals.connect(self.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ItemFaults:
        """Build the extension for one crawl of a run."""
        Run.of(crawler)
        return cls(crawler)

    def item_error(self, item: Any, response: Any, spider: Spider) -> None:  # noqa: ARG002 - the signal's arguments
        """Count an article that a pipeline cannot handle."""
        self._count("pipeline/failed")

    def item_dropped(self, item: Any, response: Any, spider: Spider, exception: Exception) -> None:  # noqa: ARG002
        """Count an article that was not stored."""
        if not isinstance(exception, UnstoredError):
            return
        self._count("store/failed")
        logger.error("%s", exception)
        self._in_row += 1
        if self._in_row >= _FAULTS_IN_ROW:
            close_source(self._crawler, "storage")

    def item_scraped(self, item: Any, response: Any, spider: Spider) -> None:  # noqa: ARG002 - the signal's arguments
        """Note that the store can be written."""
        self._in_row = 0

    def _count(self, key: str) -> None:
        assert self._crawler.stats is not None
        self._crawler.stats.inc_value(key)
