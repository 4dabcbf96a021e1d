"""Runs after the first: cheap when nothing is new, and nothing is missed by it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
from collections import Counter

import pytest

from tests.crawls import crawl, meetings
from tests.replica.catalogue import Edit
from tests.replica.server import Replica
from tests.replica.stories import load_stories

STORY = "bilateral-slovakia-minister"
STORIES = [
    s for s in load_stories() if s.id in {STORY, "bilateral-hungary-chief-of-defence", "bilateral-china-minister"}
]
ENGLISH = next(a for s in STORIES if s.id == STORY for a in s.articles if (a.site, a.lang) == ("report", "en"))
PATH = ENGLISH.url.removeprefix("https://report.az")


@pytest.fixture(scope="module")
def replica():
    with Replica(STORIES) as running:
        yield running


@pytest.fixture(scope="module")
def first(replica, tmp_path_factory):
    """The folder of a first run of all sources, the requests it took and the bytes that came."""
    folder = tmp_path_factory.mktemp("first")
    replica.log.clear()
    ended = crawl(replica.url, folder, "all")
    assert ended.returncode == 0, ended.stderr[-3000:]
    return folder, len(replica.log), received(ended)


@pytest.fixture
def folder(first, tmp_path):
    shutil.copytree(first[0], tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def as_written(replica):
    replica.log.clear()
    yield
    replica.edits.clear()


def received(ended):
    return sum(int(count) for count in re.findall(r"'downloader/response_bytes': (\d+)", ended.stderr))


def answers(replica):
    return {(logged.host, logged.path): logged.status for logged in replica.log}


def found(folder, url):
    return next(m for m in meetings(folder) if any(source["url"] == url for source in m["sources"]))


def pass_time(folder, hours):
    """Let the runs and articles of a store be so many hours older."""
    with sqlite3.connect(folder / "crawler.db") as store:
        for table, column in (("runs", "started"), ("articles", "first_seen")):
            for row, moment in store.execute(f"SELECT rowid, {column} FROM {table}").fetchall():
                earlier = dt.datetime.fromisoformat(moment) - dt.timedelta(hours=hours)
                store.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (earlier.isoformat(), row))
    store.close()


def test_nothing_new_costs_a_handful_of_conditional_requests(replica, first, folder):
    _, requests, size = first
    before = (folder / "meetings.jsonl").read_bytes()
    ended = crawl(replica.url, folder, "all")
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert (folder / "meetings.jsonl").read_bytes() == before
    assert received(ended) <= 0.05 * size
    assert len(replica.log) <= 32 < requests
    statuses = Counter(logged.status for logged in replica.log if logged.path != "/robots.txt")
    assert statuses[304] == statuses.total() - 1, statuses  # the news sitemap is empty, so it is asked for in full


def test_changed_headline_is_read_at_the_next_run(replica, folder):
    before = found(folder, ENGLISH.url)
    replica.edits[ENGLISH.url] = Edit({"headline": f"{ENGLISH.headline} - UPDATED"})
    assert crawl(replica.url, folder, "report").returncode == 0
    assert answers(replica)["report.az", PATH] == 200
    after = found(folder, ENGLISH.url)
    assert after["revision"] > before["revision"]
    assert any(v["raw"].endswith("UPDATED") for v in after["headline_variants"])


def test_changed_text_is_read_on_the_schedule(replica, tmp_path):
    folder = tmp_path / "data"
    now = dt.datetime.now(dt.UTC)
    story = [a.url for s in STORIES if s.id == STORY for a in s.articles]
    fresh = {"published": now - dt.timedelta(minutes=90)}
    for url in story:
        replica.edits[url] = Edit(fresh)
    assert crawl(replica.url, folder, "report").returncode == 0
    replica.edits[ENGLISH.url] = Edit({**fresh, "paragraphs": (*ENGLISH.paragraphs, "The talks took three hours.")})
    replica.log.clear()
    assert crawl(replica.url, folder, "report").returncode == 0
    assert ("report.az", PATH) not in answers(replica)  # an hour has passed before, nothing since
    pass_time(folder, 1)
    replica.log.clear()
    ended = crawl(replica.url, folder, "report")
    assert ended.returncode == 0
    assert answers(replica)["report.az", PATH] == 200
    assert "'store/changed': 1" in ended.stats
    others = {path: status for (_, path), status in answers(replica).items() if f"https://report.az{path}" in story}
    assert sorted(others.values()) == [200, 304, 304]  # the others of that hour have not changed


def test_story_published_late_and_far_down_is_found(replica, tmp_path):
    folder = tmp_path / "data"
    replica.edits[ENGLISH.url] = Edit(hidden=True)
    assert crawl(replica.url, folder, "report").returncode == 0
    assert all(source["url"] != ENGLISH.url for m in meetings(folder) for source in m["sources"])
    del replica.edits[ENGLISH.url]
    assert crawl(replica.url, folder, "report").returncode == 0
    assert len(found(folder, ENGLISH.url)["sources"]) == 3


def test_what_is_asked_for_by_name_or_date_is_fetched(replica, folder, tmp_path):
    names = tmp_path / "addresses.txt"
    names.write_text(f"{ENGLISH.url}\n")
    ended = crawl(replica.url, folder, "report", "-a", f"urls={names}", "-O", str(tmp_path / "touched.jsonl"))
    assert ended.returncode == 0
    others = {a.url for s in STORIES if s.id == STORY for a in s.articles}  # the languages that it links
    asked = {f"https://report.az{path}" for _, path in answers(replica)}
    assert asked - others == {"https://report.az/robots.txt"}
    assert set(answers(replica).values()) == {200}
    assert (tmp_path / "touched.jsonl").read_text("utf-8").count("\n") == 1
    replica.log.clear()
    assert crawl(replica.url, folder, "report", "-a", f"since={ENGLISH.published.date()}").returncode == 0
    assert answers(replica)["report.az", PATH] == 200
    assert 304 not in answers(replica).values()


def from_report(meeting):
    return any(source["outlet"] == "report.az" for source in meeting["sources"])


def test_backfill_is_no_poll(replica, first, tmp_path):
    folder = tmp_path / "data"
    names = tmp_path / "addresses.txt"
    names.write_text(f"{ENGLISH.url}\n")
    assert crawl(replica.url, folder, "report", "-a", f"urls={names}").returncode == 0
    ended = crawl(replica.url, folder, "report")
    assert ended.returncode == 0
    # the first poll reads all the listings offer, however new the newest known article is
    assert [m["id"] for m in meetings(folder)] == [m["id"] for m in meetings(first[0]) if from_report(m)]


def test_languages_are_polled_apart(replica, first, tmp_path):
    folder = tmp_path / "data"
    assert crawl(replica.url, folder, "report", "-a", "langs=en").returncode == 0
    replica.log.clear()
    assert crawl(replica.url, folder, "report", "-a", "langs=en").returncode == 0
    english = {path: status for (_, path), status in answers(replica).items() if path.startswith("/en/")}
    assert set(english.values()) == {304}
    assert crawl(replica.url, folder, "report").returncode == 0
    assert [m["id"] for m in meetings(folder)] == [m["id"] for m in meetings(first[0]) if from_report(m)]
