"""robots.txt, and a stated rule for each way in which it can be missing.

Scrapy's own middleware crawls when robots.txt answers 403, 500, hangs or is an HTML page (measured on 2.19). Here,
after RFC 9309, 2.3.1:

=========================  ==================================================================
robots.txt                 then
=========================  ==================================================================
2xx, text                  its rules are obeyed, Crawl-delay included
2xx, an HTML page          there is no robots.txt, nothing is forbidden
404, 410 and other 4xx     there is none, nothing is forbidden
401, 403, 429              the site refuses us: the crawl closes as ``blocked``
5xx, timeout, no answer    unknown, so nothing is asked: the crawl closes as ``unreachable``
=========================  ==================================================================
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final, Literal
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotConfigured,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler, load_object
from twisted.internet.error import ConnectError, ConnectionClosed

from crawler.extensions.log_lines import explain_failure
from crawler.middlewares.closing import close_source
from crawler.middlewares.pacing import Pacing, UnsentError

logger = logging.getLogger(__name__)

_PRIORITY: Final = 1000  # before anything else of its host
_MAX_BYTES: Final = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB are to be read
_REFUSED: Final = frozenset({401, 403, 429})
_OK: Final = range(200, 300)
_CLIENT_ERROR: Final = range(400, 500)
_FAILURES: Final = (
    IgnoreRequest,  # a refused redirect, a bomb
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    ConnectError,
    ConnectionClosed,
    OSError,
)

Refusal = Literal["blocked", "unreachable"]


class RobotsError(IgnoreRequest):
    """A request that robots.txt forbids."""


class RobotsMiddleware:
    """Downloader middleware that asks each host for robots.txt once and obeys it."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._parser_class = load_object(crawler.settings["ROBOTSTXT_PARSER"])
        self._agent: str = crawler.settings["USER_AGENT"]
        self._hosts: dict[str, asyncio.Future[RobotParser | Refusal]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Build the middleware for one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass. Raises RobotsError when it is forbidden, UnsentError when the rules are not to be had."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        host = urlsplit(request.url).netloc
        if host not in self._hosts:
            self._hosts[host] = asyncio.ensure_future(self._ask(request))
        rules = await asyncio.shield(self._hosts[host])
        if isinstance(rules, str):
            raise UnsentError(f"not sent: robots.txt of {host} is not to be had")
        if not rules.allowed(request.url, self._agent):
            self._count("robotstxt/forbidden")
            raise RobotsError("forbidden by robots.txt")

    async def _ask(self, request: Request) -> RobotParser | Refusal:
        parts = urlsplit(request.url)
        url = f"{parts.scheme}://{parts.netloc}/robots.txt"
        meta = {"dont_obey_robotstxt": True, "download_maxsize": _MAX_BYTES}
        robots_request = Request(url, priority=_PRIORITY, meta=meta, callback=NO_CALLBACK)
        assert self._crawler.engine is not None
        self._count("robotstxt/request_count")
        try:
            response = await self._crawler.engine.download_async(robots_request)
        except UnsentError:
            return "unreachable"
        except _FAILURES as error:
            self._count(f"robotstxt/exception_count/{type(error).__name__}")
            self._count(f"outage/robots.txt {type(error).__name__}")
            return self._refuse(url, "unreachable", explain_failure(error))
        self._count("robotstxt/response_count")
        self._count(f"robotstxt/response_status_count/{response.status}")
        if response.status in _REFUSED:
            self._count(f"block/robots-{response.status}")
            return self._refuse(url, "blocked", f"status {response.status}")
        if response.status not in _OK and response.status not in _CLIENT_ERROR:
            self._count(f"outage/robots.txt status {response.status}")
            return self._refuse(url, "unreachable", f"status {response.status}")
        if response.status in _CLIENT_ERROR or _is_html(response):
            self._count("robotstxt/none")
            return self._parse(b"")
        rules = self._parse(response.body)
        await self._crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=request
        )
        if delay := rules.crawl_delay(self._agent):
            logger.info("%s asks for %g s between requests", parts.hostname, delay)
            Pacing.of(self._crawler).space(parts.hostname or "", delay)
        return rules

    def _refuse(self, url: str, reason: Refusal, detail: str) -> Refusal:
        logger.error("%s: %s; nothing of this source is asked for", url, detail)
        close_source(self._crawler, reason)
        return reason

    def _parse(self, body: bytes) -> RobotParser:
        parser: RobotParser = build_from_crawler(self._parser_class, self._crawler, body)
        return parser

    def _count(self, key: str) -> None:
        assert self._crawler.stats is not None
        self._crawler.stats.inc_value(key)


def _is_html(response: Response) -> bool:
    content_type = (response.headers.get("Content-Type") or b"").lower()
    return b"html" in content_type or response.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
