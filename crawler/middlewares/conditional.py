"""Asking only for what has changed since it was stored."""

from __future__ import annotations

import logging
from typing import Any, Final

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions.run import Run
from crawler.middlewares.pacing import UnsentError
from crawler.middlewares.storage import store_failed

logger = logging.getLogger(__name__)

NOT_MODIFIED: Final = 304
# Validators are short; a longer one is not a server's honest answer and would be sent back with each request.
_LONGEST: Final = 512


def validators(response: Response) -> tuple[str | None, str | None]:
    """Return the ETag and the Last-Modified of an answer as they were sent, None for one that is missing or absurd."""
    return _header(response, "ETag"), _header(response, "Last-Modified")


def _header(response: Response, name: str) -> str | None:
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return value if 0 < len(value) <= _LONGEST and value.isprintable() else None


class ConditionalMiddleware:
    """Downloader middleware for requests with ``meta["conditional"]``: sends the validators the store has of a page.

    Only such a request lets a 304 through to its callback; any other 304 is an error like every unasked-for status.
    The validators of an article are stored when its row is, never before.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = Run.of(crawler)
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ConditionalMiddleware:
        """Build the middleware for one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Add If-None-Match and If-Modified-Since. Raises UnsentError when the store cannot be asked for them."""
        if not request.meta.get("conditional"):
            return
        try:
            known = self._run.store.validators(request.url)
        except SQLAlchemyError as error:
            store_failed(self._crawler, error)
            raise UnsentError("not sent: the store cannot be asked") from error
        if known is None or not (known.etag or known.last_modified):
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag.encode("latin-1")
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified.encode("latin-1")
        statuses = request.meta.get("handle_httpstatus_list", [])
        if NOT_MODIFIED not in statuses:
            request.meta["handle_httpstatus_list"] = [*statuses, NOT_MODIFIED]

    def item_scraped(self, item: Any, response: Response | None, spider: Spider) -> None:  # noqa: ARG002
        """Keep the validators of an article that has passed every pipeline, so that it stands in the store."""
        if response is None or response.request is None:
            return
        etag, last_modified = validators(response)
        if not (etag or last_modified):
            return
        try:
            store = self._run.store
            store.hold_validators(response.request.url, etag=etag, last_modified=last_modified)
        except SQLAlchemyError as error:
            assert self._crawler.stats is not None
            self._crawler.stats.inc_value("store/failed")
            logger.error("validators of %s could not be stored: %s", response.url, error)
