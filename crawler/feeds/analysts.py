"""The analysts' database: SQLite with a table for each part of a record, views for charts and full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

import orjson

from crawler.feeds.analysts_rows import Rows
from crawler.feeds.analysts_schema import create_tables, finish
from crawler.feeds.atomic import replacing_path
from crawler.feeds.searching import folded, printed
from crawler.items import Lang, Meeting

_AT_ONCE: Final = 500
"""Meetings held in memory at once."""
CACHE_KIB: Final = 16_384
"""What SQLite holds of the new database, and once more while it sorts an index."""

Item = TypeVar("Item")


class AnalystsDatabaseError(Exception):
    """The analysts' database cannot be written as asked; the message says why."""


def export_analysts_database(path: Path, meetings: Iterable[Meeting]) -> int:
    """Replace ``path`` by a SQLite database of the meetings; return how many. Memory does not grow with their number.

    Tables and views: ``analysts_schema``. ``path`` is whole at any moment: the new database takes the old one's place
    when it is complete, and on an exception the old one stays.
    Raises AnalystsDatabaseError when sqlite-utils is missing or a meeting comes twice, OSError when the place cannot be
    written.
    """
    try:
        from sqlite_utils import Database  # noqa: PLC0415  # only this export needs it
    except ModuleNotFoundError as error:
        raise AnalystsDatabaseError(f"{error.name} is missing: pip install -r requirements-browse.txt") from error
    with replacing_path(path) as temporary, closing(sqlite3.connect(temporary)) as connection:
        # Nobody sees the file before it is complete: there is nothing to roll back to.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        database = Database(connection)
        create_tables(database)
        try:
            with connection:
                written = _fill(connection, meetings)
                _number_persons(connection)
        except sqlite3.IntegrityError as error:
            raise AnalystsDatabaseError(f"the meetings do not fit together: {error}") from error
        finish(database)
        connection.commit()
    return written


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _AT_ONCE)):
        yield batch


def _fill(connection: sqlite3.Connection, meetings: Iterable[Meeting]) -> int:
    number = 0
    for batch in _batches(meetings):
        rows = Rows()
        for meeting in batch:
            number += 1
            rows.add(meeting, number)
        rows.write(connection)
    return number


def _number_persons(connection: sqlite3.Connection) -> None:
    """Give each person a number and index their spellings, which the meetings brought one by one."""
    connection.execute("UPDATE persons SET number = rowid")
    names = connection.execute(
        "SELECT number, name, json_group_array(json_array(text, lang)) FROM persons"
        " LEFT JOIN spellings ON person = id GROUP BY id"
    )
    for batch in _batches(names):
        rows = []
        for number, name, spellings in batch:
            known: list[tuple[str, Lang]] = [(name, "en"), *((t, g) for t, g in orjson.loads(spellings) if t)]
            rows.append((number, printed(text for text, _ in known), folded(known)))
        connection.executemany("INSERT INTO persons_fts (rowid, printed, folded) VALUES (?, ?, ?)", rows)
