"""Connections, transactions and migrations on SQLite and PostgreSQL."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from crawler.program_files import on_disk
from crawler.store.schema import HEAD
from crawler.store.waiting import Waiting

BUSY_SECONDS: Final = 60
_AGAIN_SECONDS: Final = 0.02
"""Between two tries to turn the write-ahead log of a new store on."""
_CACHE_KIB: Final = 8_192
"""What a connection to SQLite keeps of the file; the system keeps the rest, and the process does not grow with it."""
_STREAMING_KIB: Final = 4_096
"""The same while a long list is read, each page of which is wanted once."""
_LOCK: Final = 0x6D656574  # "meet": the number of the advisory lock, any fixed one will do


class StoreError(Exception):
    """The store cannot be opened or is of another program version; the message says what to do."""


def _engine(url: URL, wait: float) -> Engine:
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise StoreError("the store needs a file: sqlite:///path/to/crawler.db")
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        options = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        # every transaction ends below, so nothing is left to roll back when a connection is given back
        engine = create_engine(url, connect_args=options, pool_reset_on_return=None)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if url.get_backend_name() == "postgresql":
        engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
        event.listen(engine, "do_connect", Waiting(wait))
        return engine
    raise StoreError(f"unknown database {url.get_backend_name()!r}: use sqlite:///... or postgresql+psycopg://...")


def _prepare_sqlite(connection: Any, _record: object) -> None:  # the driver's own connection
    connection.isolation_level = None  # transactions are begun below, not by the driver's guesses
    cursor = connection.cursor()
    _write_ahead(cursor)
    # A power cut may lose the last commits but tears nothing; what was lost counts as unseen and is fetched again.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Turn the write-ahead log on, so that readers (export, browse) never wait for the crawl.

    Of several processes that open a new store at once SQLite refuses this to all but one, without waiting for the lock
    as it does elsewhere (https://www.sqlite.org/c3ref/busy_handler.html). Raises sqlite3.OperationalError in the end.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_AGAIN_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: upgraded later, two readers could wait for each other for ever.
    statement = "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN"
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute(statement)  # through SQLAlchemy it costs as much as writing an article
    except sqlite3.Error as error:
        raise DBAPIError.instance(statement, None, error, sqlite3.Error) from error


class Database:
    """One database of the store, migrated to the newest revision when opened.

    A PostgreSQL server that goes away after that is waited for up to ``wait`` seconds.
    """

    def __init__(self, url: str | URL, *, wait: float = 0.0) -> None:
        self.engine = _engine(make_url(url), wait)
        self._writer: Engine = self.engine.execution_options(writes=True)
        try:
            with self.writing() as connection:
                _migrate(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one writing transaction: committed at the end, rolled back when left by an exception.

        Writers of all processes follow one another. A crawl is polite, one request at a time a host, so they hardly
        ever meet; in return every meeting is resolved against all that is known.
        """
        with self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that sees one state of the store, whatever is written meanwhile."""
        engine = self.engine
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with engine.begin() as connection:
            yield connection

    @contextmanager
    def streaming(self) -> Iterator[Connection]:
        """Give what ``reading`` gives, for rows that are read once: memory does not grow with their number."""
        with self.reading() as connection:
            if connection.dialect.name != "sqlite":
                yield connection
                return
            connection.exec_driver_sql(f"PRAGMA cache_size = -{_STREAMING_KIB}")
            try:
                yield connection
            finally:
                connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _migrate(connection: Connection) -> None:
    version = None
    if inspect(connection).has_table("alembic_version"):
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version == HEAD:
        return
    from alembic import command  # noqa: PLC0415  # costs 0.3 s, and is needed once in the life of a store
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.attributes["connection"] = connection
    with on_disk("crawler.store", "migrations") as folder:
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(
                f"the store is at revision {version}, unknown to this program: update the program"
            ) from error
