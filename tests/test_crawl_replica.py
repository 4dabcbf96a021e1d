"""The whole program against the replica of the three sites: real processes, real HTTP, real store."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from crawler.language.folding import same_name
from tests.manual import last_lines
from tests.replica.demo import summary
from tests.replica.server import Replica
from tests.replica.stories import expected_meetings, load_stories

ROOT = Path(__file__).parents[1]
STORIES = load_stories()
EXPECTED = expected_meetings(STORIES)
LOOKALIKES = {
    article.url for story in STORIES for article in story.articles if not (article.reports and article.is_source)
}


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def replica():
    with Replica() as running:
        yield running


@pytest.fixture(scope="module")
def crawl(replica, tmp_path_factory):
    """One crawl of the three sites into an empty folder: (process, folder)."""
    folder = tmp_path_factory.mktemp("crawl")
    arguments = ("-s", f"REPLICA_URL={replica.url}", "-s", f"DATA_DIR={folder}", "-O", str(folder / "touched.jsonl"))
    return scrapy("crawl", "report", "azernews", "menafn", *arguments), folder


@pytest.fixture(scope="module")
def feed(crawl):
    return read(crawl[1] / "meetings.jsonl")


@pytest.fixture(scope="module")
def by_urls(feed):
    return {frozenset(source["url"] for source in meeting["sources"]): meeting for meeting in feed}


def test_the_crawl_ends_well_and_says_so(crawl):
    process, _ = crawl
    assert process.returncode == 0, process.stderr[-3000:]
    last = last_lines(process.stdout)[-3:]
    assert [line.split(":")[0] for line in last] == ["report", "azernews", "menafn"]
    assert all(": done - " in line for line in last)


def test_every_line_is_valid(crawl, feed):
    schema = json.loads((crawl[1] / "meetings.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for meeting in feed:
        validator.validate(meeting)
        assert list(meeting) == schema["required"]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.key)
def test_each_meeting_stands_once_with_all_its_sources(by_urls, feed, expected):
    near = [
        sorted(source["url"] for source in m["sources"])
        for m in feed
        if {s["url"] for s in m["sources"]} & expected.urls
    ]
    assert expected.urls in by_urls, f"expected {sorted(expected.urls)}, found {near}"


def test_nothing_else_is_a_meeting(feed):
    assert not LOOKALIKES & {source["url"] for meeting in feed for source in meeting["sources"]}
    assert len(feed) == len(EXPECTED)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.key)
def test_each_meeting_has_its_facts(by_urls, expected):
    meeting = by_urls.get(expected.urls)
    if meeting is None:
        pytest.fail("no such meeting")
    place = (meeting["place"]["city"], meeting["place"]["country"]) if meeting["place"] else None
    facts = {
        "kind": meeting["kind"],
        "status": meeting["status"],
        "date": meeting["date"],
        "place": place,
        "countries": meeting["countries"],
        "organizations": meeting["organizations"],
        "people": len(meeting["participants"]),
        "agreements": sorted((agreement["kind"], agreement["year"]) for agreement in meeting["agreements"]),
    }
    wanted = {
        "kind": expected.kind,
        "status": expected.status,
        "date": str(expected.date),
        "place": expected.place,
        "countries": sorted(expected.countries),
        "organizations": sorted(expected.organizations),
        "people": len(expected.participants),
        "agreements": sorted((agreement.kind, agreement.year) for agreement in expected.agreements),
    }
    assert facts == wanted
    for person in expected.participants:
        found = [
            participant
            for participant in meeting["participants"]
            if any(
                same_name(person.name, "en", text, lang)
                for text, lang in [
                    (participant["name"], "en"),
                    *((v["text"], v["lang"]) for v in participant["variants"]),
                ]
            )
        ]
        assert [participant["country"] for participant in found] == [person.country], person.name


def test_each_language_reported_has_its_headline(by_urls):
    languages = {article.url: article.lang for story in STORIES for article in story.articles}
    for urls, meeting in by_urls.items():
        with_headlines = {lang for lang, headline in meeting["headlines"].items() if headline}
        assert {languages[url] for url in urls} <= with_headlines, meeting["id"]


def test_no_furniture_of_a_page_in_a_record(crawl):
    text = (crawl[1] / "meetings.jsonl").read_text("utf-8")
    for words in (
        "MENAFN-", "MENAFN -", "Legal Disclaimer", "Read more", "All News Feed", "Latest News", "Report informs",
        "Azernews reports", "xəbər verir", "Follow us", "[PHOTOS]", "YENİLƏNİB", "Here we are to serve you",
        "000195011045", "REPORT.AZ/",
    ):  # fmt: skip
        assert words not in "".join(part for part in text.split('"raw":"')) or words in {"[PHOTOS]", "YENİLƏNİB"}, words


def test_the_run_leaves_its_files(crawl, feed):
    _, folder = crawl
    (run,) = (folder / "runs").iterdir()
    manifest = json.loads((run / "manifest.json").read_text("utf-8"))
    assert manifest["verdict"] == "done"
    assert sorted(manifest["sources"]) == ["azernews", "menafn", "report"]
    assert read(folder / "changes" / f"{run.name}.jsonl") == feed
    assert sorted(m["id"] for m in read(folder / "touched.jsonl")) == sorted(m["id"] for m in feed)


def test_a_replay_of_the_raw_pages_gives_the_same_feed(crawl, feed, tmp_path):
    (run,) = (crawl[1] / "runs").iterdir()
    process = scrapy("crawl", "archive", "-a", f"path={run / 'pages.warc.gz'}", "-s", f"DATA_DIR={tmp_path}")
    assert process.returncode == 0, process.stderr[-3000:]
    assert [content(meeting) for meeting in read(tmp_path / "meetings.jsonl")] == [content(meeting) for meeting in feed]


def content(meeting):
    return {key: value for key, value in meeting.items() if key not in {"first_seen", "last_changed"}}


def test_the_readme_shows_this_feed(feed):
    text = (ROOT / "README.md").read_text("utf-8")
    shown = json.loads(re.search(r"```json\n(.*?)```", text, re.DOTALL)[1])
    assert content(shown) in [content(meeting) for meeting in feed]
    known = {known for meeting in feed for known in (meeting["id"], *meeting["merged_ids"])}
    assert set(re.findall(r"\bm[0-9a-f]{20}\b", text)) <= known
    for line in summary(feed, 0, 0).splitlines():
        assert re.search(re.escape(line).replace(r"0\ pages\ in\ 0", r"\d+ pages in \d+"), text), line


def test_a_second_crawl_changes_no_byte(crawl, replica):
    _, folder = crawl
    before, changes = (folder / "meetings.jsonl").read_bytes(), set((folder / "changes").iterdir())
    process = scrapy("crawl", "all", "-s", f"REPLICA_URL={replica.url}", "-s", f"DATA_DIR={folder}")
    assert process.returncode == 0, process.stderr[-3000:]
    assert (folder / "meetings.jsonl").read_bytes() == before
    assert set((folder / "changes").iterdir()) == changes
    assert not (folder / "withdrawn").exists()


def test_sources_apart_and_in_another_order_give_the_same_meetings(feed, replica, tmp_path):
    for name in ("menafn", "azernews", "report"):
        process = scrapy("crawl", name, "-s", f"REPLICA_URL={replica.url}", "-s", f"DATA_DIR={tmp_path}")
        assert process.returncode == 0, process.stderr[-3000:]
    assert [content(meeting) for meeting in read(tmp_path / "meetings.jsonl")] == [content(meeting) for meeting in feed]
