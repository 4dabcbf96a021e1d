"""A run: one process, one or several sources, one store, one folder under ``DATA_DIR/runs``.

Everything the sources of a process share hangs here: the store, the meetings touched, the outcome of each source.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.feeds.atomic import write_bytes
from crawler.meetings.overrides import Overrides
from crawler.pages import Page, PageError
from crawler.pages.addresses import SourceName
from crawler.store import Store

if TYPE_CHECKING:
    from crawler.extensions.verdict import Outcome

_RUNS: Final[WeakKeyDictionary[Crawler, Run]] = WeakKeyDictionary()
_SUFFIXES: Final = {"html": ".html", "xml": ".xml", "json": ".json", "plain": ".txt"}


class Run:
    """One run of the program.

    ``id`` is its start in UTC and its sources (``20260206T121900Z-report-menafn``); it names the folder and changes.
    Raises OSError when the folder cannot be made, and what Store.open and Overrides.load raise.
    """

    def __init__(self, sources: Iterable[str], settings: BaseSettings, *, now: datetime | None = None) -> None:
        self.sources: Final = tuple(sources)
        self.started: Final = now or datetime.now(UTC)
        self.data_dir: Final = Path(settings["DATA_DIR"])
        self.id: Final = self._unused_id()
        self.folder: Final = self.data_dir / "runs" / self.id
        self.folder.mkdir(parents=True)
        self.overrides_path: Final = self.data_dir / "overrides.toml"
        self._overlap: Final = timedelta(days=settings.getint("OVERLAP_DAYS"))
        self.store: Final = Store.open(store_url(settings), Overrides.load(self.overrides_path))
        self.store.begin_run(self.id, self.sources, self.started)
        self.touched: Final[dict[str, None]] = {}
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
        newest = self.store.newest_published(source)
        return newest - self._overlap if newest else None

    def touch(self, meeting_ids: Iterable[str]) -> None:
        """Remember meetings that an article read in this run belongs to."""
        self.touched.update(dict.fromkeys(meeting_ids))

    def quarantine(self, page: Page, error: PageError) -> None:
        """Keep the bytes of a page that cannot be trusted, and why, for a later parser."""
        kind = next((suffix for word, suffix in _SUFFIXES.items() if word in (page.content_type or "")), ".html")
        digest = hashlib.sha256(page.body).hexdigest()
        path = self.data_dir / "quarantine" / f"{re.sub('[^a-z-]', '', error.reason)}-{digest[:16]}{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, page.body)
        self.store.quarantine(
            page.url or f"urn:sha256:{digest}",
            run=self.id,
            reason=error.reason,
            detail=error.detail,
            path=str(path.relative_to(self.data_dir)),
            now=datetime.now(UTC),
        )


def store_url(settings: BaseSettings) -> str:
    """Return STORE_URL, by default a SQLite file under DATA_DIR."""
    return settings["STORE_URL"] or f"sqlite:///{Path(settings['DATA_DIR']) / 'crawler.db'}"
