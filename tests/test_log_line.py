"""What a run prints: under -q a line a source and nothing else, otherwise a few lines that a person reads."""

from __future__ import annotations

import json
import re

import pytest

from tests import manual
from tests.crawls import crawl
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
