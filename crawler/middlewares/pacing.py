"""When the next request may leave for a host, and whether it may leave at all."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Final
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

_PACINGS: Final[WeakKeyDictionary[Crawler, Pacing]] = WeakKeyDictionary()
# Waiting is cut into steps, so that a crawl that is told to end does not wait for a Retry-After to pass.
_STEP: Final = 0.2


class UnsentError(IgnoreRequest):
    """A request that was not sent, because the crawl of its source is ending."""


class Pacing:
    """One crawl's hosts: until when each is left alone, and how far apart its requests leave.

    The download handler asks it last of all, when the request already holds the host's only slot, so everything
    behind it waits too. The slot's own delay (DOWNLOAD_DELAY, AutoThrottle) comes before it; the longer one counts.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._not_before: dict[str, float] = {}
        self._intervals: dict[str, float] = {}
        self._stopped = False

    @classmethod
    def of(cls, crawler: Crawler) -> Pacing:
        """Return the one pacing of a crawl."""
        if crawler not in _PACINGS:
            _PACINGS[crawler] = cls(crawler)
        return _PACINGS[crawler]

    def pause(self, host: str, seconds: float) -> None:
        """Leave a host alone for some seconds from now, unless it is left alone for longer already."""
        self._not_before[host] = max(self._not_before.get(host, 0.0), monotonic() + seconds)

    def space(self, host: str, seconds: float) -> None:
        """Keep the requests to a host at least some seconds apart, as Crawl-delay asks."""
        self._intervals[host] = max(self._intervals.get(host, 0.0), seconds)
        self._not_before[host] = max(self._not_before.get(host, 0.0), monotonic() + seconds)

    def rest(self) -> tuple[str, float]:
        """Return the host that is left alone for longest from now on, and for how many seconds; 0 when none is."""
        host = max(self._not_before, key=self._not_before.__getitem__, default="")
        return host, max(0.0, self._not_before.get(host, 0.0) - monotonic())

    def stop(self) -> None:
        """Send nothing more."""
        self._stopped = True

    @property
    def is_stopped(self) -> bool:
        """Whether nothing more is sent: the crawl was closed, or the process was told to end."""
        engine = self._crawler.engine
        return self._stopped or (engine is not None and not engine.running)

    async def turn(self, host: str) -> None:
        """Wait until a request may leave for ``host``. Raises UnsentError when none may any longer."""
        while True:
            if self.is_stopped:
                raise UnsentError("not sent: the crawl is ending")
            wait = self._not_before.get(host, 0.0) - monotonic()
            if wait <= 0:
                break
            await asyncio.sleep(min(wait, _STEP))
        if interval := self._intervals.get(host):
            self._not_before[host] = monotonic() + interval
