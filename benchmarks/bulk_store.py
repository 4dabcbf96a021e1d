"""Large stores of generated meetings, written without resolving each: rows as ``Store.record`` would have written them.

A thousand meetings of one leadership's term (a tile) are recorded by the store itself; every further tile has the same
meetings on other days, at other addresses and of other people. No meeting of one tile touches a meeting of another:
they differ in Azerbaijan's side, and between two terms of a leadership lie more days than any rule spans.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, Self

import orjson
import psycopg
from sqlalchemy import Connection, select
from sqlalchemy.engine import URL, make_url

from benchmarks.meeting_stream import CYRILLIC, STATES, Cast, Told, happenings, reports_of, tell
from crawler.items import Article, Lang
from crawler.language.folding import fold
from crawler.meetings.report import Report, founding_id
from crawler.meetings.resolver import report_keys
from crawler.store import Store
from crawler.store.content import article_content, key_number, record_content
from crawler.store.database import Database
from crawler.store.encoding import decode
from crawler.store.schema import ARTICLES, CHANGES, MEETING_COUNTRIES, MEETINGS, MENTIONS, PERSONS

TILE_MEETINGS: Final = 1000
TERMS: Final = 10
"""Terms of a leadership, the last one first: a store of few tiles ends on the same day as a large one."""
PERIOD: Final = 1000
"""Days from the beginning of one term to that of the next one; the meetings of a tile take some 800."""
GAP: Final = 20
"""Days between two terms: more than an announcement's 14 and 3 more."""
UNDATED_SHARE: Final = 0.03
FIRST_DAY: Final = dt.date(1994, 3, 7)
RUN: Final = "generated"
CLOCK: Final = dt.datetime(2026, 3, 12, 6, tzinfo=dt.UTC)

_SLOT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d|\bm[0-9a-f]{20}\b|\bt\d{5}(?=-))|\b(?:[A-Z]{2}|[A-Za-z]{8,10}|[\u0410-\u044f]{8,10})\b"
)
_DETAIL: Final = re.compile(r'(?<="detail":")[^"]*')
_NAMES: Final = re.compile(r"(?:[A-Z]{2}|[A-ZА-Я]\w+ [A-ZА-Я]\w+)(?:, (?:[A-Z]{2}|[A-ZА-Я]\w+ [A-ZА-Я]\w+))+")
_LISTS: Final = re.compile(r'"(merged_ids|countries)":\[([^]]*)\]')


def cast_of(tile: int) -> Cast:
    """Return who meets in a tile."""
    return Cast(tile // TERMS, TERMS - 1 - tile % TERMS)


def tile_day(tile: int) -> dt.date:
    """Return the first day of a tile. On the first leadership's last days all others are in the midst of a term."""
    cast = cast_of(tile)
    behind = 230 + cast.leadership * 37 % 500 if cast.leadership else 0
    return FIRST_DAY + dt.timedelta(days=cast.term * PERIOD + behind)


def tile_articles(tile: int) -> list[Told]:
    """Return the articles of a tile, oldest meetings first; some have no day."""
    chance, told = random.Random(3), []
    for event in islice(happenings(cast_of(tile), tile_day(tile)), TILE_MEETINGS):
        key = f"t{tile:05}-{event.number}"
        told += reports_of(event, key)
        if event.guests and chance.random() < UNDATED_SHARE:
            lang: Lang = chance.choice(("en", "az", "ru"))
            told.append(tell(event, f"news.az/{key}u", lang=lang, form="none", text=f"undated:{event.number}"))
    return told


def after_tile(tile: int) -> dt.date:
    """Return the day after a tile's last meeting."""
    *_, last = islice(happenings(cast_of(tile), tile_day(tile)), TILE_MEETINGS)
    return last.day + dt.timedelta(days=1)


class _Template:
    """A text with the days, ids, addresses, and those words that ``known`` holds, as slots."""

    def __init__(self, content: str, known: frozenset[str]) -> None:
        self._parts, at = [], 0
        for found in _SLOT.finditer(content):
            if found[1] or found[0] in known:
                self._parts += [content[at : found.start()], found[0]]
                at = found.end()
        self._parts.append(content[at:])
        self._sorted = '"merged_ids":["' in content or '"countries":["' in content

    def fill(self, slots: Callable[[str], str]) -> str:
        parts = list(self._parts)
        parts[1::2] = map(slots, parts[1::2])
        filled = "".join(parts)
        return _DETAIL.sub(_detail_in_order, _LISTS.sub(_in_order, filled)) if self._sorted else filled


def _in_order(found: re.Match[str]) -> str:
    return f'"{found[1]}":[{",".join(sorted(found[2].split(",")))}]'


def _detail_in_order(detail: re.Match[str]) -> str:
    return _NAMES.sub(lambda names: ", ".join(sorted(names[0].split(", "))), detail[0])


def _words(cast: Cast) -> list[str]:
    """Return the states and names of a cast, in each way they are written, all casts in one order."""
    everybody = cast.everybody()
    names = [token for holder in everybody for token in holder.name.split()]
    spelled = [written for name in names for written in (name, name.translate(CYRILLIC))]
    return [*map(cast.state, range(len(STATES))), *(form for one in spelled for form in (one, one.lower()))]


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


class Tiles:
    """The rows of the first tile as the store records them, and of all others by their difference."""

    def __init__(self) -> None:
        self._spelled = _words(cast_of(0))
        self._known = frozenset(self._spelled)
        assert len(self._known) == len(self._spelled), "two names of the first tile are one"
        with tempfile.TemporaryDirectory() as folder:
            address = f"sqlite:///{Path(folder)}/tile.db"
            with Store.open(address, now=CLOCK) as store:
                for article, mention in tile_articles(0):
                    store.record(article, [mention], run=RUN, now=CLOCK)
            database = Database(address)
            with database.reading() as connection:
                self._read(connection)
            database.close()
        last = after_tile(0) + dt.timedelta(days=GAP)
        assert last <= tile_day(0) + dt.timedelta(days=PERIOD), last

    def _read(self, connection: Connection) -> None:
        def rows(table: Any) -> list[dict[str, Any]]:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

        self.persons = rows(PERSONS)
        self.articles: list[_Row] = []
        reports = {row["url"]: (row, decode(Report, row["report"])) for row in rows(MENTIONS)}
        for row in rows(ARTICLES):
            article = decode(Article, row["record"])
            mentions = [reports[article.url][1].mention]
            row["digest"] = _canonical(article_content(article, mentions, None))
            row["record_digest"] = _canonical(record_content(article, mentions, None))
            self.articles.append(self._row(row, ("url", "published", "digest", "record_digest", "record")))
        self.mentions = [self._row(row, ("id", "url", "meeting", "report")) for row, _ in reports.values()]
        self.meetings = [self._row(row, ("id", "sort_date", "record")) for row in rows(MEETINGS) if row["alive"]]
        self.buried = [self._row(row, ("id", "heir", "sort_date")) for row in rows(MEETINGS) if not row["alive"]]
        self.countries = [self._row(row, ("country", "meeting")) for row in rows(MEETING_COUNTRIES)]
        self.changes = [self._row(row, ("meeting",)) for row in rows(CHANGES)]
        self._urls = {row["id"]: url for url, (row, _) in reports.items()}

    def _row(self, values: dict[str, Any], names: Sequence[str]) -> _Row:
        return _Row(values, {name: _Template(values[name], self._known) for name in names if values[name] is not None})

    def tile(self, tile: int, number: int) -> Iterator[tuple[str, list[Any]]]:
        """Yield the rows of a tile by table; ``number`` is that of its first mention."""
        shift = tile_day(tile) - tile_day(0)
        old, new = "t00000", f"t{tile:05}"
        written = dict(zip(self._spelled, _words(cast_of(tile)), strict=True))
        written |= {id_: founding_id(url.replace(old, new), 0) for id_, url in self._urls.items()}
        written |= {old: new, f"{CLOCK:%Y-%m-%d}": f"{CLOCK:%Y-%m-%d}"}

        def slots(word: str) -> str:
            if word not in written:
                written[word] = (dt.date.fromisoformat(word) + shift).isoformat()
            return written[word]

        yield "persons", [self._person(row, slots) for row in self.persons]
        articles = [row.fill(slots) for row in self.articles]
        for row in articles:
            row["digest"], row["record_digest"] = _digest(row["digest"]), _digest(row["record_digest"])
        yield "articles", articles
        mentions = [{**row.fill(slots), "number": number + at} for at, row in enumerate(self.mentions)]
        yield "mentions", mentions
        yield "keys", [key for row in mentions for key in _keys(row)]
        yield "meetings", [row.fill(slots) for row in (*self.meetings, *self.buried)]
        yield "meeting_countries", [row.fill(slots) for row in self.countries]
        yield "changes", [row.fill(slots) for row in self.changes]

    @staticmethod
    def _person(row: dict[str, Any], slots: Callable[[str], str]) -> dict[str, Any]:
        name = " ".join(map(slots, row["text"].split()))
        country = row["country"] if row["country"] not in STATES else slots(row["country"])
        return {**row, "text": name, "country": country, "skeleton": fold(name, row["lang"])}


def _keys(row: dict[str, Any]) -> set[tuple[int, int, int]]:
    keys = report_keys(decode(Report, row["report"]))
    return {(key_number(key.name), key.day, row["number"]) for key in keys}


def fill(url: str, number_of_tiles: int, tiles: Tiles | None = None) -> None:
    """Fill a new store with so many tiles, about ``TILE_MEETINGS`` meetings each."""
    Store.open(url, now=CLOCK).close()
    tiles = tiles or Tiles()
    address = make_url(url)
    writing = _Insert if address.get_backend_name() == "sqlite" else _Copy
    with writing(address) as write:
        number = 1
        for tile in range(number_of_tiles):
            for table, rows in tiles.tile(tile, number):
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
