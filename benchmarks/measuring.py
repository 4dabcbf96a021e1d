"""Times of rivals side by side, and the table they are shown in.

A machine that does other work makes clocks lie, but it makes them lie for both of two runs that follow each other. So
rivals take turns on every page, each turn is repeated and its least time counts, and what is reported first is a ratio.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Table:
    """What one benchmark found: a heading, rows under columns, and sentences below."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def terminal(self) -> str:
        widths = [max(len(row[at]) for row in (self.columns, *self.rows)) for at in range(len(self.columns))]
        lines = [self.title, "=" * len(self.title)]
        for row in (self.columns, *self.rows):
            first, *others = (
                cell.ljust(width) if at == 0 else cell.rjust(width)
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            lines.append("  ".join([first, *others]).rstrip())
        return "\n".join([*lines, *self.notes])

    def markdown(self) -> str:
        rows = ["| " + " | ".join(row) + " |" for row in self.rows]
        rule = "|---|" + "---:|" * (len(self.columns) - 1)
        return "\n".join([f"## {self.title}", "", "| " + " | ".join(self.columns) + " |", rule, *rows, "", *self.notes])


def least_times(
    rivals: Mapping[str, Callable[[T], object]], samples: Sequence[T], *, turns: int = 3, repeats: int = 3
) -> dict[str, list[float]]:
    """Return for every rival the least seconds each sample took it, in the order of the samples.

    The rivals take turns on a sample ``turns`` times, and do it ``repeats`` times in a turn: the first of these finds
    the caches full of the rival's work.
    """
    times: dict[str, list[float]] = {name: [] for name in rivals}
    for sample in samples:
        least = dict.fromkeys(rivals, float("inf"))
        for _ in range(turns):
            for name, run in rivals.items():
                for _ in range(repeats):
                    start = time.perf_counter()
                    run(sample)
                    least[name] = min(least[name], time.perf_counter() - start)
        for name, seconds in least.items():
            times[name].append(seconds)
    return times


def ratio(slower: Sequence[float], faster: Sequence[float]) -> tuple[float, float, float]:
    """Return the median of the ratios of paired times, and the tenth and ninetieth of a hundred of them."""
    ratios = sorted(one / other for one, other in zip(slower, faster, strict=True))
    tenths = statistics.quantiles(ratios, n=10)
    return statistics.median(ratios), tenths[0], tenths[-1]


def milliseconds(times: Sequence[float]) -> str:
    return f"{statistics.median(times) * 1000:.2f}"


def machine(packages: Sequence[str]) -> str:
    """Return one line about the machine and one with the versions of the packages that are installed."""
    versions = [f"{name} {version}" for name in packages if (version := installed(name))]
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {_processor()}, "
        f"Python {platform.python_version()}.\n{', '.join(versions)}."
    )


def installed(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
            return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    except OSError:
        return platform.processor() or "unknown"
