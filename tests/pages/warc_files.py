"""WARC records as this program and as Common Crawl's news crawler write them, a gzip member each; and wrong ones."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid

OWN, CC_NEWS = "own", "cc-news"
DATE = "2026-02-06T08:20:00Z"


def block(headers: list[tuple[str, str]], content: bytes) -> bytes:
    """One record, compressed; the headers are written as they are given."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return gzip.compress(b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + content + b"\r\n\r\n", mtime=0)


def warcinfo() -> bytes:
    content = b"software: StormCrawler 3.6.0 https://stormcrawler.apache.org/\r\nformat: WARC File Format 1.0\r\n"
    headers = [("WARC-Type", "warcinfo"), ("WARC-Date", DATE), ("WARC-Record-ID", name())]
    return block(
        [*headers, ("Content-Length", str(len(content))), ("Content-Type", "application/warc-fields")], content
    )


def response(
    url: str,
    body: bytes,
    *,
    layout: str = OWN,
    date: str = DATE,
    status: str = "200 OK",
    protocol: str = "HTTP/1.1",
    media: str = "text/html; charset=utf-8",
    headers: list[tuple[str, str]] | None = None,
    warc: list[tuple[str, str]] | None = None,
    length: int | None = None,
) -> bytes:
    """A page: the record of the response, and in CC-NEWS the request before it. ``length`` may lie."""
    http = [("Content-Type", media), *(headers or [])]
    if layout == CC_NEWS:
        http += [("X-Crawler-Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
    content = f"{protocol} {status}\r\n".encode() + b"".join(f"{n}: {v}\r\n".encode() for n, v in http) + b"\r\n" + body
    own = dict(warc or [])
    record = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", name()),
        ("WARC-Date", own.pop("WARC-Date", date)),
        ("WARC-Target-URI", url),
        ("WARC-Payload-Digest", sha1(body)),
        ("Content-Type", "application/http; msgtype=response"),
        ("Content-Length", str(len(content) if length is None else length)),
        *own.items(),
    ]
    before = b""
    if layout == CC_NEWS:
        record += [("WARC-IP-Address", "192.0.2.1"), ("WARC-Block-Digest", sha1(content))]
        asked = b"GET / HTTP/1.1\r\nUser-Agent: CCBot/2.0 (https://commoncrawl.org/faq/)\r\n\r\n"
        request = [("WARC-Type", "request"), ("WARC-Record-ID", name()), ("WARC-Date", date), ("WARC-Target-URI", url)]
        kind = ("Content-Type", "application/http; msgtype=request")
        before = block([*request, kind, ("Content-Length", str(len(asked)))], asked)
    return before + block(record, content)


def sha1(content: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(content).digest()).decode()


def name() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"
