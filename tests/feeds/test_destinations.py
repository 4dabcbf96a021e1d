from __future__ import annotations

import io
import sqlite3

import pytest
from scrapy.settings import Settings

from crawler.feeds import extras
from crawler.feeds.destinations import FORMATS, DestinationError, UnwritableError, destination
from crawler.feeds.extras import MissingExtraError, extra
from crawler.feeds.progress import showing
from crawler.store.encoding import encode
from tests.feeds.making import meetings

SENT = list(meetings(20))


@pytest.mark.parametrize("ending", FORMATS)
def test_the_ending_tells_the_format(ending, tmp_path):
    expected = io.BytesIO()
    count = FORMATS[ending].write(iter(SENT), expected)
    target = destination(f"deep/file{ending}", Settings(), folder=tmp_path)
    for _ in range(2):
        assert target.deliver(iter(SENT)) == count
        assert (tmp_path / "deep" / f"file{ending}").read_bytes() == expected.getvalue()
    assert [path.name for path in (tmp_path / "deep").iterdir()] == [f"file{ending}"]


@pytest.mark.parametrize("ending", FORMATS)
def test_records_of_the_store_give_the_same_file_where_they_are_taken(ending, tmp_path):
    target = destination(f"m{ending}", Settings(), folder=tmp_path)
    assert target.takes_records is (ending in {".jsonl", ".jsonl.gz", ".parquet"})
    if target.takes_records:
        target.deliver(iter(SENT))
        expected = (tmp_path / f"m{ending}").read_bytes()
        assert target.deliver(map(encode, SENT)) == len(SENT)
        assert (tmp_path / f"m{ending}").read_bytes() == expected


def test_an_absolute_path_and_a_file_address(tmp_path):
    for text in (str(tmp_path / "a.csv"), f"file://{tmp_path}/b.csv"):
        destination(text, Settings(), folder=tmp_path / "elsewhere").deliver(iter(SENT))
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_the_analysts_database(tmp_path):
    pytest.importorskip("sqlite_utils")
    assert destination(str(tmp_path / "m.db"), Settings()).deliver(iter(SENT)) == 20
    with sqlite3.connect(tmp_path / "m.db") as connection:
        assert {id_ for (id_,) in connection.execute("SELECT id FROM meetings")} == {one.id for one in SENT}
    connection.close()


@pytest.mark.parametrize(
    "text", ["meetings", "meetings.json", "meetings.xlsx", ".csv", "x.jsonl.bz2", "http://host/x.csv", "s3:x.tsv", ""]
)
def test_what_cannot_be_meant_is_refused_with_what_can(text):
    with pytest.raises(DestinationError, match=r"known are .*(\.csv|s3://)"):
        destination(text, Settings())


def test_a_failed_export_leaves_the_old_file_and_says_why(tmp_path):
    (tmp_path / "file").write_bytes(b"not a folder")
    with pytest.raises(UnwritableError, match=r"file/m\.csv: (Not a directory|File exists)"):
        destination("file/m.csv", Settings(), folder=tmp_path).deliver(iter(SENT))

    def broken():
        yield SENT[0]
        raise RuntimeError

    (tmp_path / "m.csv").write_bytes(b"old")
    with pytest.raises(RuntimeError):
        destination("m.csv", Settings(), folder=tmp_path).deliver(broken())
    assert (tmp_path / "m.csv").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://me:secret@host/db", "postgresql://me:...@host/db"),
        ("postgresql://me@host/db", "postgresql://me@host/db"),
        ("postgresql://host/db?user=me&password=secret&schema=x", "postgresql://host/db?user=me&password=...&schema=x"),
        ("postgresql+psycopg:///db", "postgresql+psycopg:///db"),
        ("ftp://me:p@ss@host/x.csv", "ftp://me:...@host/x.csv"),
        ("m.csv", "m.csv"),
    ],
)
def test_a_password_is_never_shown(text, shown):
    assert destination(text, Settings()).shown == shown


@pytest.mark.parametrize(("text", "package"), [("m.parquet", "pyarrow"), ("m.ics", "icalendar"), ("m.html", "jinja2")])
def test_a_missing_library_is_named_before_anything_is_written(text, package, monkeypatch):
    def without(module):
        raise ModuleNotFoundError(f"No module named {module!r}", name=module)

    monkeypatch.setattr(extras.importlib, "import_module", without)
    with pytest.raises(MissingExtraError, match=f"^{package} is not installed: pip install -r requirements-export.txt"):
        destination(text, Settings())


def test_a_library_that_is_there():
    assert extra("json").dumps([]) == "[]"


@pytest.mark.parametrize("way", ["the option", "the address"])
def test_the_schema_of_the_tables(way, database):
    if way == "the option":
        target = destination(database, Settings(), schema="analysts")
    else:
        target = destination(f"{database}&schema=analysts", Settings())
    assert target.deliver(iter(SENT)) == 20
    import psycopg  # noqa: PLC0415

    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM analysts.meetings").fetchone() == (20,)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_for_terminals(monkeypatch):
    ticks = iter(range(1000))
    monkeypatch.setattr("crawler.feeds.progress.time.monotonic", lambda: next(ticks))
    terminal, file = Terminal(), io.StringIO()
    assert list(showing(SENT, "m.csv", stream=file)) == SENT
    assert list(showing(SENT, "m.csv", stream=terminal)) == SENT
    assert list(showing(SENT, "m.csv", total=40, stream=terminal)) == SENT
    assert file.getvalue() == ""
    assert "m.csv: 20 meetings, 1 a second" in terminal.getvalue()
    assert "m.csv: [###############...............] 50%" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
