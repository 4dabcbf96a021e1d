from __future__ import annotations

from contextlib import ExitStack

import pytest

from crawler.commands.locks import lock_key, lock_sources
from tests.store.conftest import database, new_url, postgresql, url  # noqa: F401 - fixtures

SQLITE = "sqlite:///crawler.db"


def test_a_source_is_crawled_once_at_a_time(tmp_path):
    with ExitStack() as first:
        assert lock_sources(["report", "menafn"], tmp_path, SQLITE, first) == (["report", "menafn"], [])
        with ExitStack() as second:
            assert lock_sources(["report", "azernews"], tmp_path, SQLITE, second) == (["azernews"], ["report"])
    with ExitStack() as third:
        assert lock_sources(["report"], tmp_path, SQLITE, third) == (["report"], [])


def test_keys_differ_and_stay():
    keys = [lock_key(name) for name in ("report", "azernews", "menafn", "archive")]
    assert len(set(keys)) == 4
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert lock_key("report") == lock_key("report")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_two_machines_share_the_lock_of_their_database(url, tmp_path):  # noqa: F811 - the fixture
    with ExitStack() as here:
        assert lock_sources(["report", "menafn"], tmp_path / "here", url, here) == (["report", "menafn"], [])
        with ExitStack() as there:
            assert lock_sources(["report", "azernews"], tmp_path / "there", url, there) == (["azernews"], ["report"])
    with ExitStack() as there:
        assert lock_sources(["report"], tmp_path / "there", url, there) == (["report"], [])
