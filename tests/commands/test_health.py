"""``scrapy health`` as a process over a store and manifests written as the crawl writes them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.extensions.condition import Articles, condition, length, usual_gap
from crawler.extensions.figures import FIELDS, Figures
from crawler.extensions.quarantine import keep
from crawler.items import Article, Headline, Stamp
from crawler.pages import Page, PageError
from crawler.store import Run, Store
from tests import manual

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC).replace(microsecond=0)
JUDGED = dict.fromkeys(FIELDS, 20)
FIGURES = Figures(
    read=20,
    levels={"published": {".news-detail__head .news__date li": 19, "json-ld datePublished": 1}},
    judged=JUDGED,
    primary={**JUDGED, "published": 19},
    own=JUDGED,
    channels={"section/az": {"pages": 1, "entries": 16}},
)


def health(folder, *arguments):
    command = [sys.executable, "-W", "error", "-m", "scrapy", "health", *arguments, "-s", f"DATA_DIR={folder}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def write_run(folder, store, source, began, *, verdict, detail="", figures=FIGURES):
    name = f"{began:%Y%m%dT%H%M%SZ}-{source}"
    store.begin_run(f"{name}/{source}", source, now=began)
    store.finish_run(
        f"{name}/{source}", verdict=verdict, counts={"articles read": 20}, now=began + timedelta(minutes=2)
    )
    path = folder / "runs" / name / "manifest.json"
    path.parent.mkdir(parents=True)
    part = {"verdict": verdict, "detail": detail, "figures": figures.as_dict()}
    path.write_text(json.dumps({"run": name, "sources": {source: part}}))


def write_articles(store, outlet, first_seen, published):
    for number, moment in enumerate(published):
        stamp = Stamp(raw="", moment=moment, day=moment.date())
        headline = Headline(lang="en", text="Exercise held", raw="Exercise held")
        article = Article(
            url=f"https://{outlet}/en/military/{number}",
            outlet=outlet,
            lang="en",
            headline=headline,
            paragraphs=("An exercise was held.",),
            published=stamp,
        )
        store.record(article, (), run="r", now=first_seen, dropped="no-meeting")


@pytest.fixture
def folder(tmp_path):
    """Report well, AzerNews blocked in its last run, MENAFN never crawled."""
    with Store.open(f"sqlite:///{tmp_path / 'crawler.db'}") as store:
        hours = [NOW - timedelta(hours=number) for number in range(1, 9)]
        write_articles(store, "report.az", NOW - timedelta(hours=1), hours)
        write_articles(store, "azernews.az", NOW - timedelta(hours=2), hours[:4])
        write_run(tmp_path, store, "report", NOW - timedelta(hours=1), verdict="done")
        write_run(tmp_path, store, "azernews", NOW - timedelta(hours=4), verdict="done")
        blocked = {"verdict": "blocked", "detail": "403", "figures": Figures()}
        write_run(tmp_path, store, "azernews", NOW - timedelta(hours=2), **blocked)
    page = Page("https://report.az/en/military/no-date", b"<h1>x</h1>", "text/html")
    keep(tmp_path, page, PageError("missing-date", "report/2025: no level matched"), "r", NOW - timedelta(hours=3))
    return tmp_path


def test_a_line_a_source(folder):
    process = health(folder)
    manual.check("health", process)
    heading, report, azernews, menafn, *rest = process.stdout.splitlines()
    assert heading.split()[:2] == ["source", "health"]
    assert report.startswith("report    ok ")
    assert "60 min" in report  # since its last new article
    assert "100/100/100 %" in report
    assert "100/100/95 %" in report
    assert azernews.startswith("azernews  UNHEALTHY")
    assert "blocked" in azernews
    assert menafn.startswith("menafn    never run")
    assert "azernews: the last run ended: blocked (403)" in rest
    assert any(line.startswith("azernews: next: wait") for line in rest)
    levels = "report: published was given by .news-detail__head .news__date li (19), json-ld datePublished (1)"
    assert levels in rest
    assert "report: in quarantine: missing-date 1 (scrapy health --quarantine)" in rest


def test_raw_pages_that_the_disk_did_not_take_are_a_fault_until_a_run_keeps_them_again(folder):
    with Store.open(f"sqlite:///{folder / 'crawler.db'}") as store:
        lost = Figures(read=0, raw_pages_lost=3)
        write_run(folder, store, "report", NOW - timedelta(minutes=30), verdict="done", figures=lost)
        process = health(folder, "report")
        assert process.returncode == 1
        assert "report: 3 raw pages of the last run could not be kept" in process.stdout
        write_run(folder, store, "report", NOW - timedelta(minutes=20), verdict="done", figures=Figures())
    assert health(folder, "report").returncode == 0


def test_only_the_sources_asked_for(folder):
    assert health(folder, "report").returncode == 0
    process = health(folder, "menafn")
    assert process.returncode == 1
    assert "menafn: there was no run yet" in process.stdout
    assert health(folder, "reprot").returncode == 2


def test_json(folder):
    told = json.loads(health(folder, "--json").stdout)
    assert told["healthy"] is False
    report = told["sources"]["report"]
    assert (report["healthy"], report["verdict"], report["articles"]) == (True, "done", 8)
    assert report["usual_gap_seconds"] == 3600
    assert report["coverage"] == {"headline": 1.0, "body": 1.0, "published": 1.0}
    assert report["levels"]["published"]["json-ld datePublished"] == 1
    assert report["quarantine"] == {"missing-date": 1}
    azernews = told["sources"]["azernews"]
    assert (azernews["verdict"], azernews["detail"]) == ("blocked", "403")
    assert azernews["last_good_run"] < azernews["last_run"]


def test_prometheus(folder, tmp_path):
    path = tmp_path / "metrics" / "meetings.prom"
    assert health(folder, "--prometheus", str(path)).returncode == 1
    samples = {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(path.read_text())
        for sample in family.samples
    }
    assert samples["meetings_crawler_healthy", (("source", "report"),)] == 1
    assert samples["meetings_crawler_healthy", (("source", "azernews"),)] == 0
    assert samples["meetings_crawler_last_run_exit_code", (("source", "azernews"),)] == 3
    assert samples["meetings_crawler_field_coverage_ratio", (("field", "body"), ("source", "report"))] == 1
    assert samples["meetings_crawler_quarantined_pages", (("reason", "missing-date"), ("source", "report"))] == 1
    assert samples["meetings_crawler_channel_entries", (("channel", "section/az"), ("source", "report"))] == 16
    assert [one.name for one in path.parent.iterdir()] == ["meetings.prom"]  # nothing half written beside it


def test_quarantine(folder):
    process = health(folder, "--quarantine")
    manual.check("quarantine", process, folder=folder)
    page, last = process.stdout.splitlines()
    path, reason, url, age, detail = page.split("  ")
    assert Path(path).is_file()
    assert (reason, url, age) == ("missing-date", "https://report.az/en/military/no-date", "3 h")
    assert detail == "report/2025: no level matched"
    assert last == f"1 page; read again: scrapy crawl archive -a path={folder / 'quarantine'}"


def test_there_was_never_a_run(tmp_path):
    process = health(tmp_path / "nothing")
    manual.check("health-never-run", process, folder=tmp_path / "nothing")
    assert "there was no run yet into" in process.stdout
    assert not (tmp_path / "nothing").exists()  # asking makes no store
    assert health(tmp_path / "nothing", "--json").returncode == 1
    assert health(tmp_path / "nothing", "--quarantine").stdout == "no page is in quarantine\n"


def test_a_store_that_cannot_be_read_is_no_good_news(tmp_path):
    (tmp_path / "crawler.db").write_bytes(b"no database" * 100)
    process = health(tmp_path)
    assert process.returncode == 1
    assert process.stderr.startswith("scrapy health: ")


def run(hours_ago, verdict="done", *, ended=True):
    began = NOW - timedelta(hours=hours_ago)
    finished = (began + timedelta(minutes=1)).isoformat() if ended else None
    return Run(f"r{hours_ago}/report", "report", began.isoformat(), finished, verdict if ended else None, {})


def problems(runs, articles=None, *, must_run=False):
    default = Articles(9, NOW - timedelta(hours=1), [NOW - timedelta(hours=n) for n in range(9)])
    found = condition("report", runs, [], articles or default, NOW, quarantine={}, must_run=must_run)
    return list(found.problems)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([run(1), run(2)], []),
        ([run(1, "incomplete"), run(2)], ["the last run ended: incomplete"]),
        ([run(1, "killed"), run(2)], []),  # the run after it makes up for it
        ([run(1, ended=False), run(2)], []),  # under way
        ([run(9, ended=False), run(10)], ["the run begun 9 h ago never ended"]),
        ([run(9, ended=False)], ["the run begun 9 h ago never ended", "no run has ended yet"]),
        ([run(23), run(24), run(25)], []),
        ([run(30), run(31), run(32)], ["the last good run was 30 h ago"]),  # hourly
        ([run(30), run(54), run(78)], []),  # daily
        ([run(110), run(134), run(158)], ["the last good run was 5 days ago"]),
    ],
)
def test_runs(runs, expected):
    assert problems(runs) == expected


@pytest.mark.parametrize(
    ("gap_hours", "silent_hours", "expected"),
    [
        (0.5, 20, []),  # less than a day is a night
        (0.5, 30, ["nothing new for 30 h, usually every 30 min"]),
        (8, 100, []),
        (8, 170, ["nothing new for 7 days, usually every 8 h"]),
    ],
)
def test_freshness_is_measured_by_the_usual_pace(gap_hours, silent_hours, expected):
    published = [NOW - timedelta(hours=silent_hours + gap_hours * number) for number in range(20)]
    articles = Articles(20, NOW - timedelta(hours=silent_hours), published)
    assert problems([run(1), run(2)], articles) == expected


def test_no_article_at_all_after_a_good_run():
    assert problems([run(1)], Articles()) == ["no article is in the store"]


def test_usual_gap():
    assert usual_gap([NOW]) is None
    assert usual_gap([NOW, NOW - timedelta(hours=1)]) is None
    assert usual_gap(NOW - timedelta(hours=hours) for hours in (0, 1, 2, 50)) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (timedelta(seconds=-5), "0 min"),
        (timedelta(minutes=89), "89 min"),
        (timedelta(minutes=91), "2 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=9), "9 days"),
    ],
)
def test_lengths_of_time(time, text):
    assert length(time) == text
