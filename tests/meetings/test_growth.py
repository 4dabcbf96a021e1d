"""What recording an article takes does not grow with the store: counted, not timed."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, event

from benchmarks.bulk_store import CLOCK, Tiles, fill
from benchmarks.resolver import arrivals
from crawler.store import Store
from crawler.store.reports import StoredReports

SIZES = (1, 20)
ARRIVALS = 300


class Taken(NamedTuple):
    candidates: int
    statements: int
    meetings: tuple[str, ...]


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """Return what each of the same articles took on a store of a thousand and of twenty thousand meetings."""
    folder, tiles = tmp_path_factory.mktemp("growth"), Tiles()
    return [recorded(f"sqlite:///{folder}/{size}.db", size, tiles) for size in SIZES]


def recorded(url, size, tiles):
    fill(url, size, tiles)
    counts = Counter()
    find = StoredReports.find

    def counted(self, probes):
        found = find(self, probes)
        counts["candidates"] += len(found)
        return found

    def executed(*_):
        counts["statements"] += 1

    event.listen(Engine, "before_cursor_execute", executed)
    found = []
    with pytest.MonkeyPatch.context() as patch, Store.open(url) as store:
        patch.setattr(StoredReports, "find", counted)
        for place, (article, mention) in enumerate(arrivals()[:ARRIVALS]):
            counts.clear()
            result = store.record(article, [mention], run="new", now=CLOCK + dt.timedelta(seconds=place))
            found.append(Taken(counts["candidates"], counts["statements"], result.meeting_ids))
    event.remove(Engine, "before_cursor_execute", executed)
    return found


def ninth_decile(numbers):
    return statistics.quantiles(numbers, n=10)[-1]


@pytest.mark.slow
def test_twenty_times_as_many_meetings_are_no_more_candidates(taken):
    small, large = ([one.candidates for one in each] for each in taken)
    assert statistics.mean(small) >= 1  # the articles do meet what is stored
    assert statistics.mean(large) <= 1.5 * statistics.mean(small)
    assert ninth_decile(large) <= 1.5 * ninth_decile(small)
    assert max(large) <= 2 * max(small)


@pytest.mark.slow
def test_twenty_times_as_many_meetings_are_no_more_statements(taken):
    small, large = ([one.statements for one in each] for each in taken)
    assert statistics.mean(large) <= 1.05 * statistics.mean(small)
    assert max(large) <= max(small) + 2


@pytest.mark.slow
def test_the_same_articles_join_the_same_meetings(taken):
    small, large = ([one.meetings for one in each] for each in taken)
    assert small == large
