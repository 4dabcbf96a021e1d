"""The memory of an export does not grow with the number of meetings."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.feeds.analysts import CACHE_KIB
from crawler.feeds.destinations import FORMATS, destination
from crawler.items import Meeting
from tests.feeds.making import meeting

BEFORE, ALL = 6_000, 30_000
MOST_GROWTH_MB = 4
"""Between these two numbers of meetings; a hundred bytes kept of each would be 2.4."""
ROOT = Path(__file__).parents[2]
MOST_MB = 300
AT_ONCE = 1_000
PROGRAM = r"""
import re, sys
from scrapy.settings import Settings
from crawler.feeds.destinations import destination
from tests.feeds.making import meeting

def peak():
    # Of this program alone: ru_maxrss of a new process starts with the size of the one that made it
    return int(re.search(r"VmHWM:\s+(\d+) kB", open("/proc/self/status").read())[1]) / 1024

def some():
    for number in range(count):
        if number == before:
            early.append(peak())
        yield meeting(number)

early, before, count = [], int(sys.argv[1]), int(sys.argv[2])
for target in sys.argv[3:]:
    destination(target, Settings()).deliver(some())
print(early[0], peak())
"""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Watched(Meeting):
    """A meeting of which it can be told whether somebody still holds it."""

    __slots__ = ("__weakref__",)


def watched(count, held):
    freed = []
    for number in range(count):
        plain = meeting(number)
        one = Watched(**{field.name: getattr(plain, field.name) for field in dataclasses.fields(plain)})
        weakref.finalize(one, freed.append, number)
        held.append(number + 1 - len(freed))
        yield one


@pytest.mark.parametrize("ending", [*FORMATS, ".db"])
def test_no_format_holds_the_meetings(ending, tmp_path):
    held = []
    destination(str(tmp_path / f"m{ending}"), Settings()).deliver(watched(2 * AT_ONCE, held))
    assert max(held) <= AT_ONCE + 2


def test_the_tables_of_postgresql_do_not_hold_them_either(database):
    held = []
    destination(database, Settings()).deliver(watched(2 * AT_ONCE, held))
    assert max(held) <= AT_ONCE + 2


def megabytes(count, *targets, before=0):
    """Return the most memory held when ``before`` meetings were through, and at the end."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(before), str(count), *map(str, targets)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(map(float, done.stdout.split()))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_twenty_thousand_meetings(tmp_path, database):
    assert megabytes(20_000, tmp_path / "m.jsonl", tmp_path / "m.parquet", database)[1] < MOST_MB


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
@pytest.mark.parametrize("ending", [*FORMATS, ".db", "postgresql"])
def test_memory_is_flat(ending, tmp_path, request):
    target = request.getfixturevalue("database") if ending == "postgresql" else tmp_path / f"m{ending}"
    early, late = megabytes(ALL, target, before=BEFORE)
    # SQLite fills its cache, and once more to sort an index
    allowed = MOST_GROWTH_MB + (2 * CACHE_KIB / 1024 if ending == ".db" else 0)
    assert late - early <= allowed
    assert late < MOST_MB


@pytest.mark.slow
@pytest.mark.skipif("MILLION" not in os.environ, reason="MILLION=1 runs it: an hour")
@pytest.mark.parametrize("ending", [*FORMATS, ".db", "postgresql"])
def test_a_million_meetings(ending, tmp_path, database):
    assert megabytes(1_000_000, database if ending == "postgresql" else tmp_path / f"m{ending}")[1] < MOST_MB
