"""Looking whether the lock of a source is still ours, for it can be lost with its session in the database."""

from __future__ import annotations

import logging
from typing import Final

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from twisted.internet.task import LoopingCall

from crawler.extensions.run import Run
from crawler.middlewares.closing import close_source

logger = logging.getLogger(__name__)

_SECONDS: Final = 5.0


class LockWatch:
    """Extension that ends the crawl of a source as ``busy`` when another run has taken its lock meanwhile."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = Run.of(crawler)
        self._loop = LoopingCall(self._look)
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_idle, signal=signals.spider_idle)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LockWatch:
        """Build the extension for one crawl."""
        return cls(crawler)

    def spider_opened(self, spider: Spider) -> None:  # noqa: ARG002 - the signal's argument
        """Begin to look."""
        self._loop.start(_SECONDS, now=False)

    def _look(self) -> None:
        assert self._crawler.spider is not None
        if self._is_lost(self._crawler.spider):
            close_source(self._crawler, "busy")
            self._loop.stop()

    def _is_lost(self, spider: Spider) -> bool:
        if self._run.holds(spider.name):
            return False
        logger.error("%s: another run has taken the source while the database was away", spider.name)
        return True

    def spider_idle(self, spider: Spider) -> None:
        """Look once more when there is nothing left to ask for: a short crawl ends between two looks."""
        if self._loop.running and self._is_lost(spider):
            raise CloseSpider("busy")

    def spider_closed(self, spider: Spider) -> None:  # noqa: ARG002 - the signal's argument
        """End with the crawl."""
        if self._loop.running:
            self._loop.stop()
