"""The replica's articles in any order, any number of runs, on both databases, by one process and by four at once."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from crawler.meetings.report import make_report
from crawler.meetings.resolver import resolve
from crawler.mentions import read_mentions
from crawler.pages import Page, read_article
from crawler.store import Store
from tests.replica.server import Replica
from tests.replica.stories import expected_meetings, load_stories
from tests.store.conftest import database, new_url, postgresql  # noqa: F401 - fixtures
from tests.store.test_orders import NOW, records

ROOT = Path(__file__).parents[1]
STORIES = load_stories()
WANTED = {expected.urls for expected in expected_meetings(STORIES)}


def fetched(replica, url):
    parts = urlsplit(url)
    with urlopen(Request(replica.url + parts.path, headers={"Host": parts.netloc})) as response:
        return Page(url, response.read(), response.headers["Content-Type"])


@pytest.fixture(scope="module")
def articles():
    """Every article of the stories that a source may use, read from its page, with its mentions."""
    with Replica() as replica:
        read = [
            read_article(fetched(replica, article.url))
            for story in STORIES
            for article in story.articles
            if article.is_source
        ]
    return [(article, read_mentions(article)) for article in read]


def shuffled(articles, seed):
    order = list(articles)
    random.Random(seed).shuffle(order)
    return order


@pytest.mark.slow
def test_fifty_orders_give_exactly_the_meetings_of_the_replica(articles):
    ids = set()
    for seed in range(50):
        reports = [
            make_report(article, mention, alone=len(reading.mentions) == 1)
            for article, reading in shuffled(articles, seed)
            for mention in reading.mentions
        ]
        clusters = resolve(reports)
        assert {frozenset(report.url for report in cluster.reports) for cluster in clusters} == WANTED
        assert len(clusters) == len(WANTED)
        ids.add(tuple(cluster.id for cluster in clusters))
    assert len(ids) == 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_one_run_and_nine_runs_store_the_same(articles, seed, new_url, tmp_path):  # noqa: F811 - the fixture
    found = []
    for address, runs in ((f"sqlite:///{tmp_path}/one.db", 1), (new_url(), 9)):
        with Store.open(address) as store:
            for place, (article, reading) in enumerate(shuffled(articles, seed + runs)):
                run, now = f"r{place * runs // len(articles)}", NOW + dt.timedelta(minutes=place)
                store.record(article, reading.mentions, run=run, now=now, dropped=reading.dropped)
            found.append(records(store))
    assert found[0] == found[1]
    assert {frozenset(source["url"] for source in meeting["sources"]) for meeting in found[0]} == WANTED


@pytest.mark.slow
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_four_crawls_at_once_on_one_postgresql(new_url, tmp_path):  # noqa: F811 - the fixture
    url = new_url()
    captures = tmp_path / "articles.jsonl"
    first = next(story for story in STORIES if story.meetings).articles[0]
    text = {"url": "https://example.org/copy", "text": "\n\n".join(first.paragraphs), "lang": first.lang}
    captures.write_text(json.dumps(text | {"published": first.published.isoformat()}), "utf-8")
    with Replica() as replica:
        common = ("-s", f"REPLICA_URL={replica.url}", "-s", f"STORE_URL={url}")
        crawls = [
            subprocess.Popen(
                [sys.executable, "-m", "scrapy", "crawl", *names, *common, "-s", f"DATA_DIR={tmp_path / names[0]}"],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            for names in (("report",), ("azernews",), ("menafn",), ("archive", "-a", f"path={captures}"))
        ]
        for crawl in crawls:
            _, errors = crawl.communicate(timeout=300)
            assert crawl.returncode == 0, errors[-3000:]
    with Store.open(url) as store:
        found = [{source["url"] for source in meeting["sources"]} for meeting in records(store)]
    assert {frozenset(urls - {text["url"]}) for urls in found} == WANTED
    assert len(found) == len(WANTED)
