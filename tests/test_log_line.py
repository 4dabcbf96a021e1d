"""What a run prints: under -q a line a source and nothing else, otherwise a few lines that a person reads."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress

import pytest
from filelock import FileLock

from tests import manual
from tests.crawls import ROOT, crawl, scrapy, settle, start
from tests.replica.faults import Fault
from tests.replica.server import Replica
from tests.replica.stories import load_stories

STORIES = [story for story in load_stories() if story.id in {"bilateral-slovakia-minister", "bilateral-china-minister"}]
WHEN = r"^\d{4}-\d\d-\d\d \d\d:\d\dZ|(?<=; run )\d{8}T\d{6}Z"


@pytest.fixture(scope="module")
def replica():
    with Replica(STORIES, background=False) as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def quiet(replica, folder):
    """A first run of two sources with -q."""
    return crawl(replica.url, folder, "report", "azernews", "-q")


def test_a_quiet_run_prints_its_last_lines_and_nothing_else(quiet):
    assert quiet.returncode == 0
    assert quiet.stderr == ""
    manual.check_lines("last-lines", quiet.stdout.splitlines(), varies=WHEN)


def test_the_line_names_the_run_and_the_manifest_has_its_counts(quiet, folder):
    lines = quiet.stdout.splitlines()
    (run,) = {re.search(r"; run (\S+)$", line)[1] for line in lines}
    manifest = json.loads((folder / "runs" / run / "manifest.json").read_text("utf-8"))
    for line, source in zip(lines, ("report", "azernews"), strict=True):
        counts = manifest["sources"][source]["counts"]
        assert f"{source}: done - {counts['articles read']} articles read ({counts['new']} new), " in line
        assert f"{counts['meetings new']} meetings new, {counts['meetings changed']} changed; " in line


def test_a_meeting_is_new_once_and_changed_by_what_adds_to_it(replica, tmp_path):
    first = crawl(replica.url, tmp_path, "azernews", "-q")
    second = crawl(replica.url, tmp_path, "report", "-q")
    third = crawl(replica.url, tmp_path, "report", "azernews", "-q")
    assert " 2 meetings new, 0 changed; " in first.last_line
    assert " 0 meetings new, 2 changed; " in second.last_line  # the same two, told by three languages more
    assert [line.split(" - ")[1] for line in third.last_lines] == [
        "0 articles read, 0 meetings new, 0 changed; next: nothing to do"
    ] * 2


def plain(replica, folder, *arguments):
    """A run as a person types it, without the counters that other tests ask for."""
    return scrapy(
        "crawl", "report", "azernews", *arguments, "-s", f"REPLICA_URL={replica.url}", "-s", f"DATA_DIR={folder}"
    )


def test_the_log_of_a_run_is_short_and_each_line_is_our_own(replica, tmp_path):
    ended = plain(replica, tmp_path)
    lines = ended.stderr.splitlines()
    assert all(re.match(r"[\d-]{10} [\d:]{8} \[crawler\.[\w.]+\] (INFO|WARNING): ", line) for line in lines), lines
    told = [words for line in lines if (words := line.partition(" INFO: ")[2])]  # the rest: listings with two stories
    assert sorted(line.split(" ")[:2] for line in told) == [
        ["azernews:", "begins,"],
        ["azernews:", "ends"],
        ["report:", "begins,"],
        ["report:", "ends"],
    ]
    assert len(ended.stdout.splitlines()) == 2


def test_what_scrapy_says_of_itself_is_to_be_had(replica, tmp_path):
    ended = plain(replica, tmp_path, "-L", "DEBUG")
    for words in ("Overridden settings", "Enabled extensions", "Dumping Scrapy stats", "Crawled (200)"):
        assert words in ended.stderr
    assert "Dumping Scrapy stats" in plain(replica, tmp_path, "-s", "STATS_DUMP=1").stderr


def test_how_far_a_source_is_stands_in_the_log_now_and_then(replica, tmp_path):
    replica.faults[:] = [Fault(kind="hang", seconds=0.2)]
    ended = plain(replica, tmp_path, "-s", "LOGSTATS_INTERVAL=0.3")
    replica.faults.clear()
    assert re.search(r"INFO: report: \d articles read, \d+ pages left$", ended.stderr, re.MULTILINE)


def test_a_run_that_waits_for_another_to_publish_says_so(replica, tmp_path):
    (tmp_path / "locks").mkdir()
    with FileLock(tmp_path / "locks" / "publication.lock"):
        running = start(replica.url, tmp_path, "azernews")
        settle(lambda: "another run is publishing: it is waited for" in running.log(), 30)
    assert running.wait().returncode == 0


def test_a_terminal_shows_how_far_the_run_is_and_what_it_waits_for(replica, tmp_path):
    address = next(a.url for story in STORIES for a in story.articles if "azernews.az" in a.url)
    path = address.removeprefix("https://www.azernews.az")
    replica.faults[:] = [Fault(kind="status", code=429, path=path, times=1, headers={"Retry-After": "3"})]
    command = ["crawl", "azernews", "-s", f"REPLICA_URL={replica.url}", "-s", f"DATA_DIR={tmp_path}"]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "scrapy", *command],
        cwd=ROOT,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": "120"},
    ) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # the end of a terminal whose other side is closed
            while piece := os.read(ours, 4096):
                shown += piece
    os.close(ours)
    replica.faults.clear()
    assert process.returncode == 0
    assert re.search(
        rb"\rwaiting [123] s for www\.azernews\.az; \d articles? \(azernews \d\)", shown.replace(b"\x1b[K", b"")
    ), shown
