"""Large stores of generated meetings, written without resolving each: rows as ``Store.record`` would have written them.

The meetings of some weeks (a tile) are recorded by the store itself; every further tile of the same term repeats them
at later days and other addresses. Between two tiles lie more days than any rule spans, so that no meeting of one
touches a meeting of another, and the rows of a tile differ in days, addresses and ids only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Final, Self

import orjson
import psycopg
from sqlalchemy import Connection, select
from sqlalchemy.engine import URL, make_url

from benchmarks.meeting_stream import PER_DAY, Told, happenings, reports_of, tell
from crawler.items import Article
from crawler.meetings.report import Report, founding_id
from crawler.meetings.resolver import report_keys
from crawler.store import Store
from crawler.store.content import article_content, key_number, record_content
from crawler.store.database import Database
from crawler.store.encoding import decode
from crawler.store.schema import ARTICLES, CHANGES, MEETING_COUNTRIES, MEETINGS, MENTIONS, PERSONS

TILE_DAYS: Final = 20
TILE_MEETINGS: Final = TILE_DAYS * PER_DAY
PERIOD: Final = 40
"""Days from the beginning of one tile to that of the next one: the gap exceeds an announcement's 14 days and 3 more."""
TERM: Final = 125
"""Tiles (thirteen years) for which the same people hold the offices."""
FIRST_DAY: Final = dt.date(1915, 1, 4)
RUN: Final = "generated"
CLOCK: Final = dt.datetime(2026, 3, 12, 6, tzinfo=dt.UTC)

_SLOT: Final = re.compile(r"(\d{4}-\d\d-\d\d|\bm[0-9a-f]{20}\b|\bt\d{5}(?=-))")
_LISTS: Final = re.compile(r'"merged_ids":\[([^]]*)\]')


def tile_day(tile: int) -> dt.date:
    """Return the first day of a tile."""
    return FIRST_DAY + dt.timedelta(days=tile * PERIOD)


def tile_articles(tile: int) -> list[Told]:
    """Return the articles of a tile, oldest meetings first. The first tile of a term has some without a day, too."""
    term = tile // TERM
    told = [
        one
        for event in happenings(tile_day(tile), TILE_DAYS, term=term, seed=term)
        for one in reports_of(event, f"t{tile:05}-{event.number}", seed=term)
    ]
    if tile % TERM == 0:
        undated = islice(happenings(tile_day(tile), TILE_DAYS, term=-term - 1, seed=-term - 1), TILE_MEETINGS // 3)
        told += [
            tell(event, f"news.az/u{term:05}-{event.number}", lang="ru", form="none")
            for event in undated
            if event.guests
        ]
    return told


class _Template:
    """A text with the days, ids and addresses of a tile as slots."""

    def __init__(self, content: str) -> None:
        self._parts = _SLOT.split(content)
        self._sorted = '"merged_ids":["' in content

    def fill(self, slots: Callable[[str], str]) -> str:
        parts = list(self._parts)
        parts[1::2] = map(slots, parts[1::2])
        filled = "".join(parts)
        return _LISTS.sub(_in_order, filled) if self._sorted else filled


def _in_order(found: re.Match[str]) -> str:
    return '"merged_ids":[' + ",".join(sorted(found[1].split(","))) + "]"


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _canonical(content: object) -> str:
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()


@dataclass(frozen=True)
class _Row:
    """A row as the store wrote it, its texts made templates."""

    values: dict[str, Any]
    templates: dict[str, _Template]

    def fill(self, slots: Callable[[str], str]) -> dict[str, Any]:
        return {**self.values, **{name: template.fill(slots) for name, template in self.templates.items()}}


def _row(values: dict[str, Any], names: Sequence[str]) -> _Row:
    return _Row(values, {name: _Template(values[name]) for name in names if values[name] is not None})


class Term:
    """The rows of a term's first tile as the store records them, and of its other tiles by their difference."""

    def __init__(self, term: int) -> None:
        self.first = term * TERM
        with tempfile.TemporaryDirectory() as folder:
            address = f"sqlite:///{Path(folder)}/tile.db"
            with Store.open(address, now=CLOCK) as store:
                for article, mention in tile_articles(self.first):
                    store.record(article, [mention], run=RUN, now=CLOCK)
            database = Database(address)
            with database.reading() as connection:
                self._read(connection)
            database.close()

    def _read(self, connection: Connection) -> None:
        def rows(table: Any) -> list[dict[str, Any]]:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

        self.persons = rows(PERSONS)
        self.articles: list[_Row] = []
        self.mentions: list[tuple[_Row, list[tuple[str, int, int]]]] = []
        reports = {row["url"]: (row, decode(Report, row["report"])) for row in rows(MENTIONS)}
        for row in rows(ARTICLES):
            article = decode(Article, row["record"])
            mentions = [reports[article.url][1].mention]
            row["digest"] = _canonical(article_content(article, mentions, None))
            row["record_digest"] = _canonical(record_content(article, mentions, None))
            self.articles.append(_row(row, ("url", "published", "digest", "record_digest", "record")))
        for row, report in reports.values():
            keys = [(key.name, key_number(key.name), key.day) for key in report_keys(report)]
            self.mentions.append((_row(row, ("id", "url", "meeting", "report")), keys))
        self.meetings = [_row(row, ("id", "sort_date", "record")) for row in rows(MEETINGS) if row["alive"]]
        self.buried = [_row(row, ("id", "heir", "sort_date")) for row in rows(MEETINGS) if not row["alive"]]
        self.countries = [_row(row, ("meeting",)) for row in rows(MEETING_COUNTRIES)]
        self.changes = [_row(row, ("meeting",)) for row in rows(CHANGES)]

    @cached_property
    def _urls(self) -> dict[str, str]:
        return {row.values["id"]: row.values["url"] for row, _ in self.mentions}

    def tile(self, tile: int, number: int) -> Iterator[tuple[str, list[Any]]]:
        """Yield the rows of a tile by table; ``number`` is that of its first mention."""
        shift = (tile - self.first) * PERIOD
        days = {f"{CLOCK:%Y-%m-%d}": f"{CLOCK:%Y-%m-%d}"}
        old, new = f"t{self.first:05}", f"t{tile:05}"
        ids = {id_: founding_id(url.replace(old, new), 0) for id_, url in self._urls.items()}
        began = tile_day(self.first).toordinal()
        near = [dt.date.fromordinal(began + n) for n in range(-PERIOD, PERIOD)]
        year_days = {f"{day:%m%d}": f"{day + dt.timedelta(days=shift):%m%d}" for day in near}

        def slots(word: str) -> str:
            if word[0] == "t":
                return new
            if word[0] == "m":
                return ids.get(word, word)
            if word not in days:
                days[word] = (dt.date.fromisoformat(word) + dt.timedelta(days=shift)).isoformat()
            return days[word]

        def mine(row: _Row) -> bool:
            values = row.values
            url = values.get("url") or self._urls[values.get("id") or values["meeting"]]
            return tile == self.first or "/u" not in url

        articles = [row.fill(slots) for row in self.articles if mine(row)]
        for row in articles:
            row["digest"], row["record_digest"] = _digest(row["digest"]), _digest(row["record_digest"])
        yield "articles", articles
        mentions, keys = [], []
        for row, own in ((row, own) for row, own in self.mentions if mine(row)):
            mentions.append({**row.fill(slots), "number": number})
            keys += self._keys(own, slots, year_days, shift, number)
            number += 1
        yield "mentions", mentions
        yield "keys", keys
        yield "meetings", [row.fill(slots) for row in (*self.meetings, *self.buried) if mine(row)]
        yield "meeting_countries", [row.fill(slots) for row in self.countries if mine(row)]
        yield "changes", [row.fill(slots) for row in self.changes if mine(row)]

    @staticmethod
    def _keys(
        own: list[tuple[str, int, int]],
        slots: Callable[[str], str],
        year_days: dict[str, str],
        shift: int,
        number: int,
    ) -> list[tuple[int, int, int]]:
        found = set()
        for name, value, day in own:
            letter, _, rest = name.partition(":")
            if letter in {"a", "m"}:
                found.add((key_number(_SLOT.sub(lambda word: slots(word[0]), name)), day, number))
            elif letter == "d":
                found.add((key_number(f"d:{year_days[rest[:4]]}{rest[4:]}"), day, number))
            else:
                found.add((value, day + shift if day else day, number))
        return sorted(found)


def fill(url: str, tiles: int) -> None:
    """Fill a new store with ``tiles`` tiles, about ``TILE_MEETINGS`` meetings each."""
    Store.open(url, now=CLOCK).close()
    address = make_url(url)
    writing = _Insert if address.get_backend_name() == "sqlite" else _Copy
    with writing(address) as write:
        number = 1
        for first in range(0, tiles, TERM):
            term = Term(first // TERM)
            write.rows("persons", term.persons)
            for tile in range(first, min(first + TERM, tiles)):
                for table, rows in term.tile(tile, number):
                    write.rows(table, rows)
                    number += len(rows) if table == "mentions" else 0


_KEYS_IN_ORDER: Final = "INSERT INTO keys SELECT key, day, mention FROM unsorted ORDER BY key, day, mention"


class _Insert:
    """Rows into SQLite, without its journal; keys are sorted before they reach their tree."""

    def __init__(self, address: URL) -> None:
        assert address.database
        self.connection = sqlite3.connect(address.database, isolation_level=None)
        self.cursor = self.connection.cursor()

    def __enter__(self) -> Self:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000", "temp_store = FILE"):
            self.cursor.execute(f"PRAGMA {setting}")
        self.cursor.execute("CREATE TEMP TABLE unsorted (key INTEGER, day INTEGER, mention INTEGER)")
        self.cursor.execute("DROP INDEX ix_keys_mention")
        self.cursor.execute("BEGIN")
        return self

    def rows(self, table: str, rows: list[Any]) -> None:
        if table == "keys":
            self.cursor.executemany("INSERT INTO unsorted VALUES (?, ?, ?)", rows)
        elif rows:
            names = list(rows[0])
            self.cursor.executemany(
                f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
                [tuple(row.values()) for row in rows],
            )

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.cursor.execute(_KEYS_IN_ORDER)
            self.cursor.execute("CREATE INDEX ix_keys_mention ON keys (mention)")
            self.cursor.execute("COMMIT")
            self.cursor.execute("ANALYZE")
            self.cursor.execute("PRAGMA journal_mode = WAL")
        self.connection.close()


class _Copy:
    """Rows into PostgreSQL by COPY; the indexes of keys are made at the end."""

    def __init__(self, address: URL) -> None:
        self.connection = psycopg.connect(
            address.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
        )
        self.cursor = self.connection.cursor()

    def __enter__(self) -> Self:
        self.cursor.execute("BEGIN")
        self.cursor.execute("CREATE TEMP TABLE unsorted (key bigint, day int, mention bigint)")
        self.cursor.execute("ALTER TABLE keys DROP CONSTRAINT keys_pkey")
        self.cursor.execute("ALTER TABLE keys DROP CONSTRAINT keys_mention_fkey")
        self.cursor.execute("DROP INDEX ix_keys_mention")
        return self

    def rows(self, table: str, rows: list[Any]) -> None:
        if not rows:
            return
        if table == "persons":
            known = (
                f"INSERT INTO persons ({', '.join(rows[0])}) VALUES ({', '.join(f'%({name})s' for name in rows[0])})"
            )
            self.cursor.executemany(f"{known} ON CONFLICT DO NOTHING", rows)
            return
        names = None if table == "keys" else list(rows[0])
        into = "unsorted (key, day, mention)" if names is None else f"{table} ({', '.join(names)})"
        with self.cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row if names is None else tuple(row.values()))

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            for statement in (
                "SET LOCAL maintenance_work_mem = '1GB'",
                "SET LOCAL work_mem = '1GB'",
                _KEYS_IN_ORDER,
                "ALTER TABLE keys ADD CONSTRAINT keys_pkey PRIMARY KEY (key, day, mention)",
                "CREATE INDEX ix_keys_mention ON keys (mention)",
                "ALTER TABLE keys ADD CONSTRAINT keys_mention_fkey FOREIGN KEY (mention) REFERENCES mentions (number)",
                "SELECT setval('mentions_number_seq', (SELECT max(number) FROM mentions))",
                "COMMIT",
                "VACUUM ANALYZE",
            ):
                self.cursor.execute(statement)
        self.connection.close()
