"""A run: one process, one or several sources, one store, one folder under ``DATA_DIR/runs``.

Everything the sources of a process share hangs here: the store, the meetings touched, the outcome of each source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings
from scrapy.utils.conf import closest_scrapy_cfg
from sqlalchemy import URL, make_url, select
from sqlalchemy.exc import ArgumentError

from crawler.extensions.history import manifests
from crawler.extensions.quarantine import keep
from crawler.extensions.setting_names import SettingError
from crawler.feeds.publication import check_store
from crawler.items import Lang, Meeting
from crawler.meetings.overrides import read_overrides
from crawler.pages import Page, PageError
from crawler.pages.addresses import OUTLETS, SourceName, describe
from crawler.store import Recorded, Store
from crawler.store.database import Database
from crawler.store.schema import ARTICLES

if TYPE_CHECKING:
    from crawler.extensions.verdict import Outcome

_RUNS: Final[WeakKeyDictionary[Crawler, Run]] = WeakKeyDictionary()
_LIVE: Final = "news of the live sites"
_REPLICA: Final = "invented stories of the replica"
_POLL: Final = "poll/"  # begins the counts that mark the languages in which a run has asked for everything new


@dataclass(frozen=True, slots=True)
class Known:
    """An article of the store: when it was published and when it was first read, both aware."""

    url: str
    published: datetime
    first_seen: datetime


class Run:
    """One run of the program.

    ``id`` is its start in UTC and its sources (``20260206T121900Z-report-menafn``); it names the folder and changes.
    Raises OSError when the folder cannot be made, and what Store.open, check_store and read_overrides raise.
    """

    def __init__(self, sources: Iterable[str], settings: BaseSettings, *, now: datetime | None = None) -> None:
        self.sources: Final = tuple(sources)
        self.started: Final = now or datetime.now(UTC)
        self.data_dir: Final = data_dir(settings)
        self._overlap: Final = timedelta(days=settings.getint("OVERLAP_DAYS"))
        self.store: Final = Store.open(
            store_url(settings),
            read_overrides(self.data_dir / "overrides.toml"),
            wait=settings.getfloat("STORE_WAIT"),
        )
        check_store(self.data_dir, self.store)
        self._check_world(replica=bool(settings["REPLICA_URL"]))
        self.id: Final = self._unused_id()
        self.folder: Final = self.data_dir / "runs" / self.id
        self.folder.mkdir(parents=True)
        # A run of these sources that never ended was killed: its changes are published with this one's.
        self._killed: Final = [
            run.run for source in self.sources for run in self.store.runs(source) if run.finished is None
        ]
        for source in self.sources:
            self.store.begin_run(self._row(source), source, now=self.started)
        self.store.adopt_decided(self.id)  # once the run is known: if it is killed, the next one tells them
        self.outcomes: Final[dict[str, Outcome]] = {}
        self.meeting_ids: Final[set[str]] = set()  # of the meetings that the articles read so far report
        self._created: Final[set[str]] = set()
        self._written: Final[dict[str, set[str]]] = {}
        self.holds: Callable[[str], bool] = lambda _source: True
        """Tells whether the lock of a source is still this run's; the crawl command knows."""
        self._url: Final = store_url(settings)
        self._polls: Final[dict[str, tuple[Lang, ...]]] = {}
        self._listings: Final[dict[str, dict[str, tuple[str | None, str | None]]]] = {}

    def _check_world(self, *, replica: bool) -> None:
        """Keep invented stories and those of the live sites apart; files of an archive may be of either.

        Raises SettingError when the store or the folder holds what the run would not add to.
        """
        if not any(source in OUTLETS for source in self.sources):
            return
        wanted, other = (_REPLICA, _LIVE) if replica else (_LIVE, _REPLICA)
        in_store = self.store.holds()
        held = {in_store, self._held_by_folder()} - {None}
        if not held and any(self.store.newest(outlet) for outlet in OUTLETS.values()):
            held = {_LIVE}  # read from files, as nobody keeps pages of a replica
        if other in held:
            raise SettingError(
                f"{self.data_dir} or its store holds {other}, which is never mixed with {wanted}: name another folder, "
                f"as in -s DATA_DIR=data/{'replica' if replica else 'live'}"
            )
        if in_store is None:
            self.store.mark(wanted)

    def _held_by_folder(self) -> str | None:
        for manifest in manifests(self.data_dir):
            if not OUTLETS.keys().isdisjoint(manifest.get("sources", ())):
                return _REPLICA if manifest.get("settings", {}).get("REPLICA_URL") else _LIVE
        return None

    def _unused_id(self) -> str:
        name = f"{self.started:%Y%m%dT%H%M%SZ}-{'-'.join(self.sources)}"
        # A restored store knows runs whose folders were not restored with it.
        taken = {path.name for path in (self.data_dir / "runs").glob(f"{name}*")}
        taken |= {known for run in self.store.runs() if (known := run.run.rpartition("/")[0]).startswith(name)}
        return name if name not in taken else f"{name}-{len(taken) + 1}"

    @classmethod
    def of(cls, crawler: Crawler) -> Run:
        """Return the run a crawler belongs to.

        Raises NotConfigured when it belongs to none, as in the shell: Scrapy leaves out a component that asks for it
        when it is made.
        """
        if crawler not in _RUNS:
            raise NotConfigured
        return _RUNS[crawler]

    @classmethod
    def is_known(cls, crawler: Crawler) -> bool:
        """Tell whether a crawler belongs to a run."""
        return crawler in _RUNS

    def admit(self, crawler: Crawler) -> None:
        """Make a crawler part of this run; call it before the crawl starts."""
        _RUNS[crawler] = self

    def last_poll(self, source: SourceName, langs: Iterable[Lang], *, good: bool = True) -> datetime | None:
        """Return when the last poll of a source in these languages began, None when there was none.

        A poll has asked for everything new to the end; a backfill or a list of addresses is none. ``good``: only one
        whose verdict was done, so that everything it asked for is stored.
        """
        marks = {_POLL + lang for lang in langs}
        for run in self.store.runs(source):
            if marks <= run.counts.keys() and (run.verdict == "done" or not good):
                return datetime.fromisoformat(run.started)
        return None

    def floor(self, source: SourceName, langs: Iterable[Lang]) -> date | None:
        """Return the day from which listings of a source are read in these languages.

        The overlap before the last good poll, or before the newest known article if that is older. None when the
        source has never been polled well, so that everything its listings offer is read.
        """
        last = self.last_poll(source, langs)
        if last is None:
            return None
        newest = self.store.newest(OUTLETS[source])
        day = _moment(newest).date() if newest else last.date()
        return min(day, last.date()) - self._overlap

    def recent(self, source: SourceName, since: datetime | None) -> list[Known]:
        """Return the articles of a source published since a moment, oldest first; those without a date are left out."""
        query = select(ARTICLES.c.url, ARTICLES.c.published, ARTICLES.c.first_seen).where(
            ARTICLES.c.outlet == OUTLETS[source], ARTICLES.c.published.is_not(None)
        )
        if since is not None:
            query = query.where(ARTICLES.c.published >= since.date().isoformat())
        database = Database(self._url)
        try:
            with database.reading() as connection:
                rows = connection.execute(query.order_by(ARTICLES.c.published, ARTICLES.c.url)).all()
        finally:
            database.close()
        return [Known(row.url, _moment(row.published), _moment(row.first_seen)) for row in rows]

    def is_settled(self, url: str) -> bool:
        """Tell whether an address without an article was refused for good, such as another provider's story."""
        return self.store.validators(url) is not None

    def settle(self, url: str) -> None:
        """Note that a page is none of ours, now and later."""
        self.store.set_validators(url, etag=None, last_modified=None)

    def mark_poll(self, source: str, langs: Iterable[Lang]) -> None:
        """Note that this run has asked a source for everything new in these languages, and came to the end."""
        self._polls[source] = tuple(langs)

    def keep_listing(self, source: str, url: str, etag: str | None, last_modified: str | None) -> None:
        """Hold the validators of a listing until its source is done: only then are all its entries stored."""
        self._listings.setdefault(source, {})[url] = (etag, last_modified)

    def note(self, source: str, recorded: Recorded) -> None:
        """Note what recording an article of a source did to the meetings."""
        self.meeting_ids.update(recorded.meeting_ids)
        self._created.update(recorded.created)
        self._written.setdefault(source, set()).update(recorded.written)

    def meetings_of(self, source: str) -> tuple[int, int]:
        """Return how many meetings that articles of a source have written were unknown before this run, and known."""
        return self.store.tell_new(self._written.get(source, ()), self._created)

    def changes(self) -> Iterator[Meeting]:
        """Yield every meeting this run changed, and those of earlier runs that were killed before they published."""
        yielded: set[str] = set()
        for run in self._unpublished():
            for meeting in self.store.changed_in(run):
                if meeting.id not in yielded:
                    yielded.add(meeting.id)
                    yield meeting

    def withdrawn(self) -> list[tuple[str, int]]:
        """Return the meetings that ended in this run, or in those killed before they published, with their revision."""
        return sorted({ended for run in self._unpublished() for ended in self.store.withdrawn(run)})

    def _unpublished(self) -> tuple[str, ...]:
        return (self.id, *(row.rsplit("/", 1)[0] for row in self._killed))

    def touched(self) -> Iterator[Meeting]:
        """Yield every meeting that an article read in this run belongs to, in its present state."""
        yield from self.store.changed_in(self.id, touched=True)

    def finish(self, ended: datetime) -> None:
        """Note how each source ended, once everything is published."""
        for source, outcome in self.outcomes.items():
            verdict = outcome.verdict.name.lower()
            counts = {**outcome.counts, **{_POLL + lang: 1 for lang in self._polls.get(source, ())}}
            self.store.finish_run(self._row(source), verdict=verdict, counts=counts, now=ended)
            if verdict == "done" and source in self._polls:
                for url, (etag, last_modified) in self._listings.get(source, {}).items():
                    self.store.set_validators(url, etag=etag, last_modified=last_modified)
        for row in self._killed:
            self.store.finish_run(row, verdict="killed", counts={}, now=ended)

    def _row(self, source: str) -> str:
        return f"{self.id}/{source}"

    def quarantine(self, page: Page, error: PageError) -> None:
        """Keep the bytes of a page that cannot be trusted, and why, for a later parser."""
        now = datetime.now(UTC)
        path = keep(self.data_dir, page, error, self.id, now)
        self.store.quarantine(
            describe(page.url or page.urn).url,
            error.reason,
            f"{error.detail} [{path.relative_to(self.data_dir)}]".lstrip(),
            run=self.id,
            now=now,
        )


def _moment(text: str) -> datetime:
    """Read what Stamp.isoformat and the store write: a moment, a day or a month, the first instant of the latter."""
    moment = datetime.fromisoformat(f"{text}-01" if re.fullmatch(r"\d{4}-\d{2}", text) else text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def data_dir(settings: BaseSettings) -> Path:
    """Return DATA_DIR; a relative one lies in the project's root, from whichever of its folders a command is run.

    Raises SettingError when it is empty.
    """
    if not settings["DATA_DIR"]:
        raise SettingError("DATA_DIR is empty: name the folder under which everything is written, as in DATA_DIR=data")
    return _in_project(Path(settings["DATA_DIR"]))


def store_url(settings: BaseSettings) -> URL:
    """Return STORE_URL, by default a SQLite file under DATA_DIR. Raises SettingError when it is no database address."""
    if not settings["STORE_URL"]:
        return URL.create("sqlite", database=str(data_dir(settings) / "crawler.db"))
    try:
        url = make_url(settings["STORE_URL"])
    except ArgumentError as error:
        raise SettingError(f"STORE_URL: {error}") from None
    is_file = url.get_backend_name() == "sqlite" and url.database and not url.database.startswith((":", "file:"))
    return url.set(database=str(_in_project(Path(url.database)))) if is_file and url.database else url


def _in_project(path: Path) -> Path:
    configuration = closest_scrapy_cfg()
    root = Path(configuration).parent if configuration else Path.cwd()
    return path if root == Path.cwd() else root / path
