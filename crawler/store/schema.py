"""Tables of the store. A change here needs a migration and a new ``HEAD``."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

HEAD: Final = "0001"
"""The newest migration: a store at this revision is opened without running Alembic."""

METADATA: Final = MetaData()

# The order of bytes on both databases, so that both list meetings alike.
_Name = String().with_variant(String(collation="C"), "postgresql")
_Number = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows itself only in a column typed INTEGER

ARTICLES: Final = Table(
    "articles",
    METADATA,
    Column("url", _Name, primary_key=True),
    Column("outlet", _Name, nullable=False),
    Column("lang", _Name, nullable=False),
    Column("published", _Name),
    Column("first_seen", _Name, nullable=False),
    Column("version", Integer, nullable=False),  # content versions read, as far as they reach the record
    Column("digest", _Name, nullable=False),  # of all that was read
    Column("record_digest", _Name, nullable=False),  # of what reaches the record
    Column("dropped", Text),  # why the article is of no meeting
    Column("run", _Name, nullable=False),  # that last changed it
    Column("record", Text, nullable=False),
)

MENTIONS: Final = Table(
    "mentions",
    METADATA,
    Column("number", _Number, primary_key=True, autoincrement=True),
    Column("id", _Name, nullable=False, unique=True),  # the founding id
    Column("url", _Name, ForeignKey("articles.url"), nullable=False, index=True),
    Column("meeting", _Name, index=True),
    Column("report", Text, nullable=False),
    sqlite_autoincrement=True,
)

KEYS: Final = Table(
    "keys",
    METADATA,
    Column("key", BigInteger, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("mention", _Number, ForeignKey("mentions.number"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

MEETINGS: Final = Table(
    "meetings",
    METADATA,
    Column("id", _Name, primary_key=True),
    Column("alive", Boolean, nullable=False),  # False: swallowed, or no report is left; its id is never used again
    Column("heir", _Name, index=True),  # the meeting that swallowed it
    Column("revision", Integer, nullable=False),
    Column("sort_date", _Name, nullable=False),
    Column("kind", _Name),
    Column("status", _Name),
    Column("first_seen", _Name),
    Column("last_changed", _Name),
    Column("record", Text),
    Index("meetings_in_order", "sort_date", "id"),
    Index("meetings_by_change", "last_changed"),
)

MEETING_COUNTRIES: Final = Table(
    "meeting_countries",
    METADATA,
    Column("country", _Name, primary_key=True),
    Column("meeting", _Name, ForeignKey("meetings.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

CHANGES: Final = Table(
    "changes",
    METADATA,
    Column("run", _Name, primary_key=True),
    Column("meeting", _Name, primary_key=True),
    Column("changed", Boolean, nullable=False),  # False: read again, nothing new
    sqlite_with_rowid=False,
)

RUNS: Final = Table(
    "runs",
    METADATA,
    Column("run", _Name, primary_key=True),
    Column("source", _Name, nullable=False),
    Column("started", _Name, nullable=False),
    Column("finished", _Name),
    Column("verdict", _Name),
    Column("counts", Text, nullable=False),
)

VALIDATORS: Final = Table(
    "validators",
    METADATA,
    Column("url", _Name, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
)

QUARANTINE: Final = Table(
    "quarantine",
    METADATA,
    Column("number", _Number, primary_key=True, autoincrement=True),
    Column("url", _Name, nullable=False, index=True),
    Column("reason", _Name, nullable=False),
    Column("detail", Text, nullable=False),
    Column("run", _Name, nullable=False),
    Column("at", _Name, nullable=False),
    sqlite_autoincrement=True,
)

PERSONS: Final = Table(
    "persons",
    METADATA,
    Column("skeleton", _Name, primary_key=True),  # the folded name, one for all languages
    Column("country", _Name, primary_key=True),  # "" where no text tells it
    Column("lang", _Name, primary_key=True),
    Column("text", _Name, primary_key=True),
    Column("post", _Name),
    Column("first_seen", _Name, nullable=False),
)

SETTINGS: Final = Table(
    "settings",
    METADATA,
    Column("name", _Name, primary_key=True),
    Column("value", Text, nullable=False),
)
