"""A real scrapyd: scrapyd-deploy hands the project over as an egg, jobs run out of it (deploy/scrapyd.cfg)."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from tests.deploy.packages import PARTIES, ROOT, captures, copy_of_the_program, parties

pytestmark = pytest.mark.slow
BIN = Path(sys.executable).parent


class Server:
    def __init__(self, folder, project):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.folder = folder
        here, there = "6800", str(self.port)
        (folder / "scrapyd.conf").write_text((ROOT / "deploy/scrapyd.cfg").read_text("utf-8").replace(here, there))
        (project / "scrapy.cfg").write_text((ROOT / "scrapy.cfg").read_text("utf-8").replace(here, there))
        self.process = subprocess.Popen(
            [BIN / "scrapyd"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
        )

    def ask(self, name, **values):
        address = f"http://127.0.0.1:{self.port}/{name}.json"
        if name == "listjobs":
            address, data = f"{address}?{urlencode(values)}", None
        else:
            data = urlencode(values, doseq=True).encode() or None
        with urlopen(address, data, timeout=60) as response:
            return json.load(response)

    def wait(self, condition):
        end = time.monotonic() + 120
        while not (found := condition()):
            assert time.monotonic() < end
            time.sleep(0.1)
        return found

    def answers(self):
        try:
            return self.ask("daemonstatus")["status"] == "ok"
        except OSError:
            return False

    def job(self, **values):
        """Schedule a job, wait for its end and return its log."""
        id_ = self.ask("schedule", project="meetings", **values)["jobid"]
        self.wait(lambda: [job for job in self.ask("listjobs", project="meetings")["finished"] if job["id"] == id_])
        return (self.folder / f"data/scrapyd/logs/meetings/{values['spider']}/{id_}.log").read_text("utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scrapyd")
    project = copy_of_the_program(tmp_path_factory.mktemp("project") / "project")
    server = Server(folder, project)
    try:
        server.wait(server.answers)
        deployed = subprocess.run(
            [BIN / "scrapyd-deploy"], cwd=project, capture_output=True, text=True, check=False, timeout=120
        )
        assert '"spiders": 4' in deployed.stdout, deployed.stdout + deployed.stderr
        yield server
    finally:
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(30)


def test_a_job_leaves_its_feed_and_its_verdict_in_its_log(server, tmp_path):
    feed = tmp_path / "feed.jsonl"
    log = server.job(
        spider="archive",
        path=captures(tmp_path / "pages"),
        setting=[f"DATA_DIR={tmp_path / 'data'}", f'FEEDS={{"file://{feed}": {{"format": "jsonlines"}}}}'],
    )
    assert parties(tmp_path / "data" / "meetings.jsonl") == parties(feed) == PARTIES, log
    last = log.splitlines()[-1]
    assert "archive: done - 2 articles read" in last
    assert "2 meetings new" in last
    (manifest,) = (tmp_path / "data" / "runs").glob("*/manifest.json")
    assert json.loads(manifest.read_text("utf-8"))["code"]["version"].startswith("files-")


def test_a_job_that_cannot_start_says_why_in_its_log(server, tmp_path):
    log = server.job(spider="report", setting=f"DATA_DIR={tmp_path}")
    assert "wrong usage, nothing was crawled: a live crawl names someone the sites can write to" in log


def test_jobs_of_two_codes_are_told_apart(server, tmp_path):
    """The hash of the code is of the egg's files, not of none."""
    program = copy_of_the_program(tmp_path / "program")
    command = [sys.executable, "-c", "from crawler.extensions.manifest import code_version; print(code_version())"]
    environment = {**os.environ, "PYTHONPATH": str(program)}
    version = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=60
    ).stdout.strip()
    server.job(spider="archive", path=captures(tmp_path / "pages"), setting=f"DATA_DIR={tmp_path / 'data'}")
    (manifest,) = (tmp_path / "data" / "runs").glob("*/manifest.json")
    assert json.loads(manifest.read_text("utf-8"))["code"]["version"] == version
