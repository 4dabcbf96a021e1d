"""``python -m benchmarks [name ...] [--full] [--write]``: speed and quality against peers, side by side in one run."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from benchmarks import crawl, export, memory, mentions, pages, poll, resolver
from benchmarks.measuring import Table, machine


class Measure(Protocol):
    def __call__(self, *, full: bool = False) -> Table: ...


MEASURES: dict[str, Measure] = {
    "pages": pages.measure,
    "mentions": mentions.measure,
    "crawl": crawl.measure,
    "poll": poll.measure,
    "memory": memory.measure,
    "resolver": resolver.measure,
    "export": export.measure,
}
"""A benchmark is a module with a function ``measure``; it is named here and nowhere else."""
RESULTS = Path(__file__).with_name("RESULTS.md")
PACKAGES = ("Scrapy", "lxml", *pages.PACKAGES[1:], "SQLAlchemy")


def main() -> int:
    """Print a table a benchmark; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"which (default all): {', '.join(MEASURES)}")
    parser.add_argument("--full", action="store_true", help="all samples and long runs")
    parser.add_argument("--write", action="store_true", help=f"also write {RESULTS.name}; needs all benchmarks")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(MEASURES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    if arguments.write and arguments.names:
        parser.error("--write replaces the results of all benchmarks, so name none")
    tables = []
    for name in arguments.names or MEASURES:
        tables.append(MEASURES[name](full=arguments.full))
        print(f"{tables[-1].terminal()}\n", flush=True)
    if arguments.write:
        RESULTS.write_text(_results(tables), "utf-8")
    return 0


def _results(tables: list[Table]) -> str:
    written = f"Written by `python -m benchmarks --write` on {datetime.now(UTC):%Y-%m-%d}."
    head = f"# Results\n\n{written}\n\n{machine(PACKAGES)}\n"
    return "\n".join([head, *(f"{table.markdown()}\n" for table in tables)])


if __name__ == "__main__":
    sys.exit(main())
