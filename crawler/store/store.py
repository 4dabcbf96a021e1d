"""The store: articles, mentions, meetings and runs, on SQLite or PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self, TypedDict, Unpack
from uuid import uuid4

from sqlalchemy import URL, BindParameter, Connection, Select, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from crawler.items import Article, Kind, Meeting, Mention, Status
from crawler.meetings.blocking import KEYS_VERSION
from crawler.meetings.overrides import Overrides
from crawler.meetings.report import Report
from crawler.store.content import article_content
from crawler.store.database import Database
from crawler.store.encoding import decode, digest
from crawler.store.ledger import Ledger, utc
from crawler.store.recording import UNDATED, Recording
from crawler.store.reports import Known, in_chunks
from crawler.store.schema import (
    ARTICLES,
    CHANGES,
    MEETING_COUNTRIES,
    MEETINGS,
    MENTIONS,
    PERSONS,
    SETTINGS,
)
from crawler.store.waiting import resumed

ROWS_AT_ONCE: Final = 500
_OVERRIDES: Final = "overrides"
_STATE: Final = "state"
_KEYS: Final = "keys"
_HOLDS: Final = "holds"
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_FATES: Final = select(MEETINGS.c.id, MEETINGS.c.alive, MEETINGS.c.heir).where(MEETINGS.c.id.in_(_IDS))
_FAMILIES: Final = select(MEETINGS.c.id, MEETINGS.c.heir).where(
    or_(MEETINGS.c.id.in_(_IDS), MEETINGS.c.heir.in_(_IDS)), MEETINGS.c.revision > 0
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording an article did: ``new`` address, ``changed`` content, ids of the meetings it reports.

    ``written`` are the ids of all meetings that differ by it, of other articles too, ``created`` those of them under
    whose id there was no meeting before.
    """

    url: str
    new: bool
    changed: bool
    meeting_ids: tuple[str, ...]
    written: frozenset[str] = frozenset()
    created: frozenset[str] = frozenset()


class Filters(TypedDict, total=False):
    """Which meetings; what is missing or None filters nothing.

    ``since`` and ``until`` are inclusive days of the meeting; one known by its month only is in if the month reaches
    into the window, one without a date never is. ``changed_since`` is aware.
    """

    since: dt.date | None
    until: dt.date | None
    country: str | None
    kind: Kind | None
    status: Status | None
    changed_since: dt.datetime | None


class Store(Ledger):
    """Everything the program knows. Use ``open``, then ``close`` (or ``with``)."""

    def __init__(self, database: Database, overrides: Overrides) -> None:
        super().__init__(database)
        self._overrides = overrides
        self._known = Known()

    @classmethod
    def open(
        cls,
        url: str | URL,
        overrides: Overrides | None = None,
        *,
        now: dt.datetime | None = None,
        wait: float = 0.0,
    ) -> Self:
        """Open ``sqlite:///FILE`` or ``postgresql+psycopg://...``, creating or migrating the tables.

        When ``overrides`` are given and differ from those of the last opening, or the index keys are of another
        program version, all meetings are resolved again. A PostgreSQL server that goes away later is waited for up to
        ``wait`` seconds. Raises StoreError when the address or the store's revision is unknown, and SQLAlchemy's
        OperationalError when it is unreachable.
        """
        store = cls(Database(url, wait=wait), overrides or Overrides())
        try:
            store._refresh(decided=overrides is not None, now=now)
        except BaseException:
            store.close()
            raise
        return store

    def _refresh(self, *, decided: bool, now: dt.datetime | None) -> None:
        """Resolve everything again where the store is new or follows other decisions or keys than this program."""
        with self._database.reading() as connection:
            known = {row.name: row.value for row in connection.execute(select(SETTINGS))}
        wanted = {_OVERRIDES: self._overrides.fingerprint, _KEYS: KEYS_VERSION}
        if _OVERRIDES not in known or (decided and not wanted.items() <= known.items()):
            self.reresolve_all(run=_OVERRIDES, now=now)

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    # --- recording ---

    @resumed
    def record(
        self, article: Article, mentions: Sequence[Mention], *, run: str, now: dt.datetime, dropped: str | None = None
    ) -> Recorded:
        """Keep an article with what it says of meetings, and bring every meeting it touches up to date.

        All in one transaction: a kill at any moment leaves the store as it was before or after. An article already
        known with this content changes nothing. An article of no meeting is kept too, with the reason ``dropped``.
        ``now`` is aware. Raises ValueError when a mention is of another article or two have one index.
        """
        _check(article, mentions)
        utc(now)
        try:
            with self._database.writing() as connection:
                return self._record(connection, article, mentions, run=run, now=now, dropped=dropped)
        except BaseException:
            self._known.clear()
            raise
        finally:
            self._known.shrink()

    def _record(
        self,
        connection: Connection,
        article: Article,
        mentions: Sequence[Mention],
        *,
        run: str,
        now: dt.datetime,
        dropped: str | None,
    ) -> Recorded:
        work = Recording(connection, self._overrides, self._known)
        stored = work.version_of(article.url)
        if stored and stored.digest == digest(article_content(article, mentions, dropped)):
            ids = _meetings_of(connection, article.url)
            work.touch(run, ids, changed=False)
            return Recorded(article.url, new=False, changed=False, meeting_ids=ids)
        ids = work.record(article, mentions, stored, run=run, now=now, dropped=dropped)
        _note_state(connection, work)
        written, created = work.meetings_written, work.meetings_created
        return Recorded(article.url, stored is None, changed=True, meeting_ids=ids, written=written, created=created)

    def reresolve_all(self, *, run: str = _OVERRIDES, now: dt.datetime | None = None) -> set[str]:
        """Resolve every meeting again, as after a change of overrides or rules; return the ids of those changed."""
        moment = now or dt.datetime.now(dt.UTC)
        changed: set[str] = set()
        with self._database.writing() as connection:
            self._known.clear()
            work = Recording(connection, self._overrides, self._known)
            work.index_again()
            urls = list(connection.execute(select(MENTIONS.c.url).distinct().order_by(MENTIONS.c.url)).scalars())
            for url in urls:
                if all(report.id in work.resolved for report in work.reports_of_article(url)):
                    continue
                changed |= work.resolve(work.reports_of_article(url), None, run=run, now=moment)
                self._known.shrink()
            _note_state(connection, work)
            _set(connection, _OVERRIDES, self._overrides.fingerprint)
            _set(connection, _KEYS, KEYS_VERSION)
        return changed

    @resumed
    def state(self) -> str | None:
        """Return what stands for the present content of all meetings: another text after every change of any of them.

        None for a store in which nothing was ever recorded.
        """
        with self._database.reading() as connection:
            return connection.execute(select(SETTINGS.c.value).where(SETTINGS.c.name == _STATE)).scalar()

    def holds(self) -> str | None:
        """Return whose pages the store holds, as ``mark`` has said; None for a store that was never marked."""
        with self._database.reading() as connection:
            return connection.execute(select(SETTINGS.c.value).where(SETTINGS.c.name == _HOLDS)).scalar()

    def mark(self, holds: str) -> None:
        """Note whose pages the store holds."""
        with self._database.writing() as connection:
            _set(connection, _HOLDS, holds)

    # --- articles ---

    @resumed
    def article(self, url: str) -> Article | None:
        """Return what was last read at an address, None when it is unknown."""
        with self._database.reading() as connection:
            text = connection.execute(select(ARTICLES.c.record).where(ARTICLES.c.url == url)).scalar()
        return decode(Article, text) if text else None

    def seen(self, urls: Iterable[str]) -> set[str]:
        """Return those addresses of which an article is stored."""
        wanted = sorted(set(urls))
        found: set[str] = set()
        with self._database.reading() as connection:
            for at in range(0, len(wanted), ROWS_AT_ONCE):
                chunk = wanted[at : at + ROWS_AT_ONCE]
                found.update(connection.execute(select(ARTICLES.c.url).where(ARTICLES.c.url.in_(chunk))).scalars())
        return found

    def newest(self, outlet: str) -> str | None:
        """Return the latest publication of an outlet's articles, ISO 8601, None when there is none."""
        query = select(ARTICLES.c.published).where(ARTICLES.c.outlet == outlet, ARTICLES.c.published.is_not(None))
        with self._database.reading() as connection:
            return connection.execute(query.order_by(ARTICLES.c.published.desc()).limit(1)).scalar()

    def reports(self, meeting: str) -> list[Report]:
        """Return the reports of a meeting by its id or one it has swallowed, in order; empty when there is none."""
        with self._database.reading() as connection:
            current = _current(connection, meeting)
            found = Recording(connection, self._overrides).reports_of_meetings([current] if current else [])
        return sorted(map(self._overrides.apply, found), key=lambda report: report.order)

    # --- meetings ---

    def meeting(self, id_: str) -> Meeting | None:
        """Return a meeting by its id, or by an id it has swallowed; None when there is none."""
        with self._database.reading() as connection:
            found = _current(connection, id_)
            text = connection.execute(select(MEETINGS.c.record).where(MEETINGS.c.id == found)).scalar()
        return decode(Meeting, text) if text else None

    def meetings(self, **chosen: Unpack[Filters]) -> Iterator[Meeting]:
        """Yield the chosen meetings by date and id, those without a date last, as of the moment of the first one."""
        for text in self.records(**chosen):
            yield decode(Meeting, text)

    def records(self, **chosen: Unpack[Filters]) -> Iterator[str]:
        """Yield the same meetings as the store keeps them: JSON with the keys of Meeting in their order."""
        query = _chosen(select(MEETINGS.c.record), chosen).order_by(MEETINGS.c.sort_date, MEETINGS.c.id)
        with self._database.streaming() as connection:
            yield from connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query).scalars()

    def count(self, **chosen: Unpack[Filters]) -> int:
        """Return how many meetings are chosen."""
        with self._database.reading() as connection:
            return int(connection.execute(_chosen(select(func.count()).select_from(MEETINGS), chosen)).scalar_one())

    @property
    def address(self) -> str:
        """Where the store stands, without a password."""
        return self._database.engine.url.render_as_string(hide_password=True)

    def is_empty(self) -> bool:
        """Tell whether no article was ever stored."""
        with self._database.reading() as connection:
            return connection.execute(select(ARTICLES.c.url).limit(1)).first() is None

    def changed_in(self, run: str, *, touched: bool = False) -> Iterator[Meeting]:
        """Yield the meetings that a run wrote, in their present state and order; ``touched`` adds those read again."""
        query = select(CHANGES.c.meeting).where(CHANGES.c.run == run)
        if not touched:
            query = query.where(CHANGES.c.changed)
        with self._database.reading() as connection:
            ids = {_current(connection, id_) for id_ in connection.execute(query).scalars().all()}
            wanted = sorted(id_ for id_ in ids if id_)
            order = {}
            for at in range(0, len(wanted), ROWS_AT_ONCE):
                rows = select(MEETINGS.c.id, MEETINGS.c.sort_date).where(
                    MEETINGS.c.id.in_(wanted[at : at + ROWS_AT_ONCE])
                )
                order.update({row.id: row.sort_date for row in connection.execute(rows)})
            for id_ in sorted(order, key=lambda one: (order[one], one)):
                text = connection.execute(select(MEETINGS.c.record).where(MEETINGS.c.id == id_)).scalar()
                if text:
                    yield decode(Meeting, text)

    def tell_new(self, written: Iterable[str], created: AbstractSet[str]) -> tuple[int, int]:
        """Count the living meetings that those ``written`` are or were joined into: unknown before, and known.

        ``created`` are the ids that the same run gave first. A meeting is known when any id that it bears or carries
        was a meeting before.
        """
        living: dict[str, bool] = {}
        with self._database.reading() as connection:
            for ids in in_chunks(sorted(written), ROWS_AT_ONCE):
                rows = connection.execute(_FATES, {"ids": ids})
                living.update({row.id if row.alive else row.heir: True for row in rows if row.alive or row.heir})
            for ids in in_chunks(sorted(living), ROWS_AT_ONCE):
                for row in connection.execute(_FAMILIES, {"ids": ids}):
                    if row.id not in created:
                        living[row.heir or row.id] = False
        new = sum(living.values())
        return new, len(living) - new

    def withdrawn(self, run: str | None = None) -> Iterator[tuple[str, int]]:
        """Yield the meetings that are no more and that no other has swallowed, by id, with their last revision.

        All of them, or those that a run ended or had changed before.
        """
        query = select(MEETINGS.c.id, MEETINGS.c.revision).where(
            ~MEETINGS.c.alive, MEETINGS.c.heir.is_(None), MEETINGS.c.revision > 0
        )
        if run is not None:
            ended = select(CHANGES.c.meeting).where(CHANGES.c.run == run, CHANGES.c.changed)
            query = query.where(MEETINGS.c.id.in_(ended))
        with self._database.streaming() as connection:
            for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query.order_by(MEETINGS.c.id)):
                yield row.id, row.revision

    def adopt_decided(self, run: str) -> None:
        """Make what new overrides or keys have changed since the last run a change of this one."""
        with self._database.writing() as connection:
            connection.execute(update(CHANGES).where(CHANGES.c.run == _OVERRIDES).values(run=run))

    def persons(self) -> Iterator[tuple[str, str | None, str, str]]:
        """Yield every spelling seen of every person: skeleton, country, language, text."""
        query = select(PERSONS.c.skeleton, PERSONS.c.country, PERSONS.c.lang, PERSONS.c.text)
        with self._database.reading() as connection:
            for row in connection.execute(query.order_by(*query.selected_columns)):
                yield row.skeleton, row.country or None, row.lang, row.text


def _chosen(query: Select[Any], filters: Filters) -> Select[Any]:
    query = query.where(MEETINGS.c.alive)
    since, until = filters.get("since"), filters.get("until")
    if since or until:
        query = query.where(MEETINGS.c.sort_date != UNDATED)
    if since:
        query = query.where((MEETINGS.c.sort_date >= since.isoformat()) | (MEETINGS.c.sort_date == f"{since:%Y-%m}"))
    if until:
        query = query.where(MEETINGS.c.sort_date <= until.isoformat())
    if country := filters.get("country"):
        with_it = select(MEETING_COUNTRIES.c.meeting).where(MEETING_COUNTRIES.c.country == country)
        query = query.where(MEETINGS.c.id.in_(with_it))
    if kind := filters.get("kind"):
        query = query.where(MEETINGS.c.kind == kind)
    if status := filters.get("status"):
        query = query.where(MEETINGS.c.status == status)
    if changed_since := filters.get("changed_since"):
        query = query.where(MEETINGS.c.last_changed >= utc(changed_since))
    return query


def _check(article: Article, mentions: Sequence[Mention]) -> None:
    if any(mention.url != article.url for mention in mentions):
        raise ValueError(f"a mention of another article is recorded with {article.url}")
    if len({mention.index for mention in mentions}) < len(mentions):
        raise ValueError(f"two mentions of {article.url} have one index")


def _set(connection: Connection, name: str, value: str) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(SETTINGS).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=[SETTINGS.c.name], set_={"value": value}))


def _note_state(connection: Connection, work: Recording) -> None:
    if work.altered:
        _set(connection, _STATE, uuid4().hex)


def _meetings_of(connection: Connection, url: str) -> tuple[str, ...]:
    found = connection.execute(select(MENTIONS.c.meeting).where(MENTIONS.c.url == url)).scalars()
    return tuple(sorted({meeting for meeting in found if meeting}))


def _current(connection: Connection, id_: str) -> str | None:
    """Return the living meeting that has or has swallowed an id."""
    if connection.execute(select(MEETINGS.c.id).where(MEETINGS.c.id == id_, MEETINGS.c.alive)).first():
        return id_
    if meeting := connection.execute(select(MENTIONS.c.meeting).where(MENTIONS.c.id == id_)).scalar():
        return str(meeting)
    return connection.execute(select(MEETINGS.c.heir).where(MEETINGS.c.id == id_)).scalar()
