"""Pages that cannot be trusted: their bytes, address and reason, each page a one-record WARC under ``quarantine``.

``scrapy health --quarantine`` lists them and ``scrapy crawl archive -a path=DATA_DIR/quarantine`` reads them again. A
page has one file, whatever number of runs meets it.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.feeds.atomic import write_bytes
from crawler.pages import Page, PageError
from crawler.pages.addresses import describe

FOLDER: Final = "quarantine"
_SUFFIX: Final = ".warc.gz"
# The standard lets a record have fields of one's own; readers that do not know them pass them over.
_REASON: Final = "X-Quarantine-Reason"
_DETAIL: Final = "X-Quarantine-Detail"
_RUN: Final = "X-Quarantine-Run"
_DIGEST: Final = "WARC-Payload-Digest"
_DETAIL_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class QuarantinedPage:
    """A page in quarantine; ``url`` may be the URN of its bytes, ``since`` is aware UTC."""

    path: Path
    url: str
    reason: str
    detail: str
    run: str
    since: datetime

    @property
    def source(self) -> str:
        """The source the address belongs to, ``archive`` for any other."""
        return describe(self.url).source or "archive"


def keep(data_dir: Path, page: Page, error: PageError, run: str, now: datetime) -> Path:
    """Keep a page and return its file. Bytes that are there already, for the same reason, are left with their time.

    ``now`` is aware. Raises OSError when the file cannot be written.
    """
    url = page.url or page.urn
    name = page_name(url)
    path = data_dir / FOLDER / f"{re.sub('[^a-z-]', '', error.reason)}-{name}{_SUFFIX}"
    record = _record(url, page, error, run, now)
    if (known := _headers(path)) and known.get(_DIGEST) == record.rec_headers.get_header(_DIGEST):
        return path
    packed = io.BytesIO()
    WARCWriter(packed, gzip=True).write_record(record)
    write_bytes(path, packed.getvalue())
    for other in files(data_dir, name):
        if other != path:
            other.unlink(missing_ok=True)  # the page was here for another reason
    return path


def page_name(url: str) -> str:
    """Return what the names of all files of a page have in common, however its address is written."""
    return hashlib.sha256(describe(url).key.encode()).hexdigest()[:16]


def files(data_dir: Path, name: str = "*") -> list[Path]:
    """Return the files in quarantine, or those of one page, sorted."""
    return sorted((data_dir / FOLDER).glob(f"*-{name}{_SUFFIX}"))


def listed(data_dir: Path) -> list[QuarantinedPage]:
    """Return every page in quarantine, the oldest first; a file that is no record of ours is left out."""
    found = []
    for path in files(data_dir):
        headers = _headers(path)
        if headers is None or _REASON not in headers:
            continue
        since = datetime.fromisoformat(headers["WARC-Date"]).astimezone(UTC)
        url, reason = headers["WARC-Target-URI"], headers[_REASON]
        found.append(QuarantinedPage(path, url, reason, headers.get(_DETAIL, ""), headers.get(_RUN, ""), since))
    return sorted(found, key=lambda page: (page.since, page.path))


def _record(url: str, page: Page, error: PageError, run: str, now: datetime) -> Any:
    detail = " ".join("".join(char if char.isprintable() else " " for char in error.detail).split())
    headers = {
        "WARC-Date": now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        _REASON: error.reason,
        _DETAIL: detail[:_DETAIL_LENGTH],
        _RUN: run,
    }
    content_type = page.content_type or "text/html"
    writer = WARCWriter(io.BytesIO(), gzip=True)
    payload, length = io.BytesIO(page.body), len(page.body)
    if page.url is None:  # the standard's form of what did not come over HTTP
        return writer.create_warc_record(
            url, "resource", payload=payload, length=length, warc_content_type=content_type, warc_headers_dict=headers
        )
    http = StatusAndHeaders("200 OK", [("Content-Type", content_type)], protocol="HTTP/1.1")
    return writer.create_warc_record(
        url, "response", payload=payload, length=length, http_headers=http, warc_headers_dict=headers
    )


def _headers(path: Path) -> dict[str, str] | None:
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                return dict(record.rec_headers.headers)
    except (OSError, ArchiveLoadFailed):
        return None
    return None
