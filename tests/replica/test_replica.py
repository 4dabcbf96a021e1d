"""What the three sites have in common: conditional requests, hosts, edits, the program."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import zlib
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.replica.catalogue import Edit
from tests.replica.client import ARTICLE, get
from tests.replica.sections import AZERNEWS, REPORT_PREFIX
from tests.replica.server import Replica
from tests.replica.slugs import composed
from tests.replica.stories import load_stories

MENAFN_JSON = "/mobile/WebAPI/getnews/getsection/MobileEN_Home"


@pytest.mark.parametrize(
    ("host", "path"),
    [("report.az", "/en/military/ministers-meet"), ("azernews.az", "/feed.php"), ("menafn.com", "/1111000001/x")],
)
def test_unchanged_page_is_not_sent_again(sites, host, path):
    first = get(sites, host, path)
    for condition in (
        {"If_None_Match": first.headers["ETag"]},
        {"If_Modified_Since": first.headers["Last-Modified"]},
        {"If_None_Match": f'"x", W/{first.headers["ETag"]}'},
    ):
        again = get(sites, host, path, **condition)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    changed = get(sites, host, path, If_None_Match='"other"', If_Modified_Since=first.headers["Last-Modified"])
    assert changed.status == 200


def test_hosts_robots_and_methods(sites):
    for host in ("report.az", "www.azernews.az", "menafn.com"):
        robots = get(sites, host, "/robots.txt").body.decode()
        assert "Allow: /" in robots
        sitemap = get(sites, host, urlsplit(robots.rpartition("Sitemap: ")[2].strip()).path)
        assert b"<loc>https://" in sitemap.body
        assert get(sites, host, "/no/such/page").status == 404
    assert get(sites, "example.org", "/").status == 404
    assert get(sites, "report.az", "/", method="POST").status == 405
    assert get(sites, "report.az", "/", method="HEAD").body == b""


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("report.az", f"/{'9' * 5000}"),
        ("report.az", "/infinity/index?date=yesterday&oldest=1"),
        ("report.az", "/archive/0/0/0"),
        ("report.az", "/herbi-xeberler/x-99999999999999999999"),
        ("azernews.az", "/nation/?page=-1"),
        ("azernews.az", "/nation/999999.html"),
        ("menafn.com", f"/qn_news_story_s.aspx?storyid={'9' * 5000}"),
        ("menafn.com", "/%FF%00/.."),
    ],
)
def test_nonsense_is_not_found(sites, host, path):
    assert get(sites, host, path).status == 404


def test_requests_are_logged(sites):
    get(sites, "report.az", "/search?query=qwertyuiop")
    assert [(r.method, r.host, r.path, r.status) for r in sites.log] == [
        ("GET", "report.az", "/search?query=qwertyuiop", 404),
    ]


def test_edits_change_pages_and_listings_at_once(sites):
    url = "https://report.az/en/military/ministers-meet"
    before = get(sites, "report.az", "/en/military/ministers-meet")
    modified = dt.datetime(2026, 5, 2, 9, 0, tzinfo=dt.UTC)
    sites.edits[url] = Edit(changes={"headline": "Ministers met", "modified": modified})
    after = get(sites, "report.az", "/en/military/ministers-meet", If_None_Match=before.headers["ETag"])
    assert after.all("h1::text") == ["Ministers met"]
    assert get(sites, "report.az", "/en/search?query=ministers+met").status == 200
    sites.edits[url] = Edit(hidden=True)
    assert get(sites, "report.az", "/en/military/ministers-meet").status == 404
    assert get(sites, "report.az", "/en/search?query=ministers+met").status == 404
    del sites.edits[url]
    assert get(sites, "report.az", "/en/military/ministers-meet").body == before.body


def test_background_pages_are_whole_articles(sites):
    for path in get(sites, "report.az", "/ru/").all("a.news__item::attr(href)"):
        page = get(sites, "report.az", path)
        assert page.all("h1.section-title::text")
        assert len(page.all("div.news-detail__desc p")) >= 2
        assert page.all(".news-detail__head li::text")


def test_program_prints_its_address_and_stops_on_sigterm(tmp_path):
    port_file = tmp_path / "port"
    command = [sys.executable, "-m", "tests.replica", "--port-file", str(port_file), "--filler", "20"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, env=os.environ) as program:
        assert program.stdout is not None
        first = program.stdout.readline().strip()
        assert first == f"http://127.0.0.1:{port_file.read_text()}"
        program.send_signal(signal.SIGTERM)
        assert program.wait(timeout=10) == 0


def test_gzip_is_only_a_fault(sites):
    answer = get(sites, "report.az", ARTICLE, Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] is None
    with pytest.raises(zlib.error):
        zlib.decompress(answer.body)


def test_every_story_is_reached_through_the_listings():
    stories = load_stories()
    wanted = {article.url for story in stories for article in story.articles}
    found: set[str] = set()
    with Replica(stories) as own:
        for lang, prefix in REPORT_PREFIX.items():
            for section in {a.section for s in stories for a in s.articles if a.site == "report" and a.lang == lang}:
                page = get(own, "report.az", f"{prefix}/{section}")
                (more,) = page.all(".loadContainer::attr(data-url)")
                while cards := page.page.css("[data-timestamp]"):
                    found |= {f"https://report.az{link.rstrip('/')}" for link in cards.css("a::attr(href)").getall()}
                    last = quote(cards[-1].attrib["data-timestamp"])
                    page = get(own, "report.az", f"{more}?date={last}&oldest=1")
        for section in AZERNEWS:
            found |= set(get(own, "azernews.az", f"/{section}/").all("main a::attr(href)"))
        number = 1
        while rows := json.loads(get(own, "menafn.com", f"{MENAFN_JSON}-{number}").body):
            found |= {composed_url(row["link"]) for row in rows}
            number += 1
        for url in wanted:
            parts = urlsplit(url)
            assert get(own, parts.hostname, parts.path).status == 200, url
    assert sorted(wanted - found) == []


def composed_url(link: str) -> str:
    parts = urlsplit(link)
    return f"https://{parts.hostname}{composed(parts.path)}"
