"""Listings in the sites' manner (reconstructions): cards, paging, feeds, sitemaps, JSON sections."""

from __future__ import annotations

import json

import pytest

from crawler.pages.listings import (
    ListingError,
    azernews_cards,
    feed,
    menafn_links,
    menafn_section,
    report_cards,
    sitemap,
)

CARD = """
<div class="index-post-block col-md-3" data-timestamp="2026-03-12 16:08:00">
  <a class="news__item" href="/herbi-xeberler/gorus" target="_blank"><img data-src="https://images.report.az/photo/1_290.jpg">
  <h2 class="news__title ">Nazirlər görüşüb</h2><span class="news__category">Hərbi</span>
  <ul class="news__date"><li>12 mart, 2026</li><li>16:08</li></ul></a></div>
"""


def test_report_cards_and_the_address_of_the_next_batch():
    page = f'<div class="row">{CARD}</div><div class="loadContainer" data-url="/infinity/herbi"></div>'
    listing = report_cards(page, "https://report.az/herbi-xeberler")
    (entry,) = listing.entries
    assert entry.address.url == "https://report.az/herbi-xeberler/gorus"
    assert entry.headline == "Nazirlər görüşüb"
    assert entry.published.isoformat() == "2026-03-12T12:08:00+00:00"
    assert listing.more == "https://report.az/infinity/herbi"
    assert listing.next_url == "https://report.az/infinity/herbi?date=2026-03-12+16%3A08%3A00&oldest=1"


def test_a_fragment_pages_on_with_the_address_of_the_first_page():
    listing = report_cards(CARD, "https://report.az/infinity/herbi?date=x", more="https://report.az/infinity/herbi")
    assert listing.next_url == "https://report.az/infinity/herbi?date=2026-03-12+16%3A08%3A00&oldest=1"


def test_paging_ends_with_an_empty_fragment():
    listing = report_cards("", "https://report.az/infinity/herbi?date=x", more="https://report.az/infinity/herbi")
    assert listing.entries == ()
    assert listing.next_url is None


def test_cards_of_the_previous_template():
    page = """<section class="news-feed-page pt-20"><div class="news-item flex infinity-item">
      <div class="image"><a href="/ru/armiya/x/"><img data-src="a.jpg"></a></div>
      <div class="info"><a href="/ru/armiya/">Армия</a><a class="title" href="/ru/armiya/vstrecha/" target="_blank">Встреча</a>
      <div class="news-date"><span>6 февраля, 2023</span><span>16:20</span></div></div></div></section>"""
    (entry,) = report_cards(page, "https://report.az/ru/armiya/").entries
    assert (entry.address.url, entry.headline) == ("https://report.az/ru/armiya/vstrecha", "Встреча")
    assert entry.published.isoformat() == "2023-02-06T12:20:00+00:00"


def test_azernews_cards_of_three_sizes_once_each():
    page = """<div class="col-12"><h2>Nation</h2><div class="index-block-custom">
      <a class="news-item large" href="/nation/254550.html"><img src="a.jpg"><h3>Large</h3><p>...</p></a></div>
      <a class="news-item mb-3" href="https://azernews.az/nation/254551.html"><h3>Half &amp; half</h3></a>
      <ul class="list-unstyled"><li><a class="news-item-sm" href="/region/254552.html"><h4>Small</h4></a></li>
      <li><a class="news-item-sm" href="/nation/254550.html"><h4>Large</h4></a></li></ul></div>"""
    entries = azernews_cards(page, "https://www.azernews.az/").entries
    assert [(entry.address.key, entry.headline) for entry in entries] == [
        ("azernews:254550", "Large"), ("azernews:254551", "Half & half"), ("azernews:254552", "Small"),
    ]  # fmt: skip


def test_renamed_classes_fall_back_to_addresses():
    page = '<a class="card2" href="/nation/254550.html">Minister receives delegation</a><a href="/nation/">All</a>'
    (entry,) = azernews_cards(page, "https://www.azernews.az/").entries
    assert entry.headline == "Minister receives delegation"


def test_menafn_story_links():
    page = '<ul class="popular-news-list"><li><a href="/1110464739/A-Title?src=RSS">A Title</a></li></ul>'
    (entry,) = menafn_links(page, "https://menafn.com/qn_news_sections.aspx?src=s").entries
    assert (entry.address.url, entry.provider) == ("https://menafn.com/1110464739/A-Title", None)


def test_menafn_json_section_names_the_provider_and_pages_on():
    rows = [{"newsid": "1110464739", "newsdate": "2025-12-11 05:12:48", "title": "A Title", "company": "AzerNews"}]
    listing = menafn_section(json.dumps(rows), "https://menafn.com/mobile/WebAPI/getnews/getsection/MobileEN_Home-1")
    (entry,) = listing.entries
    assert (entry.address.url, entry.provider) == ("https://menafn.com/1110464739", "AzerNews")
    assert entry.published.zone_assumed
    assert listing.next_url.endswith("MobileEN_Home-2")


def test_an_empty_json_section_ends_the_paging():
    assert menafn_section("[]", "https://menafn.com/x/MobileEN_Home-9").next_url is None


@pytest.mark.parametrize("body", ["<html>", '{"error": 1}', "7"])
def test_a_json_section_that_is_no_list_is_an_error(body):
    with pytest.raises(ListingError):
        menafn_section(body, "https://menafn.com/x/MobileEN_Home-1")


def test_a_feed_with_a_raw_ampersand_is_read_whole():
    body = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>AzerNews</title>
      <item><title>Q&A: minister  receives guests</title><link>http://azernews.az/nation/254550.html</link>
      <pubDate>Tue, 17 Feb 2026 14:05:00 +0400</pubDate></item>
      <item><title>Other</title><link>https://www.azernews.az/culture/254540.html</link></item></channel></rss>"""
    first, second = feed(body, "https://www.azernews.az/feed.php", "azernews").entries
    assert first.address.url == "https://www.azernews.az/nation/254550.html"
    assert first.headline.endswith("minister receives guests")
    assert first.published.isoformat() == "2026-02-17T10:05:00+00:00"
    assert second.published is None


def test_entities_of_a_feed_are_not_expanded():
    body = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">
      <!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&b;&x;</title>
      <link>https://report.az/en/military/x</link></item></channel></rss>"""
    (entry,) = feed(body, "https://report.az/en/rss/", "report").entries
    assert "root:" not in (entry.headline or "")
    assert "aaaa" not in (entry.headline or "")


@pytest.mark.parametrize("body", [b"", b"not xml", b"<html><body>Blocked</body></html>"])
def test_a_feed_that_is_no_feed_is_an_error(body):
    with pytest.raises(ListingError):
        feed(body, "https://report.az/rss/", "report")


def test_news_sitemap_mixes_languages():
    body = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://report.az/ru/drugie/vstrecha</loc>
      <news:news><news:publication><news:name>Report</news:name><news:language>az</news:language></news:publication>
      <news:publication_date>2026-03-12T16:20:00+04:00</news:publication_date><news:title>Министры</news:title>
      </news:news></url></urlset>""".encode()
    (entry,) = sitemap(body, "https://report.az/news-sitemap.xml", "report").entries
    assert (entry.address.lang, entry.headline) == ("ru", "Министры")
    assert entry.published.isoformat() == "2026-03-12T12:20:00+00:00"


def test_links_to_other_sites_and_scripts_are_no_entries():
    page = '<div class="index-post-block"><a class="news__item" href="javascript:alert(1)">x</a></div>'
    page += '<div class="index-post-block"><a class="news__item" href="https://evil.example/en/military/x">x</a></div>'
    assert report_cards(page, "https://report.az/en/military").entries == ()
