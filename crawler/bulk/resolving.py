"""Each group of connected articles through a small store of its own: the same transactions, so the same records.

What an article said before, what a later reading took back, revisions and ids that were swallowed depend on the order
of the readings. The store knows these rules; here they are not written a second time.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crawler.bulk.archives import order
from crawler.feeds.record import line
from crawler.items import Article, Mention
from crawler.meetings.overrides import Overrides
from crawler.store import Store
from crawler.store.content import key_number
from crawler.store.encoding import decode
from crawler.store.recording import UNDATED

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

MEETINGS: Final = "date string, id string, line string"
_RUN: Final = "bulk"
_ARTICLES_A_STORE: Final = 5000
"""About as many as one partition takes: opening a store costs as much as recording some hundred articles."""


def meetings(spark: SparkSession, readings: DataFrame, components: DataFrame, overrides: Overrides) -> DataFrame:
    """Return every meeting as ``date`` (``9999`` when unknown), ``id`` and ``line``, the record of the feed.

    ``readings`` has the columns of ``archives.READINGS``, ``components`` those of ``components.components``. The clocks
    are those of the captures: ``first_seen`` is when the first of a meeting's articles was first fetched,
    ``last_changed`` when the reading was fetched that changed it last.
    """
    told = readings.where("mentions is not null").select("url").distinct()
    every = readings.join(told, "url").join(components, readings.url == components.node, "left")
    rows = every.selectExpr(
        "coalesce(component, url) as component", "file", "number", "url", "captured", "content", "article", "mentions"
    )
    partitions = max(spark.sparkContext.defaultParallelism, rows.count() // _ARTICLES_A_STORE + 1)
    sorted_rows = rows.rdd.keyBy(_sort_key).repartitionAndSortWithinPartitions(partitions, _partition)
    return spark.createDataFrame(
        sorted_rows.values().mapPartitions(partial(recorded, overrides)), MEETINGS, verifySchema=False
    )


def _sort_key(row: Any) -> tuple[str, int, str]:  # a Spark row
    return order(row.file), row.number, row.component


def _partition(key: tuple[str, int, str]) -> int:
    return key_number(key[2])


def recorded(overrides: Overrides, rows: Iterable[Any]) -> Iterator[tuple[str, str, str]]:
    """Record readings in their order in an empty store; yield date, id and line of each meeting that results.

    Disk takes what memory would not hold. Raises what the store raises.
    """
    with (
        tempfile.TemporaryDirectory(prefix="meetings-") as folder,
        Store.open(f"sqlite:///{folder}/group.db", overrides) as store,
    ):
        for row in rows:
            article, mentions, dropped = _reading(row)
            moment = dt.datetime.fromisoformat(row.captured)
            store.record(article, mentions, run=_RUN, now=moment, dropped=dropped)
        for meeting in store.meetings():
            yield meeting.date or UNDATED, meeting.id, line(meeting).decode()


def _reading(row: Any) -> tuple[Article, tuple[Mention, ...], str | None]:  # a Spark row
    if row.article is None:
        # No record shows an article of no meeting. It has a version for each content, as the article itself would.
        blank = Article(url=row.url, outlet="", lang="en", headline=None, paragraphs=(row.content,))
        return blank, (), "no meeting"
    return decode(Article, row.article), decode(tuple[Mention, ...], row.mentions), None
