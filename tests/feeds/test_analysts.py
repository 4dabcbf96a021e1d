from __future__ import annotations

import dataclasses
import json
import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest

from crawler.feeds import analysts
from crawler.feeds.analysts import AnalystsDatabaseError, export_analysts_database
from crawler.feeds.analysts_schema import SUMMARIES, TABLES, VIEWS
from crawler.feeds.searching import query
from tests.browse.making import FORMER, TALKS, talks
from tests.feeds.making import hostile, identity, meeting, meetings, participant, source

COUNT = 40


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("analysts") / "analysts.db"
    assert export_analysts_database(path, [*meetings(COUNT), talks(), hostile()]) == COUNT + 2
    return path


@pytest.fixture
def sql(whole):
    with closing(sqlite3.connect(f"file:{whole}?mode=ro", uri=True)) as connection:
        yield lambda text, *values: connection.execute(text, values).fetchall()


def test_every_part_of_every_record_has_a_row(sql):
    given = [*meetings(COUNT), talks(), hostile()]
    assert {row[0] for row in sql("SELECT id FROM meetings")} == {one.id for one in given}
    for name, parts in {
        "participants": "participants",
        "headlines": "headline_variants",
        "sources": "sources",
        "agreements": "agreements",
        "merge_evidence": "merge_evidence",
        "merged_ids": "merged_ids",
        "topics": "topics",
    }.items():
        assert sql(f"SELECT count(*) FROM {name}") == [(sum(len(getattr(one, parts)) for one in given),)], name


def test_a_record_is_read_back_as_it_was(sql):
    one = next(meeting for meeting in meetings(COUNT) if meeting.kind == "signing" and meeting.agreements)
    columns = (
        "revision, status, kind, date, headline, headline_az, lead_ru, city, countries, topics, cameo, last_changed"
    )
    (row,) = sql(f"SELECT {columns} FROM meetings WHERE id = ?", one.id)
    assert row[:7] == (
        *(one.revision, one.status, one.kind, one.date, one.headline),
        *(one.headlines["az"], one.lead["ru"]),
    )
    assert row[7] == (one.place.city if one.place else None)
    assert [json.loads(text) for text in row[8:10]] == [list(one.countries), list(one.topics)]
    assert row[10:] == (one.event_code.cameo, one.last_changed)
    sources = sql("SELECT url, outlet, lang, headline, published, relation FROM sources WHERE meeting = ?", one.id)
    assert sources == [(s.url, s.outlet, s.lang, s.headline, s.published, s.relation) for s in one.sources]


def test_keys_and_relations_hold(sql):
    assert sql("PRAGMA foreign_key_check") == []
    assert sql("PRAGMA integrity_check") == [("ok",)]
    assert {row[2] for row in sql("PRAGMA foreign_key_list(participants)")} == {"meetings", "persons"}
    assert sql("SELECT meeting FROM merged_ids WHERE id = ?", FORMER) == [(TALKS,)]


@pytest.mark.parametrize("column", ["meeting", "person"])
def test_the_parts_of_a_meeting_are_found_by_index(sql, column):
    for name, shape in TABLES.items():
        if column in shape[0] and name != "persons":
            plan, *_rest = sql(f"EXPLAIN QUERY PLAN SELECT * FROM {name} WHERE {column} = 'x'")
            assert "USING" in plan[3], (name, plan)


@pytest.mark.parametrize("asked", ["Həsənli", "Hasanli", "Гасанли", "Güleç", "Gulec", "Гюлеч", "Анкаре", "Турция"])
def test_search_finds_a_meeting_in_any_script(sql, asked):
    found = sql(
        "SELECT id FROM meetings WHERE number IN (SELECT rowid FROM meetings_fts WHERE meetings_fts MATCH ?)",
        query(asked),
    )
    assert (TALKS,) in found


@pytest.mark.parametrize("asked", ["Natiq Həsənli", "Hasanli", "Гасанли"])
def test_search_finds_a_person_in_any_script(sql, asked):
    found = "SELECT name FROM persons WHERE number IN (SELECT rowid FROM persons_fts WHERE persons_fts MATCH ?)"
    assert sql(found, query(asked)) == [("Natig Hasanli",)]


def test_a_person_is_one_across_meetings_and_languages(sql):
    (row,) = sql("SELECT id, meetings, country FROM persons WHERE name = 'Elman Guliyev'")
    held = [
        one
        for one in meetings(COUNT)
        if one.status == "held" and one.participants[:1] and one.participants[0].name == "Elman Guliyev"
    ]
    assert row[1:] == (len(held), "AZ")
    assert {text for (text,) in sql("SELECT text FROM spellings WHERE person = ?", row[0])} == {
        "Elman Guliyev",
        "Elman Quliyev",
        "Эльман Гулиев",
    }


def test_post_and_rank_are_those_of_the_latest_meeting_that_tells_them(tmp_path):
    def at(day, **values):
        return meeting(1, id=identity(day), date=day, status="held", participants=(participant(0, **values),))

    order = [
        at("2026-03-01", post=None, rank="General"),
        at("2026-01-01", post="Deputy", rank="Colonel"),
        at("2026-02-01", post="Minister", rank=None),
    ]
    export_analysts_database(tmp_path / "a.db", order)
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        row = connection.execute("SELECT post, rank, meetings, first_day, last_day FROM persons").fetchone()
    assert row == ("Deputy", "General", 3, "2026-01-01", "2026-03-01")


def test_lags_count_from_the_first_report(sql):
    assert sql("SELECT lang, lag_hours FROM sources WHERE meeting = ? ORDER BY id", TALKS) == [
        ("az", 0.0),
        ("ru", 0.42),
        ("en", 26.0),
    ]
    assert sql("SELECT lang, is_first FROM lags WHERE meeting = ? ORDER BY lag_hours", TALKS) == [
        ("az", 1),
        ("ru", 0),
        ("en", 0),
    ]


def test_a_month_covers_its_days(tmp_path):
    export_analysts_database(tmp_path / "a.db", [meeting(1, date="2024-02", date_precision="month")])
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert connection.execute("SELECT first_day, last_day, year FROM meetings").fetchall() == [
            ("2024-02-01", "2024-02-29", 2024)
        ]


@pytest.mark.parametrize("view", [*VIEWS, *SUMMARIES])
def test_views_can_be_read(sql, view):
    assert sql(f"SELECT * FROM {view}")


def test_views_count_each_meeting_once(sql):
    held = [one for one in [*meetings(COUNT), talks(), hostile()] if one.status == "held"]
    assert sql("SELECT sum(meetings) FROM meetings_by_month WHERE status = 'held'") == [
        (sum(one.date is not None for one in held),)
    ]
    assert sql("SELECT sum(meetings) FROM counterparts_by_year WHERE code = 'TR'") == [
        (sum("TR" in one.countries for one in held),)
    ]
    assert sql("SELECT sum(sources) FROM sources_by_year") == [(sum(len(one.sources) for one in held),)]


def test_one_who_is_named_twice_at_a_meeting_met_once(tmp_path):
    twice = (participant(0), participant(0, part="guest"))
    export_analysts_database(tmp_path / "a.db", [meeting(1, status="held", participants=twice)])
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert connection.execute("SELECT meetings FROM persons").fetchall() == [(1,)]
        assert connection.execute("SELECT meetings FROM persons_by_year").fetchall() == [(1,)]


def test_a_failed_export_leaves_the_old_database(tmp_path):
    path = tmp_path / "analysts.db"
    export_analysts_database(path, meetings(3))
    before = path.read_bytes()

    def broken():
        yield meeting(1)
        raise OSError("the store is gone")

    with pytest.raises(OSError, match="the store is gone"):
        export_analysts_database(path, broken())
    with pytest.raises(AnalystsDatabaseError, match=r"meetings\.id"):
        export_analysts_database(path, [meeting(1), meeting(1)])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_meetings_give_the_same_rows(tmp_path):
    dumps = []
    for name in ("a.db", "b.db"):
        export_analysts_database(tmp_path / name, meetings(25))
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            dumps.append([connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES])
    assert dumps[0] == dumps[1]


def test_memory_does_not_grow_with_the_number_of_meetings(tmp_path, monkeypatch):
    monkeypatch.setattr(analysts, "_AT_ONCE", 50)

    def many(count):
        return (dataclasses.replace(meeting(n % 40), id=identity(str(n)), merged_ids=()) for n in range(count))

    def peak(count):
        tracemalloc.start()
        export_analysts_database(tmp_path / "a.db", many(count))
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(400)
    assert peak(1600) < 1.3 * peak(400)


def test_a_missing_library_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sqlite_utils", None)
    with pytest.raises(AnalystsDatabaseError, match=r"pip install -r requirements-browse\.txt"):
        export_analysts_database(tmp_path / "a.db", [])


def test_an_empty_set_gives_empty_tables(tmp_path):
    assert export_analysts_database(tmp_path / "a.db", []) == 0
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert connection.execute("SELECT count(*) FROM meetings").fetchone() == (0,)


def test_sources_without_a_time_have_no_lag(tmp_path):
    one = meeting(1, sources=(source(1, published="2026-02"), source(2, published=None)))
    export_analysts_database(tmp_path / "a.db", [one])
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert connection.execute("SELECT lag_hours FROM sources").fetchall() == [(None,), (None,)]


def test_every_table_and_view_is_described():
    text = (Path(__file__).parents[2] / "docs" / "analysts-database.md").read_text("utf-8")
    for name in (*TABLES, *VIEWS, *SUMMARIES):
        assert f"| `{name}` |" in text
