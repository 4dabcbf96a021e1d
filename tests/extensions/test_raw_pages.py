from __future__ import annotations

import logging

import pytest
from scrapy.http import HtmlResponse, Request
from scrapy.utils.test import get_crawler
from warcio.archiveiterator import ArchiveIterator

from crawler.extensions.raw_pages import FILE, RawPages
from crawler.extensions.run import Run
from crawler.spiders.report import ReportSpider

BODY = b"<h1>Nazirl\xc9\x99r g\xc3\xb6r\xc3\xbc\xc5\x9f\xc3\xbcb</h1>"


@pytest.fixture
def crawler(tmp_path):
    crawler = get_crawler(ReportSpider, settings_dict={"DATA_DIR": str(tmp_path), "RAW_PAGES_MB": 1})
    run = Run(["report"], crawler.settings)
    run.admit(crawler)
    yield crawler
    run.store.close()


def answer(raw_pages, number, body=BODY):
    url = f"https://report.az/en/military/{number}"
    raw_pages.response_received(HtmlResponse(url, body=body), Request(url), None)


def test_what_came_is_kept(crawler):
    raw_pages = RawPages(crawler)
    for number in range(3):
        answer(raw_pages, number)
    raw_pages.spider_closed(None)
    with (Run.of(crawler).folder / FILE).open("rb") as file:
        kept = [(r.rec_headers["WARC-Target-URI"], r.content_stream().read()) for r in ArchiveIterator(file)]
    assert kept == [(f"https://report.az/en/military/{number}", BODY) for number in range(3)]
    assert not [key for key in crawler.stats.get_stats() if key.startswith("raw_pages/")]


def test_pages_that_the_disk_does_not_take_are_counted_and_said_once(crawler, caplog):
    (Run.of(crawler).folder / FILE).mkdir()  # what can be neither opened nor written
    raw_pages = RawPages(crawler)
    with caplog.at_level(logging.ERROR):
        for number in range(3):
            answer(raw_pages, number)
    assert crawler.stats.get_value("raw_pages/failed") == 3
    assert [record.message.split(":")[0] for record in caplog.records] == [
        "raw pages of this run are not kept any further"
    ]


def test_pages_over_the_limit_are_counted_apart(crawler):
    raw_pages = RawPages(crawler)
    answer(raw_pages, 1, bytes(2**20 + 1))
    answer(raw_pages, 2)
    raw_pages.spider_closed(None)
    assert crawler.stats.get_value("raw_pages/over_limit") == 1
    assert crawler.stats.get_value("raw_pages/failed") is None
