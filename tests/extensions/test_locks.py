from __future__ import annotations

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from crawler.extensions.locks import SourceLocks, lock_key
from tests.store.conftest import database, new_url, postgresql, url  # noqa: F401 - fixtures

SQLITE = "sqlite:///crawler.db"
on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def ours(locks):
    return (locks.free, locks.busy)


def test_a_source_is_crawled_once_at_a_time(tmp_path):
    with SourceLocks(["report", "menafn"], tmp_path, SQLITE) as first:
        assert ours(first) == (["report", "menafn"], [])
        assert first.holds("report")
        with SourceLocks(["report", "azernews"], tmp_path, SQLITE) as second:
            assert ours(second) == (["azernews"], ["report"])
    with SourceLocks(["report"], tmp_path, SQLITE) as third:
        assert ours(third) == (["report"], [])


def test_keys_differ_and_stay():
    keys = [lock_key(name) for name in ("report", "azernews", "menafn", "archive")]
    assert len(set(keys)) == 4
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert lock_key("report") == lock_key("report")


@on_postgresql
def test_two_machines_share_the_lock_of_their_database(url, tmp_path):  # noqa: F811 - the fixture
    with SourceLocks(["report", "menafn"], tmp_path / "here", url) as here:
        assert ours(here) == (["report", "menafn"], [])
        with SourceLocks(["report", "azernews"], tmp_path / "there", url) as there:
            assert ours(there) == (["azernews"], ["report"])
    with SourceLocks(["report"], tmp_path / "there", url) as there:
        assert ours(there) == (["report"], [])


def test_a_database_that_is_not_there_leaves_no_lock(tmp_path):
    with pytest.raises(OperationalError):
        SourceLocks(["report"], tmp_path, f"postgresql+psycopg://u@/d?host={tmp_path}")
    with SourceLocks(["report"], tmp_path, SQLITE) as locks:
        assert ours(locks) == (["report"], [])


def sessions(url):  # noqa: F811
    """The address for a session of one's own, which sees and ends all sessions that hold an advisory lock."""
    return psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)


HOLDERS = """
    SELECT pid FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def end_holders(url):  # noqa: F811
    with sessions(url) as session:
        for (pid,) in session.execute(HOLDERS).fetchall():
            session.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


@on_postgresql
def test_a_lock_that_was_lost_is_taken_again(url, tmp_path):  # noqa: F811 - the fixture
    with SourceLocks(["report", "menafn"], tmp_path / "here", url) as here:
        end_holders(url)
        assert here.holds("report")
        assert here.holds("menafn")
        with SourceLocks(["report", "menafn"], tmp_path / "there", url) as there:
            assert ours(there) == ([], ["report", "menafn"])


@on_postgresql
def test_a_lock_that_another_run_has_taken_meanwhile_is_left_to_it(url, tmp_path):  # noqa: F811 - the fixture
    with SourceLocks(["report", "menafn"], tmp_path / "here", url) as here:
        end_holders(url)
        with SourceLocks(["report"], tmp_path / "there", url) as there:
            assert ours(there) == (["report"], [])
            assert not here.holds("report")
            assert here.holds("menafn")
        assert not here.holds("report")  # not taken back: what that run did is not known here


@on_postgresql
def test_a_session_that_only_the_server_believes_in_is_ended(url, tmp_path):  # noqa: F811 - the fixture
    with SourceLocks(["report"], tmp_path / "here", url) as here:
        with sessions(url) as session:
            (before,) = session.execute(HOLDERS).fetchone()
        link = here._store._session
        kept = link.connection.dbapi_connection  # the server is told nothing, as when the network is cut
        link.connection.detach()
        link.close()
        assert here.holds("report")
        with sessions(url) as session:
            holders = session.execute(HOLDERS).fetchall()
        assert len(holders) == 1
        assert holders != [(before,)]
        kept.close()
