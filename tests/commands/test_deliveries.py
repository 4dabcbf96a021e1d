"""DELIVERIES at the end of a whole run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import orjson
import psycopg
import pytest

from tests import manual
from tests.feeds.conftest import database, hasty_server, new_database, postgresql  # noqa: F401  # fixtures

ROOT = Path(__file__).parents[2]
UNREACHABLE = "postgresql://me:secret@127.0.0.1:1/db"
ARTICLE = {
    "url": "https://example.org/1",
    "lang": "en",
    "headline": "Defense ministers of Azerbaijan and Poland meet in Baku",
    "published": "2026-03-04",
    "text": "On March 4, Azerbaijan's Minister of Defense, Colonel General Elman Guliyev, met in Baku with Poland's "
    "Minister of Defense Marek Dubrovski.\n\nThe sides discussed military cooperation between the two countries.",
}


def crawl(folder, deliveries):
    return subprocess.run(
        [
            *(sys.executable, "-m", "scrapy", "crawl", "archive", "-a", f"path={folder / 'articles.jsonl'}"),
            *("-s", f"DATA_DIR={folder / 'data'}", "-s", f"DELIVERIES={deliveries}"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def newest_manifest(data_dir):
    return json.loads(max((data_dir / "runs").glob("*/manifest.json")).read_text("utf-8"))


def test_a_failed_delivery_is_in_the_verdict_and_is_tried_again_without_a_change(tmp_path):
    (tmp_path / "articles.jsonl").write_text(json.dumps(ARTICLE))
    for _ in range(2):
        done = crawl(tmp_path, f"m.csv,{UNREACHABLE}")
        assert done.returncode == 8, done.stderr
        first, last = manual.last_lines(done.stdout)[-2:]
        assert first.startswith("archive: done")
        assert last.startswith("delivery: storage (postgresql://me:...@127.0.0.1:1/db: connection failed")
        told = newest_manifest(tmp_path / "data")
        assert told["verdict"] == "storage"
        assert told["sources"]["archive"]["verdict"] == "done"
        assert [fault.partition(": ")[0] for fault in told["undelivered"]] == ["postgresql://me:...@127.0.0.1:1/db"]
        assert "secret" not in done.stdout + done.stderr + json.dumps(told)
        manual.check("delivery-fails", done, varies="1 article read[^;]*")
        (meeting,) = (orjson.loads(line) for line in (tmp_path / "data" / "meetings.jsonl").read_bytes().splitlines())
        assert meeting["id"] in (tmp_path / "data" / "m.csv").read_text("utf-8-sig")
    done = crawl(tmp_path, "m.csv")
    assert done.returncode == 0, done.stdout
    told = newest_manifest(tmp_path / "data")
    assert (told["verdict"], told["undelivered"]) == ("done", [])


@pytest.mark.slow
def test_a_withdrawn_meeting_is_told_beside_the_changes_and_leaves_the_database(tmp_path, database):  # noqa: F811
    (tmp_path / "articles.jsonl").write_text(json.dumps(ARTICLE))
    data = tmp_path / "data"
    assert crawl(tmp_path, database).returncode == 0
    (line,) = (data / "meetings.jsonl").read_bytes().splitlines()
    id_, revision = orjson.loads(line)["id"], orjson.loads(line)["revision"]
    (data / "overrides.toml").write_text(
        f'[[not-a-meeting]]\nreport = "{ARTICLE["url"]}"\nwho = "R"\nwhen = 2026-03-12\nwhy = "a drill"\n'
    )
    assert crawl(tmp_path, database).returncode == 0
    assert (data / "meetings.jsonl").read_bytes() == b""
    (withdrawn,) = (data / "withdrawn").iterdir()
    (first,) = (data / "changes").iterdir()
    assert first.name < withdrawn.name
    assert orjson.loads(withdrawn.read_bytes()) == {"schema_version": 1, "id": id_, "revision": revision}
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM meetings").fetchone() == (0,)
    (data / "overrides.toml").unlink()
    assert crawl(tmp_path, database).returncode == 0
    (again,) = max((data / "changes").iterdir()).read_bytes().splitlines()
    assert orjson.loads(again)["id"] == id_
    assert orjson.loads(again)["revision"] > revision
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT id FROM meetings").fetchall() == [(id_,)]
