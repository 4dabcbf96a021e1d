"""AzerNews as the replica serves it."""

from __future__ import annotations

import re

from lxml import etree

from tests.replica.client import get
from tests.replica.server import Replica


def test_azernews_article_has_the_known_selectors(sites):
    page = get(sites, "www.azernews.az", "/nation/257001.html")
    assert page.all("span.me-3::text")[0] == "Monday May 4 2026"
    assert page.all("div.article-content-wrapper h2::text") == ["Ministers meet in Türkiye [PHOTOS]"]
    assert page.all("div.article-content-wrapper span.me-3::text")[0] == "1 May 2026 17:40 (UTC+04:00)"
    assert page.all("div.author h6::text") == ["Qabil Ashirov"]
    raw = page.page.css("div.article-content p").xpath("string()").getall()
    assert raw[0].startswith("Azernews reports")
    assert all(len(line) <= 67 for line in raw[0].split("\n"))
    assert "\n" in raw[0]
    assert raw[-2:] == ["--", "Follow us on Twitter @AzerNewsAz"]
    assert "Thank you!" in page.text(".subscribe-box")
    assert get(sites, "azernews.az", "/nation/257001.html").body == page.body


def test_azernews_paywall_and_agency_copy(sites):
    paid = get(sites, "www.azernews.az", "/analysis/191144.html")
    assert len(paid.all("div.article-content p")) == 6
    assert "Hidden." not in paid.body.decode()
    assert paid.all("div.author") == []
    agency = get(sites, "www.azernews.az", "/nation/127604.html")
    assert agency.text("div.article-content p") == "By Trend"
    assert agency.all("div.article-content-wrapper span.me-3::text")[0] == "21 February 2018 10:01 (UTC+04:00)"


def test_azernews_feed_has_25_items_whose_ids_are_not_in_order(sites):
    body = get(sites, "www.azernews.az", "/feed.php").body
    feed = etree.fromstring(body, etree.XMLParser(recover=True))
    links = [link.text for link in feed.iterfind(".//item/link")]
    assert len(set(links)) == 25
    assert all(re.fullmatch(r"https://www\.azernews\.az/[a-z_]+/\d{6}\.html", link) for link in links)
    numbers = [int(link[-11:-5]) for link in links]
    assert numbers != sorted(numbers, reverse=True)
    assert b" & " in body
    assert b"[PHOTOS]" not in body


def test_azernews_section_pages_end():
    with Replica([], filler=2200) as sites:
        path, seen = "/nation/", []
        while path:
            page = get(sites, "www.azernews.az", path)
            seen += page.all("a.news-item.large::attr(href), a.news-item.mb-3::attr(href), a.news-item-sm::attr(href)")
            path = next(iter(page.all("a.load-more::attr(href)")), None)
    assert len(seen) == len(set(seen)) > 440
    assert {link.rpartition("/")[0] for link in seen} == {"https://www.azernews.az/nation"}


def test_azernews_home(sites):
    home = get(sites, "www.azernews.az", "/")
    assert home.all("h2::text") == ["Nation", "World", "Armenian Aggression", "Armenian-Azerbaijani conflict"]
    assert len(home.page.css("div.col-12 > div.index-block-custom > a.news-item.large > img")) == 1
    assert home.all("ul.list-unstyled > li > a.news-item-sm .bg-thumb::attr(style)")[0].startswith(
        "background-image: url('/media/",
    )
