"""Deliveries: destinations that get the whole set at the end of every run that changed something (DELIVERIES)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import orjson
from filelock import FileLock
from scrapy.settings import BaseSettings

from crawler.feeds.atomic import write_bytes
from crawler.feeds.destinations import Destination, DestinationError, UnwritableError, destination
from crawler.feeds.extras import MissingExtraError
from crawler.items import Meeting

NOTES: Final = "deliveries.json"
"""File under DATA_DIR: which destinations have the newest state."""


def destinations(settings: BaseSettings) -> dict[str, Destination]:
    """Return the destinations of DELIVERIES by what the setting calls them; relative files stand under DATA_DIR.

    Raises DestinationError and MissingExtraError.
    """
    folder = Path(settings["DATA_DIR"])
    return {text: destination(text, settings, folder=folder) for text in settings.getlist("DELIVERIES")}


def deliver(
    settings: BaseSettings,
    meetings: Callable[[], Iterable[Meeting]],
    *,
    changed: bool,
    records: Callable[[], Iterable[str]] | None = None,
    withdrawn: Callable[[], Iterable[tuple[str, int]]] = tuple,
) -> list[str]:
    """Export the whole set to every destination of DELIVERIES that lacks it; return a sentence a fault.

    All of them lack it when the run ``changed`` something; those that failed or were not reached by an earlier run,
    and new ones, lack it anyway. ``meetings`` gives the whole set anew each time, ``records`` the same as the store
    keeps it, for destinations that take that, ``withdrawn`` the meetings that are no more. A fault of one destination
    touches neither the others nor the store; it is tried again with the next run. Raises OSError when DATA_DIR is not
    writable.
    """
    try:
        wanted = destinations(settings)
    except (DestinationError, MissingExtraError) as error:
        return [str(error)]
    if not wanted:
        return []
    folder = Path(settings["DATA_DIR"])
    (folder / "locks").mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "locks" / "deliveries.lock"):  # runs of other sources deliver too
        notes = _Notes(folder / NOTES, wanted)
        if changed:
            notes.forget()
        faults = []
        for text, place in wanted.items():
            if notes.has(text):
                continue
            try:
                place.deliver(records() if records and place.takes_records else meetings(), withdrawn())
            except (UnwritableError, MissingExtraError) as error:
                faults.append(str(error))
            else:
                notes.add(text)
        return faults


class _Notes:
    """The destinations that have the newest state, noted by the hash of their address, which may hold a password.

    They are forgotten before the first is written: a kill in between makes the next run deliver again.
    """

    def __init__(self, path: Path, wanted: Iterable[str]) -> None:
        self._path = path
        self._wanted = {self._key(text) for text in wanted}
        self._done = self._read() & self._wanted

    @staticmethod
    def _key(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    def _read(self) -> set[str]:
        try:
            return set(orjson.loads(self._path.read_bytes()))
        except (FileNotFoundError, orjson.JSONDecodeError):
            return set()

    def has(self, text: str) -> bool:
        return self._key(text) in self._done

    def add(self, text: str) -> None:
        self._done.add(self._key(text))
        self._write()

    def forget(self) -> None:
        self._done.clear()
        self._write()

    def _write(self) -> None:
        write_bytes(self._path, orjson.dumps(sorted(self._done), option=orjson.OPT_APPEND_NEWLINE))
