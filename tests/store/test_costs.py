"""What an article costs the store: statements and transactions, counted; times would depend on the machine."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace

import orjson
import pytest
from sqlalchemy import event

from crawler.feeds.publication import NOTE, publish_meetings
from crawler.meetings.overrides import parse_overrides
from crawler.store import Store
from tests.meetings.making import CHIEF, make
from tests.store.stories import world
from tests.store.test_store import DAY, LATER, NOW, record_all


@pytest.fixture
def store(url):
    with Store.open(url, parse_overrides("")) as opened:
        record_all(opened, world())
        yield opened


@contextmanager
def counted(store):
    """Count statements by their first word, and writing transactions by ``write``."""
    engine, seen = store._database.engine, Counter()

    def executed(*happened):
        statement = happened[2]
        if not statement.lstrip().startswith(("SELECT pg_", "BEGIN")):
            seen[statement.split(None, 1)[0]] += 1

    def committed(connection):
        seen["write"] += bool(connection.get_execution_options().get("writes"))

    event.listen(engine, "before_cursor_execute", executed)
    event.listen(engine, "commit", committed)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", executed)
        event.remove(engine, "commit", committed)


def article(number):
    made, _ = make(f"report.az/en/army/{number}", headline=f"Drill {number}")
    return made


def test_an_article_of_no_meeting_is_one_look_and_one_row(store):
    with counted(store) as seen:
        store.record(article(1), [], run="r2", now=LATER, dropped="drill")
    assert seen == {"SELECT": 1, "INSERT": 1, "write": 1}


def test_an_article_already_known_is_only_looked_at(store):
    story, mentions, dropped = world()[0]
    with counted(store) as seen:
        store.record(story, mentions, run="r2", now=LATER, dropped=dropped)
    assert seen == {"SELECT": 2, "INSERT": 1, "write": 1}  # the run notes that it has met the meeting


def test_the_first_report_of_a_meeting(store):
    stranger = ("Piotr Nowik", "chief_of_general_staff", "PL")
    story, mention = make("a.az/new", who=(CHIEF, stranger), published="2027-05-04", date="2027-05-04")
    with counted(store) as seen:
        store.record(story, [mention], run="r2", now=LATER)
    # article, mention, keys, persons, meeting, countries, the run's changes, the state of the store
    assert seen["INSERT"] <= 8
    assert seen["SELECT"] <= 4
    assert seen["UPDATE"] <= 1
    assert seen["write"] == 1


def test_a_further_report_of_a_meeting(store):
    story, mention = make("b.az/1", lang="ru", **DAY)
    with counted(store) as seen:
        store.record(story, [mention], run="r2", now=LATER)
    assert seen.total() - seen["write"] <= 20
    assert seen["write"] == 1


def test_versions_of_pages_are_written_together(store):
    with counted(store) as seen:
        for number in range(120):
            store.record(article(number), [], run="r2", now=LATER, dropped="drill")
            store.hold_validators(f"https://report.az/{number}", etag=f'"{number}"', last_modified=None)
    assert seen["write"] == 122
    held = store.validators("https://report.az/119")  # not written yet, but known
    assert held.etag == '"119"'
    store.begin_run("r2", "report", now=NOW)
    store.finish_run("r2", verdict="done", counts={}, now=LATER)
    with counted(store) as seen:
        assert store.validators("https://report.az/119") == held
    assert seen.total() == seen["SELECT"] == 1


def test_a_feed_is_written_when_something_is_new(store, tmp_path):
    def publish():
        return publish_meetings(tmp_path, store)

    feed = tmp_path / "meetings.jsonl"
    assert publish()
    assert not publish()
    assert feed.read_bytes() == b"".join(orjson.dumps(meeting) + b"\n" for meeting in store.meetings())
    store.record(article(1), [], run="r2", now=LATER, dropped="drill")
    assert not publish()
    story, mention = make("b.az/1", lang="ru", **DAY)
    store.record(story, [mention], run="r2", now=LATER)
    assert publish()
    whole = feed.read_bytes()
    feed.write_bytes(whole[:-1])
    assert publish()
    feed.unlink()
    assert publish()
    (tmp_path / NOTE).write_bytes(b"{")
    assert publish()
    assert not publish()
    assert feed.read_bytes() == whole
    store.record(replace(story, tags=("x",)), [], run="r3", now=LATER, dropped="drill")
    assert publish()
    assert feed.read_bytes() != whole


def test_opening_again_resolves_nothing_again(store, url):
    before = store.state()
    assert before
    with Store.open(url, parse_overrides("")) as again:
        assert again.state() == before
        assert list(again.changed_in("overrides")) == []
