"""The whole crawl (fetch, read, mention, resolve, store, feed) against a bare Scrapy spider that only fetches.

Both are processes of their own and ask a replica in a third for the same pages, without delays and with as many
requests at once. Scrapy's own elapsed time counts, from opening the spider to closing it: starting Python does not.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Table
from crawler.items import LANGS
from tests.replica.catalogue import Catalogue
from tests.replica.stories import load_stories

ROOT = Path(__file__).parents[1]
FILLER = 3000
_ELAPSED = re.compile(r"'elapsed_time_seconds': ([\d.]+)")
_FETCHED = re.compile(r"'response_received_count': (\d+)")
_ALIKE = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "False",
    "CONCURRENT_REQUESTS": "8",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "8",
    "LOG_LEVEL": "INFO",
    "STATS_DUMP": "True",
}


def measure(*, full: bool = False) -> Table:
    """Crawl 600 articles of Report.az three times with each, 3,000 with ``full``; runs take turns."""
    count = 3000 if full else 600
    speeds: dict[str, list[float]] = {"whole crawl": [], "bare Scrapy": []}
    with TemporaryDirectory() as folder, _replica(Path(folder)) as replica:
        urls = Path(folder, "urls.txt")
        urls.write_text("\n".join(_addresses(count)), "utf-8")
        for turn in range(3):
            data = Path(folder, f"data-{turn}")
            ours = ["crawl", "report", "-a", f"urls={urls}", "-s", f"DATA_DIR={data}", "-s", f"REPLICA_URL={replica}"]
            bare = ["runspider", str(ROOT / "benchmarks" / "bare.py"), "-a", f"urls={urls}", "-a", f"replica={replica}"]
            speeds["whole crawl"].append(_speed(ours, Path(folder, "ours.log"), ROOT))
            speeds["bare Scrapy"].append(_speed(bare, Path(folder, "bare.log"), Path(folder)))
    ratios = [one / other for one, other in zip(*speeds.values(), strict=True)]
    rows = (
        _row(
            "whole crawl",
            speeds["whole crawl"],
            f"{statistics.median(ratios):.2f}",
            f"{min(ratios):.2f}-{max(ratios):.2f}",
        ),
        _row("bare Scrapy", speeds["bare Scrapy"], "1.00", ""),
    )
    return Table(
        "Crawl",
        ("run", "pages a second", "of bare", "spread"),
        rows,
        (f"{count} pages, three runs each; target 0.75 of bare.",),
    )


def _row(name: str, speeds: list[float], share: str, spread: str) -> tuple[str, ...]:
    return name, f"{statistics.median(speeds):.0f}", share, spread


def _addresses(count: int) -> Iterator[str]:
    catalogue = Catalogue(load_stories(), filler=FILLER)
    for lang in LANGS:
        for post in islice(catalogue.newest("report", lang), count // len(LANGS)):
            yield post.url


@contextmanager
def _replica(folder: Path) -> Iterator[str]:
    port = folder / "port"
    command = [sys.executable, "-m", "tests.replica", "--filler", str(FILLER), "--port-file", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + 60
            while not port.exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("the replica did not start")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port.read_text('ascii')}"
        finally:
            process.terminate()


def _speed(arguments: list[str], log: Path, cwd: Path) -> float:
    """Run Scrapy and return the pages a second; raises RuntimeError with the end of the log when it says none."""
    log.unlink(missing_ok=True)
    settings = [part for name, value in _ALIKE.items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", *arguments, *settings, "-s", f"LOG_FILE={log}"]
    subprocess.run(command, cwd=cwd, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    text = log.read_text("utf-8") if log.exists() else ""
    elapsed, fetched = _ELAPSED.search(text), _FETCHED.search(text)
    if elapsed is None or fetched is None:
        raise RuntimeError(f"{' '.join(arguments)}: no statistics in the log\n{text[-2000:]}")
    return int(fetched[1]) / float(elapsed[1])
