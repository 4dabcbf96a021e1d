"""MENAFN as the replica serves it: what its intake damages, and its JSON."""

from __future__ import annotations

import json
import re

import pytest

from tests.replica.client import get


def test_menafn_copy_is_damaged_as_known(sites):
    page = get(sites, "menafn.com", "/1111000001/any-slug")
    assert page.all("h1.main-entry-title::text") == ["Ministers Meet In Türkiye"]
    assert page.all("span.entry-date::text") == ["2026-05-01 02:55:" + page.all("span.entry-date::text")[0][-2:]]
    assert page.all("#ContentPlaceHolder1_lbl_date_story::text") == page.all("span.entry-date::text")
    story = page.text("#ContentPlaceHolder1_div_story_body")
    assert story.startswith("(MENAFN- AzerNews) Qabil Ashirov Read more Azernews reports")
    assert "the“Book of Honor” was" in story
    assert "sixty-sevencolumns" in story or re.search(r"[a-z](?:ministers|columns|fill|paragraph|that)\b", story)
    first = page.page.css("#ContentPlaceHolder1_div_story_body p").xpath("string()").get("")
    assert first.startswith("The talks were long")
    assert page.all("a#ContentPlaceHolder1_a_logo_anchor span::text") == ["AzerNews"]
    assert page.all("div.entry-summary b::text")[-1] == "Legal Disclaimer:"
    assert "MENAFN01052026000195011045ID1111000001" in page.body.decode()
    assert page.text("#errorBlock").startswith("403")
    assert "Tuesday, 02 January 2024 12:17 GMT" in page.body.decode()
    assert page.all("link[rel=canonical]::attr(href)") == [
        "https://menafn.com/1111000001/Ministers-Meet-In-Tu%CC%88rkiye"
    ]
    assert page.all("#div_mostPop h3::text") == ["More Stories"]


def test_menafn_serves_by_id_and_old_form_of_date(sites):
    page = get(sites, "menafn.com", "/1108710837")
    assert re.fullmatch(r"9/24/2024 3:11:\d\d PM", page.all("span.entry-date::text")[0])
    assert page.text("#ContentPlaceHolder1_div_story_body").startswith("MENAFN - AzerNews) Teaser")
    assert page.all("div.entry-summary b::text") == []
    assert "000195011045" not in page.body.decode()
    for path in ("/1108710837/x?src=RSS", "/qn_news_story_s.aspx?storyid=1108710837&title=x"):
        assert get(sites, "menafn.com", path).body == page.body
    assert get(sites, "menafn.com", "/1000000001/none").status == 404


def test_menafn_json_pages_mix_providers_and_end(sites):
    number, rows = 1, []
    while batch := json.loads(
        get(sites, "menafn.com", f"/mobile/WebAPI/getnews/getsection/MobileEN_Home-{number}").body
    ):
        assert len(batch) <= 10
        rows += batch
        number += 1
    assert len({row["newsid"] for row in rows}) == len(rows)
    assert {"AzerNews", "Trend", "MENAFN"} <= {row["company"] for row in rows}
    copy = next(row for row in rows if row["newsid"] == "1111000001")
    twin = next(row for row in rows if row["newsid"] == str(1111000001 - 337))
    assert (copy["company"], twin["company"]) == ("AzerNews", "Trend")
    assert copy["link"].rpartition("?")[0].rpartition("/")[2] == twin["link"].rpartition("/")[2]
    (story,) = json.loads(get(sites, "menafn.com", "/mobile/WebAPI/getnews/getstory/1111000001").body)
    assert story["providerName"] == "AzerNews"
    assert story["newsBody"].startswith("(MENAFN- AzerNews) Azernews reports")
    assert get(sites, "menafn.com", "/mobile/WebAPI/getnews/getsection/MobileEN_Nothing-1").status == 404


@pytest.mark.parametrize("path", ["/", "/qn_news_sections.aspx?src=s", "/qn_news_sections.aspx?src=c&country=Asia"])
def test_menafn_listings(sites, path):
    page = get(sites, "menafn.com", path)
    assert len(page.all("ul.popular-news-list > li > a::attr(href)")) == 12
    assert len(page.all("div.img-wrapper > a::attr(href)")) == 4
    assert len(page.all("div.img-wrapper > div > a::attr(href)")) == 4
