"""A poll with nothing new: what it asks for, against the first crawl, and what it costs, against a bare Scrapy start.

The bare start is ``scrapy crawl`` of a spider that asks for nothing, in a project that has nothing else.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Table
from benchmarks.processes import Cost, replica, scrapy

_PROJECT = {
    "scrapy.cfg": "[settings]\ndefault = empty.settings\n",
    "empty/__init__.py": "",
    "empty/settings.py": "SPIDER_MODULES = ['empty.spiders']\n",
    "empty/spiders/__init__.py": "",
    "empty/spiders/nothing.py": (
        "import scrapy\n\n\n"
        "class NothingSpider(scrapy.Spider):\n"
        "    name = 'nothing'\n\n"
        "    async def start(self):\n"
        "        return\n"
        "        yield\n"
    ),
}
BYTES = 0.05
"""A poll with nothing new may ask for this share of the first crawl's bytes."""


def measure(*, full: bool = False) -> Table:
    """Crawl Report.az once, then poll it and start bare Scrapy five times each, fifteen with ``full``, in turns."""
    with TemporaryDirectory() as name, replica(Path(name), filler=0) as address:
        folder = Path(name)
        for path, content in _PROJECT.items():
            (folder / "project" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "project" / path).write_text(content, "ascii")
        own = {"DATA_DIR": folder / "data", "REPLICA_URL": address}
        first = scrapy(["crawl", "report"], folder / "log", settings=own)
        polls, bare = [], []
        for _ in range(15 if full else 5):
            polls.append(scrapy(["crawl", "report"], folder / "log", settings=own))
            bare.append(scrapy(["crawl", "nothing"], folder / "log", cwd=folder / "project"))
    share = _bytes(polls[0]) / _bytes(first)
    rows = (
        _row("first crawl", [first], bare),
        _row("poll with nothing new", polls, bare),
        _row("bare Scrapy start", bare, bare),
    )
    return Table(
        "A poll with nothing new",
        ("run", "requests", "kB", "wall s", "cpu s", "wall to bare", "cpu to bare"),
        rows,
        (f"Bytes: {share:.2%} of the first crawl, target {BYTES:.0%}; wall time, target 1.5 times a bare start.",),
    )


def _bytes(cost: Cost) -> float:
    return cost.stats.get("downloader/request_bytes", 0) + cost.stats.get("downloader/response_bytes", 0)


def _row(name: str, costs: list[Cost], bare: list[Cost]) -> tuple[str, ...]:
    pairs = list(zip(costs, bare, strict=False))
    return (
        name,
        f"{costs[0].stats.get('downloader/request_count', 0):.0f}",
        f"{_bytes(costs[0]) / 1000:.1f}",
        f"{statistics.median(cost.wall for cost in costs):.2f}",
        f"{statistics.median(cost.cpu for cost in costs):.2f}",
        f"{statistics.median(own.wall / other.wall for own, other in pairs):.2f}",
        f"{statistics.median(own.cpu / other.cpu for own, other in pairs):.2f}",
    )
