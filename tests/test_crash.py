"""Killed at any moment, out of disk, not allowed to write: nothing is torn, nothing is lost, nothing is said twice."""

from __future__ import annotations

import json
import random
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import manual
from tests.crawls import Running, crawl, meetings, settle, start
from tests.replica.catalogue import Edit
from tests.replica.faults import Fault
from tests.replica.server import Replica
from tests.replica.stories import load_stories

NEW = "bilateral-slovakia-minister"
STORIES = [s for s in load_stories() if s.id in {NEW, "bilateral-hungary-chief-of-defence", "bilateral-china-minister"}]
LATER = [a.url for s in STORIES if s.id == NEW for a in s.articles]
SOURCES = ("report", "azernews")
COUNTS = r"\d+ articles? read[^;]*"  # they tell how far the run had come


@pytest.fixture(scope="module")
def replica():
    with Replica(STORIES, background=False) as running:
        yield running


@pytest.fixture(autouse=True)
def no_faults_left(replica):
    yield
    replica.faults.clear()


@pytest.fixture(scope="module")
def before(replica, tmp_path_factory):
    """The folder of a good run that came before one story was published."""
    folder = tmp_path_factory.mktemp("before")
    for address in LATER:
        replica.edits[address] = Edit(hidden=True)
    ended = crawl(replica.url, folder, *SOURCES)
    assert ended.returncode == 0, ended.stderr[-3000:]
    for address in LATER:
        del replica.edits[address]
    return folder


@pytest.fixture(scope="module")
def undisturbed(replica, before, tmp_path_factory):
    """A folder after a run that nobody disturbed, and how long that run took."""
    folder = tmp_path_factory.mktemp("undisturbed") / "data"
    shutil.copytree(before, folder)
    began = time.monotonic()
    ended = crawl(replica.url, folder, *SOURCES)
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert len(meetings(folder)) > len(meetings(before))
    return folder, time.monotonic() - began


def stored(folder: Path) -> dict[str, list[tuple[str, ...]]]:
    """Everything of a store that another order of events must not change."""
    with sqlite3.connect(folder / "crawler.db") as store:
        rows = {
            "articles": "SELECT url, digest, record FROM articles",
            "mentions": "SELECT id, url, meeting, report FROM mentions",
            "meetings": "SELECT id, revision, kind, status FROM meetings WHERE alive",
        }
        found = {name: sorted(map(str, store.execute(query))) for name, query in rows.items()}
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()
    return found


def announced(folder: Path) -> dict[str, int]:
    """The highest revision of each meeting that a loader of ``changes/*.jsonl`` has seen."""
    revisions: dict[str, int] = {}
    for file in sorted((folder / "changes").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            meeting = json.loads(line)
            revisions[meeting["id"]] = max(revisions.get(meeting["id"], 0), meeting["revision"])
    return revisions


@contextmanager
def reader(path: Path) -> Iterator[list[str]]:
    """Read a feed over and over; the list holds what was wrong with it."""
    wrong: list[str] = []
    done = threading.Event()

    def watch() -> None:
        most = 0
        while not done.is_set():
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                if most:
                    wrong.append("the feed is gone")
                continue
            lines = content.split(b"\n")
            if lines[-1]:
                wrong.append("the last line is cut")
            try:
                count = len([json.loads(line) for line in lines if line])
            except ValueError as error:
                wrong.append(f"a line is torn: {error}")
                continue
            if count < most:
                wrong.append(f"{count} meetings after {most}")
            most = max(most, count)
            done.wait(0.002)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield wrong
    finally:
        done.set()
        thread.join()


def check_killed_at(moment: float, folder: Path, replica: Replica, undisturbed: tuple[Path, float]) -> None:
    """Kill a run at a share of an undisturbed one's time, run again, compare."""
    whole, usual = undisturbed
    with reader(folder / "meetings.jsonl") as wrong:
        running = start(replica.url, folder, *SOURCES)
        time.sleep(moment * usual)
        running.signal(signal.SIGKILL)
        running.wait()
        again = crawl(replica.url, folder, *SOURCES)
    assert again.returncode == 0, again.stderr[-3000:]
    manual.check_lines("killed", again.last_lines, varies=COUNTS)
    assert wrong == []
    assert meetings(folder) == meetings(whole)
    assert stored(folder) == stored(whole)
    seen = announced(folder)
    assert {m["id"]: m["revision"] for m in meetings(folder)}.items() <= seen.items()
    assert not list(folder.rglob("*.part"))


MOMENTS = random.Random(20260206)
FEW = [round(MOMENTS.uniform(0.1, 1.0), 3) for _ in range(12)]
MANY = [round(MOMENTS.uniform(0.1, 1.0), 3) for _ in range(100)]


@pytest.mark.parametrize("moment", FEW)
def test_killed_and_run_again(moment, replica, before, undisturbed, tmp_path):
    folder = tmp_path / "data"
    if FEW.index(moment) % 3:
        shutil.copytree(before, folder)
    else:
        folder.mkdir()  # the very first run is killed as well
    check_killed_at(moment, folder, replica, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("moment", MANY)
def test_killed_and_run_again_many_times(moment, replica, before, undisturbed, tmp_path):
    folder = tmp_path / "data"
    if MANY.index(moment) % 3:
        shutil.copytree(before, folder)
    else:
        folder.mkdir()
    check_killed_at(moment, folder, replica, undisturbed)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end(number, replica, before, undisturbed, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(before, folder)
    slow = Fault(kind="hang", seconds=0.3)
    replica.faults[:] = [slow]
    with reader(folder / "meetings.jsonl") as wrong:
        running: Running = start(replica.url, folder, *SOURCES)
        settle(lambda: slow.hits > 3)
        running.signal(number)
        began = time.monotonic()
        ended = running.wait()
    assert time.monotonic() - began < 60
    assert ended.returncode == 6, ended.stderr[-3000:]
    manual.check_lines("told-to-end", ended.last_lines, varies=COUNTS)
    assert wrong == []
    replica.faults.clear()
    assert crawl(replica.url, folder, *SOURCES).returncode == 0
    assert meetings(folder) == meetings(undisturbed[0])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_twice_to_end(number, replica, before, undisturbed, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(before, folder)
    article = Fault(kind="hang", path=LATER[0].removeprefix("https://report.az"))
    slow = Fault(kind="hang", seconds=0.05)
    replica.faults[:] = [article, slow]
    with reader(folder / "meetings.jsonl") as wrong:
        running = start(replica.url, folder, *SOURCES, "-s", "DOWNLOAD_TIMEOUT=60")
        settle(lambda: article.hits)
        running.signal(number)
        time.sleep(1)  # the first one waits for the request under way
        running.signal(number)
        began = time.monotonic()
        ended = running.wait()
    assert time.monotonic() - began < 60
    assert ended.returncode == 6, ended.stdout + ended.stderr[-3000:]
    lines = {line.split(":")[0]: line for line in ended.last_lines[-2:]}
    assert "report: incomplete (stopped early: a second signal)" in lines["report"]
    assert "azernews: " in lines["azernews"]
    assert "Traceback" not in ended.stderr
    assert wrong == []
    replica.faults.clear()
    assert crawl(replica.url, folder, *SOURCES).returncode == 0
    assert meetings(folder) == meetings(undisturbed[0])


@pytest.mark.parametrize("size", [100_000, 200_000, 400_000])
def test_full_disk(size, replica, before, undisturbed, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(before, folder)
    with reader(folder / "meetings.jsonl") as wrong:
        ended = crawl(replica.url, folder, *SOURCES, file_size=size)
    assert wrong == []
    assert ended.returncode == 8 or meetings(folder) == meetings(undisturbed[0]), ended.stderr[-3000:]
    if size == 100_000:
        assert ended.returncode == 8
        manual.check("full-disk", ended, varies=COUNTS)
    assert crawl(replica.url, folder, *SOURCES).returncode == 0
    assert meetings(folder) == meetings(undisturbed[0])
    assert stored(folder) == stored(undisturbed[0])


def test_store_that_may_only_be_read(replica, before, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(before, folder)
    feed = (folder / "meetings.jsonl").read_bytes()
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    ended = crawl(replica.url, folder, *SOURCES, modest=1)
    assert ended.returncode == 8, ended.stderr[-3000:]
    manual.check("read-only", ended, folder=folder)
    assert (folder / "meetings.jsonl").read_bytes() == feed
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_store_that_is_no_database(replica, before, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(before, folder)
    feed = (folder / "meetings.jsonl").read_bytes()
    ended = crawl(replica.url, folder, *SOURCES, "-s", f"STORE_URL=sqlite:///{tmp_path}")
    manual.check("no-database", ended)
    assert (folder / "meetings.jsonl").read_bytes() == feed
