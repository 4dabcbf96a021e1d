"""Redirects that stay with the source."""

from __future__ import annotations

import logging
from typing import Final

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.middlewares.destinations import refusal

logger = logging.getLogger(__name__)

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_CONDITIONS: Final = ("If-None-Match", "If-Modified-Since")


class RedirectRefusedError(IgnoreRequest):
    """A redirect that is not followed; ``reason`` is the one it is counted under."""

    def __init__(self, reason: str, detail: str) -> None:
        self.reason = reason
        super().__init__(f"redirect refused ({reason}): {detail}")


class SiteRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects, followed only to the hosts of the source, by http(s), REDIRECT_MAX_TIMES at most."""

    def process_response(  # type: ignore[override]  # without the deprecated spider argument
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the request a redirect leads to, or the response. Raises RedirectRefusedError."""
        try:
            followed = super().process_response(request, response)
        except IgnoreRequest:
            raise self._refused("loop", request, response) from None
        if isinstance(followed, Response):
            # Scrapy hands back what leads to another scheme as it stands
            if response.status in _REDIRECTS and "Location" in response.headers:
                raise self._refused("scheme", request, response)
            return followed
        if followed.url in followed.meta["redirect_urls"]:
            # the duplicate filter would drop it without a word
            raise self._refused("loop", request, response)
        assert self.crawler.spider is not None
        hosts = frozenset(getattr(self.crawler.spider, "allowed_domains", ()))
        if reason := refusal(followed.url, hosts):
            raise self._refused(reason, request, response)
        for name in _CONDITIONS:
            followed.headers.pop(name, None)  # they are about the page that was asked for, not about this one
        return followed

    def _refused(self, reason: str, request: Request, response: Response) -> RedirectRefusedError:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"redirect/refused/{reason}")
        location = (response.headers.get("Location") or b"").decode("latin-1")
        return RedirectRefusedError(reason, f"{request.url} to {location!r}")
