from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MET = "Azerbaijan's Minister of Defense, Colonel General Zakir Hasanov, met on {day} in Baku with {guest}. Training was discussed."
ARTICLES = [
    (
        "https://example.org/1",
        MET.format(day="March 11", guest="Jordan's Minister of Defense, Lieutenant General Faris Majali"),
    ),
    ("https://example.com/1", MET.format(day="March 11", guest="the Jordanian Minister of Defense Faris Majali")),
    (
        "https://example.org/2",
        MET.format(day="March 12", guest="Oman's Minister of Defense, Lieutenant General Salim Harthi"),
    ),
]


def scrapy(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explain")
    rows = [{"url": url, "text": text, "lang": "en", "published": "2026-03-12"} for url, text in ARTICLES]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)))
    process = scrapy("crawl", "archive", "-a", f"path={folder}/articles.jsonl", "-s", f"DATA_DIR={folder}/data")
    assert process.returncode == 0, process.stderr
    meetings = [json.loads(line) for line in (folder / "data" / "meetings.jsonl").read_text().splitlines()]
    return folder / "data", {meeting["countries"][1]: meeting for meeting in meetings}


def test_each_source_with_its_rule(data):
    folder, meetings = data
    process = scrapy("explain", meetings["JO"]["id"], "-s", f"DATA_DIR={folder}")
    assert process.returncode == 0
    lines = process.stdout.splitlines()
    assert len(lines) == 2
    assert "first-report" in lines[0]
    assert all(any(url in line for line in lines) for url in ("https://example.org/1", "https://example.com/1"))


def test_a_swallowed_id_leads_to_its_meeting(data):
    folder, meetings = data
    (swallowed,) = meetings["JO"]["merged_ids"]
    assert scrapy("explain", swallowed, "-s", f"DATA_DIR={folder}").returncode == 0


def test_what_keeps_two_apart(data):
    folder, meetings = data
    process = scrapy("explain", meetings["JO"]["id"], meetings["OM"]["id"], "-s", f"DATA_DIR={folder}")
    assert process.returncode == 0
    assert "2026-03-11" in process.stdout
    assert "2026-03-12" in process.stdout


@pytest.mark.parametrize("arguments", [(), ("m00000000000000000000",), ("a", "b", "c")])
def test_wrong_usage(data, arguments):
    process = scrapy("explain", *arguments, "-s", f"DATA_DIR={data[0]}")
    assert process.returncode == 2
