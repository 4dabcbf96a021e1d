"""Settings that a person gives: what cannot be meant is refused in one sentence, before anything is written."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import scrapy
from scrapy.settings import Settings, default_settings

import crawler.settings
from crawler.extensions import setting_names
from crawler.extensions.setting_names import SettingError, check_names
from tests.crawls import scrapy as scrapy_command
from tests.replica.server import Replica
from tests.replica.stories import load_stories

ROOT = Path(__file__).parents[1]
STORIES = [story for story in load_stories() if story.id == "bilateral-china-minister"]


def run(*arguments, cwd=None):
    """Run a command, in the folder ``cwd`` if one is given."""
    if cwd is None:
        return scrapy_command(*map(str, arguments))
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def replica():
    with Replica(STORIES, background=False) as running:
        yield running


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text(
        json.dumps(
            {
                "url": "https://example.org/1",
                "lang": "en",
                "published": "2026-03-12",
                "text": "Azerbaijan's Minister of Defense, Colonel General Zakir Hasanov, met on March 11 in Baku with "
                "Jordan's Minister of Defense, Lieutenant General Faris Al-Majali.",
            }
        )
    )
    return path


# --- names ---


COMMANDS = [("crawl", "report"), ("export", "x.csv"), ("health",), ("explain", "m1"), ("browse",)]
NEAR = {
    "DATADIR": "DATA_DIR",
    "data_dir": "DATA_DIR",
    "STORE": "STORE_URL",
    "CONTACTS": "CONTACT",
    "DOWNLOADDELAY": "DOWNLOAD_DELAY",
    "LOGLEVEL": "LOG_LEVEL",
}


@pytest.mark.parametrize(
    ("command", "given"), [*((one, "DATADIR") for one in COMMANDS), *((COMMANDS[0], name) for name in NEAR)]
)
def test_a_setting_that_is_nearly_another_is_refused(tmp_path, command, given):
    ended = run(*command, "-s", f"DATA_DIR={tmp_path / 'data'}", "-s", f"{given}=x")
    assert ended.returncode == 2
    assert f"error: there is no setting {given}: {NEAR[given]} is the nearest there is" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_a_setting_like_none_is_told_and_does_nothing(tmp_path, text):
    ended = run("crawl", "archive", "-a", f"path={text}", "-s", f"DATA_DIR={tmp_path / 'data'}", "-s", "COLOUR=red")
    assert ended.returncode == 0
    assert "WARNING: setting COLOUR is none of this program's or of Scrapy's: it does nothing" in ended.stderr


class AddOn:
    """Declares a setting whose name is nearly Scrapy's."""

    def update_settings(self, settings):
        settings.setdefault("RETRY_TIME", 3)


def test_what_an_add_on_declares_is_known():
    settings = Settings({"RETRY_TIME": 5})
    with pytest.raises(SettingError, match="RETRY_TIMES"):
        check_names(settings)
    settings.set("ADDONS", {"tests.test_settings_given.AddOn": 0})
    check_names(settings)


def test_every_setting_that_scrapy_reads_is_known():
    read = set()
    for path in Path(scrapy.__file__).parent.rglob("*.py"):
        read |= set(re.findall(r'settings(?:\.get\w*\(|\[)\s*"([A-Z_]+)"', path.read_text("utf-8")))
    assert len(read) > 100
    check_names(Settings(dict.fromkeys(read - {"ADDONS"}, "")))
    declared = {*dir(default_settings), *dir(crawler.settings)}
    assert (read - declared) | {"CHECK", "PROJECT", "PYTHON_SHELL", "SETTINGS_MODULE"} == setting_names._READ_BY_SCRAPY


# --- values ---


@pytest.mark.parametrize(
    "contact", ["me", "you@", "https://", "ftp://example.org", "mailto:a@example.org", "Jo <a@b.org>"]
)
def test_a_contact_by_which_nobody_is_reached_is_refused(tmp_path, contact):
    ended = run("crawl", "report", "-s", f"CONTACT={contact}", "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert ended.returncode == 2
    assert f"CONTACT is {contact!r}, with which no site can reach you" in ended.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("contact", ["you@example.org", "https://example.org/our-crawl?lang=en"])
def test_an_address_and_a_page_are_contacts(tmp_path, replica, contact):
    ended = run(
        *("crawl", "azernews", "-q", "-s", f"CONTACT={contact}"),
        *("-s", f"REPLICA_URL={replica.url}", "-s", f"DATA_DIR={tmp_path}"),
    )
    assert ended.returncode == 0, ended.stderr
    (manifest,) = tmp_path.glob("runs/*/manifest.json")
    assert json.loads(manifest.read_text("utf-8"))["settings"]["USER_AGENT"] == f"defence-meetings (+{contact})"


def test_an_empty_data_dir_is_refused(text):
    ended = run("crawl", "archive", "-a", f"path={text}", "-s", "DATA_DIR=")
    assert ended.returncode == 2
    assert "DATA_DIR is empty" in ended.stderr


def test_a_store_url_that_is_none_is_refused_by_every_command(tmp_path):
    for command in (("crawl", "report", "-s", "CONTACT=a@example.org"), ("export", "x.csv"), ("health",), ("browse",)):
        ended = run(*command, "-s", f"DATA_DIR={tmp_path}", "-s", "STORE_URL=crawler.db")
        assert ended.returncode == 2
        assert "STORE_URL: " in ended.stderr
        assert "Traceback" not in ended.stderr


# --- folders ---


@pytest.fixture
def project(tmp_path):
    """A project of a user, with a folder in it."""
    (tmp_path / "project" / "notes" / "old").mkdir(parents=True)
    (tmp_path / "project" / "scrapy.cfg").write_text("[settings]\ndefault = crawler.settings\n")
    return tmp_path / "project"


@pytest.mark.parametrize("folder", [".", "notes/old"])
def test_a_relative_data_dir_lies_in_the_projects_root(project, text, folder):
    ended = run("crawl", "archive", "-a", f"path={text}", "-s", "DELIVERIES=meetings.csv", cwd=project / folder)
    assert ended.returncode == 0, ended.stderr
    assert {path.name for path in (project / "data").iterdir()} >= {"crawler.db", "meetings.jsonl", "meetings.csv"}
    assert not list((project / "notes").rglob("*.*"))
    exported = run("export", "out.csv", cwd=project / folder)  # a file that is named lies where it is named
    assert exported.stdout == "out.csv: 1 meeting\n"
    assert (project / folder / "out.csv").is_file()
    assert "archive" not in run("health", cwd=project / folder).stderr


def test_a_relative_store_lies_there_too(project, text):
    store = "sqlite:///stores/mine.db"
    run("crawl", "archive", "-a", f"path={text}", "-s", f"STORE_URL={store}", cwd=project / "notes")
    assert (project / "stores" / "mine.db").is_file()
    assert run("export", "out.csv", "-s", f"STORE_URL={store}", cwd=project).stdout == "out.csv: 1 meeting\n"


@pytest.mark.parametrize("name", ["a?b", "a%20b", "a#b", "ə b"])
def test_the_store_lies_in_data_dir_whatever_it_is_called(tmp_path, text, name):
    ended = run("crawl", "archive", "-a", f"path={text}", "-s", f"DATA_DIR={tmp_path / name}")
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / name / "crawler.db").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {name, text.name}


# --- the live sites and the replica ---


@pytest.fixture
def first(replica, tmp_path):
    """A folder with a run of the replica in it."""
    assert run("crawl", "azernews", "-q", *at(replica, tmp_path)).returncode == 0
    return tmp_path


def at(replica, folder):
    return ("-s", f"REPLICA_URL={replica.url}", "-s", f"DATA_DIR={folder}")


LIVE = ("crawl", "azernews", "-q", "-s", "CONTACT=a@example.org")


def rewrite(folder, change):
    """Change what the manifests of a folder say of their runs."""
    for path in folder.glob("runs/*/manifest.json"):
        manifest = json.loads(path.read_text("utf-8"))
        change(manifest)
        path.write_text(json.dumps(manifest), "utf-8")


def unmark(folder):
    """Make a store as programs left it that did not mark it."""
    with closing(sqlite3.connect(folder / "crawler.db")) as store:
        store.execute("DELETE FROM settings WHERE name = 'holds'")
        store.commit()


@pytest.mark.parametrize("memory", ["store and folder", "store", "folder"])
def test_a_live_crawl_stays_out_of_a_folder_of_the_replica(first, memory):
    if memory == "store":
        shutil.rmtree(first / "runs")
    if memory == "folder":
        unmark(first)
    feed, runs = (first / "meetings.jsonl").read_bytes(), list(first.glob("runs/*"))
    ended = run(*LIVE, "-s", f"DATA_DIR={first}")
    assert ended.returncode == 2, ended.stdout
    assert "holds invented stories of the replica, which is never mixed with news of the live sites: " in ended.stderr
    assert (feed, runs) == ((first / "meetings.jsonl").read_bytes(), list(first.glob("runs/*")))


@pytest.mark.parametrize("memory", ["store", "folder", "articles"])
def test_the_replica_stays_out_of_a_folder_of_live_data(replica, first, memory):
    # no test can ask a live site: the folder is made what a live crawl would have left
    with closing(sqlite3.connect(first / "crawler.db")) as store:
        store.execute("UPDATE settings SET value = 'news of the live sites' WHERE name = 'holds'")
        store.commit()
    rewrite(first, lambda manifest: manifest["settings"].update(REPLICA_URL=""))
    if memory != "folder":
        shutil.rmtree(first / "runs")
    if memory != "store":
        unmark(first)
    ended = run("crawl", "azernews", "-q", *at(replica, first))
    assert ended.returncode == 2, ended.stdout
    assert "holds news of the live sites, which is never mixed with invented stories of the replica: " in ended.stderr
    elsewhere = run("crawl", "azernews", "-q", *at(replica, first), "-s", f"STORE_URL=sqlite:///{first / 'other.db'}")
    assert elsewhere.returncode in {2, 8}  # 8: the feed in the folder is of another store


def test_an_archive_and_a_second_run_of_the_replica_go_on(replica, first, text):
    for arguments in (("archive", "-a", f"path={text}"), ("azernews",)):
        ended = run("crawl", *arguments, "-q", *at(replica, first))
        assert ended.returncode == 0, ended.stderr
