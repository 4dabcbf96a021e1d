"""How a crawl goes while it lasts: on a terminal one line, rewritten twice a second; in the log a few."""

from __future__ import annotations

import logging
import shutil
import sys
import time
from collections import deque
from operator import itemgetter
from typing import Final, TextIO

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.internet.task import LoopingCall

from crawler.extensions.run import Run
from crawler.middlewares.pacing import Pacing

logger = logging.getLogger(__name__)

_SECONDS: Final = 0.5
_LONG: Final = 1.0  # seconds for which a host is left alone from which on a person wonders
_RATE_OVER: Final = 30.0  # seconds; a polite crawl gets a page every second or two
_CLEAR: Final = "\r\x1b[K"


class Line:
    """A line at the foot of a terminal that other output does not tear: it makes way for every log line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_shown = False

    def show(self, text: str) -> None:
        """Write the line in the place of the former one, cut to the width of the terminal."""
        width = shutil.get_terminal_size().columns - 1
        self._stream.write(_CLEAR + (text if len(text) <= width else f"{text[: width - 1]}…"))
        self._stream.flush()
        self._is_shown = True

    def clear(self) -> None:
        """Take the line away; the next ``show`` brings it back."""
        if self._is_shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._is_shown = False

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 - a filter of logging is asked this way
        """Make way for a log record that is about to be written; let it pass."""
        self.clear()
        return True


class Progress:
    """Extension that keeps the line of a run; the sources of one run share it.

    It is off without a terminal on standard error, with ``-q``, and with EXPLAIN, whose answers fill the terminal.
    """

    _shared: tuple[Run, Progress] | None = None

    def __init__(self, run: Run, stream: TextIO) -> None:
        self._run = run
        self._line = Line(stream)
        self._crawlers: list[Crawler] = []
        self._running = 0
        self._responses: deque[tuple[float, int]] = deque()
        self._loop = LoopingCall(self.draw)
        self._handlers = [
            handler
            for handler in logging.root.handlers
            if isinstance(handler, logging.StreamHandler) and handler.stream is stream
        ]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        """Return the progress of the crawl's run."""
        settings = crawler.settings
        if not settings.getbool("PROGRESS") or settings.getbool("EXPLAIN") or not sys.stderr.isatty():
            raise NotConfigured
        run = Run.of(crawler)
        if Progress._shared is None or Progress._shared[0] is not run:
            Progress._shared = (run, cls(run, sys.stderr))
        progress = Progress._shared[1]
        progress.follow(crawler)
        return progress

    def follow(self, crawler: Crawler) -> None:
        """Show a further source of the run."""
        self._crawlers.append(crawler)
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    def spider_opened(self) -> None:
        """Begin with the first source."""
        self._running += 1
        if not self._loop.running:
            for handler in self._handlers:
                handler.addFilter(self._line)
            self._loop.start(_SECONDS, now=False)

    def engine_stopped(self) -> None:
        """End with the last source, leaving nothing on the terminal."""
        self._running -= 1
        if self._running == 0 and self._loop.running:
            self._loop.stop()
            self._line.clear()
            for handler in self._handlers:
                handler.removeFilter(self._line)

    def draw(self) -> None:
        """Write the line anew."""
        self._line.show(self.text(time.monotonic()))

    def text(self, now: float) -> str:
        """Return the line; ``now`` is monotonic, in seconds."""
        sources = ", ".join(
            f"{crawler.spider.name} {_stat(crawler, 'article/read')}" for crawler in self._crawlers if crawler.spider
        )
        articles = sum(_stat(crawler, "article/read") for crawler in self._crawlers)
        return (
            f"{self._rest()}{articles} articles ({sources}), {len(self._run.meeting_ids)} meetings, "
            f"{sum(map(_left, self._crawlers))} pages left, {self._rate(now):.1f} pages/s{self._delay()}"
        )

    def _rest(self) -> str:
        """Say which host is waited for, if any: it asked for it, or it failed."""
        host, seconds = max((Pacing.of(crawler).rest() for crawler in self._crawlers), key=itemgetter(1))
        return f"waiting {seconds:.0f} s for {host}; " if seconds >= _LONG else ""

    def _delay(self) -> str:
        """Say how far apart the requests to a host leave, if they do."""
        engines = [crawler.engine for crawler in self._crawlers if crawler.engine]
        delay = max((slot.delay for engine in engines for slot in engine.downloader.slots.values()), default=0.0)
        return f", {delay:.2g} s apart" if delay else ""

    def _rate(self, now: float) -> float:
        received = sum(_stat(crawler, "downloader/response_count") for crawler in self._crawlers)
        self._responses.append((now, received))
        while self._responses[0][0] < now - _RATE_OVER:
            self._responses.popleft()
        then, before = self._responses[0]
        return (received - before) / (now - then) if now > then else 0.0


class Course:
    """Extension that tells the log when a source begins, how far it is every LOGSTATS_INTERVAL, and how it ends."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = Run.of(crawler)
        self._seconds = crawler.settings.getfloat("LOGSTATS_INTERVAL")
        self._loop = LoopingCall(self._tell)
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Course:
        """Build the extension for one crawl."""
        return cls(crawler)

    def spider_opened(self, spider: Spider) -> None:
        """Tell that a source begins."""
        logger.info("%s: begins, into %s, run %s", spider.name, self._run.data_dir, self._run.id)
        if self._seconds:
            self._loop.start(self._seconds, now=False)

    def _tell(self) -> None:
        assert self._crawler.spider is not None
        read, left = _stat(self._crawler, "article/read"), _left(self._crawler)
        logger.info("%s: %d articles read, %d pages left", self._crawler.spider.name, read, left)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Tell that a source has ended."""
        if self._loop.running:
            self._loop.stop()
        pages = _stat(self._crawler, "downloader/response_count")
        logger.info("%s: ends (%s) after %d pages", spider.name, reason, pages)


def _left(crawler: Crawler) -> int:
    """Return the requests that have not come to an end, one way or the other."""
    ended = _stat(crawler, "downloader/response_count") + _stat(crawler, "downloader/exception_count")
    return max(0, _stat(crawler, "scheduler/enqueued") - ended)


def _stat(crawler: Crawler, key: str) -> int:
    assert crawler.stats is not None
    return int(crawler.stats.get_value(key, 0))
