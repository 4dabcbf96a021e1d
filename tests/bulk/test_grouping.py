"""Candidates, links and records of groups: what is spread over machines is what the resolver and the store do on one."""

from __future__ import annotations

import datetime as dt
import itertools
from types import SimpleNamespace

import pytest

from crawler.bulk.candidates import key_rows, linked, probe_rows, report_rows
from crawler.bulk.resolving import recorded
from crawler.feeds.record import line
from crawler.meetings.overrides import Overrides, parse_overrides
from crawler.meetings.report import Report
from crawler.meetings.resolver import neighbourhood
from crawler.store import Store
from crawler.store.content import record_content
from crawler.store.encoding import decode, digest, encode
from tests.store.stories import world

NOW = dt.datetime(2026, 2, 6, 8, 0, tzinfo=dt.UTC)


def row(article, mentions, number=0, captured=NOW):
    return SimpleNamespace(
        url=article.url,
        file="a",
        number=number,
        captured=captured.isoformat(),
        content=digest(record_content(article, mentions, None if mentions else "why")),
        article=encode(article) if mentions else None,
        mentions=encode(tuple(mentions)) if mentions else None,
    )


@pytest.fixture(scope="module")
def readings():
    return [row(article, mentions) for article, mentions, _ in world() if mentions]


def joined(reports, overrides):
    """The pairs that the join of keys and probes gives."""
    keys = {}
    for report in reports:
        for key, bucket, day, number in key_rows(overrides, report):
            keys.setdefault((key, bucket), []).append((day, number))
    return {
        tuple(sorted((number, other)))
        for report in reports
        for key, bucket, first, last, number in probe_rows(overrides, report)
        for day, other in keys.get((key, bucket), ())
        if first <= day <= last and number != other
    }


def groups(pairs, nodes):
    of = {node: {node} for node in nodes}
    for one, other in pairs:
        if of[one] is not of[other]:
            of[one] |= of[other]
            for node in of[other]:
                of[node] = of[one]
    return {frozenset(members) for members in of.values()}


def merging(readings):
    urls = [reading.url for reading in readings]
    return parse_overrides(
        f'[[merge]]\nreports = ["{urls[0]}", "{urls[-1]}"]\nwho = "A"\nwhen = 2026-02-06\nwhy = "B"\n'
        f'[[not-a-meeting]]\nreport = "{urls[3]}"\nwho = "A"\nwhen = 2026-02-06\nwhy = "B"\n'
    )


@pytest.mark.parametrize("decided", [False, True])
def test_the_join_connects_what_the_resolver_connects(readings, decided):
    overrides = merging(readings) if decided else Overrides()
    rows = [
        SimpleNamespace(number=number, url=url, report=report)
        for reading in readings
        for number, url, report in report_rows(reading)
    ]
    by_number = {report.number: report for report in rows}
    pairs = [
        SimpleNamespace(
            one=by_number[a].url, other=by_number[b].url, left=by_number[a].report, right=by_number[b].report
        )
        for a, b in joined(rows, overrides)
        if by_number[a].url != by_number[b].url
    ]
    reports = [decode(Report, report.report) for report in rows]
    near = neighbourhood(reports, lambda _probes: [], overrides)
    kept = {id_: report.url for id_, report in near.reports.items()}
    same_article = [(a, b) for a, b in itertools.combinations(kept, 2) if kept[a] == kept[b]]
    connected = [(min(ids), id_) for ids in near.components() for id_ in ids]
    ids = groups([*same_article, *connected], kept)
    expected = {frozenset(kept[id_] for id_ in members) for members in ids}
    assert groups(linked(overrides, pairs), set(kept.values())) == expected
    assert max(map(len, expected)) > 2
    assert len(expected) > 5


def test_an_article_without_its_text_counts_as_with_it(tmp_path):
    """The store is given the articles themselves; ``recorded`` has only the digest of those that tell of no meeting."""
    (one, told), (two, also) = [(article, mentions) for article, mentions, _ in world() if mentions][:2]
    history = [(one, told), (two, also), (one, ()), (one, ()), (two, also), (one, told), (two, ())]
    rows = []
    with Store.open(f"sqlite:///{tmp_path}/whole.db", Overrides()) as store:
        for number, (article, mentions) in enumerate(history):
            moment = NOW + dt.timedelta(days=number)
            store.record(article, mentions, run="r", now=moment, dropped=None if mentions else "why")
            rows.append(row(article, mentions, number, moment))
        expected = [(meeting.id, line(meeting).decode()) for meeting in store.meetings()]
    found = [(id_, text) for _, id_, text in recorded(Overrides(), rows)]
    assert found == expected
    assert found
