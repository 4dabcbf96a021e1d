"""Resident memory of a crawl against bare Scrapy, and over a long archive crawl: is it flat?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from benchmarks.crawl import BARE, WHOLE, articles, crawl_pages
from benchmarks.measuring import Table
from benchmarks.processes import memory, replica, scrapy
from crawler.items import LANGS
from tests.replica.filler import GROUP

_PAGES = 600
_TENTHS = 10


def measure(*, full: bool = False) -> Table:
    """Crawl 600 pages with each, into a new store, whose tables are made, and into one that is there.

    Then crawl 3,000 text records, 100,000 with ``full``, watching the memory.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        with replica(folder, filler=GROUP * _PAGES) as address:
            urls = [post.url for post in islice(articles(GROUP * _PAGES, LANGS[:3]), _PAGES)]
            for count in (1, _PAGES):
                (folder / f"{count}.txt").write_text("\n".join(urls[:count]), "utf-8")
            bare = crawl_pages(BARE, folder, address, _PAGES, 0).peak
            first_run = crawl_pages(WHOLE, folder, address, _PAGES, 0).peak
            crawl_pages(WHOLE, folder, address, 1, 0)
            (folder / "data-1-0").rename(folder / f"data-{_PAGES}-1")
            later = crawl_pages(WHOLE, folder, address, _PAGES, 1).peak
        count = 100_000 if full else 3000
        curve = _curve(folder, count)
    first = curve[1] if len(curve) > 1 else curve[0]
    rows = [
        (f"bare Scrapy, {_PAGES} pages", f"{bare:.0f}", ""),
        (f"whole crawl, {_PAGES} pages", f"{later:.0f}", f"{later - bare:+.0f} to bare"),
        ("the same, the first run of a store", f"{first_run:.0f}", f"{first_run - bare:+.0f} to bare"),
        *(
            (f"archive, {at:,} articles", f"{size:.0f}", f"{size - first[1]:+.0f} to {first[0]:,}")
            for at, size in curve
        ),
    ]
    return Table(
        "Memory",
        ("run", "MB", "difference"),
        tuple(rows),
        ("Peaks of the first three, resident at the moment for the others; target 60 MB more than bare, then flat.",),
    )


def _curve(folder: Path, count: int) -> list[tuple[int, float]]:
    """Crawl an archive of text records; return the memory at each tenth of them."""
    with (folder / "texts.jsonl").open("wb") as file:
        for post in islice(articles(GROUP * count, LANGS[:3]), count):
            record = {
                "url": post.url,
                "lang": post.lang,
                "headline": post.headline,
                "text": "\n\n".join(post.paragraphs),
                "published": post.published.isoformat(),
            }
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
    data = folder / "archive"
    points: list[tuple[int, float]] = []

    def watch(process: int) -> None:
        done = _articles(data / "crawler.db")
        if done * _TENTHS >= (len(points) + 1) * count or (done and not points):
            points.append((done, memory(process, "VmRSS")))

    arguments = ["crawl", "archive", "-a", f"path={folder / 'texts.jsonl'}"]
    scrapy(arguments, folder / "log", settings={"DATA_DIR": data}, watch=watch)
    return points


def _articles(path: Path) -> int:
    if not path.is_file():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
            return int(store.execute("SELECT coalesce(max(rowid), 0) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # its tables are being made
