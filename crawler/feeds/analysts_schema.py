"""Tables, indexes and views of the analysts' database (SQLite, through sqlite-utils)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crawler.feeds.searching import COLUMNS, TOKENIZER

if TYPE_CHECKING:
    from sqlite_utils import Database  # may be missing

VERSION: Final = 2
"""Stands in ``PRAGMA user_version``; grows when a table, a column or a view changes."""

_MEETING: Final = ("meeting", "meetings", "id")

# name: columns, primary key, foreign keys, columns that are never null
TABLES: Final[dict[str, tuple[dict[str, Any], str | tuple[str, ...], list[tuple[str, str, str]], set[str]]]] = {
    "meetings": (
        {
            "id": str, "number": int, "revision": int, "status": str, "kind": str,
            "date": str, "date_precision": str, "date_source": str, "first_day": str, "last_day": str, "year": int,
            "headline": str, "headline_lang": str, "headline_en": str, "headline_az": str, "headline_ru": str,
            "lead_en": str, "lead_az": str, "lead_ru": str, "city": str, "country": str, "people": str,
            "countries": str, "organizations": str, "topics": str, "langs": str, "outlets": str,
            "cameo": str, "plover": str, "mode": str, "first_seen": str, "last_changed": str,
        },
        "id", [], {"number", "revision", "status", "kind", "first_seen", "last_changed"},
    ),
    "merged_ids": ({"id": str, "meeting": str}, ("id", "meeting"), [_MEETING], set()),
    "persons": (
        {
            "id": str, "number": int, "name": str, "country": str, "post": str, "rank": str,
            "meetings": int, "first_day": str, "last_day": str,
        },
        "id", [], {"name", "meetings"},
    ),
    "spellings": (
        {"person": str, "lang": str, "text": str}, ("person", "lang", "text"), [("person", "persons", "id")], set(),
    ),
    "participants": (
        {
            "id": int, "meeting": str, "person": str, "name": str, "post": str, "rank": str, "country": str,
            "part": str, "leads_delegation": int,
        },
        "id", [_MEETING, ("person", "persons", "id")], {"meeting", "person", "name", "part", "leads_delegation"},
    ),
    "parties": (
        {"meeting": str, "code": str, "name": str, "is_organization": int},
        ("meeting", "code"), [_MEETING], {"name", "is_organization"},
    ),
    "topics": ({"meeting": str, "topic": str, "label": str}, ("meeting", "topic"), [_MEETING], {"label"}),
    "headlines": (
        {"id": int, "meeting": str, "lang": str, "text": str, "raw": str, "outlet": str, "url": str},
        "id", [_MEETING], {"meeting", "lang", "text", "raw", "outlet"},
    ),
    "agreements": (
        {"id": int, "meeting": str, "kind": str, "title": str, "year": int}, "id", [_MEETING], {"meeting", "kind"},
    ),
    "sources": (
        {
            "id": int, "meeting": str, "url": str, "outlet": str, "lang": str, "headline": str, "published": str,
            "modified": str, "attribution": str, "relation": str, "lag_hours": float,
        },
        "id", [_MEETING], {"meeting", "url", "outlet", "lang", "relation"},
    ),
    "merge_evidence": (
        {"id": int, "meeting": str, "url": str, "rule": str, "detail": str, "is_conflict": int},
        "id", [_MEETING], {"meeting", "url", "rule", "detail", "is_conflict"},
    ),
}  # fmt: skip
INDEXES: Final = {
    "meetings": (("first_day", "last_day"), ("last_day",), ("date",), ("kind",), ("status",), ("last_changed",)),
    "participants": (("meeting",), ("person",)),
    "persons": (("meetings",),),
    "parties": (("code",),),
    "topics": (("topic",),),
    "merged_ids": (("meeting",),),
    "headlines": (("meeting",),),
    "agreements": (("meeting",),),
    "sources": (("meeting",), ("url",), ("published",), ("outlet", "lang", "lag_hours")),
    "merge_evidence": (("meeting",), ("is_conflict",)),
}
SEARCHED: Final = ("meetings", "persons")
"""Tables with a full-text index ``<table>_fts`` beside them, whose rowid is the table's ``number``."""

VIEWS: Final = {
    # A held meeting's editions (an outlet in one language) where there are several: hours after the first of them.
    "lags": """
        SELECT year, meeting, outlet, lang, min(lag_hours) AS lag_hours, min(lag_hours) = 0 AS is_first
        FROM sources JOIN meetings ON meetings.id = meeting
        WHERE lag_hours IS NOT NULL AND status = 'held'
          AND (json_array_length(langs) > 1 OR json_array_length(outlets) > 1)
        GROUP BY meeting, outlet, lang""",
}
# Tables ready for charts, counted once: a million meetings take a minute to count, and the database never changes.
# Months and years are those of the first possible day. All but the first three count meetings that were held.
SUMMARIES: Final = {
    "meetings_by_month": """
        SELECT substr(first_day, 1, 7) AS month, kind, status, count(*) AS meetings
        FROM meetings WHERE first_day IS NOT NULL GROUP BY 1, 2, 3""",
    "meetings_by_year": "SELECT year, kind, status, count(*) AS meetings FROM meetings GROUP BY year, kind, status",
    "conflicts_by_year": """
        SELECT year, count(DISTINCT meeting) AS meetings
        FROM merge_evidence JOIN meetings ON meetings.id = meeting WHERE is_conflict GROUP BY year""",
    "counterparts_by_year": """
        SELECT year, code, name, is_organization, count(*) AS meetings
        FROM parties JOIN meetings ON meetings.id = meeting
        WHERE code <> 'AZ' AND status = 'held' GROUP BY year, code""",
    "persons_by_year": """
        SELECT year, person, persons.name, persons.country, count(DISTINCT meeting) AS meetings
        FROM participants JOIN meetings ON meetings.id = meeting JOIN persons ON persons.id = person
        WHERE status = 'held' GROUP BY year, person""",
    "topics_by_year": """
        SELECT year, topic, label, count(*) AS meetings
        FROM topics JOIN meetings ON meetings.id = meeting WHERE status = 'held' GROUP BY year, topic""",
    "sources_by_year": """
        SELECT year, outlet, lang, count(*) AS sources
        FROM sources JOIN meetings ON meetings.id = meeting WHERE status = 'held' GROUP BY year, outlet, lang""",
    "lags_by_year": """
        SELECT year, outlet, lang, lag_hours, count(*) AS meetings FROM lags GROUP BY year, outlet, lang, lag_hours""",
}


def create_tables(database: Database) -> None:
    """Create the empty tables and full-text indexes."""
    for name, (columns, key, foreign_keys, not_null) in TABLES.items():
        database.table(name).create(columns, pk=key, foreign_keys=foreign_keys, not_null=not_null)
    for name in SEARCHED:
        # Without content of its own: the words are found, the text is read from the table.
        columns_ = ", ".join(COLUMNS)
        database.execute(f"CREATE VIRTUAL TABLE {name}_fts USING fts5({columns_}, content='', tokenize='{TOKENIZER}')")


def finish(database: Database) -> None:
    """Add indexes, views, summaries and the statistics of the query planner to the filled tables."""
    for name, indexes in INDEXES.items():
        for columns in indexes:
            database.table(name).create_index(columns)
    for name in SEARCHED:
        database.table(name).create_index(["number"], unique=True)
        database.execute(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('optimize')")  # noqa: S608  # our own names
    for name, sql in VIEWS.items():
        database.create_view(name, sql)
    for name, sql in SUMMARIES.items():
        database.execute(f"CREATE TABLE {name} AS {sql}")
    database.analyze()
    database.execute(f"PRAGMA user_version = {VERSION}")
