"""The memory of an export does not grow with the number of meetings: each runs in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.feeds.destinations import FORMATS

ROOT = Path(__file__).parents[2]
MOST_MB = 300
PROGRAM = """
import itertools, resource, sys
from scrapy.settings import Settings
from crawler.feeds.destinations import destination
from tests.feeds.making import meeting
count, targets = int(sys.argv[1]), sys.argv[2:]
for target in targets:
    destination(target, Settings()).deliver(map(meeting, range(count)))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def megabytes(count, *targets):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(count), *map(str, targets)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def test_twenty_thousand_meetings(tmp_path):
    assert megabytes(20_000, *(tmp_path / f"m{ending}" for ending in (".jsonl", ".csv", ".parquet", ".atom"))) < MOST_MB


@pytest.mark.slow
def test_twenty_thousand_meetings_in_the_other_formats(tmp_path):
    assert megabytes(20_000, *(tmp_path / f"m{ending}" for ending in FORMATS)) < MOST_MB


def test_twenty_thousand_meetings_into_tables(database):
    assert megabytes(20_000, database) < MOST_MB


@pytest.mark.slow
@pytest.mark.skipif("MILLION" not in os.environ, reason="MILLION=1 runs it: an hour")
def test_a_million_meetings(tmp_path, database):
    for target in (*(tmp_path / f"m{ending}" for ending in FORMATS), database):
        assert megabytes(1_000_000, target) < MOST_MB
