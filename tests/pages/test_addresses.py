from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.addresses import describe


@pytest.mark.parametrize(
    ("given_url", "canonical", "lang", "section"),
    [
        ("https://report.az/herbi-xeberler/gorus", "https://report.az/herbi-xeberler/gorus", "az", "herbi-xeberler"),
        ("http://www.report.az/en/military/talks/", "https://report.az/en/military/talks", "en", "military"),
        ("https://report.az/en/amp/military/talks", "https://report.az/en/military/talks", "en", "military"),
        ("https://report.az/ru/amp/armiya/vstrecha?utm_source=x", "https://report.az/ru/armiya/vstrecha", "ru", "armiya"),
        ("https://dev.report.az/ru/armiya/vstrecha#top", "https://report.az/ru/armiya/vstrecha", "ru", "armiya"),
        ("https://static.report.az/az/herbi-xeberler/gorus", "https://report.az/herbi-xeberler/gorus", "az", "herbi-xeberler"),
        ("http://azernews.az/nation/251039.html", "https://www.azernews.az/nation/251039.html", "en", "nation"),
        ("https://www.azernews.az/oil_and_gas/251039.html?x=1", "https://www.azernews.az/oil_and_gas/251039.html", "en", "oil_and_gas"),
        ("https://menafn.com/1110464739/A-Title?source=255", "https://menafn.com/1110464739/A-Title", "en", None),
        ("https://menafn.com/1110464739/Tu%CC%88rkiye", "https://menafn.com/1110464739/T%C3%BCrkiye", "en", None),
        ("https://www.menafn.com/1110464739", "https://menafn.com/1110464739", "en", None),
    ],
)  # fmt: skip
def test_every_form_has_one_canonical_address(given_url, canonical, lang, section):
    address = describe(given_url)
    assert (address.url, address.lang, address.section) == (canonical, lang, section)
    assert address.is_article
    assert describe(address.url) == address


@pytest.mark.parametrize(
    "url",
    [
        "https://report.az/en/military", "https://report.az/son-xeberler", "https://report.az/archive/2026/02/06",
        "https://report.az/infinity/index?date=2026", "https://report.az/rss/", "https://report.az/",
        "https://www.azernews.az/nation/", "https://www.azernews.az/feed.php", "https://menafn.com/",
        "https://menafn.com/mobile/WebAPI/getnews/getsection/MobileEN_Home-1",
    ],
)  # fmt: skip
def test_listings_and_services_are_no_articles(url):
    assert not describe(url).is_article


@pytest.mark.parametrize("url", ["http://example.org/a/?p=1", "https://zerkalo.example/a-b/", "urn:sha256:" + "0" * 64])
def test_addresses_of_unknown_sites_are_kept_as_given(url):
    assert describe(url).url == url
    assert describe(url).source is None


@pytest.mark.parametrize("url", ["", "report.az/en/military/x", "ftp://report.az/x", "javascript:alert(1)", "https://"])
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(ValueError, match="not an absolute"):
        describe(url)


@given(st.sampled_from(["report.az", "www.azernews.az", "menafn.com"]), st.text("abcz-/0159.%?=", max_size=40))
def test_canonical_forms_are_stable(host, rest):
    address = describe(f"https://{host}/{rest}")
    assert describe(address.url).url == address.url
