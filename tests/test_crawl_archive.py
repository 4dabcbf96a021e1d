"""``scrapy crawl archive``: what a newsroom already has, and what is wrong with it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GOOD = {
    "url": "https://example.org/news/1",
    "lang": "en",
    "published": "2026-03-12",
    "headline": "Azerbaijani, Jordanian defense ministers hold talks",
    "text": "Azerbaijan's Minister of Defense, Colonel General Zakir Hasanov, met on March 11 in Baku with a delegation led by "
    "Jordan's Minister of Defense, Lieutenant General Faris Al-Majali. Military education was discussed.",
}
RUSSIAN = {
    "url": "https://example.org/ru/1",
    "lang": "ru",
    "published": "2026-03-11",
    "text": "Министр обороны Азербайджана генерал-полковник Закир Гасанов 11 марта в Баку встретился с делегацией во главе с "
    "министром обороны Иордании генерал-лейтенантом Фарисом аль-Маджали. Обсуждено военное образование.",
}


def crawl(tmp_path, path, *arguments):
    return subprocess.run(
        [
            *(sys.executable, "-m", "scrapy", "crawl", "archive", "-a", f"path={path}"),
            *("-O", str(tmp_path / "out.jsonl"), "-s", f"DATA_DIR={tmp_path / 'data'}", *arguments),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def records(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def write(tmp_path, *lines):
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_two_languages_of_one_meeting_make_one_line(tmp_path):
    process = crawl(tmp_path, write(tmp_path, GOOD, RUSSIAN))
    assert process.returncode == 0, process.stderr
    (meeting,) = records(tmp_path / "out.jsonl")
    assert (meeting["date"], meeting["date_source"], meeting["kind"]) == ("2026-03-11", "stated", "bilateral")
    assert meeting["countries"] == ["AZ", "JO"]
    assert meeting["place"] == {"city": "Baku", "country": "AZ"}
    assert [source["url"] for source in meeting["sources"]] == [RUSSIAN["url"], GOOD["url"]]
    assert meeting["headlines"] == {"en": GOOD["headline"], "az": None, "ru": None}
    names = {participant["name"]: participant for participant in meeting["participants"]}
    assert sorted(names) == ["Faris Al-Majali", "Zakir Hasanov"]
    assert {variant["lang"] for variant in names["Faris Al-Majali"]["variants"]} == {"en", "ru"}
    assert records(tmp_path / "data" / "meetings.jsonl") == [meeting]


def test_bad_lines_are_named_and_the_others_read(tmp_path):
    process = crawl(tmp_path, write(tmp_path, "{broken", GOOD, {"url": "https://example.org/2"}, "[]"))
    assert process.returncode == 6, process.stderr
    assert len(records(tmp_path / "out.jsonl")) == 1
    for number, words in ((1, "not JSON"), (3, "'text' is missing"), (4, "JSON object")):
        (line,) = [line for line in process.stderr.splitlines() if f"line {number} is skipped" in line]
        assert words in line


def test_an_unknown_path_is_wrong_usage(tmp_path):
    process = crawl(tmp_path, tmp_path / "missing")
    assert process.returncode == 2
    assert "there is no file" in process.stderr
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("crawl",), "name a source"),
        (("crawl", "nonsense"), "unknown source"),
        (("crawl", "report"), "CONTACT"),
        (("crawl", "archive"), "path="),
        (("crawl", "report", "-a", "since=yesterday", "-s", "CONTACT=a@example.org"), "since="),
        (("crawl", "report", "-a", "langs=fr", "-s", "CONTACT=a@example.org"), "langs="),
        (("crawl", "report", "-a", "colour=red", "-s", "CONTACT=a@example.org"), "unknown argument"),
        (("crawl", "report", "-s", "REPLICA_URL=http://report.az:80"), "REPLICA_URL"),
        (("crawl", "report", "-s", "JOBDIR=job", "-s", "CONTACT=a@example.org"), "JOBDIR would be a second memory"),
        (("crawl", "report", "-O", "x.nonsense", "-s", "CONTACT=a@example.org"), "format"),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong(tmp_path, arguments, words):
    process = subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments, "-s", f"DATA_DIR={tmp_path / 'data'}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert process.returncode == 2, process.stderr
    assert words in process.stderr
    assert not (tmp_path / "data").exists()


def test_an_article_of_a_language_nobody_reads_is_named(tmp_path):
    turkish = GOOD | {
        "lang": None,
        "headline": None,
        "text": "Millî Savunma Bakanı, Azerbaycan Savunma Bakanı ile görüştü ve heyetler arası toplantı yapıldı.",
    }
    process = crawl(tmp_path, write(tmp_path, turkish, GOOD))
    assert process.returncode == 0, process.stderr
    assert "unsupported-language" in process.stderr


def test_appending_keeps_what_stands(tmp_path):
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"id": "kept"}\n')
    process = subprocess.run(
        [
            *(sys.executable, "-m", "scrapy", "crawl", "archive", "-a", f"path={write(tmp_path, GOOD)}"),
            *("-o", str(feed), "-s", f"DATA_DIR={tmp_path / 'data'}"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert process.returncode == 0, process.stderr
    assert [record["id"] == "kept" for record in records(feed)] == [True, False]


def test_an_updated_article_makes_a_revision_and_an_unchanged_one_none(tmp_path):
    crawl(tmp_path, write(tmp_path, GOOD))
    (first,) = records(tmp_path / "out.jsonl")
    crawl(tmp_path, write(tmp_path, GOOD))
    assert records(tmp_path / "out.jsonl") == [first]
    crawl(tmp_path, write(tmp_path, GOOD | {"text": GOOD["text"] + " Joint exercises were discussed, too."}))
    (second,) = records(tmp_path / "out.jsonl")
    assert second["id"] == first["id"]
    assert second["revision"] == first["revision"] + 1
