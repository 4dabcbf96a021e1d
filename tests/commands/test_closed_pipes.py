"""What a command prints may be read by ``head``, which leaves early: that is no fault, and ends nothing but the printing."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from tests import crawls
from tests.test_crawl_archive import GOOD, ROOT, crawl, records, write

NEWS = {"url": "https://example.org/2", "lang": "en", "text": "The snow of the week has melted in the mountains."}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A folder with a store of one meeting, and a page in quarantine."""
    folder = tmp_path_factory.mktemp("crawled")
    (folder / "page.html").write_text("<html><title></title></html>")
    assert crawl(folder, write(folder, GOOD, NEWS)).returncode == 0
    crawl(folder, folder / "page.html")
    return folder


def unread(*arguments, streams=("stdout",)):
    """Start a command with the reader of its output, or of what it says of errors too, gone; return its process."""
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", *map(str, arguments)],
        cwd=ROOT,
        stdout=writing,
        stderr=writing if "stderr" in streams else subprocess.PIPE,
        text=True,
    )
    os.close(writing)
    return process


def ended(process):
    _, said = process.communicate(timeout=120)
    return process.returncode, re.findall(r"Traceback|BrokenPipe|Exception ignored|Logging error", said or "")


def test_commands_that_only_print_keep_their_exit_code(crawled):
    data = f"DATA_DIR={crawled / 'data'}"
    (meeting,) = records(crawled / "data" / "meetings.jsonl")
    commands = {
        ("health",): 1,  # the sites were never crawled
        ("health", "--json"): 1,
        ("health", "--quarantine"): 0,
        ("explain", meeting["id"]): 0,
        ("explain", "--help"): 0,
    }
    running = {words: unread(*words, "-s", data) for words in commands}
    assert {words: ended(process) for words, process in running.items()} == {
        words: (code, []) for words, code in commands.items()
    }


def test_an_export_writes_all_its_files(crawled, tmp_path):
    files = [tmp_path / name for name in ("a.jsonl", "b.csv", "c.jsonl.gz")]
    assert ended(unread("export", *files, "-s", f"DATA_DIR={crawled / 'data'}")) == (0, [])
    assert all(file.is_file() for file in files)
    assert len(records(files[0])) == 1


@pytest.mark.parametrize(
    "arguments",
    [(), ("-s", "EXPLAIN=1"), ("-O", "-:jsonl"), ("-q",)],
    ids=["plain", "explain", "feed-on-stdout", "quiet"],
)
def test_a_crawl_goes_on_to_its_end(tmp_path, arguments):
    path = write(tmp_path, *({**GOOD, "url": f"https://example.org/{number}"} for number in range(30)))
    data = tmp_path / "data"
    process = unread("crawl", "archive", "-a", f"path={path}", "-s", f"DATA_DIR={data}", *arguments)
    assert ended(process) == (0, [])
    (meeting,) = records(data / "meetings.jsonl")
    assert len(meeting["sources"]) == 30
    (run,) = (data / "runs").iterdir()
    assert json.loads((run / "manifest.json").read_text())["verdict"] == "done"


def test_a_crawl_whose_log_nobody_reads_any_more_goes_on_to_its_end(tmp_path):
    process = unread(
        *("crawl", "archive", "-a", f"path={write(tmp_path, '{broken', GOOD)}", "-s", f"DATA_DIR={tmp_path / 'data'}"),
        streams=("stdout", "stderr"),
    )
    assert ended(process)[0] in {0, 6}
    assert len(records(tmp_path / "data" / "meetings.jsonl")) == 1


def test_pages_are_served_though_nobody_reads_their_address(crawled):
    pytest.importorskip("datasette", reason="pip install -r requirements-browse.txt")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = unread("browse", "--port", port, "-s", f"DATA_DIR={crawled / 'data'}")
    crawls.settle(lambda: process.poll() is not None or answers(port), seconds=60)
    process.send_signal(signal.SIGINT)
    assert ended(process) == (0, [])


def answers(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/") as answer:
            return answer.status == 200
    except OSError:
        return False
