"""Parquet with nested types: the record of the contract, for DuckDB, pandas and Spark."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, Final

from crawler.feeds.extras import extra
from crawler.feeds.record import record
from crawler.items import Meeting

ROWS_AT_ONCE: Final = 250
"""Rows held as Python objects, some 30 kB each."""
BATCHES_A_GROUP: Final = 8


def write_parquet(meetings: Iterable[Meeting | str], file: BinaryIO) -> int:
    """Write row groups of 2,000 meetings, zstd-compressed; return how many. Raises MissingExtraError.

    ``first_seen`` and ``last_changed`` are timestamps in UTC. ``date``, ``published`` and ``modified`` stay texts,
    because they may be a month.
    """
    arrow, parquet = extra("pyarrow"), extra("pyarrow.parquet")
    schema = _schema(arrow)
    written = 0
    rows = iter(meetings)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        group: list[Any] = []
        while batch := [_row(meeting) for meeting in islice(rows, ROWS_AT_ONCE)]:
            group.append(arrow.RecordBatch.from_pylist(batch, schema=schema))
            written += len(batch)
            if len(group) == BATCHES_A_GROUP:
                writer.write_table(arrow.Table.from_batches(group))
                group.clear()
        if group or not written:
            writer.write_table(arrow.Table.from_batches(group, schema=schema))
    return written


def _row(meeting: Meeting | str) -> dict[str, Any]:
    row = record(meeting)
    for key in ("first_seen", "last_changed"):
        row[key] = datetime.fromisoformat(row[key])
    return row


def _schema(arrow: Any) -> Any:
    text = arrow.string()
    moment = arrow.timestamp("us", tz="UTC")

    def struct(*names: str, **others: Any) -> Any:
        return arrow.struct([(name, text) for name in names] + list(others.items()))

    def many(kind: Any) -> Any:
        return arrow.list_(arrow.field("element", kind))  # as the Parquet format names it

    variants = many(struct("lang", "text"))
    participant = arrow.struct(
        [
            ("name", text),
            ("variants", variants),
            ("post", text),
            ("rank", text),
            ("country", text),
            ("part", text),
            ("leads_delegation", arrow.bool_()),
        ]
    )
    return arrow.schema(
        [
            ("schema_version", arrow.int32()),
            ("id", text),
            ("merged_ids", many(text)),
            ("revision", arrow.int32()),
            ("status", text),
            ("kind", text),
            ("event_code", struct("cameo", "plover", "mode")),
            ("date", text),
            ("date_precision", text),
            ("date_source", text),
            ("headline", text),
            ("headlines", struct("en", "az", "ru")),
            ("headline_variants", many(struct("lang", "text", "raw", "outlet", "url"))),
            ("lead", struct("en", "az", "ru")),
            ("place", struct("city", "country")),
            ("countries", many(text)),
            ("organizations", many(text)),
            ("participants", many(participant)),
            ("topics", many(text)),
            ("agreements", many(struct("kind", "title", year=arrow.int32()))),
            (
                "sources",
                many(struct("url", "outlet", "lang", "headline", "published", "modified", "attribution", "relation")),
            ),
            ("merge_evidence", many(struct("url", "rule", "detail"))),
            ("first_seen", moment),
            ("last_changed", moment),
        ]
    )
