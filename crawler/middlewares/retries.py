"""Trying again: when a site asks, after as long as it asks; and knowing when a site is down."""

from __future__ import annotations

import logging
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.middlewares.closing import close_source
from crawler.middlewares.pacing import Pacing
from crawler.middlewares.wholeness import is_cut

logger = logging.getLogger(__name__)

_SERVER_ERROR: Final = 500
_MOST_SECONDS: Final = 10**9  # longer numbers are no wish but noise


def retry_after(value: bytes | None, date: bytes | None = None) -> float | None:
    """Return the seconds a Retry-After header asks for, None when there is none or it cannot be read.

    Both forms of RFC 9110, 10.2.3: seconds and an HTTP date. A date is read against the ``date`` of the same answer,
    the site's own clock, so that a wrong clock on either side does no harm.
    """
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), _MOST_SECONDS)
    moment = _http_date(text)
    if moment is None:
        return None
    now = _http_date((date or b"").decode("latin-1")) or datetime.now(UTC)
    return max(0.0, (moment - now).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class PoliteRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, each after a pause in which the host is asked nothing else.

    The pause is what Retry-After asks for; without it RETRY_WAIT, doubled with each attempt, give or take a half. A
    site that asks for more than RETRY_WAIT_MAX is not asked again in this run. When OUTAGE_FAILURES requests in a row
    have failed after all their retries, the site is down and the crawl closes as ``unreachable``.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._wait = settings.getfloat("RETRY_WAIT")
        self._longest = settings.getfloat("RETRY_WAIT_MAX")
        self._outage = settings.getint("OUTAGE_FAILURES")
        self._failures_in_row = 0

    def process_response(  # type: ignore[override]  # without the deprecated spider argument
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return a new request after a passing fault, the response otherwise.

        Raises ResponseDataLossError for a page that was cut each time it came.
        """
        if is_cut(response):
            error = ResponseDataLossError("the page has no end")
            another = self.process_exception(request, error)
            if another is None:
                raise error
            return another
        if response.status not in self.retry_http_codes or request.meta.get("dont_retry"):
            self._failures_in_row = 0
            return response
        asked = retry_after(response.headers.get("Retry-After"), response.headers.get("Date"))
        if asked is not None and asked > self._longest:
            self._count("retry/after_too_long")
            logger.warning("%s answers %s and asks to come back in %d s", request.url, response.status, asked)
            if response.status >= _SERVER_ERROR:
                self._count(f"outage/retry after {asked:.0f} s")
                close_source(self.crawler, "unreachable")
            return response
        again = super().process_response(request, response)
        if isinstance(again, Request):
            self._pause(request, asked)
        elif response.status >= _SERVER_ERROR:
            self._failed(f"status {response.status}")
        return again

    def process_exception(  # type: ignore[override]  # without the deprecated spider argument
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """Return a new request after a passing fault, None otherwise."""
        again = super().process_exception(request, exception)
        if isinstance(again, Request):
            self._pause(request, None)
        elif isinstance(exception, self.exceptions_to_retry):
            self._failed(type(exception).__name__)
        return again

    def _pause(self, request: Request, asked: float | None) -> None:
        attempt = request.meta.get("retry_times", 0)
        own = self._wait * 2**attempt * random.uniform(0.5, 1.5)  # noqa: S311 - so that requests do not tick
        seconds = min(asked or own, self._longest)
        self._count("retry/paused_seconds", seconds)
        Pacing.of(self.crawler).pause(urlsplit(request.url).hostname or "", seconds)

    def _failed(self, how: str) -> None:
        self._failures_in_row += 1
        if self._failures_in_row == self._outage:
            logger.error("%d requests in a row failed after all retries, the last with %s", self._failures_in_row, how)
            self._count(f"outage/{how}")
            close_source(self.crawler, "unreachable")

    def _count(self, key: str, count: float = 1) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(key, count)  # type: ignore[arg-type]  # seconds are added up as they are
