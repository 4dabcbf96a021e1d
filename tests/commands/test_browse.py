"""``scrapy browse``: the database follows the store, and what is wrong is said before anything is served."""

from __future__ import annotations

import datetime as dt
import json
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from crawler.browse import rebuilding
from crawler.browse.rebuilding import bring_up_to_date
from crawler.browse.server import BrowseError
from crawler.store import Store
from tests.meetings.making import GUEST, MINISTER, make

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def crawl(url, number, *, ended=True):
    """Do what a run does to the store: one more meeting."""
    with Store.open(url) as store:
        run, now = f"run-{number}", NOW + dt.timedelta(hours=number)
        store.begin_run(run, "report", now=now)
        article, mention = make(
            f"news.example/{number}", who=(MINISTER, GUEST), published=f"2026-{number + 1:02}-04T10:20"
        )
        store.record(article, [mention], run=run, now=now)
        if ended:
            store.finish_run(run, verdict="done", counts={}, now=now + dt.timedelta(minutes=5))


def count(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM meetings").fetchone()[0]


@pytest.fixture
def url(tmp_path):
    url = f"sqlite:///{tmp_path}/crawler.db"
    crawl(url, 1)
    return url


def test_the_database_is_built_when_the_store_is_newer(tmp_path, url):
    path = tmp_path / "browse" / "analysts.db"
    assert bring_up_to_date(path, url)
    assert count(path) == 1
    assert not bring_up_to_date(path, url)
    crawl(url, 2)
    assert bring_up_to_date(path, url)
    assert count(path) == 2
    crawl(url, 3, ended=False)
    assert bring_up_to_date(path, url)
    assert count(path) == 3
    assert not list(path.parent.glob(".*"))


def test_another_store_or_version_or_a_lost_file_builds_it_again(tmp_path, url, monkeypatch):
    path = tmp_path / "browse" / "analysts.db"
    other = f"sqlite:///{tmp_path}/other.db"
    crawl(other, 1)
    assert bring_up_to_date(path, url)
    assert bring_up_to_date(path, other)
    path.unlink()
    assert bring_up_to_date(path, other)
    assert not bring_up_to_date(path, other)
    monkeypatch.setattr(rebuilding, "VERSION", 999)
    assert bring_up_to_date(path, other)


def test_a_build_that_fails_is_done_again(tmp_path, url, monkeypatch):
    path = tmp_path / "browse" / "analysts.db"
    bring_up_to_date(path, url)
    crawl(url, 2)

    def full(*_arguments):
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(rebuilding, "export_analysts_database", full)
        with pytest.raises(OSError, match="no space left"):
            bring_up_to_date(path, url)
    assert count(path) == 1
    assert bring_up_to_date(path, url)
    assert count(path) == 2


def test_without_a_store_nothing_is_made(tmp_path):
    with pytest.raises(BrowseError, match="crawl first"):
        bring_up_to_date(tmp_path / "browse" / "analysts.db", f"sqlite:///{tmp_path}/crawler.db")
    assert list(tmp_path.iterdir()) == []


def command(tmp_path, *arguments, prelude="pass"):
    code = f"import sys; {prelude}; from scrapy.cmdline import execute; execute(['scrapy', 'browse', *sys.argv[1:]])"
    return [sys.executable, "-c", code, "-s", f"DATA_DIR={tmp_path}", *arguments]


def refused(tmp_path, *arguments, prelude="pass"):
    ended = subprocess.run(
        command(tmp_path, *arguments, prelude=prelude),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    return ended.stdout + ended.stderr


@pytest.mark.usefixtures("url")
def test_the_command_serves_until_it_is_interrupted(tmp_path):
    with subprocess.Popen(
        command(tmp_path, "--port", "0"), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as serving:
        address = serving.stdout.readline().split()[0]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}analysts/meetings.json?_shape=array", timeout=20) as answer:
            assert [row["date"] for row in json.load(answer)] == ["2026-02-04"]
        serving.send_signal(signal.SIGINT)
        _, errors = serving.communicate(timeout=20)
    assert (serving.returncode, errors) == (0, "")


@pytest.mark.usefixtures("url")
def test_what_is_wrong_is_said_without_a_traceback(tmp_path):
    assert "crawl first" in refused(tmp_path / "nothing")
    assert "unknown argument" in refused(tmp_path, "something")
    missing = "sys.modules['{}'] = None"
    assert "pip install -r requirements-browse.txt" in refused(tmp_path, prelude=missing.format("sqlite_utils"))
    assert "pip install -r requirements-browse.txt" in refused(tmp_path, prelude=missing.format("datasette"))
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        taken.listen()
        assert "cannot listen" in refused(tmp_path, "--port", str(taken.getsockname()[1]))
