"""``scrapy export`` on a store with meetings of invented people."""

from __future__ import annotations

import datetime as dt
import os
import pty
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import orjson
import pytest
from scrapy.cmdline import execute
from scrapy.utils.project import get_project_settings

from crawler.store import Store
from tests.meetings.making import GUEST, MINISTER, OTHER_GUEST, make

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    """Return a DATA_DIR whose store knows three meetings, the last one changed a day later."""
    folder = tmp_path_factory.mktemp("data")
    with Store.open(f"sqlite:///{folder}/crawler.db") as store:
        for number, (who, published, values) in enumerate(
            [
                ((MINISTER, GUEST), "2026-03-04T10:20", {}),
                ((MINISTER, OTHER_GUEST), "2026-03-05T10:20", {"kind": "visit"}),
                ((MINISTER, GUEST), "2026-04-20T10:20", {"kind": "call", "status": "announced"}),
            ]
        ):
            article, mention = make(
                f"news.example/{number}", who=who, published=published, headline="One met", **values
            )
            moment = NOW + dt.timedelta(days=number == 2)
            store.record(article, [mention], run="r", now=moment)
    return folder


@pytest.fixture
def export(data_dir, capsys, monkeypatch):
    """Return a function that runs the command in this process: exit code, standard output and error."""
    monkeypatch.chdir(ROOT)

    def run(*arguments):
        with pytest.raises(SystemExit) as end:
            execute(["scrapy", "export", "-s", f"DATA_DIR={data_dir}", *map(str, arguments)], get_project_settings())
        out, err = capsys.readouterr()
        return SimpleNamespace(returncode=end.value.code, stdout=out, stderr=err)

    return run


def exported(path):
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def test_all_formats_in_one_go(export, tmp_path):
    names = ["m.jsonl", "m.jsonl.gz", "m.csv", "m.parquet", "m.atom", "m.ics", "m.ftm.jsonl", "week.html", "week.md"]
    done = export(*(tmp_path / name for name in names))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [f"{tmp_path / name}: 3 meetings" for name in names]
    assert [one["date"] for one in exported(tmp_path / "m.jsonl")] == ["2026-03-04", "2026-03-05", "2026-04-20"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (["--since", "2026-03-05"], ["2026-03-05", "2026-04-20"]),
        (["--until", "2026-03-05"], ["2026-03-04", "2026-03-05"]),
        (["--since", "2026-03-05", "--until", "2026-03-05"], ["2026-03-05"]),
        (["--country", "lv"], ["2026-03-05"]),
        (["--kind", "call"], ["2026-04-20"]),
        (["--status", "held"], ["2026-03-04", "2026-03-05"]),
        (["--changed-since", "2026-03-11"], ["2026-04-20"]),
        (["--changed-since", "2026-03-10T16:00+04:00"], ["2026-03-04", "2026-03-05", "2026-04-20"]),
        (["--kind", "signing"], []),
    ],
)
def test_filters(export, tmp_path, options, days):
    done = export(tmp_path / "m.jsonl", *options)
    assert done.returncode == 0, done.stderr
    assert [one["date"] for one in exported(tmp_path / "m.jsonl")] == days


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a destination"),
        (["m.xlsx"], "m.xlsx: the ending tells the format; known are .jsonl"),
        (["http://host/m.csv"], "unknown kind of address"),
        (["m.csv", "--since", "2026-02"], "--since '2026-02': use a day"),
        (["m.csv", "--since", "2026-02-02", "--until", "2026-02-01"], "is later than"),
        (["m.csv", "--country", "Turkey"], "use two letters"),
        (["m.csv", "--kind", "party"], "invalid choice: 'party'"),
        (["m.csv", "--changed-since", "yesterday"], "use a day or a moment"),
        (["m.csv", "--schema", "x"], "--schema is for postgresql://"),
        (["m.csv", "--sinse", "2026-02-02"], "unknown option '--sinse'"),
        (["m.csv", "-s", "DATA_DIR=/nonexistent"], "there is no store at /nonexistent/crawler.db"),
        (["m.csv", "-s", "STORE_URL=mysql://x/y"], "unknown database 'mysql'"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_writes_nothing(export, arguments, message):
    done = export(*arguments)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert not (ROOT / "m.csv").exists()


def test_a_destination_that_cannot_be_written_is_exit_code_8_and_harms_no_other(export, tmp_path):
    (tmp_path / "file").touch()
    bad = ["postgresql://me:secret@127.0.0.1:1/db", tmp_path / "file" / "m.csv"]
    done = export(*bad, tmp_path / "m.csv")
    assert done.returncode == 8
    assert done.stdout == f"{tmp_path / 'm.csv'}: 3 meetings\n"
    first, second = done.stderr.splitlines()
    assert first.startswith("postgresql://me:...@127.0.0.1:1/db: connection failed")
    assert second.endswith(("file/m.csv: Not a directory", "File exists"))
    assert "secret" not in done.stderr


def test_a_terminal_sees_progress(data_dir, tmp_path):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "scrapy", "export", "-s", f"DATA_DIR={data_dir}", str(tmp_path / "m.csv")]
    done = subprocess.run(command, cwd=ROOT, stderr=theirs, stdout=subprocess.PIPE, check=False)
    os.close(theirs)
    seen = os.read(ours, 1000)
    os.close(ours)
    assert done.returncode == 0
    assert seen.endswith(b"\r\x1b[K")
