"""Report.az as the replica serves it: selectors, forms and limits that are known."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlsplit

import pytest
from lxml import etree

from tests.replica.client import get
from tests.replica.server import Replica


def test_report_article_has_the_known_selectors(sites):
    page = get(sites, "report.az", "/en/military/ministers-meet")
    assert page.headers["Content-Type"] == "text/html"
    assert page.all("h1.section-title::text") == ["Ministers meet & talk"]
    assert page.all(".news-detail__head .news__category::text") == ["Military"]
    assert page.all(".news-detail__head .news__date li::text") == ["01 May, 2026", "16:19"]
    assert page.all(".news-detail__main-photo img::attr(alt)") == ["Ministers meet & talk"]
    assert page.all("div.news-detail__desc img::attr(alt)") == ["Ministers meet & talk"]
    assert page.text("div.news-detail__desc p") == "The ministers met on May 1, Report informs."
    assert page.all("div.news-detail__desc p a::text") == ["Report"]
    assert page.all("link[rel=canonical]::attr(href)") == ["https://report.az/en/military/ministers-meet"]
    assert page.all("meta[property='article:published_time']::attr(content)")[0].startswith("2026-05-01T16:19:")
    graph = json.loads(page.page.css("script[type='application/ld+json']::text").get())["@graph"]
    assert [node["@type"] for node in graph] == ["NewsArticle", "BreadcrumbList"]
    assert page.all(".other-version a::attr(href)") == [
        "/herbi-xeberler/nazir-gorusub",
        "/ru/drugie/ministry-vstretilis",
    ]
    assert page.all(".other-version .label::text")[:1] == ["Photo"]
    assert len(page.page.css(".strip")) == 2
    assert page.all(".feed-all::text") == ["All News Feed"]
    assert len(page.page.css(".feed-item__time")) == 9


def test_report_az_page_is_updated_lists_one_alternate_and_has_its_tags_in_the_body(sites):
    page = get(sites, "report.az", "/herbi-xeberler/nazir-gorusub/")
    assert page.all("h1::text") == ['Nazir "NATO" ilə görüşüb - YENİLƏNİB']
    assert page.all(".news-detail__head li::text") == ["01 may, 2026", "16:08"]
    assert page.all("div.news-detail__desc p a::text") == ['"Report"']
    assert page.all("div.news-detail__desc p::text")[-2:] == ["16:08", "Nazir görüşəcək."]
    assert page.all("div.news-detail__desc .tags a::text") == ["İordaniya", "Zakir Həsənov"]
    assert page.all(".other-version a::attr(href)") == ["/en/military/ministers-meet"]


def test_report_ru_page_has_no_category_and_no_alternates(sites):
    page = get(sites, "report.az", "/ru/drugie/ministry-vstretilis")
    assert page.all(".news-detail__head .news__category") == []
    assert page.all(".other-version") == []
    assert page.all(".news-detail__head li::text") == ["01 мая, 2026", "16:20"]


def test_report_templates_of_the_past(sites):
    previous = get(sites, "report.az", "/en/military/old-page/")
    assert previous.all("section.news-inner-page .news-wrapper .selected-news h1.news-title::text") == ["Old page"]
    assert previous.all(".category-date a.news-category::text") == ["Military"]
    assert previous.all(".news-date span::text") == ["03 June, 2021", "12:05"]
    assert previous.text("div.editor-body p") == "Drills began, Report informs."
    assert previous.all("time[itemprop=datePublished]::attr(datetime)")[0].startswith("2021-06-03T12:05:")
    assert previous.all(".subs-in-social.subs-whatsapp")
    oldest = get(sites, "report.az", "/en/military/oldest-page/")
    assert oldest.all(".date::text") == ["February 10, 2017 17:21"]
    assert oldest.text(".text p") == "Baku. 10 February. REPORT.AZ/ Drills ended."
    assert oldest.text(".subtitle") == "Drills ended."
    assert "Orphus sistemi" in oldest.body.decode()


def test_report_amp_twin_and_mirrors(sites):
    amp = get(sites, "report.az", "/en/amp/military/ministers-meet")
    assert amp.all("h1::text") == ["Ministers meet & talk"]
    assert amp.all(".amp-date::text") == ["1 May, 2026 / 16:19"]
    assert "Other News" in amp.body.decode()
    assert get(sites, "report.az", "/amp/herbi-xeberler/nazir-gorusub").status == 404
    page = get(sites, "report.az", "/en/military/ministers-meet").body
    for mirror in ("www", "dev", "static", "api"):
        assert get(sites, f"{mirror}.report.az", "/en/military/ministers-meet").body == page


@pytest.mark.parametrize("path", ["/son-xeberler", "/herbi-xeberler", "/en/military/", "/ru/armiya"])
def test_report_paging_ends_and_repeats_nothing(sites, path):
    page = get(sites, "report.az", path)
    assert len(page.page.css("div.index-post-block.col-md-3")) == 16
    (more,) = page.all(".loadContainer::attr(data-url)")
    seen: list[str] = []
    while cards := page.page.css("div.index-post-block[data-timestamp]"):
        for card in cards:
            assert card.css("ul.news__date > li::text").getall()[1].strip()
            assert card.css("h2.news__title::text").get("").strip()
            assert card.css("img::attr(data-src)").get("").endswith("_290.jpg")
        links = cards.css("a.news__item::attr(href)").getall()
        assert len(links) == len(cards)
        seen += links
        last = cards[-1].attrib["data-timestamp"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", last)
        page = get(sites, "report.az", f"{more}?date={quote(last)}&oldest=1")
        assert page.status == 200
    assert len(seen) == len(set(seen)) > 16
    host = "https://static.report.az" if path == "/son-xeberler" else ""
    expected = {
        "/son-xeberler": f"{host}/herbi-xeberler/nazir-gorusub",
        "/herbi-xeberler": "/herbi-xeberler/nazir-gorusub",
        "/en/military/": "/en/military/oldest-page/",
    }
    assert expected.get(path, seen[0]) in seen


def test_report_archive_shows_twelve_and_an_empty_day_is_missing(sites):
    assert len(get(sites, "report.az", "/archive/2026/05/04").page.css(".index-post-block")) == 12
    assert get(sites, "report.az", "/archive/2012/01/01").status == 404
    assert get(sites, "report.az", "/archive/2026/02/30").status == 404


def test_report_search(sites):
    found = get(sites, "report.az", "/search?query=nato")
    assert found.all("a.news__item::attr(href)") == ["/herbi-xeberler/nazir-gorusub"]
    assert get(sites, "report.az", "/search?query=qwertyuiop").status == 404
    assert get(sites, "report.az", "/search").status == 404


def test_report_feeds_and_sitemap(sites, stories):
    for path in ("/rss/", "/en/rss/", "/ru/rss/"):
        feed = etree.fromstring(get(sites, "report.az", path).body)
        assert len(feed.findall(".//item")) == 20
        assert all(stamp.text.endswith("+0400") for stamp in feed.iter("pubDate"))
    with Replica(stories, background=False) as bare:
        feed = etree.fromstring(get(bare, "report.az", "/en/rss/").body)
        assert feed.findtext(".//item/link") == "https://report.az/en/amp/military/ministers-meet"
        feed = etree.fromstring(get(bare, "report.az", "/rss/").body)
        assert feed.findtext(".//item/link") == "https://dev.report.az/herbi-xeberler/nazir-gorusub"
    sitemap = etree.fromstring(get(sites, "report.az", "/news-sitemap.xml").body)
    names = {"news": "http://www.google.com/schemas/sitemap-news/0.9"}
    assert set(sitemap.xpath("//news:language/text()", namespaces=names)) == {"az", "en", "ru"}


def test_report_short_link_leads_to_the_article(sites):
    short = get(sites, "report.az", "/en/military/ministers-meet").all(".copy-url::attr(data-url)")[0]
    answer = get(sites, "report.az", urlsplit(short).path)
    assert (answer.status, answer.headers["Location"]) == (301, "/en/military/ministers-meet")
