"""Transport and politeness: how a request reaches a site, and when a site's answer ends the crawl of it."""

from __future__ import annotations

import ipaddress
import logging
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response, TextResponse

logger = logging.getLogger(__name__)


class ReplicaUrlError(ValueError):
    """REPLICA_URL is not the loopback address of a replica."""


def replica_base(value: str) -> str | None:
    """Return ``http://host:port`` of REPLICA_URL, or None when the setting is empty.

    Raises ReplicaUrlError unless it is plain http on a loopback address: a crawl that is sent elsewhere would present
    that place's pages as the sites' own.
    """
    if not value:
        return None
    parts = urlsplit(value)
    host = parts.hostname or ""
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
        port = parts.port
    except ValueError:
        loopback, port = False, None
    if parts.scheme != "http" or not loopback or port is None:
        raise ReplicaUrlError(f"REPLICA_URL must be http://127.0.0.1:PORT, not {value!r}")
    return urlunsplit(("http", parts.netloc, "", "", ""))


class SiteDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler; with REPLICA_URL it asks the replica, naming the site in the Host header.

    ``response.url`` stays the site's address, so nothing behind the handler knows of the replica.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._replica = replica_base(crawler.settings.get("REPLICA_URL", ""))

    async def download_request(self, request: Request) -> Response:
        """Fetch one request."""
        if self._replica is None:
            return await super().download_request(request)
        parts = urlsplit(request.url)
        local = request.replace(url=f"{self._replica}{urlunsplit(('', '', parts.path or '/', parts.query, ''))}")
        local.headers["Host"] = parts.netloc
        response = await super().download_request(local)
        request.meta["download_latency"] = local.meta.get("download_latency", 0.0)
        return response.replace(url=request.url)


# Words of challenge pages that come with status 200; each alone is rare in an article, so two are asked for.
_CHALLENGE_MARKERS: Final = (
    b"cf-challenge",
    b"cf-browser-verification",
    b"challenge-platform",
    b"__cf_chl",
    b"<title>Just a moment",
    b"Attention Required! | Cloudflare",
    b"Checking your browser",
)
_CHALLENGE_HEAD: Final = 20_000
_BLOCK_STATUSES: Final = frozenset({401, 403, 429})


def is_challenge(response: Response) -> bool:
    """Tell whether a page asks for a browser instead of showing an article."""
    head = response.body[:_CHALLENGE_HEAD]
    return sum(marker in head for marker in _CHALLENGE_MARKERS) > 1


class BlockMiddleware:
    """Spider middleware that ends the crawl of a source which refuses us, politely: at the first refusal that stays.

    403 and 429 come here only after the retries. CloseSpider raised from a spider middleware's input closes the spider
    with its reason; raised from a downloader middleware it does not (measured on Scrapy 2.19).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BlockMiddleware:
        """Build the middleware for one crawl."""
        return cls(crawler)

    def process_spider_input(self, response: Response) -> None:
        """Raise CloseSpider("blocked") for a refusal or a challenge page."""
        challenge = isinstance(response, TextResponse) and is_challenge(response)
        if response.status in _BLOCK_STATUSES or challenge:
            assert self._crawler.stats is not None
            self._crawler.stats.inc_value("block/challenge" if challenge else f"block/{response.status}")
            logger.warning("blocked: %s answers %s%s", response.url, response.status, " with a challenge" * challenge)
            raise CloseSpider("blocked")
