"""What the store knows of runs, of page versions and of pages that could not be trusted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import orjson
from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from crawler.store.database import Database
from crawler.store.schema import QUARANTINE, RUNS, VALIDATORS
from crawler.store.waiting import resumed

_HELD: Final = 50
_VALIDATORS: Final = select(VALIDATORS.c.etag, VALIDATORS.c.last_modified).where(VALIDATORS.c.url == bindparam("url"))


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl: ``started`` and ``finished`` are ISO 8601 UTC; ``verdict`` and ``finished`` are None while it runs."""

    run: str
    source: str
    started: str
    finished: str | None
    verdict: str | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a page's version, for conditional requests."""

    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A page that could not be trusted; ``at`` is ISO 8601 UTC."""

    url: str
    reason: str
    detail: str
    run: str
    at: str


def utc(moment: dt.datetime) -> str:
    """Return a moment as ISO 8601 UTC. Raises ValueError when it has no zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a zone: {moment!r}")
    return moment.astimezone(dt.UTC).isoformat()


class Ledger:
    """Runs, validators and quarantine: rows beside the articles and meetings."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: dict[str, Validators] = {}

    # --- runs ---

    def begin_run(self, run: str, source: str, *, now: dt.datetime) -> None:
        """Note that a crawl of ``source`` begins. Raises IntegrityError when the run is known."""
        row = {"run": run, "source": source, "started": utc(now), "counts": "{}"}
        with self._database.writing() as connection:
            connection.execute(insert(RUNS), row)

    @resumed
    def finish_run(self, run: str, *, verdict: str, counts: Mapping[str, int], now: dt.datetime) -> None:
        """Note how a crawl ended. The validators that are held are written with it."""
        row = {"finished": utc(now), "verdict": verdict, "counts": orjson.dumps(dict(counts)).decode()}
        with self._database.writing() as connection:
            connection.execute(update(RUNS).where(RUNS.c.run == run), row)
            _write_validators(connection, self._held)
        self._held.clear()

    @resumed
    def runs(self, source: str | None = None) -> list[Run]:
        """Return the runs, newest first."""
        query = select(RUNS).order_by(RUNS.c.started.desc(), RUNS.c.run.desc())
        with self._database.reading() as connection:
            rows = connection.execute(query.where(RUNS.c.source == source) if source else query).all()
        return [Run(r.run, r.source, r.started, r.finished, r.verdict, orjson.loads(r.counts)) for r in rows]

    # --- pages ---

    @resumed
    def validators(self, url: str) -> Validators | None:
        """Return what the server said of an address's version when it was last read."""
        if url in self._held:
            return self._held[url]
        with self._database.reading() as connection:
            row = connection.execute(_VALIDATORS, {"url": url}).first()
        return Validators(row.etag, row.last_modified) if row else None

    @resumed
    def set_validators(self, url: str, *, etag: str | None, last_modified: str | None) -> None:
        """Keep what the server said of an address's version, for conditional requests.

        Only once everything the page holds is stored: the article, or all that a listing lists. Both None: the address
        is settled, a page that is none of ours and is not asked for again.
        """
        with self._database.writing() as connection:
            _write_validators(connection, {url: Validators(etag, last_modified)})
        self._held.pop(url, None)

    @resumed
    def hold_validators(self, url: str, *, etag: str | None, last_modified: str | None) -> None:
        """Keep as ``set_validators`` does, but together with others: once enough are held, or when the run finishes.

        What a kill loses of them costs a page that is fetched whole where it need not have been.
        """
        self._held[url] = Validators(etag, last_modified)
        if len(self._held) >= _HELD:
            with self._database.writing() as connection:
                _write_validators(connection, self._held)
            self._held.clear()

    @resumed
    def quarantine(self, url: str, reason: str, detail: str, *, run: str, now: dt.datetime) -> None:
        """Note a page that could not be trusted, in place of what was noted of it before; its bytes stand in a file."""
        row = {"url": url, "reason": reason, "detail": detail, "run": run, "at": utc(now)}
        with self._database.writing() as connection:
            connection.execute(delete(QUARANTINE).where(QUARANTINE.c.url == url))
            connection.execute(insert(QUARANTINE), row)

    @resumed
    def release(self, url: str) -> None:
        """Forget that a page could not be trusted."""
        with self._database.writing() as connection:
            connection.execute(delete(QUARANTINE).where(QUARANTINE.c.url == url))

    def quarantined(self, run: str | None = None) -> list[Quarantined]:
        """Return the pages in quarantine, each as it was last met, in order of time; or those a run met last."""
        query = select(QUARANTINE).order_by(QUARANTINE.c.number)
        with self._database.reading() as connection:
            rows = connection.execute(query.where(QUARANTINE.c.run == run) if run else query).all()
        return [Quarantined(row.url, row.reason, row.detail, row.run, row.at) for row in rows]


def _write_validators(connection: Connection, pages: Mapping[str, Validators]) -> None:
    if not pages:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(VALIDATORS)
    new = {"etag": statement.excluded.etag, "last_modified": statement.excluded.last_modified}
    connection.execute(
        statement.on_conflict_do_update(index_elements=[VALIDATORS.c.url], set_=new),
        [{"url": url, "etag": one.etag, "last_modified": one.last_modified} for url, one in sorted(pages.items())],
    )
