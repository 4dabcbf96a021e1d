"""The whole crawl (fetch, read, mention, resolve, store, feed) against a bare Scrapy spider that only fetches.

Both are processes of their own and ask a replica in a third for the same pages, without delays and with as many
requests at once. Each crawls a short and a long list: the difference is the cost of a page, the rest that of a start.
Processor time counts, which other work on the machine disturbs less than the clock.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Table
from benchmarks.processes import ROOT, Cost, replica, scrapy
from crawler.items import LANGS
from tests.replica.filler import GROUP, Filler
from tests.replica.posts import Post

MEETINGS = 10
"""One article in so many reports a meeting, more than in the military sections of the sites."""
WHOLE, BARE, FRUGAL = "whole crawl", "bare Scrapy", "bare Scrapy, CONCURRENT_ITEMS=1"
_ALIKE = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "STATS_DUMP": True,
}


def measure(*, full: bool = False) -> Table:
    """Crawl 200 and 800 articles of Report.az three times with each, 600 and 3,000 with ``full``; runs take turns."""
    lengths = (600, 3000) if full else (200, 800)
    filler = GROUP * lengths[1]
    costs: dict[str, list[tuple[Cost, Cost]]] = {WHOLE: [], BARE: [], FRUGAL: []}
    with TemporaryDirectory() as name, replica(Path(name), filler=filler) as address:
        folder = Path(name)
        for count in lengths:
            posts = islice(articles(filler, LANGS[:3]), count)
            (folder / f"{count}.txt").write_text("\n".join(post.url for post in posts), "utf-8")
        _bare(folder, address, lengths[1], {})  # the replica has made every page once
        for turn in range(3):
            for run, kept in costs.items():
                short, long = (crawl_pages(run, folder, address, count, turn) for count in lengths)
                kept.append((short, long))
    rows = tuple(_row(run, kept, costs[BARE], lengths) for run, kept in costs.items())
    notes = (
        f"{lengths[0]} and {lengths[1]} pages, three runs each, one in {MEETINGS} of a meeting; target 0.75 of bare.",
        "Clock and share of the long runs; processor time a page and at the start.",
        "Short of 0.75: a page is read, told of, stored in a transaction and kept as WARC; bare does none of it.",
        "A polite crawl asks a host once a second, so this bounds archives and many sites, not one.",
    )
    columns = ("run", "pages a second", "of bare", "ms a page", "bare to it", "spread", "start, s")
    return Table("Crawl", columns, rows, notes)


def articles(total: int, langs: tuple[str, ...]) -> Iterator[Post]:
    """Yield articles of Report.az out of the replica's filler, newest first; one in ``MEETINGS`` is of a meeting."""
    filler = Filler(total)
    for group in range(total // GROUP):
        for lang in langs:
            yield filler.post("report", lang, 2 * group + 1)
            if group % (MEETINGS - 1) == 0:
                yield filler.post("report", lang, 2 * group)


def crawl_pages(run: str, folder: Path, address: str, count: int, turn: int) -> Cost:
    if run != WHOLE:
        return _bare(folder, address, count, {"CONCURRENT_ITEMS": 1} if run == FRUGAL else {})
    data = folder / f"data-{count}-{turn}"
    own = {**_ALIKE, "DATA_DIR": data, "REPLICA_URL": address}
    return scrapy(["crawl", "report", "-a", f"urls={folder / f'{count}.txt'}"], folder / "log", settings=own)


def _bare(folder: Path, address: str, count: int, settings: dict[str, object]) -> Cost:
    arguments = [
        *("runspider", str(ROOT / "benchmarks" / "bare.py")),
        *("-a", f"urls={folder / f'{count}.txt'}", "-a", f"replica={address}"),
    ]
    return scrapy(arguments, folder / "log", cwd=folder, settings={**_ALIKE, **settings})


def _row(
    run: str, kept: list[tuple[Cost, Cost]], bare: list[tuple[Cost, Cost]], lengths: tuple[int, int]
) -> tuple[str, ...]:
    pages = [_page(pair, lengths) for pair in kept]
    speeds = [lengths[1] / long.stats["elapsed_time_seconds"] for _, long in kept]
    shares = [other[1].wall / own[1].wall for own, other in zip(kept, bare, strict=True)]
    ratios = [_page(other, lengths) / own for other, own in zip(bare, pages, strict=True)]
    starts = [short.cpu - lengths[0] * page for (short, _), page in zip(kept, pages, strict=True)]
    return (
        run,
        f"{statistics.median(speeds):.0f}",
        f"{statistics.median(shares):.2f}",
        f"{statistics.median(pages) * 1000:.2f}",
        f"{statistics.median(ratios):.2f}",
        f"{min(ratios):.2f}-{max(ratios):.2f}",
        f"{statistics.median(starts):.2f}",
    )


def _page(pair: tuple[Cost, Cost], lengths: tuple[int, int]) -> float:
    """Return the processor seconds of one page."""
    short, long = pair
    return (long.cpu - short.cpu) / (lengths[1] - lengths[0])
