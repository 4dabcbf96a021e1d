"""A site that changes under the crawler, from verdict to health and back: real processes against the replica."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from crawler.extensions.quarantine import keep, listed
from crawler.pages import Page, PageError
from tests import manual
from tests.replica.faults import Fault
from tests.replica.server import Replica

ROOT = Path(__file__).parents[2]
ARTICLES = {"host": "www.azernews.az", "path": "/*/*.html"}


def scrapy(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )


@pytest.fixture(scope="module")
def replica():
    with Replica() as running:
        yield running


@pytest.fixture
def crawl(replica, tmp_path):
    def run(*arguments):
        process = scrapy("crawl", *arguments, "-q", "-s", f"REPLICA_URL={replica.url}", "-s", f"DATA_DIR={tmp_path}")
        run.ended = process
        return process.returncode, manual.last_lines(process.stdout)[-1]

    run.faults = replica.faults
    yield run
    replica.faults.clear()


@pytest.mark.parametrize(
    ("arguments", "fault", "sign"),
    [
        (
            ("report", "-a", "langs=az"),
            Fault(kind="redesign", metadata=True, host="report.az", path="/*/*"),
            "no selector of headline, body, published matches any more",
        ),
        (("azernews",), Fault(kind="redesign", **ARTICLES), "pages cannot be read: "),
    ],
    ids=["metadata-left", "nothing-left"],
)
def test_a_redesign_is_told_in_the_first_run_already(crawl, tmp_path, arguments, fault, sign):
    crawl.faults.append(fault)
    code, line = crawl(*arguments)
    assert code == 4, line
    assert line.startswith(f"{arguments[0]}: changed (")
    assert sign in line
    manual.check("redesign-metadata-left" if fault.metadata else "redesign-nothing-left", crawl.ended)
    health = scrapy("health", "-s", f"DATA_DIR={tmp_path}")
    assert health.returncode == 1
    assert f"{arguments[0]}: the last run ended: changed" in health.stdout
    assert bool(listed(tmp_path)) is not fault.metadata


def test_from_quarantine_back_into_the_store(replica, crawl, tmp_path):
    fault = Fault(kind="redesign", times=2, **ARTICLES)
    replica.faults.append(fault)
    code, line = crawl("azernews")
    assert code == 0, line  # two odd pages are no redesign
    assert "2 unreadable" in line
    pages = listed(tmp_path)
    assert len(pages) == 2
    assert scrapy("health", "azernews", "-s", f"DATA_DIR={tmp_path}").returncode == 0

    # what a newer parser does: the bytes of these addresses can be read now
    for page in pages:
        path = page.url.removeprefix("https://www.azernews.az")
        asked = Request(f"{replica.url}{path}", headers={"Host": "www.azernews.az"})
        with urlopen(asked, timeout=20) as response:
            body = response.read()
        keep(
            tmp_path, Page(page.url, body, "text/html"), PageError("missing-headline", ""), page.run, datetime.now(UTC)
        )
    process = scrapy("crawl", "archive", "-a", f"path={tmp_path / 'quarantine'}", "-s", f"DATA_DIR={tmp_path}", "-q")
    assert process.returncode == 0, process.stdout
    assert "archive: done - 2 articles read (2 new)" in process.stdout
    assert listed(tmp_path) == []
    assert json.loads(scrapy("health", "--json", "-s", f"DATA_DIR={tmp_path}").stdout)["sources"]["azernews"]["healthy"]
