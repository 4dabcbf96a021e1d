"""Every usual way of running Scrapy: it does what the command does, or says why not."""

from __future__ import annotations

import json
import shutil

import pytest

from tests import manual
from tests.crawls import crawl, meetings, scrapy
from tests.test_crawl_archive import GOOD

NOBODY = "http://127.0.0.1:1"  # no site answers there


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    path.write_text(json.dumps(GOOD), "utf-8")
    return path


def archive(articles, folder, *options):
    return scrapy("crawl", "archive", "-a", f"path={articles}", "-s", f"DATA_DIR={folder}", *options)


# --- a store that was lost ---


@pytest.fixture(scope="module")
def published(articles, tmp_path_factory):
    """A folder with a feed, and a destination beside it."""
    folder = tmp_path_factory.mktemp("published") / "data"
    assert archive(articles, folder, "-s", "DELIVERIES=meetings.csv").returncode == 0
    assert len(meetings(folder)) == 1
    return folder


@pytest.fixture
def folder(published, tmp_path):
    shutil.copytree(published, tmp_path / "data")
    return tmp_path / "data"


def lose(folder):
    for path in folder.glob("crawler.db*"):
        path.unlink()


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.glob("meetings.*")}


@pytest.mark.parametrize("loss", ["removed", "zero-bytes", "another-address"])
def test_an_empty_store_empties_no_feed(articles, folder, tmp_path, loss):
    before, options = contents(folder), ["-s", "DELIVERIES=meetings.csv"]
    if loss == "another-address":
        options += ["-s", f"STORE_URL=sqlite:///{tmp_path}/mistyped.db"]
    else:
        lose(folder)
    if loss == "zero-bytes":
        (folder / "crawler.db").touch()
    asked = tmp_path / "asked.jsonl"
    asked.write_text("of an earlier run\n")
    for _ in range(2):  # the first one makes a store, which is empty too
        for ended in (
            archive(articles, folder, *options, "-O", str(asked)),
            crawl(NOBODY, folder, "report", *options, "-s", "RETRY_TIMES=0"),
        ):
            assert ended.returncode == 8, ended.stderr[-3000:]
            assert contents(folder) == before
    assert asked.read_text() == "of an earlier run\n"
    if loss == "removed":
        manual.check("lost-store", archive(articles, folder), folder=folder)


def test_publication_json_alone_tells_of_meetings_too(articles, folder):
    lose(folder)
    (folder / "meetings.jsonl").unlink()
    ended = archive(articles, folder)
    assert ended.returncode == 8
    assert "publication.json tells of meetings" in ended.last_line


def test_a_store_begins_anew_when_the_feed_is_moved_away(articles, folder):
    lose(folder)
    for name in ("meetings.jsonl", "publication.json"):
        (folder / name).unlink()
    assert archive(articles, folder).returncode == 0
    assert len(meetings(folder)) == 1
