"""The files a run leaves: the whole set, the changes, the schema."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from crawler.feeds.atomic import replacing, write_bytes
from crawler.feeds.record import line, schema, withdrawal
from crawler.items import Meeting
from crawler.store import Store

FEED: Final = "meetings.jsonl"
NOTE: Final = "publication.json"
"""File under DATA_DIR: of which state of the store the feed is."""


class LostStoreError(Exception):
    """A store that is empty although its meetings were published: it was lost, or is not the one that was meant."""


def check_store(data_dir: Path, store: Store) -> None:
    """Raise LostStoreError when an empty store would empty what DATA_DIR has published."""
    if not store.is_empty():
        return
    feed, note = data_dir / FEED, data_dir / NOTE
    published = next((path for path in (feed, note) if path.is_file() and path.stat().st_size), None)
    if published == note and not _read_note(note).get("bytes"):
        return
    if published:
        raise LostStoreError(
            f"{store.address} is empty, but {published} tells of meetings that were published: name their store with "
            f"-s STORE_URL=, or bring it back from a backup; to begin anew, move {FEED} and {NOTE} away"
        )


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


def publish_changes(data_dir: Path, run: str, changed: Iterable[Meeting], withdrawn: Iterable[tuple[str, int]]) -> bool:
    """Leave what a run changed in ``changes/<run>.jsonl`` and what it ended in ``withdrawn/<run>.jsonl``.

    ``withdrawn`` are the meetings that are no more, with their last revision. A file without a line is not written, so
    that polls with nothing new leave none. Returns whether there was anything.
    """
    told = _publish_any(data_dir / "changes" / f"{run}.jsonl", map(line, changed))
    ended = _publish_any(data_dir / "withdrawn" / f"{run}.jsonl", (withdrawal(*one) for one in withdrawn))
    return told or ended


def _publish_any(path: Path, lines: Iterator[bytes]) -> bool:
    first = next(lines, None)
    if first is None:
        return False
    with replacing(path) as file:
        file.write(first)
        file.writelines(lines)
    return True


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


def _read_note(path: Path) -> dict[str, Any]:
    try:
        note = orjson.loads(path.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}
    return note if isinstance(note, dict) else {}


def publish_schema(data_dir: Path) -> None:
    """Put the JSON Schema beside the feed."""
    write_bytes(data_dir / "meetings.schema.json", schema())
