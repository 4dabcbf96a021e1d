"""What README and docs tell a person to do works when it is done, and can be found."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from filelock import FileLock

from crawler.feeds.destinations import DATABASE, FORMATS
from crawler.settings import FEED_EXPORTERS
from tests import crawls
from tests.replica.faults import Fault
from tests.replica.server import Replica
from tests.replica.stories import load_stories

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
REPLICA = (ROOT / "docs" / "replica.md").read_text("utf-8")
FEEDS = {name for name, exporter in FEED_EXPORTERS.items() if exporter}
STORIES = [story for story in load_stories() if story.id == "bilateral-slovakia-minister"]


@pytest.fixture(scope="module")
def replica():
    with Replica(STORIES) as running:
        yield running


@pytest.fixture(autouse=True)
def well(replica):
    yield
    replica.faults.clear()


# --- can be found ---


def test_every_page_is_reached_by_links_from_the_readme():
    waiting, reached = [ROOT / "README.md"], set()
    while waiting:
        page = waiting.pop()
        reached.add(page)
        names = re.findall(r"\]\(([^)#\s]+\.md)(?:#[^)]*)?\)", page.read_text("utf-8"))
        pages = {(page.parent / name).resolve() for name in names if "://" not in name}
        waiting += pages - reached - set(waiting)
    assert set((ROOT / "docs").glob("*.md")) <= reached


def test_every_setting_of_this_project_is_told_of():
    settings = (ROOT / "crawler" / "settings.py").read_text("utf-8")
    ours = re.search(r"# --- Of this project -+\n(.*?)\n# --- ", settings, re.DOTALL)[1]
    names = re.findall(r"^([A-Z_]+)\b.*=", ours, re.MULTILINE)
    pages = [README, *(page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md"))]
    assert "REPLICA_URL" in names
    assert [name for name in names if not any(re.search(rf"\b{name}\b", page) for page in pages)] == []


# --- leaves nothing in the checkout that git would ask about ---


def ignored(*paths: str) -> set[str]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("no checkout")
    asked = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin"],
        cwd=ROOT,
        input="\n".join(paths),
        capture_output=True,
        text=True,
        check=False,
    )
    return set(asked.stdout.split())


def test_exports_and_feeds_at_the_root_of_the_checkout_are_ignored():
    endings = {*FORMATS, DATABASE, ".xlsx", *(f".{name}" for name in FEEDS)}
    files = {f"meetings{ending}" for ending in endings}
    assert ignored(*files) == files


def test_what_documents_say_to_write_is_ignored_and_what_belongs_to_the_project_is_not():
    named = set()
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for command in re.findall(r"^ {4}(?:\$ )?(scrapy .*|python .* > .*)$", page.read_text("utf-8"), re.MULTILINE):
            words = shlex.split(command, comments=True)
            exported = words[2:] if words[:2] == ["scrapy", "export"] else []
            options = {option: value for option, value in pairwise(words) if option.startswith("-")}
            named |= {word for word in exported if not word.startswith("-") and word not in options.values()}
            named |= {options[option] for option in ("-O", "-o", "--prometheus") if option in options}
            named |= {word.removeprefix("DATA_DIR=") + "/" for word in words if word.startswith("DATA_DIR=")}
            named |= {after for word, after in pairwise(words) if word == ">"}
    relative = {name for name in named if re.fullmatch(r"(data/)?[^/]+/?", name) and name != "FILE"}
    assert {"meetings.csv", "new.jsonl", "data/first/"} <= relative
    assert ignored(*relative) == relative
    assert (
        ignored("README.md", "CHANGELOG.md", "docs/new.md", "crawler/feeds/new.json", "requirements-new.txt") == set()
    )


# --- works as it stands there ---


@pytest.fixture
def installed(tmp_path, replica):
    """A function that runs the crontab line of the README as cron does, in a checkout whose sites are the replica."""
    checkout = tmp_path / "meetings"
    (checkout / ".venv" / "bin").mkdir(parents=True)
    for name in ("crawler", "scrapy.cfg"):
        (checkout / name).symlink_to(ROOT / name)
    scrapy = checkout / ".venv" / "bin" / "scrapy"
    scrapy.write_text(
        f'#!/bin/sh\nexec {sys.executable} -m scrapy "$@" -s REPLICA_URL={replica.url} -s RETRY_TIMES=0\n'
    )
    scrapy.chmod(0o755)
    (line,) = re.findall(r"^ {4}\S+ \S+ \* \* \*  (.*)$", README, re.MULTILINE)
    command = line.replace("/srv/meetings", str(checkout))

    def run():
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "SHELL": "/bin/sh"}
        return subprocess.run(
            ["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, check=False, timeout=600
        )

    assert "%" not in command, "cron takes it for an end of line"
    return checkout, run


def test_cron_mails_a_run_that_went_wrong_and_no_other(installed, replica):
    checkout, run = installed
    good = run()
    assert (good.stdout, good.stderr) == ("", "")
    assert crawls.meetings(checkout / "data")
    with FileLock(checkout / "data" / "locks" / "report.lock"):
        busy = run()
    assert (busy.stdout, busy.stderr) == ("", "")
    replica.faults.append(Fault(kind="status", code=403, host="report.az"))
    bad = run()
    assert re.search(r"report: blocked .*\n.*azernews: done", bad.stdout)
    assert {path.name for path in checkout.iterdir()} == {".venv", "crawler", "scrapy.cfg", "data"}


def test_the_check_list_of_the_first_run_shows_what_is_wrong_with_it(tmp_path, replica):
    pytest.importorskip("jinja2", reason="pip install -r requirements-export.txt")
    section = re.search(r"^## The first live hours$(.*?)^## ", OPERATIONS, re.MULTILINE | re.DOTALL)[1]
    commands = re.findall(r"^ {4}\$ scrapy (.*)$", section, re.MULTILINE)
    replica.faults.append(Fault(kind="redesign", host="report.az"))
    said = []
    for command in commands:
        words = shlex.split(command.replace("data/first", str(tmp_path / "first")))
        assert "&&" not in words, "health ends with 1 when anything is wrong, and then the rest is wanted most"
        said.append(crawls.scrapy(*words, "-s", f"REPLICA_URL={replica.url}"))
    crawled, health, quarantine, exported = said
    assert crawled.returncode == 4
    assert health.returncode == 1
    assert "UNHEALTHY" in health.stdout
    assert "missing-headline" in quarantine.stdout
    assert exported.returncode == 0
    assert (tmp_path / "first.html").is_file()


def test_the_replica_is_started_and_crawled_as_its_page_says(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    starting, crawling = (
        shlex.split(command.replace("8000", port).replace("data/replica", str(tmp_path / "data")))
        for command in re.findall(r"^ {4}((?:python|scrapy) .*)$", REPLICA, re.MULTILINE)
    )
    (tmp_path / "faults.toml").write_text(re.search(r"```toml\n(.*?)```", REPLICA, re.DOTALL)[1])
    server = subprocess.Popen(
        [sys.executable, *starting[1:], "--faults", str(tmp_path / "faults.toml")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout.readline() == f"http://127.0.0.1:{port}\n"
        ended = crawls.scrapy(*crawling[1:], "-s", "RETRY_TIMES=1")
    finally:
        server.terminate()
        server.communicate(timeout=30)
    report, azernews, menafn = ended.stdout.splitlines()
    assert "report: done" in report
    assert "azernews: unreachable (robots.txt status 503)" in azernews
    assert "unreachable (robots.txt status 503)" in REPLICA
    assert "menafn: done" in menafn
    assert server.returncode == 0


def test_every_option_of_the_replica_stands_on_its_page():
    shown = subprocess.run(
        [sys.executable, "-m", "tests.replica", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    options = set(re.findall(r"--[a-z-]+", shown)) - {"--help"}
    assert options == set(re.findall(r"^\| `(--[a-z-]+)", REPLICA, re.MULTILINE))
