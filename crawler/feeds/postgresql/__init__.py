"""Meetings in PostgreSQL tables of their own, upserted by id and revision.

``tables.sql`` and ``load.sql`` are plain SQL, so that psql can load the files of ``changes/`` without this program
(docs/feed-format.md).
"""

from crawler.feeds.postgresql.loading import UnwritableDatabaseError, load_meetings

__all__ = ["UnwritableDatabaseError", "load_meetings"]
