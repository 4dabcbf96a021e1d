"""The pages of a WARC archive: this program's own, Common Crawl's, or any other's.

Common Crawl's CC-NEWS has a gzip member a record: a warcinfo, then a request and a response for each page. Bodies
stand decoded; until May 2019 the headers say otherwise (github.com/commoncrawl/news-crawl/issues/30), which costs only
a failed attempt to decode. A page that the crawler cut off has WARC-Truncated.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataException
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from crawler.items import Article
from crawler.pages.addresses import describe
from crawler.pages.gzip_members import MAGIC, Stream, members
from crawler.pages.page import Page

MAX_PAGE: Final = 16 * 1024 * 1024
"""Bytes of a page beyond which it is not read; as DOWNLOAD_MAXSIZE."""
_MAX_HEADERS: Final = 1024 * 1024
_LOADER: Final = ArcWarcRecordLoader()
_HTTP: Final = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/2", "HTTP/3"], verify=True)
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_OK: Final = "200"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file, line or record that cannot be read: ``reason`` for the counts, ``detail`` for a person."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record that holds a page, or is too damaged to tell.

    ``offset`` is where it, or its gzip member, begins in the file; ``url`` is as the record states it; ``captured`` is
    aware UTC, None where only the damage is known.
    """

    offset: int
    url: str | None
    captured: dt.datetime | None
    content: Page | Unreadable


def records(stream: Stream) -> Iterator[Record]:
    """Yield every page of a WARC file, compressed or not, in order; what is damaged is yielded as Unreadable.

    Answers other than 200 and records of other kinds are passed over. Memory is bounded by one page.
    Raises OSError when the stream does.
    """
    first = stream.read(len(MAGIC))
    rest = _Rejoined(first, stream)
    yield from _compressed(rest) if first == MAGIC else _plain(rest)


def passed_over(page: Page) -> str | None:
    """Return why a page of an archive holds no article, as far as address and headers tell; None when it may."""
    if page.url and not describe(page.url).is_article:
        return "no-article"  # a listing
    media = (page.content_type or "").partition(";")[0].strip().lower()
    return "no-text" if media and media not in _PAGES else None


def read_page(page: Page) -> Article:
    """Return the article of a page, which may also be the plain text of a capture. Raises PageError."""
    from crawler.pages.reading import read_article  # noqa: PLC0415 - a poll of a site reads nothing
    from crawler.pages.records import read_text  # noqa: PLC0415

    if page.content_type == "text/plain":
        digest = hashlib.sha256(page.body).hexdigest()
        return read_text(page.body.decode("utf-8", "replace"), url=f"urn:sha256:{digest}")
    return read_article(page)


class _Rejoined:
    """A stream of which the first bytes have been looked at."""

    def __init__(self, first: bytes, stream: Stream) -> None:
        self._first = first
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        first, self._first = self._first[:size], self._first[size:]
        return first or self._stream.read(size)


def _compressed(stream: Stream) -> Iterator[Record]:
    for member in members(stream, MAX_PAGE + _MAX_HEADERS):
        if member.fault:
            detail = f"gzip member at byte {member.offset}"
            yield Record(member.offset, None, None, Unreadable(member.fault, detail))
        else:
            yield from _in_member(member.content, member.offset)


def _in_member(content: bytes, offset: int) -> Iterator[Record]:
    buffer = io.BytesIO(content)
    while rest := content[buffer.tell() :].lstrip(b"\r\n"):
        buffer.seek(len(content) - len(rest))
        try:
            loaded = _LOADER.parse_record_stream(buffer, no_record_parse=True)
        except (ArchiveLoadFailed, EOFError) as error:
            yield Record(offset, None, None, Unreadable("bad-warc-header", str(error)))
            return
        found = _record(loaded, offset)
        while loaded.raw_stream.read(MAX_PAGE):
            pass
        after = content[buffer.tell() :].lstrip(b"\r\n")
        if found and after and not after.startswith(b"WARC/"):
            wrong = Unreadable("wrong-length", f"{found.url}: the record is longer than its Content-Length")
            yield Record(offset, found.url, found.captured, wrong)
            return
        if found:
            yield found


def _plain(stream: Stream) -> Iterator[Record]:
    iterator = ArchiveIterator(stream, no_record_parse=True)
    try:
        for loaded in iterator:
            found = _record(loaded, iterator.offset)
            if found:
                yield found
    except (ArchiveLoadFailed, EOFError) as error:
        yield Record(iterator.offset, None, None, Unreadable("unreadable-file", f"no WARC: {error}"))


def _record(loaded: Any, offset: int) -> Record | None:  # what warcio loads
    if loaded.rec_type not in {"response", "resource"}:
        return None
    url = loaded.rec_headers.get_header("WARC-Target-URI") or ""
    captured = _moment(loaded.rec_headers.get_header("WARC-Date"))
    if captured is None or not url:
        missing = "WARC-Target-URI" if captured else "WARC-Date"
        return Record(offset, url or None, captured, Unreadable("bad-warc-header", f"no {missing}"))
    if not url.lower().startswith(("http:", "https:", "urn:")):
        return None  # an answer of the name service and the like
    content = _content(loaded, url)
    return Record(offset, url, captured, content) if content else None


def _moment(text: str | None) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _content(loaded: Any, url: str) -> Page | Unreadable | None:  # what warcio loads
    try:
        describe(url)
    except ValueError as error:
        return Unreadable("bad-address", str(error))
    headers = loaded.rec_headers
    if loaded.rec_type == "response":
        try:
            headers = loaded.http_headers = _HTTP.parse(loaded.raw_stream)
        except (StatusAndHeadersParserException, EOFError) as error:
            return Unreadable("bad-http-header", f"{url}: {error}"[:300])
        status = headers.get_statuscode()
        if status != _OK:
            return None if status.isdecimal() else Unreadable("bad-http-header", f"{url}: status {status!r}"[:300])
    if cut := loaded.rec_headers.get_header("WARC-Truncated"):
        return Unreadable("truncated-capture", f"{url}: cut off when it was fetched: {cut}")
    # a resource without an address of its own stands under the hash of its bytes
    return _page(loaded, None if url.startswith("urn:") else url, headers.get_header("Content-Type") or "")


def _page(loaded: Any, url: str | None, content_type: str) -> Page | Unreadable:  # what warcio loads
    stream = loaded.content_stream()
    try:
        body = stream.read(MAX_PAGE + 1)
    except ChunkedDataException as error:
        return Unreadable("bad-body", f"{url}: {error}"[:300])
    if len(body) > MAX_PAGE:
        return Unreadable("record-too-large", f"{url}: more than {MAX_PAGE // 2**20} MiB")
    if stream is loaded.raw_stream:
        missing = getattr(stream, "limit", 0)
        return (
            Unreadable("truncated-record", f"{url}: {missing} bytes are missing")
            if missing
            else Page(url, body, content_type)
        )
    inflater = getattr(stream, "decompressor", None)
    if inflater is not None and not getattr(inflater, "eof", True):
        return Unreadable("bad-body", f"{url}: its compressed body ends too early")
    return Page(url, body, content_type)
