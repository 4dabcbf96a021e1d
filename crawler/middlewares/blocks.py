"""Telling a site that refuses us from a page that is not to be had."""

from __future__ import annotations

import logging
from typing import Final

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from crawler.middlewares.closing import close_source

logger = logging.getLogger(__name__)

# Words of challenge pages that come with status 200; each alone is rare in an article, so two are asked for.
_CHALLENGE_MARKERS: Final = (
    b"cf-challenge",
    b"cf-browser-verification",
    b"challenge-platform",
    b"__cf_chl",
    b"<title>Just a moment",
    b"Attention Required! | Cloudflare",
    b"Checking your browser",
    b"captcha-delivery.com",
    b"_Incapsula_Resource",
    b"Request unsuccessful. Incapsula",
    b"ddos-guard",
    b"DDoS protection by",
    b"Verifying you are human",
    b"Enable JavaScript and cookies to continue",
)
_CHALLENGE_HEAD: Final = 20_000
_TOO_MANY: Final = 429
_FORBIDDEN: Final = frozenset({401, 403})
# A site may answer 403 for one story it has withdrawn. Refusals in a row, or one before anything was served, are meant
# for us.
_FORBIDDEN_IN_ROW: Final = 3


def is_challenge(response: Response) -> bool:
    """Tell whether a page asks for a browser instead of showing an article."""
    head = response.body[:_CHALLENGE_HEAD]
    return sum(marker in head for marker in _CHALLENGE_MARKERS) > 1


class BlockedError(IgnoreRequest):
    """A page that is a refusal; the crawl of its source is ending."""


class BlockMiddleware:
    """Spider middleware that ends the crawl of a source which refuses us, at once: nothing more is sent to it.

    429 comes here only after the retries. (CloseSpider raised here ends in the request's errback and closes nothing,
    measured on Scrapy 2.19.)
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._served = False
        self._forbidden_in_row = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BlockMiddleware:
        """Build the middleware for one crawl."""
        return cls(crawler)

    def process_spider_input(self, response: Response) -> None:
        """Close the crawl as ``blocked`` and raise BlockedError for a refusal or a challenge page."""
        how = self._block(response)
        if how is None:
            return
        assert self._crawler.stats is not None
        self._crawler.stats.inc_value(f"block/{how}")
        logger.warning("blocked: %s answers %s (%s)", response.url, response.status, how)
        close_source(self._crawler, "blocked")
        raise BlockedError(f"blocked ({how})")

    def _block(self, response: Response) -> str | None:
        if isinstance(response, TextResponse) and is_challenge(response):
            return "challenge"
        if response.status == _TOO_MANY:
            return str(response.status)
        if response.status not in _FORBIDDEN:
            self._served = True
            self._forbidden_in_row = 0
            return None
        self._forbidden_in_row += 1
        if self._served and self._forbidden_in_row < _FORBIDDEN_IN_ROW:
            return None
        return str(response.status)
