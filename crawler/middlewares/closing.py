"""Ending the crawl of one source from outside a spider callback."""

from __future__ import annotations

import asyncio
from typing import Final

from scrapy.crawler import Crawler

from crawler.middlewares.pacing import Pacing

_TASKS: Final[set[asyncio.Future[None]]] = set()


def close_source(crawler: Crawler, reason: str) -> None:
    """Close a crawl with a finish reason, at once: what waits to be sent is not sent.

    ``CloseSpider`` raised in a downloader middleware does not close (measured on Scrapy 2.19); this does.
    """
    pacing = Pacing.of(crawler)
    if pacing.is_stopped or crawler.engine is None:
        return
    pacing.stop()
    task = asyncio.ensure_future(crawler.engine.close_spider_async(reason=reason))
    _TASKS.add(task)  # the event loop keeps only a weak reference
    task.add_done_callback(_TASKS.discard)
