"""``make demo``: the real crawl against the replica of the sites, ending with a table of what it found."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from crawler.feeds.printing import say
from tests.replica.server import Replica

DATA_DIR = Path("data/demo")
SHOWN = 12
COLUMNS = (("date", 10), ("kind", 12), ("parties", 14), ("langs", 8), ("sources", 7), ("headline", 64))


def main() -> int:
    shutil.rmtree(DATA_DIR, ignore_errors=True)
    began = time.monotonic()
    with Replica() as replica:
        say(f"The replica of the three sites answers on {replica.url}; crawling it.")
        code = subprocess.run(
            [
                *(sys.executable, "-m", "scrapy", "crawl", "report", "azernews", "menafn"),
                *("-s", f"REPLICA_URL={replica.url}", "-s", f"DATA_DIR={DATA_DIR}", "-L", "ERROR"),
            ],
            check=False,
        ).returncode
        pages = len(replica.log)
    if code:
        say(f"The crawl ended with exit code {code} (docs/operations.md).", sys.stderr)
        return code
    feed = DATA_DIR / "meetings.jsonl"
    meetings = [json.loads(line) for line in feed.read_text("utf-8").splitlines()]
    say(table(meetings))
    say(summary(meetings, pages, time.monotonic() - began))
    say(f"The feed: {feed}   its schema: {DATA_DIR / 'meetings.schema.json'}")
    return 0


def table(meetings: list[dict]) -> str:
    """Lay the newest meetings out in columns."""
    newest = sorted(meetings, key=lambda meeting: meeting["date"] or "", reverse=True)[:SHOWN]
    rows = [[name for name, _ in COLUMNS], *map(row, newest)]
    return "\n".join(
        "  ".join(cell if len(cell) <= width else f"{cell[: width - 1]}…" for cell, width in padded)
        for padded in (
            [(cell.ljust(width), width) for cell, (_, width) in zip(cells, COLUMNS, strict=True)] for cells in rows
        )
    )


def row(meeting: dict) -> list[str]:
    return [
        meeting["date"] or "?",
        meeting["kind"],
        " ".join(meeting["countries"] + meeting["organizations"]),
        " ".join(lang for lang, headline in meeting["headlines"].items() if headline),
        str(len(meeting["sources"])),
        meeting["headline"] or "?",
    ]


def summary(meetings: list[dict], pages: int, seconds: float) -> str:
    """Say in two lines what the feed holds."""
    sources = sum(len(meeting["sources"]) for meeting in meetings)
    several = sum(len(meeting["sources"]) > 1 for meeting in meetings)
    languages = sum(sum(map(bool, meeting["headlines"].values())) > 1 for meeting in meetings)
    more = f" (the newest {SHOWN} are shown)" if len(meetings) > SHOWN else ""
    return (
        f"{len(meetings)} meetings{more} from {sources} articles on {pages} pages in {seconds:.0f} s;\n"
        f"{several} are reported by several articles, {languages} in several languages, each stands once."
    )


if __name__ == "__main__":
    sys.exit(main())
