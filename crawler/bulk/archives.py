"""One archive to a part: what its pages say of meetings, and what in it could not be read."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import orjson
import pyarrow as pa  # type: ignore[import-untyped]  # it publishes no types
from pyarrow.parquet import ParquetWriter  # type: ignore[import-untyped]  # as above

import crawler
from crawler.bulk.places import identities, reading, writing
from crawler.mentions import read_mentions
from crawler.pages import Page, PageError
from crawler.pages.archives import Record, Unreadable, passed_over, read_page, records
from crawler.pages.gzip_members import Stream
from crawler.store.content import record_content
from crawler.store.encoding import digest, encode

READINGS: Final = pa.schema(
    [
        ("url", pa.string()),
        ("file", pa.string()),
        ("number", pa.int64()),
        ("captured", pa.string()),
        ("content", pa.string()),
        ("article", pa.string()),
        ("mentions", pa.string()),
    ]
)
"""A row an article, the ``number``-th of its file; ``content`` is the digest of what it adds to records.

``article`` and ``mentions`` are JSON, null for an article of no meeting: that it was read counts, because a later
reading replaces an earlier one, and what it says does not.
"""
FAULTS: Final = pa.schema(
    [
        ("file", pa.string()),
        ("offset", pa.int64()),
        ("url", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
    ]
)
"""A row a record that could not be read."""

DONE: Final = "done"
"""The folder of the markers, one for each archive that was read to its end."""
_ROWS_AT_ONCE: Final = 500
_ATTEMPTS: Final = 3
_DETAIL: Final = 300
_NO_FAULT: Final = frozenset({"unsupported-language", "not-an-article", "provider-not-accepted"})
"""What a page is, and not what is wrong with it; only counted."""
_READ_BY: Final = ("items.py", "bulk/archives.py", "knowledge", "language", "mentions", "pages")


@dataclass(frozen=True, slots=True)
class Part:
    """Where the reading of one archive stands. The marker is written last: without it the part is not there."""

    archive: str
    readings: str
    faults: str
    marker: str

    @classmethod
    def of(cls, archives: Sequence[str], folder: str) -> list[Part]:
        """Return the part of each archive as it is now, read by the program as it is now.

        Raises FileNotFoundError when an archive is not there.
        """
        parts = []
        for archive, identity in zip(archives, identities(archives), strict=True):
            name = hashlib.sha256(f"{identity} {program()}".encode()).hexdigest()[:32]
            readings, faults = f"{folder}/readings/{name}.parquet", f"{folder}/faults/{name}.parquet"
            parts.append(cls(archive, readings, faults, f"{folder}/{DONE}/{name}.json"))
        return parts

    def counts(self) -> dict[str, int]:
        """Return what was counted when it was read."""
        with reading(self.marker) as stream:
            counted: dict[str, int] = orjson.loads(stream.read(1 << 24))["counts"]
        return counted


@cache
def program() -> str:
    """Return a hash of all code and tables on which the reading of a page depends."""
    root = Path(crawler.__file__).parent
    files = sorted(
        file
        for name in _READ_BY
        for file in ((root / name).rglob("*") if (root / name).is_dir() else (root / name,))
        if file.suffix in {".py", ".toml"}
    )
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def read_archive(part: Part, hosts: frozenset[str] = frozenset()) -> Mapping[str, int]:
    """Read an archive into its part and return what was counted; with ``hosts`` only their pages.

    An archive that cannot be fetched is asked for three times, then counted as ``archive/unread`` without a marker, so
    that the next run tries again.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _read_archive(part, hosts)
        except OSError:
            if attempt < _ATTEMPTS:
                time.sleep(4**attempt / 4)
    return {"archive/unread": 1}


def _read_archive(part: Part, hosts: frozenset[str]) -> Mapping[str, int]:
    with ExitStack() as stack:
        stream = stack.enter_context(reading(part.archive))
        readings = stack.enter_context(_rows(part.readings, READINGS))
        faults = stack.enter_context(_rows(part.faults, FAULTS))
        counts = read_stream(stream, part.archive, hosts, readings, faults)
    with writing(part.marker) as marker:
        marker.write(orjson.dumps({"archive": part.archive, "counts": counts}))
    return counts


@contextmanager
def _rows(place: str, columns: Any) -> Iterator[_Rows]:  # pyarrow is untyped
    with writing(place) as file, ParquetWriter(file, columns, compression="zstd") as writer:
        rows = _Rows(writer)
        yield rows
        rows.flush()


class _Rows:
    """Rows on their way into a Parquet file; few are held at once."""

    def __init__(self, writer: Any) -> None:  # pyarrow is untyped
        self._writer = writer
        self._rows: list[dict[str, Any]] = []

    def append(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        if len(self._rows) >= _ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._writer.schema))
            self._rows.clear()


def read_stream(stream: Stream, archive: str, hosts: frozenset[str], readings: Any, faults: Any) -> dict[str, int]:
    """Read every record of a WARC stream; rows go to ``readings`` and ``faults``, counts are returned."""
    counts: Counter[str] = Counter({"archive/read": 1})
    for record in records(stream):
        row, fault = _read(record, hosts, counts)
        if row:
            readings.append({"file": archive, "number": counts["article"], **row})
        if fault:
            reason, detail = fault
            counts[f"fault/{reason}"] += 1
            shown = "".join(filter(str.isprintable, detail))[:_DETAIL]
            place = {"file": archive, "offset": record.offset, "url": record.url}
            faults.append({**place, "reason": reason, "detail": shown})
    return dict(sorted(counts.items()))


def _read(
    record: Record, hosts: frozenset[str], counts: Counter[str]
) -> tuple[dict[str, Any] | None, tuple[str, str] | None]:
    page = record.content
    if isinstance(page, Unreadable):
        return None, (page.reason, page.detail)
    counts["page"] += 1
    if hosts and not _is_of(page, hosts):
        counts["passed-over/other-host"] += 1
        return None, None
    try:
        if reason := passed_over(page):
            counts[f"passed-over/{reason}"] += 1
            return None, None
        return _row(page, record, counts), None
    except PageError as error:
        counts[f"refused/{error.reason}"] += 1
        return None, None if error.reason in _NO_FAULT else (error.reason, error.detail)
    except Exception as error:  # noqa: BLE001 - no page of a billion ends the job: it is named, and the exit code tells
        return None, ("program-error", f"{type(error).__name__}: {error}")


def _row(page: Page, record: Record, counts: Counter[str]) -> dict[str, Any]:
    article = read_page(page)
    found = read_mentions(article)
    counts["article"] += 1
    counts["mention"] += len(found.mentions)
    assert record.captured is not None  # a page has its moment
    return {
        "url": article.url,
        "captured": record.captured.isoformat(),
        "content": digest(record_content(article, found.mentions, found.dropped)),
        "article": encode(article) if found.mentions else None,
        "mentions": encode(found.mentions) if found.mentions else None,
    }


def _is_of(page: Page, hosts: frozenset[str]) -> bool:
    host = (urlsplit(page.url).hostname or "").lower() if page.url else ""
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def in_order(archives: Sequence[str]) -> Iterator[str]:
    """Return archives in the order in which ``scrapy crawl archive`` reads them, each once."""
    return iter(sorted(set(archives), key=order))


def order(archive: str) -> str:
    """Return the sort key of an archive: its folders, then its name, as paths are sorted."""
    return archive.replace("/", "\0")
