"""A run: one process, one or several sources, one store, one folder under ``DATA_DIR/runs``.

Everything the sources of a process share hangs here: the store, the meetings touched, the outcome of each source.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.feeds.atomic import write_bytes
from crawler.items import Meeting
from crawler.meetings.overrides import read_overrides
from crawler.pages import Page, PageError
from crawler.pages.addresses import OUTLETS, SourceName
from crawler.store import Store

if TYPE_CHECKING:
    from crawler.extensions.verdict import Outcome

_RUNS: Final[WeakKeyDictionary[Crawler, Run]] = WeakKeyDictionary()
_SUFFIXES: Final = {"html": ".html", "xml": ".xml", "json": ".json", "plain": ".txt"}


class Run:
    """One run of the program.

    ``id`` is its start in UTC and its sources (``20260206T121900Z-report-menafn``); it names the folder and changes.
    Raises OSError when the folder cannot be made, and what Store.open and read_overrides raise.
    """

    def __init__(self, sources: Iterable[str], settings: BaseSettings, *, now: datetime | None = None) -> None:
        self.sources: Final = tuple(sources)
        self.started: Final = now or datetime.now(UTC)
        self.data_dir: Final = Path(settings["DATA_DIR"])
        self.id: Final = self._unused_id()
        self.folder: Final = self.data_dir / "runs" / self.id
        self.folder.mkdir(parents=True)
        self._overlap: Final = timedelta(days=settings.getint("OVERLAP_DAYS"))
        self.store: Final = Store.open(store_url(settings), read_overrides(self.data_dir / "overrides.toml"))
        # A run of these sources that never ended was killed: its changes are published with this one's.
        self._killed: Final = [
            run.run for source in self.sources for run in self.store.runs(source) if run.finished is None
        ]
        for source in self.sources:
            self.store.begin_run(self._row(source), source, now=self.started)
        self.outcomes: Final[dict[str, Outcome]] = {}

    def _unused_id(self) -> str:
        name = f"{self.started:%Y%m%dT%H%M%SZ}-{'-'.join(self.sources)}"
        taken = {path.name for path in (self.data_dir / "runs").glob(f"{name}*")}
        return name if name not in taken else f"{name}-{len(taken) + 1}"

    @classmethod
    def of(cls, crawler: Crawler) -> Run:
        """Return the run a crawler belongs to; a crawler started without the crawl command gets one of its own."""
        if crawler not in _RUNS:
            assert crawler.spider is not None
            _RUNS[crawler] = cls([crawler.spider.name], crawler.settings)
        return _RUNS[crawler]

    def admit(self, crawler: Crawler) -> None:
        """Make a crawler part of this run; call it before the crawl starts."""
        _RUNS[crawler] = self

    def floor(self, source: SourceName) -> date | None:
        """Return the day from which listings of a source are read: the overlap before its newest known article.

        None when the source has never had a good run, so that everything its listings offer is read.
        """
        if not any(run.verdict == "done" for run in self.store.runs(source)):
            return None
        newest = self.store.newest(OUTLETS[source])
        return datetime.fromisoformat(newest).date() - self._overlap if newest else None

    def changes(self) -> Iterator[Meeting]:
        """Yield every meeting this run changed, and those of earlier runs that were killed before they published."""
        yielded: set[str] = set()
        for run in (self.id, *(row.rsplit("/", 1)[0] for row in self._killed)):
            for meeting in self.store.changed_in(run):
                if meeting.id not in yielded:
                    yielded.add(meeting.id)
                    yield meeting

    def touched(self) -> Iterator[Meeting]:
        """Yield every meeting that an article read in this run belongs to, in its present state."""
        yield from self.store.changed_in(self.id, touched=True)

    def finish(self, ended: datetime) -> None:
        """Note how each source ended, once everything is published."""
        for source, outcome in self.outcomes.items():
            verdict = outcome.verdict.name.lower()
            self.store.finish_run(self._row(source), verdict=verdict, counts=outcome.counts, now=ended)
        for row in self._killed:
            self.store.finish_run(row, verdict="killed", counts={}, now=ended)

    def _row(self, source: str) -> str:
        return f"{self.id}/{source}"

    def quarantine(self, page: Page, error: PageError) -> None:
        """Keep the bytes of a page that cannot be trusted, and why, for a later parser."""
        kind = next((suffix for word, suffix in _SUFFIXES.items() if word in (page.content_type or "")), ".html")
        digest = hashlib.sha256(page.body).hexdigest()
        path = self.data_dir / "quarantine" / f"{re.sub('[^a-z-]', '', error.reason)}-{digest[:16]}{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, page.body)
        self.store.quarantine(
            page.url or page.urn,
            error.reason,
            f"{error.detail} [{path.relative_to(self.data_dir)}]".lstrip(),
            run=self.id,
            now=datetime.now(UTC),
        )


def store_url(settings: BaseSettings) -> str:
    """Return STORE_URL, by default a SQLite file under DATA_DIR."""
    return settings["STORE_URL"] or f"sqlite:///{Path(settings['DATA_DIR']) / 'crawler.db'}"
