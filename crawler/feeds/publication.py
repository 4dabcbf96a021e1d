"""The files a run leaves: the whole set, the changes, the schema, and the feeds asked for with ``-O`` and ``-o``."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from crawler.feeds.atomic import replacing, write_bytes
from crawler.feeds.extras import MissingExtraError
from crawler.feeds.record import line, schema, withdrawal
from crawler.items import Meeting
from crawler.store import Store

FEED: Final = "meetings.jsonl"
NOTE: Final = "publication.json"
"""File under DATA_DIR: of which state of the store the feed is."""


class UnsupportedFeedError(ValueError):
    """A feed whose format or place is not known; the message names what is."""


def publish_lines(path: Path, meetings: Iterable[Meeting | str]) -> int:
    """Replace ``path`` by the meetings, a line each; return how many. On an exception ``path`` stays as it was.

    They may come as records that the store keeps.
    """
    written = 0
    with replacing(path) as file:
        for meeting in meetings:
            file.write(line(meeting))
            written += 1
    return written


def publish_withdrawals(path: Path, withdrawn: Iterable[tuple[str, int]]) -> int:
    """Replace ``path`` by a line for each meeting that is no more (id, last revision); return how many."""
    lines = [withdrawal(id_, revision) for id_, revision in withdrawn]
    write_bytes(path, b"".join(lines))
    return len(lines)


def publish_meetings(data_dir: Path, store: Store) -> bool:
    """Make ``meetings.jsonl`` the whole set of the store; return False where it was that already.

    It is left alone when the store, the schema and the file are what the note of the last publication says. The note
    is written last, so that a kill in between only makes the next run write the feed again. Raises OSError,
    SQLAlchemyError and InvalidRecordError; the feed is then as it was.
    """
    feed, note = data_dir / FEED, data_dir / NOTE
    state = store.state()
    if state is not None and _read_note(note) == _note(state, feed):
        return False
    publish_lines(feed, store.records())
    write_bytes(note, orjson.dumps(_note(state, feed), option=orjson.OPT_APPEND_NEWLINE))
    return True


def _note(state: str | None, feed: Path) -> dict[str, Any] | None:
    try:
        file = feed.stat()
    except FileNotFoundError:
        return None
    digest = hashlib.sha256(schema()).hexdigest()
    return {"state": state, "schema": digest, "bytes": file.st_size, "written_ns": file.st_mtime_ns}


def _read_note(path: Path) -> object:
    try:
        return orjson.loads(path.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}


def publish_schema(data_dir: Path) -> None:
    """Put the JSON Schema beside the feed."""
    write_bytes(data_dir / "meetings.schema.json", schema())


def check_feeds(settings: BaseSettings) -> None:
    """Check FEEDS and DELIVERIES before anything is crawled. Raises UnsupportedFeedError."""
    if settings.getlist("DELIVERIES"):
        _check_deliveries(settings)
    exporters = settings.getwithbase("FEED_EXPORTERS")
    for uri, options in settings.getdict("FEEDS").items():
        if options["format"] not in exporters:
            raise UnsupportedFeedError(
                f"feed {uri}: unknown format {options['format']!r}; known are {', '.join(sorted(exporters))}"
            )
        if _local_path(str(uri)) is None and str(uri) != "stdout:":
            raise UnsupportedFeedError(f"feed {uri}: only local files and - (stdout) can be written")


def _check_deliveries(settings: BaseSettings) -> None:
    from crawler.feeds.delivery import destinations  # noqa: PLC0415 - many formats, asked for by few
    from crawler.feeds.destinations import DestinationError  # noqa: PLC0415

    try:
        destinations(settings)
    except (DestinationError, MissingExtraError) as error:
        raise UnsupportedFeedError(f"DELIVERIES: {error}") from None


def publish_feeds(settings: BaseSettings, meetings: Iterable[Meeting], names: Mapping[str, str]) -> None:
    """Write the meetings to every feed of FEEDS, through the Scrapy exporter of its format.

    ``names`` fills ``%(name)s`` and ``%(time)s`` of a feed's address. Files are replaced or grow whole: with
    ``overwrite`` the meetings take the old content's place, without it they follow it.
    """
    feeds = settings.getdict("FEEDS")
    if not feeds:
        return
    chosen = list(meetings)
    for uri, options in feeds.items():
        exporter_class = load_object(settings.getwithbase("FEED_EXPORTERS")[options["format"]])
        path = _local_path(str(uri) % names if "%(" in str(uri) else str(uri))
        if path is None:
            _export(exporter_class, sys.stdout.buffer, chosen, settings)
            sys.stdout.buffer.flush()
            continue
        with replacing(path) as file:
            if not options.get("overwrite", False) and path.is_file():
                with path.open("rb") as old:
                    shutil.copyfileobj(old, file)
            _export(exporter_class, file, chosen, settings)


def _export(exporter_class: Any, file: BinaryIO, meetings: list[Meeting], settings: BaseSettings) -> None:
    exporter = exporter_class(file, encoding=settings["FEED_EXPORT_ENCODING"])
    exporter.start_exporting()
    for meeting in meetings:
        exporter.export_item(meeting)
    exporter.finish_exporting()


def _local_path(uri: str) -> Path | None:
    if uri.startswith("file://"):
        return Path(uri.removeprefix("file://"))
    return None if ":" in uri else Path(uri)
