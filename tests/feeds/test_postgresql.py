from __future__ import annotations

import itertools
import threading

import orjson
import psycopg
import pytest

from crawler.feeds.postgresql import UnwritableDatabaseError, load_meetings, loading
from crawler.feeds.record import record
from crawler.store.encoding import encode
from tests.feeds.making import hostile, meeting, meetings, participant, revised

TABLES = ("meetings", "participants", "persons", "sources", "headlines", "agreements")


def rows(address, table, schema="public", columns="*"):
    with psycopg.connect(address) as connection:
        return connection.execute(f"SELECT {columns} FROM {schema}.{table} AS t ORDER BY t").fetchall()


def everything(address, schema="public"):
    return {table: rows(address, table, schema) for table in TABLES}


def ids(address, schema):
    return {id_ for (id_,) in rows(address, "meetings", schema, columns="id")}


def test_every_record_is_read_back_as_it_was_sent(database):
    sent = [*meetings(120), hostile()]
    assert load_meetings(database, iter(sent)) == 121
    stored = {row[0]["id"]: row[0] for row in rows(database, "meetings", columns="record")}
    expected = {one.id: record(one) for one in sent}
    expected[hostile().id] = orjson.loads(orjson.dumps(record(hostile())).replace(b"\\u0000", b""))
    assert stored == expected


def test_records_of_the_store_give_the_same_tables(new_database):
    sent = [*meetings(30), hostile()]
    one, other = new_database(), new_database()
    assert load_meetings(one, sent) == load_meetings(other, map(encode, sent)) == 31
    assert everything(one) == everything(other)


def test_the_parts_of_a_meeting_stand_in_their_tables(database):
    sent = list(meetings(120))
    load_meetings(database, sent)
    for table, key in (
        ("participants", "participants"),
        ("sources", "sources"),
        ("headlines", "headline_variants"),
        ("agreements", "agreements"),
    ):
        expected = sorted((one.id, at) for one in sent for at, _ in enumerate(getattr(one, key), 1))
        assert sorted(rows(database, table, columns="meeting, position")) == expected
    people = {(person.name, person.country) for one in sent for person in one.participants}
    assert set(rows(database, "persons", columns="name, country")) == people
    (found,) = {row[0] for row in rows(database, "persons", columns="id") if "guliyev" in row[0]}
    assert found == "az-elman-guliyev"
    with psycopg.connect(database) as connection:
        held = connection.execute(
            "SELECT count(*) FROM meetings WHERE day >= '2025-02-01' AND countries @> '{PL}' AND status = 'held'"
        ).fetchone()
        spelled = connection.execute("SELECT name FROM persons WHERE 'Рауф Самедов' = ANY (spellings)").fetchall()
        moments = connection.execute("SELECT count(published_at), count(*) FROM sources").fetchone()
    assert held[0] == sum(
        "PL" in one.countries and one.status == "held" and len(one.date or "") == 10 and one.date >= "2025-02-01"
        for one in sent
    )
    assert spelled == [("Rauf Samadov",)]
    assert moments[0] == moments[1]


def test_twice_and_in_two_halves_in_any_order_gives_the_same(new_database):
    sent = list(meetings(60))
    whole = new_database()
    load_meetings(whole, sent)
    expected = everything(whole)
    load_meetings(whole, sent)
    assert everything(whole) == expected
    for first, second in ((sent[:30], sent[30:]), (sent[30:], sent[:30]), (sent[::2], sent[1::2])):
        address = new_database()
        load_meetings(address, first)
        load_meetings(address, second)
        assert everything(address) == expected


def test_a_higher_revision_replaces_and_a_lower_one_does_not(database):
    old = meeting(5)
    new = revised(old, headline="Another headline", participants=(participant(3),))
    load_meetings(database, [new])
    expected = everything(database)
    load_meetings(database, [old])
    assert everything(database) == expected
    assert rows(database, "persons", columns="name") == [("Janis Kalninsh",)]
    load_meetings(database, [old, new, old])
    assert everything(database) == expected


def test_nobody_stays_who_takes_part_in_nothing_any_longer(database):
    old = meeting(5)
    load_meetings(database, [old])
    load_meetings(database, [revised(old, participants=())])
    assert rows(database, "persons") == rows(database, "participants") == []


def test_merged_ids_are_removed_in_any_order_of_arrival(database):
    one, other = meeting(1), meeting(2)
    heir = revised(one, merged_ids=(*one.merged_ids, other.id))
    for number, order in enumerate(itertools.permutations([[one], [other], [heir]])):
        schema = f"order_{number}"
        for file in order:
            load_meetings(database, file, schema=schema)
        assert ids(database, schema) == {heir.id}
        assert {meeting for (meeting,) in rows(database, "sources", schema, columns="meeting")} == {heir.id}


def test_a_meeting_that_is_split_off_again_stays_in_any_order(database):
    one, other = meeting(1), meeting(2)
    joined = revised(one, merged_ids=(*one.merged_ids, other.id))
    apart = revised(joined, merged_ids=one.merged_ids)
    again = revised(revised(other))
    for number, order in enumerate(itertools.permutations([[other, one], [joined], [apart], [again]])):
        schema = f"order_{number}"
        for file in order:
            load_meetings(database, file, schema=schema)
        assert ids(database, schema) == {one.id, other.id}, order


def test_a_withdrawn_meeting_is_removed_and_stays_away_in_any_order_of_arrival(database):
    one, other = meeting(1), meeting(2)
    heir = revised(one, merged_ids=(*one.merged_ids, other.id))
    steps = [([one, other], []), ([heir], []), ([], [(heir.id, heir.revision), (other.id, other.revision)])]
    for number, order in enumerate(itertools.permutations(steps)):
        schema = f"order_{number}"
        for _ in range(2):
            for some, withdrawn in order:
                load_meetings(database, some, withdrawn, schema=schema)
        assert ids(database, schema) == set(), order
        assert rows(database, "persons", schema) == []
    load_meetings(database, [revised(heir)], schema=schema)
    assert ids(database, schema) == {heir.id}
    load_meetings(database, [heir], steps[2][1], schema=schema)
    assert ids(database, schema) == {heir.id}


def test_a_long_load_holds_no_more_locks_than_a_short_one(database, monkeypatch):
    # PostgreSQL holds some thousands of them for everybody: a million meetings once were too many
    monkeypatch.setattr(loading, "ROWS_AT_ONCE", 20)
    held = []

    def watched():
        for number, one in enumerate(meetings(200)):
            if number in {60, 180}:
                with psycopg.connect(database) as other:
                    held.extend(other.execute("SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid()").fetchone())
            yield one

    load_meetings(database, watched())
    first, last = held
    assert 0 < last <= first


def test_a_schema_of_its_own(database):
    load_meetings(database, meetings(10), schema='odd "name"')
    assert len(rows(database, "meetings", schema='"odd ""name"""')) == 10
    with pytest.raises(psycopg.errors.UndefinedTable):
        rows(database, "meetings")


def test_tables_of_another_make_are_left_alone(database):
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE meetings (id text)")
    with pytest.raises(UnwritableDatabaseError, match='schema "public" has a table "meetings" of another make'):
        load_meetings(database, meetings(3))
    assert rows(database, "meetings") == []
    load_meetings(database, meetings(3), schema="analysts")


def test_a_failed_load_leaves_what_was_there(database):
    load_meetings(database, meetings(5))
    expected = everything(database)

    def broken():
        yield from meetings(1500)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        load_meetings(database, broken())
    assert everything(database) == expected


@pytest.mark.parametrize(
    "address",
    ["postgresql://someone:secret@127.0.0.1:1/nowhere", "postgresql://[", "postgresql://127.0.0.1/x?nonsense=1"],
)
def test_an_unreachable_database_is_said_without_its_password(address):
    with pytest.raises(UnwritableDatabaseError) as error:
        load_meetings(address, [])
    assert "secret" not in str(error.value)


def test_two_at_once_wait_for_each_other(database):
    sent = list(meetings(1200))
    faults = []

    def load(part):
        try:
            load_meetings(database, part, schema="analysts")
        except UnwritableDatabaseError as error:
            faults.append(error)

    threads = [threading.Thread(target=load, args=(part,)) for part in (sent, sent[::-1], sent[:700])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(rows(database, "meetings", schema="analysts")) == 1200
    assert len(rows(database, "participants", schema="analysts")) == sum(len(one.participants) for one in sent)
