"""Loading meetings with psycopg."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from itertools import islice
from typing import Final, TypeVar

import orjson
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from crawler.feeds.record import line, withdrawal
from crawler.items import Meeting

ROWS_AT_ONCE: Final = 500
CONNECT_SECONDS: Final = 30

Item = TypeVar("Item")


class UnwritableDatabaseError(Exception):
    """The database refuses; the message has its reason and no password."""


def load_meetings(
    address: str,
    meetings: Iterable[Meeting | str],
    withdrawn: Iterable[tuple[str, int]] = (),
    *,
    schema: str | None = None,
) -> int:
    """Upsert the meetings, or records as the store keeps them, at ``postgresql://...``; return how many were sent.

    All in one transaction: a reader sees the tables before or after. ``schema`` is made when it does not exist; without
    it the connection's own counts (``public``). A meeting is written when its ``revision`` is higher than the stored
    one, and the ids it has swallowed are removed, as are the ``withdrawn`` (id, last revision). Several loads at once
    wait for each other.

    Raises UnwritableDatabaseError.
    """
    try:
        patience = conninfo_to_dict(address).get("connect_timeout") or CONNECT_SECONDS
        address = make_conninfo(address, connect_timeout=patience, application_name="defence-meetings export")
        with psycopg.connect(address) as connection:
            return _load(connection, meetings, withdrawn, schema)
    except (psycopg.Error, UnicodeError) as error:
        raise UnwritableDatabaseError(" ".join(str(error).split())) from error


def _load(
    connection: psycopg.Connection,
    meetings: Iterable[Meeting | str],
    withdrawn: Iterable[tuple[str, int]],
    schema: str | None,
) -> int:
    if schema:
        # Two that create it at once would collide in the catalogue: the lock of tables.sql, taken early.
        connection.execute("SELECT pg_advisory_xact_lock(1835361652)")
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        connection.execute(sql.SQL("SET LOCAL search_path TO {}").format(sql.Identifier(schema)))
    connection.execute(_script("tables.sql"))
    sent = 0
    for batch in _batches(meetings):
        _send(connection, map(_storable, batch))
        sent += len(batch)
    for gone in _batches(withdrawn):
        _send(connection, (withdrawal(*one).decode() for one in gone))
    return sent


def _send(connection: psycopg.Connection, lines: Iterable[str]) -> None:
    with connection.cursor().copy("COPY incoming (record) FROM STDIN") as copy:
        for line_ in lines:
            copy.write_row((line_,))
    connection.execute(_script("load.sql"))


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, ROWS_AT_ONCE)):
        yield batch


@cache
def _script(name: str) -> sql.SQL:
    return sql.SQL(resources.files(__package__).joinpath(name).read_text("utf-8"))


def _storable(meeting: Meeting | str) -> str:
    r"""Return the line of a meeting without ``\u0000``, which PostgreSQL's texts cannot hold."""
    encoded = line(meeting)
    if b"\\u0000" not in encoded:
        return encoded.decode()
    return orjson.dumps(_without_nul(orjson.loads(encoded))).decode()


def _without_nul(value: object) -> object:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_nul(item) for key, item in value.items()}
    return value
