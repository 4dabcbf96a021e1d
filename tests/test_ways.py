"""Every usual way of running Scrapy: it does what the command does, or says why not."""

from __future__ import annotations

import json
import shutil

import pytest
from filelock import FileLock

from tests import manual
from tests.crawls import ROOT, crawl, meetings, scrapy, script
from tests.replica.faults import Fault
from tests.replica.server import Replica
from tests.replica.stories import load_stories
from tests.test_crawl_archive import GOOD

NOBODY = "http://127.0.0.1:1"  # no site answers there


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    path.write_text(json.dumps(GOOD), "utf-8")
    return path


def archive(articles, folder, *options):
    return scrapy("crawl", "archive", "-a", f"path={articles}", "-s", f"DATA_DIR={folder}", *options)


# --- a store that was lost ---


@pytest.fixture(scope="module")
def published(articles, tmp_path_factory):
    """A folder with a feed, and a destination beside it."""
    folder = tmp_path_factory.mktemp("published") / "data"
    assert archive(articles, folder, "-s", "DELIVERIES=meetings.csv").returncode == 0
    assert len(meetings(folder)) == 1
    return folder


@pytest.fixture
def folder(published, tmp_path):
    shutil.copytree(published, tmp_path / "data")
    return tmp_path / "data"


def lose(folder):
    for path in folder.glob("crawler.db*"):
        path.unlink()


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.glob("meetings.*")}


@pytest.mark.parametrize("loss", ["removed", "zero-bytes", "another-address"])
def test_an_empty_store_empties_no_feed(articles, folder, tmp_path, loss):
    before, options = contents(folder), ["-s", "DELIVERIES=meetings.csv"]
    if loss == "another-address":
        options += ["-s", f"STORE_URL=sqlite:///{tmp_path}/mistyped.db"]
    else:
        lose(folder)
    if loss == "zero-bytes":
        (folder / "crawler.db").touch()
    asked = tmp_path / "asked.jsonl"
    asked.write_text("of an earlier run\n")
    for _ in range(2):  # the first one makes a store, which is empty too
        for ended in (
            archive(articles, folder, *options, "-O", str(asked)),
            crawl(NOBODY, folder, "report", *options, "-s", "RETRY_TIMES=0"),
        ):
            assert ended.returncode == 8, ended.stderr[-3000:]
            assert contents(folder) == before
    assert asked.read_text() == "of an earlier run\n"
    if loss == "removed":
        manual.check("lost-store", archive(articles, folder), folder=folder)


def test_export_does_not_empty_its_destinations_either(folder):
    before = contents(folder)
    lose(folder)
    (folder / "crawler.db").touch()
    ended = scrapy("export", str(folder / "meetings.csv"), "-s", f"DATA_DIR={folder}")
    assert ended.returncode == 8
    assert f"{folder}/meetings.jsonl tells of meetings" in ended.stderr
    assert contents(folder) == before


def test_publication_json_alone_tells_of_meetings_too(articles, folder):
    lose(folder)
    (folder / "meetings.jsonl").unlink()
    ended = archive(articles, folder)
    assert ended.returncode == 8
    assert "publication.json tells of meetings" in ended.last_line


def test_a_store_begins_anew_when_the_feed_is_moved_away(articles, folder):
    lose(folder)
    for name in ("meetings.jsonl", "publication.json"):
        (folder / name).unlink()
    assert archive(articles, folder).returncode == 0
    assert len(meetings(folder)) == 1


# --- scripts ---

PROCESS = """
from scrapy.crawler import {kind}
process = {kind}(settings)
for name, arguments in sources:
    crawlers.append(process.create_crawler(name))
    process.crawl(crawlers[-1], **arguments)
process.start()
"""
RUNNER = """
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from twisted.internet import defer, reactor
from scrapy.crawler import {kind}
from scrapy.utils.log import configure_logging
configure_logging(settings)
runner = {kind}(settings)
async def crawl():
    for name, arguments in sources:
        crawlers.append(runner.create_crawler(name))
        await {await_}
defer.ensureDeferred(crawl()).addBoth(lambda _: reactor.callLater(0, reactor.stop))
reactor.run()
"""
WAYS = {
    "AsyncCrawlerProcess": PROCESS.format(kind="AsyncCrawlerProcess"),
    "CrawlerProcess": PROCESS.format(kind="CrawlerProcess"),
    "CrawlerRunner": RUNNER.format(kind="CrawlerRunner", await_="runner.crawl(crawlers[-1], **arguments)"),
    "AsyncCrawlerRunner": RUNNER.format(
        kind="AsyncCrawlerRunner",
        await_="defer.Deferred.fromFuture(runner.crawl(crawlers[-1], **arguments))",
    ),
}
SCRIPT = """
import sys
import warnings
warnings.simplefilter("error")
from scrapy.utils.project import get_project_settings
settings = get_project_settings()
settings.setdict({settings!r}, priority="cmdline")
sources, crawlers = {sources!r}, []
{way}
print([crawler.stats.get_value("run/verdict") for crawler in crawlers])
sys.exit(max(crawler.stats.get_value("run/exit_code", 1) for crawler in crawlers))
"""


def run(way, sources, **settings):
    given = {key: str(value) for key, value in settings.items()}
    return script(SCRIPT.format(way=WAYS[way], sources=sources, settings=given))


@pytest.fixture(scope="module")
def replica():
    stories = {"bilateral-slovakia-minister", "bilateral-china-minister"}
    with Replica([story for story in load_stories() if story.id in stories], background=False) as running:
        yield running


@pytest.fixture(autouse=True)
def no_faults_left(replica):
    yield
    replica.faults.clear()
    replica.log.clear()


@pytest.mark.parametrize("way", WAYS)
def test_a_script_publishes_as_the_command_does(articles, published, tmp_path, way):
    asked = tmp_path / "asked.json"
    ended = run(
        way,
        [("archive", {"path": str(articles), "langs": ["en", "az"], "since": None})],
        DATA_DIR=tmp_path / "data",
        DELIVERIES="meetings.csv",
        FEEDS=json.dumps({str(asked): {}}),
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert ended.last_line == "['done']"
    assert meetings(tmp_path / "data") == meetings(published)
    assert (tmp_path / "data" / "meetings.csv").is_file()
    assert len(json.loads(asked.read_text("utf-8"))) == 1
    (manifest,) = (tmp_path / "data" / "runs").glob("*/manifest.json")
    assert json.loads(manifest.read_text("utf-8"))["arguments"] == {"path": str(articles), "langs": "en,az"}
    assert "archive: done - 1 article read (1 new), 1 meeting new, 0 changed; next: nothing to do; run " in ended.stderr


def test_the_script_of_the_manual_runs(articles, tmp_path):
    text = (ROOT / "docs" / "scrapy.md").read_text("utf-8").partition("```python\n")[2].partition("```")[0]
    setting = f'settings.set("DATA_DIR", {str(tmp_path / "data")!r}, priority="cmdline")'
    for old, new in (("pages/", str(articles)), ("process = ", f"{setting}\nprocess = ")):
        assert old in text
        text = text.replace(old, new)
    ended = script(text)
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert len(meetings(tmp_path / "data")) == 1


@pytest.mark.parametrize("way", ["AsyncCrawlerProcess", "CrawlerRunner"])
def test_sources_of_one_script_make_one_feed(replica, tmp_path, way):
    sources = [("report", {}), ("azernews", {"langs": "en"})]
    ended = run(way, sources, DATA_DIR=tmp_path / "script", REPLICA_URL=replica.url)
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert crawl(replica.url, tmp_path / "command", "report", "azernews").returncode == 0
    found = meetings(tmp_path / "script")
    assert [(m["id"], m["sources"]) for m in found] == [(m["id"], m["sources"]) for m in meetings(tmp_path / "command")]
    assert len(found) == 2


def test_no_page_writes_a_line_of_the_log_of_a_script(articles, tmp_path):
    bad = tmp_path / "a\x1b[31m\nred.jsonl"
    bad.write_text("{torn\n" + articles.read_text("utf-8"), "utf-8")
    ended = run("AsyncCrawlerProcess", [("archive", {"path": str(tmp_path)})], DATA_DIR=tmp_path / "data")
    assert "\\x1b[31m\\nred.jsonl, line 1 is skipped" in ended.stderr
    assert "\x1b" not in ended.stderr


def test_a_failed_crawl_of_a_script_tells_its_verdict(replica, tmp_path):
    replica.faults.append(Fault(kind="status", code=403))
    ended = run("AsyncCrawlerProcess", [("report", {})], DATA_DIR=tmp_path / "data", REPLICA_URL=replica.url)
    assert ended.returncode == 3
    assert ended.last_line == "['blocked']"
    assert "ERROR: " in ended.stderr
    assert "report: blocked (robots-403) - 0 articles read" in ended.stderr


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        ({"JOBDIR": "job"}, 2, "JOBDIR would be a second memory"),
        ({"REPLICA_URL": ""}, 2, "a live crawl names someone the sites can write to"),
        ({"FEEDS": '{"x.pickle": {}}'}, 2, "unknown format 'pickle'"),
        ({"STORE_URL": "sqlite:////"}, 8, "unable to open database file"),
    ],
    ids=["jobdir", "no-contact", "feed", "store"],
)
def test_a_script_that_cannot_run_says_why_and_asks_for_nothing(replica, tmp_path, settings, code, words):
    if "JOBDIR" in settings:
        settings = {"JOBDIR": tmp_path / "job"}
    given = {"DATA_DIR": tmp_path / "data", "REPLICA_URL": replica.url, **settings}
    ended = run("AsyncCrawlerProcess", [("report", {})], **given)
    assert ended.returncode == code, ended.stderr[-3000:]
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert replica.log == []
    assert not (tmp_path / "data" / "meetings.jsonl").exists()


def test_a_script_waits_for_nobody_and_breaks_no_lock(replica, tmp_path):
    (tmp_path / "data" / "locks").mkdir(parents=True)
    with FileLock(tmp_path / "data" / "locks" / "report.lock"):
        ended = run("AsyncCrawlerProcess", [("report", {})], DATA_DIR=tmp_path / "data", REPLICA_URL=replica.url)
    assert ended.returncode == 7, ended.stderr[-3000:]
    assert "report: busy (the source is being crawled by another run)" in ended.stderr
    assert replica.log == []


def test_the_same_source_twice_in_one_script_is_one_run(replica, tmp_path):
    sources = [("report", {}), ("report", {})]
    ended = run("AsyncCrawlerProcess", sources, DATA_DIR=tmp_path / "data", REPLICA_URL=replica.url)
    assert ended.returncode == 7
    assert sorted(ended.last_line.strip("[]").split(", ")) == ["'busy'", "'done'"]
    assert len(list((tmp_path / "data" / "runs").iterdir())) == 1


# --- JOBDIR ---


def test_jobdir_is_refused_before_anything_is_asked_for(replica, tmp_path):
    ended = crawl(replica.url, tmp_path / "data", "report", "-s", f"JOBDIR={tmp_path / 'job'}")
    assert ended.returncode == 2
    assert "JOBDIR would be a second memory beside the store" in ended.stderr
    assert replica.log == []
    assert list(tmp_path.iterdir()) == []


# --- Scrapy's other commands ---

PAGE = next(
    article
    for story in load_stories()
    if story.id == "bilateral-slovakia-minister"
    for article in story.articles
    if (article.site, article.lang) == ("report", "en")
)


@pytest.fixture(scope="module")
def crawled(replica, tmp_path_factory):
    folder = tmp_path_factory.mktemp("crawled") / "data"
    assert crawl(replica.url, folder, "report").returncode == 0
    return folder


@pytest.fixture
def in_use(replica, crawled, tmp_path):
    """A folder with a store, a feed and the locks of running crawls; it must stay as it is."""
    folder = tmp_path / "data"
    shutil.copytree(crawled, folder)
    replica.log.clear()
    with FileLock(folder / "locks" / "report.lock"), FileLock(folder / "locks" / "azernews.lock"):
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        yield folder
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def other(folder, replica, *words):
    return scrapy(*words, "-s", f"DATA_DIR={folder}", "-s", f"REPLICA_URL={replica.url}")


def test_parse_shows_the_meetings(replica, in_use):
    ended = other(in_use, replica, "parse", PAGE.url)
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert f"{PAGE.url} [en] {PAGE.headline}" in ended.stdout
    shown = ended.stdout.partition("# Meetings ")[2].partition("\n")[2].partition("# Requests")[0]
    (meeting,) = json.loads(shown)
    assert meeting["countries"] == ["AZ", "SK"]
    assert [source["url"] for source in meeting["sources"]] == [PAGE.url]
    assert ended.stdout.count("<GET https://report.az/") == 2  # the other languages
    assert ended.stderr == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("https://example.org/1",), 2, "is of no source"),
        ((PAGE.url, "-O", "x.jsonl"), 2, "parse only prints"),
        (("https://report.az/en/military/no-such-story",), 1, "No response downloaded"),
        (("https://report.az/en/military",), 0, "cannot be read: not-an-article"),
    ],
    ids=["foreign", "feed", "missing", "listing"],
)
def test_parse_says_why_it_shows_none(replica, in_use, words, code, said):
    ended = other(in_use, replica, "parse", *words)
    assert ended.returncode == code, ended.stderr[-3000:]
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "# Meetings" not in ended.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fetch", PAGE.url), "<h1"),
        (("fetch", "--spider", "report", PAGE.url), "<h1"),
        (("shell", PAGE.url, "-c", "response.status"), "200"),
        (("shell", "--spider", "report", PAGE.url, "-c", "next(spider.parse(response)).lang"), "en\n"),
        (("check",), ""),
        (("list",), "azernews"),
        (("settings", "--get", "BOT_NAME"), "defence-meetings"),
    ],
    ids=["fetch", "fetch-spider", "shell", "shell-spider", "check", "list", "settings"],
)
def test_other_commands_work_and_touch_no_store(replica, in_use, words, said):
    ended = other(in_use, replica, *words)
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert said in ended.stdout
    assert "Traceback" not in ended.stderr


def test_bench_is_kept_from_loopback_and_touches_no_store(in_use):
    ended = scrapy("bench", "-s", f"DATA_DIR={in_use}")
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert "Traceback" not in ended.stderr


# --- runspider ---


def test_runspider_publishes_a_source_and_ends_with_its_code(articles, published, replica, tmp_path):
    folder, asked = tmp_path / "data", tmp_path / "asked.csv"
    file = "crawler/spiders/archive.py"
    ended = scrapy("runspider", file, "-a", f"path={articles}", "-s", f"DATA_DIR={folder}", "-O", str(asked))
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert meetings(folder) == meetings(published)
    assert asked.read_bytes().count(b"\r\n") == 2
    assert "no item will be exported" not in ended.stderr
    replica.faults.append(Fault(kind="status", code=403))
    ended = other(folder, replica, "runspider", "crawler/spiders/report.py")
    assert ended.returncode == 3, ended.stderr[-3000:]


def test_runspider_leaves_the_store_to_the_run_that_has_it(replica, in_use):
    assert other(in_use, replica, "runspider", "crawler/spiders/report.py").returncode == 7
    assert replica.log == []


def test_a_spider_of_somebody_else_runs_without_a_store(replica, tmp_path):
    file = tmp_path / "headings.py"
    file.write_text(
        f"""
import scrapy

class HeadingsSpider(scrapy.Spider):
    name = "headings"
    start_urls = [{PAGE.url!r}]

    def parse(self, response):
        yield {{"heading": response.css("h1::text").get()}}
"""
    )
    ended = other(
        tmp_path / "data", replica, "runspider", str(file), "-O", str(tmp_path / "x.jsonl"), "-s", "STATS_DUMP=1"
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert "'item_scraped_count': 1" in ended.stderr
    assert "no item will be exported" in ended.stderr  # Scrapy says it: feeds are those of runs
    assert not (tmp_path / "data").exists()
