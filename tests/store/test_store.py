from __future__ import annotations

import datetime as dt
import multiprocessing
from dataclasses import replace

import orjson
import pytest
from sqlalchemy import create_engine, text

from crawler.items import EarlierVersion, Headline
from crawler.meetings.overrides import parse_overrides
from crawler.store import Store, StoreError
from crawler.store.recording import Recording
from tests.meetings.making import CHIEF, GUEST, make, stamp
from tests.store.stories import MEETINGS, world

NOW = dt.datetime(2026, 3, 12, 6, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=3)
DAY = {"published": "2026-03-04", "date": "2026-03-04"}


def record_all(store, stories, run="r1", now=NOW):
    return [
        store.record(article, mentions, run=run, now=now, dropped=dropped) for article, mentions, dropped in stories
    ]


def lines(store):
    return [orjson.dumps(meeting) for meeting in store.meetings()]


@pytest.fixture
def store(url):
    with Store.open(url) as opened:
        yield opened


def test_world(store):
    done = record_all(store, world())
    assert len(list(store.meetings())) == MEETINGS
    assert all(recorded.new and recorded.changed for recorded in done)
    first = store.meeting(done[0].meeting_ids[0])
    assert {source.outlet for source in first.sources} == {"report.az", "azernews.az", "menafn.com", "news.az"}
    assert [source.relation for source in first.sources][:3] == ["original", "translation", "translation"]
    assert done[-1].meeting_ids == ()
    assert store.seen([done[-1].url, "https://nowhere.az/1"]) == {done[-1].url}
    assert store.article(done[0].url) == world()[0][0]
    assert store.article("https://nowhere.az/1") is None


def test_again_changes_nothing(store):
    record_all(store, world())
    before = lines(store)
    again = record_all(store, world(), run="r2", now=LATER)
    assert not any(recorded.new or recorded.changed for recorded in again)
    assert lines(store) == before
    assert list(store.changed_in("r2")) == []
    assert [orjson.dumps(meeting) for meeting in store.changed_in("r2", touched=True)] == before


def test_opened_again_is_the_same(url):
    with Store.open(url) as store:
        record_all(store, world())
        before = lines(store)
    with Store.open(url) as store:
        assert lines(store) == before
        assert not store.record(*world()[0][:2], run="r2", now=LATER).changed


def test_update_makes_a_revision(store):
    article, mention = make("a.az/1", headline="Ministers meet", **DAY)
    store.record(article, [mention], run="r1", now=NOW)
    updated = replace(article, headline=Headline(lang="en", text="Two ministers meet", raw="Two ministers meet"))
    recorded = store.record(updated, [mention], run="r2", now=LATER)
    assert (recorded.new, recorded.changed) == (False, True)
    meeting = store.meeting(recorded.meeting_ids[0])
    assert (meeting.revision, meeting.headline) == (2, "Two ministers meet")
    assert meeting.first_seen == NOW.isoformat()
    assert meeting.last_changed == LATER.isoformat()
    assert [one.id for one in store.changed_in("r2")] == [meeting.id]


def test_change_that_reaches_no_record_is_no_revision(store):
    article, mention = make("a.az/1", **DAY)
    store.record(article, [mention], run="r1", now=NOW)
    older = replace(article, earlier_versions=(EarlierVersion(stamp_raw="17:03", paragraphs=("Earlier.",)),))
    assert store.record(older, [mention], run="r2", now=LATER).changed
    (meeting,) = store.meetings()
    assert (meeting.revision, meeting.last_changed) == (1, NOW.isoformat())


def test_late_report_joins_and_swallowed_id_leads_to_it(store):
    late = make("b.az/1", lang="ru", **DAY)
    (born,) = store.record(late[0], [late[1]], run="r1", now=NOW).meeting_ids
    early = make("a.az/1", published="2026-03-03", date="2026-03-04")
    (joined,) = store.record(early[0], [early[1]], run="r2", now=LATER).meeting_ids
    assert joined != born
    meeting = store.meeting(born)
    assert (meeting.id, meeting.merged_ids, meeting.revision) == (joined, (born,), 2)
    assert [one.id for one in store.meetings()] == [joined]
    assert [one.id for one in store.changed_in("r1")] == [joined]


def test_article_that_is_no_meeting_after_all(store):
    article, mention = make("a.az/1", **DAY)
    other, other_mention = make("b.az/1", lang="ru", published="2026-03-04T20:00", date="2026-03-04")
    (id_,) = store.record(article, [mention], run="r1", now=NOW).meeting_ids
    store.record(other, [other_mention], run="r1", now=NOW)
    store.record(replace(article, tags=("x",)), [], run="r2", now=LATER, dropped="no meeting: drill")
    (meeting,) = store.meetings()
    assert meeting.id != id_
    assert id_ in meeting.merged_ids
    assert store.meeting(id_) == meeting
    store.record(replace(other, tags=("x",)), [], run="r3", now=LATER, dropped="no meeting: drill")
    assert list(store.meetings()) == []
    assert store.meeting(id_) is None
    again = store.record(article, [mention], run="r4", now=LATER)
    assert again.meeting_ids == (id_,)
    assert store.meeting(id_).revision > 1


def test_late_fact_splits(store):
    a, mention_a = make("a.az/1", **DAY)
    b, mention_b = make("b.az/1", lang="ru", published="2026-03-05T10:00")
    store.record(a, [mention_a], run="r1", now=NOW)
    (joined,) = store.record(b, [mention_b], run="r1", now=NOW).meeting_ids
    assert len(store.meeting(joined).sources) == 2
    told = replace(mention_b, date=dt.date(2026, 3, 5), date_source="stated")
    store.record(b, [told], run="r2", now=LATER)
    meetings = list(store.meetings())
    assert [len(meeting.sources) for meeting in meetings] == [1, 1]
    assert store.meeting(joined).revision == 3
    assert {meeting.id for meeting in store.changed_in("r2")} == {meeting.id for meeting in meetings}


class KilledError(BaseException):
    pass


def then_killed(original):
    def killed(*args, **options):
        original(*args, **options)
        raise KilledError

    return killed


def test_a_kill_at_any_moment_loses_nothing(store, monkeypatch):
    stories = world()
    record_all(store, stories[:4])
    before = lines(store)

    for method in ("replace_article", "insert_mention", "assign", "_write", "touch"):
        with monkeypatch.context() as patch:
            patch.setattr(Recording, method, then_killed(getattr(Recording, method)))
            with pytest.raises(KilledError):
                record_all(store, stories[4:5])
        assert lines(store) == before
        assert store.seen([stories[4][0].url]) == set()
    assert record_all(store, stories[4:5])[0].new


def test_selection_in_order(store):
    record_all(store, world())
    every = list(store.meetings())
    assert [m.date or "9999" for m in every] == sorted(m.date or "9999" for m in every)
    assert {m.kind for m in store.meetings(kind="call")} == {"call"}
    assert len(list(store.meetings(country="LV"))) == 4
    assert [m.date for m in store.meetings(since=dt.date(2026, 3, 8), until=dt.date(2026, 3, 11))] == [
        "2026-03-08",
        "2026-03-11",
    ]
    assert None not in {m.date for m in store.meetings(since=dt.date(2000, 1, 1))}
    assert list(store.meetings(changed_since=LATER)) == []
    assert len(list(store.meetings(changed_since=NOW))) == MEETINGS
    assert list(store.meetings(status="cancelled")) == []


def test_records_are_the_meetings_as_they_are_written(store):
    record_all(store, world())
    for chosen in ({}, {"kind": "call"}, {"country": "LV"}, {"since": dt.date(2026, 3, 8), "until": None}):
        records = list(store.records(**chosen))
        assert records == [orjson.dumps(meeting).decode() for meeting in store.meetings(**chosen)]
        assert store.count(**chosen) == len(records) > 0
    assert store.count(status="cancelled") == 0


def test_writing_while_reading(store):
    stories = world()
    record_all(store, stories[:-3])
    reading = store.meetings()
    first = next(reading)
    record_all(store, stories[-3:])
    assert first.id not in {meeting.id for meeting in reading}


def test_overrides_are_applied_to_what_is_stored(url):
    a, b = make("a.az/1", **DAY), make("b.az/1", who=(CHIEF, GUEST), **DAY)
    with Store.open(url) as store:
        for article, mention in (a, b):
            store.record(article, [mention], run="r1", now=NOW)
        assert len(list(store.meetings())) == 2
    merge = '[[merge]]\nreports = ["https://a.az/1", "https://b.az/1"]\nwho = "R"\nwhen = 2026-03-12\nwhy = "one"\n'
    with Store.open(url, parse_overrides(merge), now=LATER) as store:
        (meeting,) = store.meetings()
        assert meeting.last_changed == LATER.isoformat()
        assert {person.name for person in meeting.participants} >= {"Elman Guliyev", "Rauf Samadov"}
    alias = (
        '[[alias]]\nspellings = ["Rauf Samadov"]\nname = "Elman Guliyev"\nwho = "R"\nwhen = 2026-03-12\nwhy = "one"\n'
    )
    with Store.open(url, parse_overrides(alias), now=LATER) as store:
        (meeting,) = store.meetings()
        assert [person.name for person in meeting.participants] == ["Elman Guliyev", "Marek Dubrovski"]
    with Store.open(url, parse_overrides(""), now=LATER) as store:
        assert [len(store.reports(meeting.id)) for meeting in store.meetings()] == [1, 1]


def test_what_is_withdrawn_is_told_with_all_it_had_swallowed(store):
    (a, mention_a), (b, mention_b) = (
        make("a.az/1", **DAY),
        make("b.az/1", lang="ru", **{**DAY, "published": "2026-03-05T10:00"}),
    )
    (alone,) = store.record(b, [mention_b], run="r1", now=NOW).meeting_ids
    (joined,) = store.record(a, [mention_a], run="r2", now=NOW).meeting_ids
    assert joined != alone
    assert list(store.withdrawn()) == []
    store.record(a, [], run="r3", now=LATER, dropped="none")
    assert [one.id for one in store.meetings()] == [alone]
    ended = store.meeting(alone).revision
    store.record(b, [], run="r4", now=LATER, dropped="none")
    assert list(store.meetings()) == []
    assert dict(store.withdrawn("r4"))[alone] == ended
    assert set(dict(store.withdrawn())) == {alone, joined}
    assert list(store.withdrawn("r5")) == []
    store.record(b, [mention_b], run="r5", now=LATER)
    assert store.meeting(alone).revision > ended
    assert alone not in dict(store.withdrawn())


def test_what_new_decisions_change_belongs_to_the_run_that_adopts_it(url):
    article, mention = make("a.az/1", **DAY)
    with Store.open(url) as store:
        (one,) = store.record(article, [mention], run="r1", now=NOW).meeting_ids
    verdict = f'[[not-a-meeting]]\nreport = "{article.url}"\nwho = "R"\nwhen = 2026-03-12\nwhy = "a drill"\n'
    with Store.open(url, parse_overrides(verdict), now=LATER) as store:
        store.adopt_decided("r2")
        assert [id_ for id_, _ in store.withdrawn("r2")] == [one]
        assert list(store.changed_in("r2")) == []
    with Store.open(url, parse_overrides(""), now=LATER) as store:
        store.adopt_decided("r3")
        assert [again.id for again in store.changed_in("r3")] == [one]
        assert list(store.withdrawn("r3")) == list(store.withdrawn("r2")) == []


def test_runs_validators_quarantine_persons(store):
    store.begin_run("r1", "report", now=NOW)
    store.begin_run("r2", "azernews", now=LATER)
    store.finish_run("r1", verdict="done", counts={"articles": 3}, now=LATER)
    assert [(run.run, run.verdict, run.counts) for run in store.runs()] == [
        ("r2", None, {}),
        ("r1", "done", {"articles": 3}),
    ]
    assert [run.run for run in store.runs("report")] == ["r1"]
    assert store.validators("https://a.az/1") is None
    store.set_validators("https://a.az/1", etag='"1"', last_modified=None)
    store.set_validators("https://a.az/1", etag='"2"', last_modified="Wed, 04 Mar 2026 10:00:00 GMT")
    assert store.validators("https://a.az/1").etag == '"2"'
    store.quarantine("https://a.az/2", "no headline", "h1", run="r1", now=NOW)
    assert [(page.url, page.reason) for page in store.quarantined("r1")] == [("https://a.az/2", "no headline")]
    record_all(store, world())
    spelled = [row for row in store.persons() if row[1] == "PL"]
    assert {(lang, name) for _, _, lang, name in spelled} >= {("en", "Marek Dubrovski"), ("ru", "Марек Дубровски")}
    assert len({skeleton for skeleton, *_ in spelled}) == 1
    assert store.newest("azernews.az") is not None


def test_wrong_use_is_refused(store):
    article, mention = make("a.az/1", **DAY)
    with pytest.raises(ValueError, match="another article"):
        store.record(article, [replace(mention, url="https://b.az/1")], run="r1", now=NOW)
    with pytest.raises(ValueError, match="one index"):
        store.record(article, [mention, mention], run="r1", now=NOW)
    with pytest.raises(ValueError, match="zone"):
        store.record(article, [mention], run="r1", now=dt.datetime(2026, 3, 4))  # noqa: DTZ001
    assert list(store.meetings()) == []


def test_article_of_two_meetings(store):
    article, mention = make("a.az/1", **DAY)
    second = make("a.az/1", who=(CHIEF, GUEST), **DAY)[1]
    recorded = store.record(article, [mention, replace(second, index=1)], run="r1", now=NOW)
    assert len(recorded.meeting_ids) == 2
    assert store.record(
        replace(article, published=stamp("2026-03-04T10:00")), [mention], run="r2", now=LATER
    ).meeting_ids
    assert len(list(store.meetings())) == 1


def test_store_of_a_newer_program_is_refused(url):
    Store.open(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="update the program"):
        Store.open(url)


@pytest.mark.parametrize("address", ["sqlite://", "mysql://host/db"])
def test_unknown_databases(address):
    with pytest.raises(StoreError):
        Store.open(address)


def test_store_with_keys_of_another_program_version_is_indexed_again(url):
    with Store.open(url) as store:
        record_all(store, world())
        before = lines(store)
    engine = create_engine(url)
    with engine.begin() as connection:
        count = connection.execute(text("SELECT count(*) FROM keys")).scalar()
        connection.execute(text("DELETE FROM keys"))
        connection.execute(text("UPDATE settings SET value = '1' WHERE name = 'keys'"))
    with Store.open(url, parse_overrides("")) as store:
        assert lines(store) == before
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM keys")).scalar() == count
    engine.dispose()


@pytest.mark.slow
def test_of_processes_that_open_a_new_store_at_once_none_is_refused(tmp_path):
    context, processes = multiprocessing.get_context("forkserver"), 6
    context.set_forkserver_preload(["tests.store.test_store"])
    for turn in range(20):  # SQLite refuses one in some fifteen turns where nobody waits
        begin = context.Barrier(processes)
        opening = [
            context.Process(target=_open_at_once, args=(f"sqlite:///{tmp_path}/{turn}.db", begin))
            for _ in range(processes)
        ]
        for process in opening:
            process.start()
        for process in opening:
            process.join(60)
        assert [process.exitcode for process in opening] == [0] * processes


def _open_at_once(url, begin):
    begin.wait()
    Store.open(url).close()
