from __future__ import annotations

import pytest
from scrapy.settings import Settings

from crawler.extensions.readiness import SettingError, check
from crawler.feeds.delivery import deliver, destinations
from crawler.feeds.record import line
from crawler.store.encoding import encode
from tests.feeds.making import meetings, revised

SENT = list(meetings(5))


@pytest.fixture
def given(tmp_path):
    """Return a function that delivers to names under DATA_DIR or to addresses, and tells the faults."""

    def run(*names, changed=True, sent=SENT):
        settings = Settings({"DATA_DIR": str(tmp_path), "DELIVERIES": list(names)})
        return deliver(settings, lambda: iter(sent), changed=changed)

    return run


def test_every_destination_gets_the_whole_set_after_a_change(given, tmp_path):
    assert given("m.csv", "deep/m.jsonl") == []
    first = (tmp_path / "m.csv").read_bytes()
    assert (tmp_path / "deep" / "m.jsonl").read_bytes().count(b"\n") == 5
    assert given("m.csv", sent=[*SENT[:4], revised(SENT[4])]) == []
    assert (tmp_path / "m.csv").read_bytes() != first


def test_destinations_that_take_the_records_of_the_store_get_them(tmp_path):
    settings = Settings({"DATA_DIR": str(tmp_path), "DELIVERIES": "m.csv,m.jsonl"})
    got = []

    def giving(name, some):
        def give():
            got.append(name)
            return iter(some)

        return give

    records = giving("records", [encode(one) for one in SENT])
    assert deliver(settings, giving("meetings", SENT), changed=True, records=records) == []
    assert got == ["meetings", "records"]
    assert (tmp_path / "m.jsonl").read_bytes() == b"".join(map(line, SENT))


def test_nothing_is_written_when_nothing_changed(given, tmp_path):
    given("m.csv")
    (tmp_path / "m.csv").unlink()
    assert given("m.csv", changed=False) == []
    assert not (tmp_path / "m.csv").exists()


def test_a_new_destination_is_served_without_a_change(given, tmp_path):
    given("m.csv")
    given("m.csv", "m.jsonl", changed=False)
    assert (tmp_path / "m.jsonl").exists()


def test_a_failed_delivery_is_said_harms_no_other_and_is_tried_again(given, tmp_path):
    (tmp_path / "file").touch()
    faults = given("file/m.csv", "postgresql://me:secret@127.0.0.1:1/db", "m.csv")
    assert [fault.partition(": ")[0] for fault in faults] == ["file/m.csv", "postgresql://me:...@127.0.0.1:1/db"]
    assert "secret" not in "".join(faults)
    assert (tmp_path / "m.csv").exists()
    (tmp_path / "m.csv").unlink()
    assert len(given("file/m.csv", "m.csv", changed=False)) == 1
    (tmp_path / "file").unlink()
    assert given("file/m.csv", "m.csv", changed=False) == []
    assert (tmp_path / "file" / "m.csv").exists()
    assert not (tmp_path / "m.csv").exists()


def test_a_run_that_was_killed_while_it_delivered_is_made_up_for(given, tmp_path):
    given("a.csv", "b.csv")

    def killed():
        yield SENT[0]
        raise KeyboardInterrupt

    settings = Settings({"DATA_DIR": str(tmp_path), "DELIVERIES": "a.csv,b.csv"})
    with pytest.raises(KeyboardInterrupt):
        deliver(settings, killed, changed=True)
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).unlink()
    assert given("a.csv", "b.csv", changed=False) == []
    assert {path.name for path in tmp_path.glob("*.csv")} == {"a.csv", "b.csv"}


def test_notes_hold_no_password_and_may_be_lost(given, tmp_path, database):
    secret = database.replace("postgres:@", "postgres:secret@")
    assert given(secret, "m.csv") == []
    assert "secret" not in (tmp_path / "deliveries.json").read_text()
    (tmp_path / "deliveries.json").write_bytes(b"{torn")
    (tmp_path / "m.csv").unlink()
    assert given("m.csv", changed=False) == []
    assert (tmp_path / "m.csv").exists()


def test_without_deliveries_nothing_is_written(given, tmp_path):
    assert given() == []
    assert list(tmp_path.iterdir()) == []
    assert destinations(Settings({"DATA_DIR": str(tmp_path)})) == {}


def test_a_wrong_destination_is_refused_before_the_crawl(given, tmp_path):
    settings = Settings({"DATA_DIR": str(tmp_path), "DELIVERIES": ["m.xlsx"], "REVISIT_HOURS": [1]})
    with pytest.raises(SettingError, match=r"DELIVERIES: m\.xlsx: the ending tells the format"):
        check(settings, [])
    assert given("m.xlsx", "m.csv") != []
