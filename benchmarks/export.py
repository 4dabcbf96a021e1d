"""Exports of a generated store: records a second and peak memory of each form; lines against orjson from memory.

Each form is exported in a process of its own, whole and a fifth of it: memory is flat when both peaks are alike.
``python -m benchmarks.export STORE COUNT DEST`` is that process.
"""

from __future__ import annotations

import datetime as dt
import gc
import itertools
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Final

import orjson
from scrapy.settings import Settings

from benchmarks.bulk_store import TILE_MEETINGS, Tiles, fill
from benchmarks.measuring import Table, least_times, ratio
from benchmarks.resolver import _database, _postgresql
from crawler.feeds.destinations import DATABASE, FORMATS, destination
from crawler.feeds.lines import write_lines
from crawler.store import Filters, Store

ROOT: Final = Path(__file__).parents[1]
TILES: Final = 20
FULL_TILES: Final = 1010  # a few more than a million meetings
MOST_MB: Final = 300
_SHARE: Final = 5
_COMPARED: Final = 5
"""Periods whose lines are written out of the store and out of memory in turns."""
_PERIOD: Final = 1000
"""Meetings of a period, about."""
_POSTGRESQL: Final = "postgresql://"


@dataclass(frozen=True)
class Exported:
    """An export as its process tells it: meetings written, seconds, and the most memory the process ever held."""

    meetings: int
    seconds: float
    peak_mb: float


def measure(*, full: bool = False) -> Table:
    """Export 20 thousand meetings to every form, with ``full`` a million, which takes an hour."""
    tiles = FULL_TILES if full else TILES
    count = 1_000_000 if full else tiles * TILE_MEETINGS
    rows = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _postgresql() as server:
        store = f"sqlite:///{folder}/store.db"
        fill(store, tiles, Tiles())
        for number, form in enumerate((*FORMATS, DATABASE, _POSTGRESQL)):
            runs = []
            for share in (count // _SHARE, count):
                target = Path(folder, f"export-{number}{form}")
                is_server = form == _POSTGRESQL
                where = _plain(_database(server, f"export_{number}_{share}")) if is_server else str(target)
                runs.append(exported(store, share, where))
                target.unlink(missing_ok=True)
            rows.append(_row(form, *runs))
        shares = line_ratio(store)
    return Table(
        "Export",
        ("form", "meetings", "a second", "peak MB", "more than for a fifth"),
        tuple(rows),
        (
            f"Peak memory of the whole process, at most {MOST_MB} MB.",
            f"Lines out of the store, each checked: {shares[0]:.2f} ({shares[1]:.2f}-{shares[2]:.2f}) of orjson's,",
            "which writes the same Meeting objects out of memory, unchecked; target 0.5.",
        ),
    )


def _row(form: str, part: Exported, whole: Exported) -> tuple[str, ...]:
    pace = f"{whole.meetings / whole.seconds:,.0f}"
    return form, f"{whole.meetings:,}", pace, f"{whole.peak_mb:.0f}", f"{whole.peak_mb - part.peak_mb:+.0f}"


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", _POSTGRESQL)


def exported(store: str, count: int, where: str) -> Exported:
    """Export the first ``count`` meetings of a store in a new process."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.export", store, str(count), where],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{where}: {done.stderr[-2000:]}")
    return Exported(**json.loads(done.stdout))


def line_ratio(store: str) -> tuple[float, float, float]:
    """Return the pace of .jsonl out of the store in shares of orjson's out of memory: median and 8 of 10 periods.

    Both write the meetings of the same periods to a file, in turns; least times count.
    """
    with Store.open(store) as opened, tempfile.TemporaryFile() as file:
        dated = (one.date for one in opened.meetings() if one.date_precision == "day")
        days = [dt.date.fromisoformat(day) for day in islice(dated, 0, _COMPARED * _PERIOD + 1, _PERIOD) if day]
        periods = [_Period(opened, *ends) for ends in pairwise(days)]

        def copied(period: _Period) -> None:
            file.seek(0)
            assert write_lines(period.records(), file) == len(period.meetings)

        def dumped(period: _Period) -> None:
            file.seek(0)
            for meeting in period.meetings:
                file.write(orjson.dumps(meeting, option=orjson.OPT_APPEND_NEWLINE))

        gc.collect()
        gc.freeze()  # the meetings held ready here are no part of the cost
        times = least_times({"store": copied, "memory": dumped}, periods)
        gc.unfreeze()
    return ratio(times["memory"], times["store"])


class _Period:
    """The meetings of some days: in memory, and as they are read out of the store."""

    def __init__(self, store: Store, since: dt.date, until: dt.date) -> None:
        self._store = store
        self._days: Filters = {"since": since, "until": until}
        self.meetings = list(store.meetings(**self._days))

    def records(self) -> Iterator[str]:
        return self._store.records(**self._days)


def _export(store: str, count: int, where: str) -> Exported:
    """Export in this process."""
    place = destination(where, Settings())
    with Store.open(store) as opened:
        chosen = islice(opened.records() if place.takes_records else opened.meetings(), count)
        numbers = itertools.count(1)
        start = time.perf_counter()
        place.deliver(one for one, _ in zip(chosen, numbers, strict=False))
        seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text("ascii")
    # of this process alone: ru_maxrss of a new process starts with the size of the one that made it
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert peak
    return Exported(next(numbers) - 1, seconds, int(peak[1]) / 1024)


if __name__ == "__main__":
    print(json.dumps(asdict(_export(sys.argv[1], int(sys.argv[2]), sys.argv[3]))))
