"""Any order of arrival, any split into runs, one process or four: the same meetings with the same ids."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import random
from collections import Counter

import orjson
import pytest

from crawler.meetings.report import make_report
from crawler.meetings.resolver import resolve
from crawler.store import Store
from tests.store.stories import MEETINGS, world

NOW = dt.datetime(2026, 3, 12, 6, 0, tzinfo=dt.UTC)
CLOCKS = {"first_seen", "last_changed"}


def records(store):
    """Return the lines of the feed without their clocks."""
    lines = [orjson.loads(orjson.dumps(meeting)) for meeting in store.meetings()]
    return [{key: value for key, value in line.items() if key not in CLOCKS} for line in lines]


def fill(store, stories, runs=1):
    for place, (article, mentions, dropped) in enumerate(stories):
        store.record(article, mentions, run=f"r{place % runs}", now=NOW, dropped=dropped)


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('store')}/c.db") as store:
        fill(store, world())
        found = records(store)
    assert len(found) == MEETINGS
    return found


def shuffled(seed):
    stories = world()
    random.Random(seed).shuffle(stories)
    return stories


def test_fifty_orders_resolve_alike():
    wanted = None
    for seed in range(50):
        reports = [make_report(a, m, alone=len(ms) == 1) for a, ms, _ in shuffled(seed) for m in ms]
        found = [(cluster.id, [report.id for report in cluster.reports]) for cluster in resolve(reports)]
        wanted = wanted or found
        assert found == wanted


@pytest.mark.parametrize("seed", range(6))
def test_orders_and_runs_give_the_same_records(seed, tmp_path, expected):
    with Store.open(f"sqlite:///{tmp_path}/c.db") as store:
        fill(store, shuffled(seed), runs=1 + seed % 9)
        assert records(store) == expected


def test_reading_all_again_in_another_order_changes_nothing(tmp_path, expected):
    with Store.open(f"sqlite:///{tmp_path}/c.db") as store:
        fill(store, world())
        fill(store, shuffled(1))
        assert records(store) == expected


def test_postgresql_gives_the_same_records(new_url, expected):
    with Store.open(new_url()) as store:
        fill(store, world(), runs=9)
        assert records(store) == expected


def crawl(url, stories, run):
    with Store.open(url) as store:
        for article, mentions, dropped in stories:
            store.record(article, mentions, run=run, now=NOW, dropped=dropped)


@pytest.mark.slow
@pytest.mark.parametrize(("database", "processes"), [("sqlite", 4), ("postgresql", 8)], indirect=["database"])
def test_processes_at_once(new_url, processes, expected):
    url, stories = new_url(), shuffled(4)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.test_orders"])
    parts = [stories[place::processes] + stories[:6] for place in range(processes)]  # some pages are read by all
    crawls = [context.Process(target=crawl, args=(url, part, f"r{n}")) for n, part in enumerate(parts)]
    for process in crawls:
        process.start()
    for process in crawls:
        process.join(120)
    assert [process.exitcode for process in crawls] == [0] * processes
    with Store.open(url) as store:
        assert records(store) == expected
        touched = Counter(m.id for n in range(processes) for m in store.changed_in(f"r{n}", touched=True))
        assert set(touched) == {line["id"] for line in expected}
