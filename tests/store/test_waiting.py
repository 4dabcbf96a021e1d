"""A connection to PostgreSQL that breaks; tests/test_database_outage.py stops the server itself."""

from __future__ import annotations

import time

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from crawler.store.database import Database
from crawler.store.waiting import resumed

on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def end(url, pid):
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True) as session:
        session.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


class Work:
    """A transaction whose connection is cut in its midst, so many times."""

    def __init__(self, url, cuts):
        self.database = Database(url)
        self.url = url
        self.cuts = cuts
        self.attempts = 0

    @resumed
    def do(self, value):
        with self.database.writing() as connection:
            self.attempts += 1
            connection.execute(text("INSERT INTO settings VALUES (:value, '')"), {"value": value})
            if self.attempts <= self.cuts:
                end(self.url, connection.execute(text("SELECT pg_backend_pid()")).scalar())
            return connection.execute(
                text("SELECT count(*) FROM settings WHERE name = :value"), {"value": value}
            ).scalar()


@on_postgresql
def test_what_a_broken_connection_has_undone_is_done_again(url):
    work = Work(url, cuts=1)
    assert work.do("once") == 1
    assert work.attempts == 2
    work.database.close()


@on_postgresql
def test_it_is_done_again_once_and_no_more(url):
    work = Work(url, cuts=9)
    with pytest.raises(OperationalError):
        work.do("never")
    assert work.attempts == 2
    work.database.close()


@on_postgresql
def test_a_connection_that_was_cut_between_two_uses_is_replaced(url):
    database = Database(url)
    with database.reading() as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    end(url, pid)
    with database.reading() as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar() != pid
    database.close()


def test_a_server_that_never_answered_is_not_waited_for(tmp_path):
    began = time.monotonic()
    with pytest.raises(OperationalError):
        Database(f"postgresql+psycopg://u@/d?host={tmp_path}", wait=60)
    assert time.monotonic() - began < 30
