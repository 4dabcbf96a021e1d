"""What quality measures is what a crawl gives."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from quality.labelled import ARTICLES, load
from quality.running import alone, join, read

CLOCKS = ("revision", "first_seen", "last_changed")


def _without_clocks(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in CLOCKS}


def test_the_feed_of_a_crawl_has_the_same_records(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    arguments = ["-a", f"path={ARTICLES}", "-O", str(feed), "-s", f"DATA_DIR={tmp_path / 'data'}"]
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "archive", *arguments, "-s", "LOG_LEVEL=ERROR"],
        cwd=ARTICLES.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    crawled = {record["id"]: record for record in map(json.loads, feed.read_text("utf-8").splitlines())}
    joined = {record["id"]: record for record in join([read(article.record) for article in load(ARTICLES)])}
    assert crawled.keys() == joined.keys()
    # no record is shown: some of them are of sealed articles
    differing = sum(_without_clocks(crawled[id_]) != _without_clocks(joined[id_]) for id_ in crawled)
    assert differing == 0


def test_an_article_alone_gives_what_it_would_give_in_an_empty_store() -> None:
    articles = [article for article in load(ARTICLES) if article.part == "open"][:40]
    readings = [read(article.record) for article in articles]
    for reading, records in zip(readings, alone(readings).values(), strict=True):
        assert len(records) == len(reading.mentions)
        assert all([source["url"] for source in record["sources"]] == [reading.url] for record in records)


def test_a_text_that_cannot_be_read_has_a_reading_that_says_why() -> None:
    article = next(article for article in load(ARTICLES) if article.part == "open")
    reading = read(type(article.record)(url="https://example.org/1", text="日本語の記事です。" * 30))
    assert str(reading) == "no meeting: unreadable: unsupported-language"
    assert join([reading]) == []
