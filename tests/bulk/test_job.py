"""The whole job on a real Spark: what it writes is what the crawler writes from the same archives."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.bulk.making import LAYOUTS, make

pytest.importorskip("pyspark", reason="requirements-spark.txt is not installed")
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CLOCKS = {"first_seen", "last_changed"}


def command(archives, into, master):
    return (sys.executable, "-m", "crawler.bulk", str(archives.folder), "--into", str(into), "--master", master)


def bulk(archives, into, master):
    return subprocess.run(
        command(archives, into, master), cwd=ROOT, capture_output=True, text=True, check=False, timeout=900
    )


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def content(path):
    """The records but for the two clocks, each with its keys in their order."""
    return [json.dumps({key: value for key, value in meeting.items() if key not in CLOCKS}) for meeting in lines(path)]


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    return make(tmp_path_factory.mktemp("archives"))


@pytest.fixture(scope="module")
def single(archives, tmp_path_factory):
    """The feed that one process of the crawler makes of them."""
    folder = tmp_path_factory.mktemp("single")
    arguments = ("-a", f"path={archives.folder}", "-s", f"DATA_DIR={folder}")
    process = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "archive", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert process.returncode == 6, process.stderr[-3000:]  # the archives hold what cannot be read: incomplete
    return folder / "meetings.jsonl"


@pytest.fixture(scope="module")
def two_workers(archives, tmp_path_factory):
    """The job on two workers: (process, folder)."""
    folder = tmp_path_factory.mktemp("two")
    return bulk(archives, folder, "local[2]"), folder


def test_two_workers_write_what_one_process_of_the_crawler_writes(two_workers, single):
    process, folder = two_workers
    assert process.returncode == 0, process.stderr[-5000:]
    assert len(lines(single)) > 70
    assert content(folder / "meetings.jsonl") == content(single)
    assert (folder / "meetings.schema.json").read_bytes() == (single.parent / "meetings.schema.json").read_bytes()


def test_the_archives_hold_history_that_shows_in_the_records(single):
    meetings = lines(single)
    assert [meeting for meeting in meetings if meeting["revision"] > len(meeting["sources"])]
    # ids of reports that a later capture took back
    assert [meeting for meeting in meetings if len(meeting["merged_ids"]) >= len(meeting["sources"])]


def test_the_clocks_are_those_of_the_captures(two_workers):
    meetings = lines(two_workers[1] / "meetings.jsonl")
    seen = {meeting["first_seen"][:10] for meeting in meetings}
    assert seen >= {"2026-01-31", "2026-02-28", "2026-03-01"}
    assert all(meeting["first_seen"] <= meeting["last_changed"] < "2026-03-03" for meeting in meetings)


def test_every_bad_record_is_reported_with_its_file_place_and_reason(two_workers, archives):
    _, folder = two_workers
    found = [row for path in sorted((folder / "bad-records").glob("*.json")) for row in lines(path)]
    assert sorted((row["file"], row["offset"], row["reason"]) for row in found) == sorted(archives.faults)
    summary = json.loads((folder / "summary.json").read_text())
    reasons = Counter(reason for _, _, reason in archives.faults)
    assert {name[6:]: count for name, count in summary.items() if name.startswith("fault/")} == reasons
    assert summary["archive"] == summary["archive/read"] == len(LAYOUTS)
    assert len(reasons) >= 5
    assert summary["passed-over/no-text"] >= 1


def kill_when(condition, archives, into):
    """Start the job on one worker and kill it, workers and all, as soon as ``condition`` holds."""
    process = subprocess.Popen(
        command(archives, into, "local[1]"),
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 600
    try:
        while not condition():
            assert process.poll() is None, "the job ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.02)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def written(folder, pattern):
    return {path: path.stat().st_mtime_ns for path in folder.glob(pattern)}


def test_a_job_killed_twice_goes_on_where_it_was_and_ends_the_same_on_one_worker(archives, single, tmp_path):
    into = tmp_path / "out"
    kill_when(lambda: list(into.glob("work/done/*.json")), archives, into)
    first = written(into, "work/*/*.json")
    assert not (into / "meetings.jsonl").exists()
    kill_when(lambda: list(into.glob("work/resolved-*/edges/_SUCCESS")), archives, into)
    second = written(into, "work/done/*.json") | written(into, "work/resolved-*/edges/*")
    assert not (into / "meetings.jsonl").exists()
    assert second.items() >= first.items()
    process = bulk(archives, into, "local[1]")
    assert process.returncode == 0, process.stderr[-5000:]
    assert f"{len(LAYOUTS)} of {len(LAYOUTS)} archives are read already" in process.stderr
    assert (
        written(into, "work/done/*.json").items() | written(into, "work/resolved-*/edges/*").items() == second.items()
    )
    assert content(into / "meetings.jsonl") == content(single)
