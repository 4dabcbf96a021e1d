"""The feed that a crawl of the replica leaves, in every target: twice, and in two halves in any order.

A file is replaced as a whole, so halves are two files and who reads them joins them by id; a database joins them itself.
Each is read by a library that had no part in writing it.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import sqlite3
from contextlib import closing
from itertools import pairwise

import duckdb
import feedparser
import psycopg
import pytest
import vobject
from lxml import html
from markdown_it import MarkdownIt
from scrapy.settings import Settings

from crawler.feeds.destinations import FORMATS, destination
from crawler.items import Meeting
from crawler.store.encoding import decode
from tests import crawls
from tests.replica.server import Replica

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def feed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crawl")
    with Replica() as replica:
        ended = crawls.crawl(replica.url, folder, "report", "azernews", "menafn")
    assert ended.returncode == 0, ended.stderr[-2000:]
    lines = (folder / "meetings.jsonl").read_text("utf-8").splitlines()
    assert len(lines) > 50
    return [decode(Meeting, line) for line in lines]


def read_lines(path):
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return {one["id"]: (one["date"], one["headline"]) for one in map(json.loads, content.splitlines())}


def read_table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: (row["date"] or None, row["headline"]) for row in csv.DictReader(file)}


def read_parquet(path):
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT id, date, headline FROM read_parquet(?)", [str(path)]).fetchall()
    return {id_: (date, headline) for id_, date, headline in rows}


def read_entries(path):
    entries = feedparser.parse(path.read_bytes()).entries
    dated = {entry.id.rpartition(":")[2]: entry.title.partition(": ") for entry in entries}
    return {id_: (date, headline) for id_, (date, _, headline) in dated.items()}


def read_events(path):
    events = vobject.readOne(path.read_bytes().decode()).vevent_list
    return {
        one.uid.value.partition("@")[0]: (one.dtstart.value.isoformat(), one.summary.value, one.status.value)
        for one in events
    }


def read_entities(path):
    with path.open(encoding="utf-8") as lines:
        events = [one for one in map(json.loads, lines) if one["schema"] == "Event"]
    return {one["id"]: (one["properties"]["date"][0], one["properties"]["name"][0]) for one in events}


def read_page(path):
    articles = html.parse(str(path)).findall(".//article")
    return {one.get("id"): one.findtext("h3") for one in articles}


def read_markdown(path):
    tokens = MarkdownIt("commonmark").parse(path.read_text("utf-8"))
    heads = [after.children for at, after in pairwise(tokens) if at.tag == "h3" and at.nesting == 1]
    return sorted("".join(child.content for child in children) for children in heads)


def read_database(path):
    with closing(sqlite3.connect(path)) as connection:
        return {id_: told for id_, *told in connection.execute("SELECT id, date, headline FROM meetings")}


def plain(some):
    return {one.id: (one.date, one.headline) for one in some}


def events(some):
    status = {"held": "CONFIRMED", "announced": "TENTATIVE", "cancelled": "CANCELLED"}
    dated = [one for one in some if one.date]
    return {one.id: (f"{one.date}-01"[:10], one.headline, status[one.status]) for one in dated}


# ending: how it is read, and what is expected
READERS = {
    ".jsonl": (read_lines, plain),
    ".jsonl.gz": (read_lines, plain),
    ".csv": (read_table, plain),
    ".parquet": (read_parquet, plain),
    ".atom": (read_entries, plain),
    ".ics": (read_events, events),
    ".ftm.jsonl": (read_entities, plain),
    ".html": (read_page, lambda some: {one.id: one.headline for one in some}),
    ".md": (read_markdown, lambda some: sorted(one.headline for one in some)),
    ".db": (read_database, lambda some: {id_: list(told) for id_, told in plain(some).items()}),
}


def test_every_format_has_its_reader():
    assert set(READERS) == {*FORMATS, ".db"}


@pytest.mark.parametrize("ending", READERS)
def test_a_file_twice_and_in_two_halves_in_any_order(ending, feed, tmp_path):
    read, expected = READERS[ending]
    whole = tmp_path / f"whole{ending}"
    for _ in range(2):
        destination(str(whole), Settings()).deliver(iter(feed))
        assert read(whole) == expected(feed)
    shuffled = random.Random(6).sample(feed, len(feed))
    for one, other in ((feed[:40], feed[40:]), (shuffled[:40], shuffled[40:])):
        files = tmp_path / f"one{ending}", tmp_path / f"other{ending}"
        for file, half in zip(files, (one, other), strict=True):
            destination(str(file), Settings()).deliver(iter(half))
        found = [read(file) for file in files]
        for first, second in (found, found[::-1]):
            joined = sorted(first + second) if isinstance(first, list) else {**first, **second}
            assert joined == expected(feed)


def test_postgresql_twice_and_in_two_halves_in_any_order(feed, new_database):
    shuffled = random.Random(6).sample(feed, len(feed))
    loads = ([feed], [feed, feed], [feed[:40], feed[40:]], [feed[40:], feed[:40]], [shuffled[40:], shuffled[:40], feed])
    for parts in loads:
        address = new_database()
        for part in parts:
            destination(address, Settings()).deliver(iter(part))
        with psycopg.connect(address) as connection:
            rows = connection.execute("SELECT id, date, headline FROM meetings").fetchall()
            sources = connection.execute("SELECT count(*) FROM sources").fetchone()
        assert {id_: (date, headline) for id_, date, headline in rows} == plain(feed)
        assert sources == (sum(len(one.sources) for one in feed),)
