"""Each run's responses in one WARC, so that a later parser can read history again (``scrapy crawl archive``)."""

from __future__ import annotations

import io
import logging
import zlib
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import BinaryIO, Final

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.extensions.run import Run

logger = logging.getLogger(__name__)

FILE = "pages.warc.gz"
# warcio's own writer compresses with level 9, which takes a tenth longer and saves a hundredth.
_LEVEL: Final = 6
_GZIP: Final = zlib.MAX_WBITS + 16


class RawPages:
    """Extension that writes what a source answered into ``runs/<run>/pages.warc.gz``.

    Bodies stand as the readers get them, decompressed. A run writes at most RAW_PAGES_MB of them; files of runs older
    than RAW_PAGES_DAYS are removed when a run starts. Each record is a gzip member of its own: a kill tears the last.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = Run.of(crawler)
        self._limit = crawler.settings.getint("RAW_PAGES_MB") * 2**20
        self._days = crawler.settings.getint("RAW_PAGES_DAYS")
        if not self._limit:
            raise NotConfigured("RAW_PAGES_MB is 0: no raw pages are kept")
        self._file: BinaryIO | None = None
        self._written = 0
        self._is_over = False
        self._writer = WARCWriter(io.BytesIO(), gzip=False)
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.response_received, signal=signals.response_received)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RawPages:
        """Build the extension for one crawl."""
        return cls(crawler)

    def spider_opened(self, spider: Spider) -> None:  # noqa: ARG002 - the signal's argument
        """Remove the raw pages of runs that are too old."""
        if not self._days:
            return
        oldest = (datetime.now(UTC) - timedelta(days=self._days)).timestamp()
        for path in (self._run.data_dir / "runs").glob(f"*/{FILE}"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

    def response_received(self, response: Response, request: Request, spider: Spider) -> None:  # noqa: ARG002
        """Write one response. A disk that is full ends the archive of this run, not the crawl."""
        assert self._crawler.stats is not None
        if self._is_over:
            self._crawler.stats.inc_value("raw_pages/failed")
            return
        try:
            self._write(response)
        except OSError as error:
            self._crawler.stats.inc_value("raw_pages/failed")
            logger.error("raw pages of this run are not kept any further: %s", error)
            self._is_over = True

    def _write(self, response: Response) -> None:
        if self._written + len(response.body) > self._limit:
            assert self._crawler.stats is not None
            self._crawler.stats.inc_value("raw_pages/over_limit")
            return
        if self._file is None:
            # opened for appending: the sources of one run share the file, each record is written at once
            self._file = (self._run.folder / FILE).open("ab")
        self._writer.out = record = io.BytesIO()
        status = f"{response.status} {_phrase(response.status)}"
        headers = [(name, value) for name, value in _headers(response) if name.lower() not in _HOP_HEADERS]
        http_headers = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        self._writer.write_record(
            self._writer.create_warc_record(
                response.url,
                "response",
                payload=io.BytesIO(response.body),
                length=len(response.body),
                http_headers=http_headers,
            )
        )
        member = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        self._file.write(member.compress(record.getvalue()) + member.flush())
        self._file.flush()
        self._written += len(response.body)

    def spider_closed(self, spider: Spider) -> None:  # noqa: ARG002 - the signal's argument
        """Close the file."""
        if self._file is not None:
            self._file.close()


# They describe the transfer, not the body that is kept.
_HOP_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"})


def _headers(response: Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
