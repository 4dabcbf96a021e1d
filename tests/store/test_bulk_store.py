"""The large stores of the benchmarks are written row by row; what they hold is what recording would have written."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from benchmarks import bulk_store
from benchmarks.bulk_store import CLOCK, RUN, fill, tile_articles
from crawler.store import Store
from crawler.store.database import Database
from crawler.store.schema import ARTICLES, CHANGES, KEYS, MEETING_COUNTRIES, MEETINGS, MENTIONS, PERSONS

TILES = 2
CONTENT = {
    "articles": select(ARTICLES),
    "mentions": select(MENTIONS.c.id, MENTIONS.c.url, MENTIONS.c.meeting, MENTIONS.c.report),
    "keys": select(MENTIONS.c.id, KEYS.c.key, KEYS.c.day).join_from(MENTIONS, KEYS),
    "meetings": select(MEETINGS),
    "countries": select(MEETING_COUNTRIES),
    "persons": select(PERSONS),
    "changes": select(CHANGES),
}


def rows(url, query):
    database = Database(url)
    try:
        with database.reading() as connection:
            return sorted(map(repr, connection.execute(query)))
    finally:
        database.close()


@pytest.mark.slow
def test_bulk_store_holds_what_recording_writes(tmp_path, monkeypatch):
    # of so few meetings no two joins are equally good; such ties go by id, and ids differ from tile to tile
    monkeypatch.setattr(bulk_store, "TILE_MEETINGS", 120)
    bulk, recorded = f"sqlite:///{tmp_path}/bulk.db", f"sqlite:///{tmp_path}/recorded.db"
    fill(bulk, TILES)
    with Store.open(recorded, now=CLOCK) as store:
        for tile in range(TILES):
            for article, mention in tile_articles(tile):
                store.record(article, [mention], run=RUN, now=CLOCK)
    for name, query in CONTENT.items():
        found, expected = rows(bulk, query), rows(recorded, query)
        assert len(found) == len(expected) > 0, name
        assert found == expected, name
