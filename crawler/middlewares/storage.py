"""Ending the crawl of a source when the store cannot be asked what is known."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from scrapy.crawler import Crawler
from scrapy.http import Response
from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions.log_lines import sentence
from crawler.middlewares.closing import close_source

logger = logging.getLogger(__name__)


def store_failed(crawler: Crawler, error: SQLAlchemyError) -> None:
    """Count that the store could not be asked, and close the crawl as ``storage``: what is known decides what to do."""
    assert crawler.stats is not None
    crawler.stats.inc_value("store/away")
    logger.error("the store cannot be asked: %s", sentence(error))
    close_source(crawler, "storage")


class StorageMiddleware:
    """Spider middleware for a store that fails while a page is read: no fault of the program, and no end without one.

    Whatever the page led to and was not followed is found by the next run, because this one is not done.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorageMiddleware:
        """Build the middleware for one crawl."""
        return cls(crawler)

    def process_spider_exception(self, response: Response, exception: Exception) -> Iterable[object] | None:  # noqa: ARG002
        """Close the crawl for an error of the store; leave every other exception to Scrapy."""
        if not isinstance(exception, SQLAlchemyError):
            return None
        store_failed(self._crawler, exception)
        return ()
