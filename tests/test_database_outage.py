"""PostgreSQL stopped in mid-run, and started again or not: nothing stored is lost, and the verdict says what happened."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawler.extensions.locks import SourceLocks
from tests import manual
from tests.crawls import crawl, meetings, settle, start
from tests.replica.catalogue import Edit
from tests.replica.faults import Fault
from tests.replica.server import Replica
from tests.replica.stories import load_stories
from tests.store.servers import Server

NEW = "bilateral-slovakia-minister"
STORIES = [s for s in load_stories() if s.id in {NEW, "bilateral-hungary-chief-of-defence", "bilateral-china-minister"}]
LATER = [a.url for s in STORIES if s.id == NEW for a in s.articles]
SOURCES = ("report", "azernews")
# How far the run had come, what it was doing when the server stopped, and how the driver says that it is away.
VARIES = r"\d+ articles? read[^;]*|(?<=storage \()(.*; )?(?=publication)|(?<=Error: )connection .*(?=\) - )"
ARTICLES = "SELECT count(*) FROM articles"
_NUMBERS = itertools.count(1)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def replica():
    with Replica(STORIES, background=False) as running:
        yield running


@pytest.fixture(autouse=True)
def no_faults_left(replica):
    yield
    replica.faults.clear()


@pytest.fixture(scope="module")
def server():
    with tempfile.TemporaryDirectory(prefix="outage-") as folder:
        running = Server(Path(folder))
        yield running
        running.end()


@pytest.fixture(scope="module")
def before(replica, server, tmp_path_factory):
    """Folder and database of a good run that came before one story was published."""
    folder = tmp_path_factory.mktemp("before")
    for address in LATER:
        replica.edits[address] = Edit(hidden=True)
    ended = crawl(replica.url, folder, *SOURCES, "-s", f"STORE_URL={server.create('before')}")
    assert ended.returncode == 0, ended.stderr[-3000:]
    for address in LATER:
        del replica.edits[address]
    return folder


@pytest.fixture(scope="module")
def undisturbed(replica, tmp_path_factory):
    """The meetings of a run that nobody disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    assert crawl(replica.url, folder, *SOURCES).returncode == 0
    return meetings(folder)


class Place:
    """A folder and a database; the store's address and the run's arguments."""

    def __init__(self, folder: Path, server: Server, like: str) -> None:
        self.folder = folder
        self.name = f"outage_{next(_NUMBERS)}"
        self.url = server.create(self.name, like=like)
        self.arguments = (*SOURCES, "-s", f"STORE_URL={self.url}")


@pytest.fixture
def known(before, server, tmp_path):
    """What the run before has left."""
    shutil.copytree(before, tmp_path / "data")
    return Place(tmp_path / "data", server, "before")


@pytest.fixture
def empty(server, tmp_path):
    """Nothing yet."""
    return Place(tmp_path / "data", server, "template1")


def has(server, place, articles, of="%"):
    """Tell whether so many articles are stored, of a store that may not have its tables yet."""

    def asked():
        exists = server.number(place.name, "SELECT count(*) FROM pg_tables WHERE tablename = 'articles'")
        return exists and server.number(place.name, f"{ARTICLES} WHERE url LIKE '{of}'") >= articles

    return asked


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_comes_back_costs_nothing(mode, replica, server, empty, undisturbed):
    # Articles of Report are held back until the server has stopped, so that each outage finds something to store.
    slow = Fault(kind="hang", seconds=0.3)
    held = [Fault(kind="hang", host="report.az", path="*-*-*-*", after=1, times=times) for times in (2, None)]
    replica.faults[:] = [*held, slow]
    running = start(replica.url, empty.folder, *empty.arguments)
    for articles, page in enumerate(held, 1):
        settle(has(server, empty, articles, of="%//report.az/%"), 30)
        settle(lambda page=page: page.hits)
        server.stop(mode)
        stopped_at = time.monotonic()
        replica.faults.remove(page)
        settle(lambda since=stopped_at: time.monotonic() - since > 2)
        server.start()
    ended = running.wait()
    assert ended.returncode == 0, ended.stdout + ended.stderr[-3000:]
    assert re.findall(r"the store is (?:away|back)", ended.stderr) == ["the store is away", "the store is back"] * 2
    assert "Traceback" not in ended.stderr
    manual.check_lines("postgresql-restarted", ended.last_lines, varies=VARIES)
    assert meetings(empty.folder) == undisturbed


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_stays_away_ends_the_run(mode, replica, server, known, undisturbed):
    feed = (known.folder / "meetings.jsonl").read_bytes()
    manifests = set((known.folder / "runs").glob("*/manifest.json"))
    had = server.number(known.name, ARTICLES)
    slow = Fault(kind="hang", seconds=0.3)
    replica.faults[:] = [slow]
    running = start(replica.url, known.folder, *known.arguments, "-s", "STORE_WAIT=2")
    settle(has(server, known, had + 1), 30)
    asked = slow.hits
    server.stop(mode)
    began = time.monotonic()
    ended = running.wait()
    try:
        assert time.monotonic() - began < 20
        assert slow.hits - asked < 8  # the sites are not asked for what cannot be kept
        assert ended.returncode == 8, ended.stdout + ended.stderr[-3000:]
        assert "Traceback" not in ended.stderr, ended.stderr
        lines = ended.last_lines[-2:]
        assert [line.split(" ")[1] for line in lines] == ["storage", "storage"]
        assert all("publication failed: OperationalError: connection" in line for line in lines), lines
        assert all(line.endswith("next: check disk, permissions and database") for line in lines)
        manual.check_lines("postgresql-away", ended.last_lines, varies=VARIES)
        assert (known.folder / "meetings.jsonl").read_bytes() == feed
        assert not list(known.folder.rglob("*.part"))
        (manifest,) = set((known.folder / "runs").glob("*/manifest.json")) - manifests
        assert json.loads(manifest.read_text("utf-8"))["verdict"] == "storage"
    finally:
        server.start()
    assert server.number(known.name, ARTICLES) > had  # what was stored stays
    replica.faults.clear()
    again = crawl(replica.url, known.folder, *known.arguments)
    assert again.returncode == 0, again.stderr
    assert meetings(known.folder) == undisturbed


@contextmanager
def taking(url: str, folder: Path):
    """Try all the while to take the lock of a source, as a run on another machine would; yields whether it has it."""
    found: list[SourceLocks] = []
    done = threading.Event()

    def attempt() -> None:
        while not done.is_set() and not found:
            try:
                locks = SourceLocks(["report"], folder, url)
            except OSError:
                continue
            except Exception:  # noqa: BLE001 - the server is away
                continue
            if locks.free:
                found.append(locks)
            else:
                locks.close()

    thread = threading.Thread(target=attempt)
    thread.start()
    try:
        yield found
    finally:
        done.set()
        thread.join()
        for locks in found:
            locks.close()


def test_a_source_that_another_machine_has_taken_meanwhile_is_left_to_it(replica, server, known, undisturbed, tmp_path):
    replica.faults[:] = [Fault(kind="hang", seconds=0.3)]
    had = server.number(known.name, ARTICLES)
    running = start(replica.url, known.folder, *known.arguments)
    settle(has(server, known, had + 1), 30)
    server.stop("immediate")
    with taking(known.url, tmp_path / "elsewhere") as theirs:
        server.start()
        settle(lambda: theirs)
        ended = running.wait()
    assert ended.returncode == 7, ended.stdout + ended.stderr[-3000:]
    lines = {line.split(":")[0]: line for line in ended.last_lines[-2:]}
    assert "report: busy (another run took the source while the database was away)" in lines["report"]
    assert "azernews: done" in lines["azernews"]
    manual.check_lines("postgresql-taken", ended.last_lines, varies=VARIES)
    replica.faults.clear()
    assert crawl(replica.url, known.folder, *known.arguments).returncode == 0
    assert meetings(known.folder) == undisturbed
