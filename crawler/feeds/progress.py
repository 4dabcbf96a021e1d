"""How far a long export is, told on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final, TextIO, TypeVar

One = TypeVar("One")
_SECONDS: Final = 0.2
_WIDTH: Final = 30


def showing(
    meetings: Iterable[One], name: str, *, total: int | None = None, stream: TextIO | None = None
) -> Iterator[One]:
    """Yield the meetings; on a terminal one line tells how many went to ``name``, with a bar when ``total`` is known.

    The line is taken away at the end. On anything but a terminal nothing is written. The stream is standard error.
    """
    out = stream or sys.stderr
    if not out.isatty():
        yield from meetings
        return
    begun = drawn = time.monotonic()
    count = 0
    try:
        for meeting in meetings:
            yield meeting
            count += 1
            now = time.monotonic()
            if now - drawn >= _SECONDS:
                drawn = now
                out.write(f"\r\x1b[K{_line(name, count, total, count / (now - begun))}")
                out.flush()
    finally:
        out.write("\r\x1b[K")
        out.flush()


def _line(name: str, count: int, total: int | None, rate: float) -> str:
    pace = f"{count:,} meetings, {rate:,.0f} a second"
    if not total:
        return f"{name}: {pace}"
    filled = min(_WIDTH, _WIDTH * count // total)
    return f"{name}: [{'#' * filled}{'.' * (_WIDTH - filled)}] {min(100, 100 * count // total)}%, {pace}"
