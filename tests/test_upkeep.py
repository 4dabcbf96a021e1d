"""What docs/operations.md tells an operator to do with the store, done as it stands there."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from tests import manual
from tests.crawls import crawl, scrapy

ARTICLES = [
    {
        "url": f"https://example.org/{number}",
        "lang": "en",
        "headline": f"Defense ministers of Azerbaijan and {country} meet in Baku",
        "published": f"2026-03-0{number}",
        "text": f"On March {number}, Azerbaijan's Minister of Defense, Colonel General Elman Guliyev, met in Baku with "
        f"{country}'s Minister of Defense {name}.\n\nThe sides discussed military cooperation.",
    }
    for number, country, name in ((3, "Poland", "Marek Dubrovski"), (4, "Georgia", "Levan Abashidze"))
]


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES[:1]))
    return path


def read(articles, folder, *arguments):
    return crawl("", folder, "archive", "-a", f"path={articles}", *arguments)


@pytest.mark.slow
def test_a_restored_backup_goes_on_where_it_was(articles, tmp_path):
    assert read(articles, tmp_path / "data").returncode == 0
    (command,) = (line.removeprefix("$ ") for block in manual.blocks() for line in block if ".backup" in line)
    with closing(sqlite3.connect(tmp_path / "data" / "crawler.db")) as store:
        store.execute("PRAGMA wal_autocheckpoint = 0")  # as in the midst of a crawl: much stands in the -wal file yet
        store.execute("UPDATE settings SET value = value")
        store.commit()
        subprocess.run(["bash", "-c", f"mkdir backup; {command}"], cwd=tmp_path, check=True)
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(tmp_path / "backup" / "crawler.db", restored)
    articles.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES))
    for folder in (tmp_path / "data", restored):
        assert read(articles, folder).last_line == (
            "archive: done - 2 articles read (1 new), 1 meeting new, 0 changed; next: nothing to do"
        )
    before, after = (
        [json.loads(line) for line in (folder / "meetings.jsonl").read_text("utf-8").splitlines()]
        for folder in (tmp_path / "data", restored)
    )
    assert [(m["id"], m["revision"]) for m in before] == [(m["id"], m["revision"]) for m in after]
    assert {m["first_seen"] for m in before} & {m["first_seen"] for m in after}  # of the article known before


def test_a_store_of_a_newer_program_is_left_alone(articles, tmp_path):
    folder = tmp_path / "data"
    assert read(articles, folder).returncode == 0
    with closing(sqlite3.connect(folder / "crawler.db")) as store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
        store.commit()
    manual.check("newer-store", read(articles, folder))


def test_an_error_of_the_program_is_said(articles, tmp_path):
    ended = read(articles, tmp_path / "data", "-s", "ROBOTSTXT_PARSER=none")
    manual.check("program-error", ended)
    assert "Traceback" in ended.stderr


def test_an_export_that_fails_leaves_the_others(articles, tmp_path):
    assert read(articles, tmp_path / "data").returncode == 0
    (tmp_path / "full").touch()
    places = [tmp_path / "meetings.csv", tmp_path / "full" / "meetings.jsonl"]
    ended = scrapy("export", *map(str, places), "-s", f"DATA_DIR={tmp_path / 'data'}")
    manual.check_lines(
        "export-fails", [line.replace(f"{tmp_path}/", "") for line in (ended.stdout + ended.stderr).splitlines()]
    )
    assert ended.returncode == manual.SAMPLES["export-fails"].code == 8
