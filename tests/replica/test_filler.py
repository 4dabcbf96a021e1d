"""Generated articles: their number, order and addresses."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.replica.calendars import CLOCK, day_in_text
from tests.replica.catalogue import Catalogue
from tests.replica.filler import Filler


@pytest.mark.parametrize("total", [0, 1, 4, 5, 9, 10, 37, 1000])
def test_filler_has_as_many_articles_as_asked(total):
    places = [("report", "az"), ("report", "en"), ("report", "ru"), ("azernews", "en"), ("menafn", "en")]
    filler = Filler(total)
    assert sum(filler.count(*place) for place in places) == total
    urls = [filler.post(*place, index).url for place in places for index in range(filler.count(*place))]
    assert len(set(urls)) == total
    meetings = list(filler.expected_meetings())
    assert set().union(*(meeting.urls for meeting in meetings)) <= set(urls)
    assert len(meetings) == -(-total // 10)


def test_filler_is_found_by_address_and_listed_in_order(stories):
    catalogue = Catalogue(stories, filler=2000)
    for site, lang in (("report", "az"), ("report", "ru"), ("azernews", "en"), ("menafn", "en")):
        whole = list(catalogue.newest(site, lang))
        assert whole == sorted(whole, key=lambda post: post.published, reverse=True)
        assert whole[0].published <= CLOCK
        for start in (1, 5, 50, 333, len(whole) - 1, len(whole)):
            assert list(catalogue.newest(site, lang, start=start)) == whole[start:]
        assert list(catalogue.newest(site, lang, before=whole[99].published)) == whole[100:]
    assert catalogue.find_report("az", "herbi-xeberler", "nazir-1000") is None
    post = Filler(2000).post("report", "ru", 77)
    assert catalogue.find_report("ru", post.section, post.slug) == post
    assert catalogue.find_number("azernews", 899_999 - 400) is None


def test_days_in_filler_texts():
    day = dt.date(2026, 3, 12)
    assert [day_in_text(day, lang) for lang in ("en", "az", "ru")] == ["March 12", "martın 12-də", "12 марта"]
    assert day_in_text(dt.date(2026, 5, 26), "az") == "mayın 26-da"
    assert day_in_text(dt.date(2026, 5, 20), "az") == "mayın 20-də"
    assert day_in_text(dt.date(2026, 5, 30), "az") == "mayın 30-da"
