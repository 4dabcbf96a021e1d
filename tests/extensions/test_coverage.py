"""The counts of templates and levels, the sample of bodies, and the release from quarantine."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from crawler.extensions.coverage import Coverage
from crawler.extensions.figures import figures
from crawler.extensions.quarantine import keep, listed
from crawler.extensions.release import QuarantineRelease
from crawler.extensions.run import Run
from crawler.mentions import Reading
from crawler.pages import Page, PageError, read_article
from crawler.pipelines import ReadArticle

WORDS = " ".join(
    f"In the {number}th exercise of the year units of the Land Forces crossed the river and took the heights."
    for number in range(4)
)


def page(number, *, headline="h1.section-title", body="news-detail__desc"):
    tag, _, name = headline.partition(".")
    html = f"""<html lang="en"><head><title>x</title></head><body><div class="news-detail__head">
    <{tag} class="{name}">Exercise number {number} is over</{tag}>
    <ul class="news__date"><li>6 February, 2026</li><li>12:19</li></ul></div>
    <div class="{body}"><p>{WORDS}</p><p>The {number}th exercise is over, the ministry told Report.</p></div></body></html>"""
    return f"https://report.az/en/military/exercise-number-{number}-is-over", html.encode()


@pytest.fixture
def crawler(tmp_path):
    crawler = get_crawler(settings_dict={"DATA_DIR": str(tmp_path), "OVERLAP_DAYS": 3})
    crawler.stats = MemoryStatsCollector(crawler)
    run = Run([crawler.spidercls.name], crawler.settings)
    run.admit(crawler)
    with run.store:
        yield crawler


def read(url, body):
    response = HtmlResponse(url, body=body, headers={"Content-Type": "text/html; charset=utf-8"})
    article = read_article(Page(url=url, body=body, content_type="text/html; charset=utf-8"))
    return {"item": ReadArticle(article, Reading((), "no-meeting", ())), "response": response}


def test_first_selectors_and_sampled_bodies(crawler):
    coverage = Coverage.from_crawler(crawler)
    for number in range(20):
        coverage.item_scraped(**read(*page(number)))
    taken = figures("finished", crawler.stats.get_stats())
    assert taken.layouts == {"report/2025": 20}
    assert taken.judged == taken.primary == taken.own == dict.fromkeys(("headline", "body", "published"), 20)
    assert len(taken.agreement) == 6  # pages 1, 2, 3, 4, 8, 16
    assert taken.usual_agreement > 0.8


def test_another_selector_of_the_template_counts_as_its_own(crawler):
    coverage = Coverage.from_crawler(crawler)
    coverage.item_scraped(**read(*page(1, headline="h1.title")))
    taken = figures("finished", crawler.stats.get_stats())
    assert (taken.primary["headline"], taken.own["headline"], taken.judged["headline"]) == (0, 1, 1)


def test_a_body_of_the_generic_extractor_is_not_compared_with_itself(crawler):
    coverage = Coverage.from_crawler(crawler)
    coverage.item_scraped(**read(*page(1, body="c12345")))
    taken = figures("finished", crawler.stats.get_stats())
    assert (taken.own["body"], taken.judged["body"], taken.agreement) == (0, 1, ())


def test_an_article_without_a_response_is_counted(crawler):
    coverage = Coverage.from_crawler(crawler)
    item = read(*page(1))["item"]
    coverage.item_scraped(item, None)
    assert figures("finished", crawler.stats.get_stats()).layouts == {"report/2025": 1}


def test_a_page_leaves_quarantine_when_its_article_is_stored(crawler, tmp_path):
    crawler.spider = SimpleNamespace(name="report")
    settings = Settings({"DATA_DIR": str(tmp_path), "STORE_URL": "", "OVERLAP_DAYS": 3})
    with Run(["report"], settings).store:
        pass
    for number in (1, 2):
        url, body = page(number)
        keep(tmp_path, Page(url, body, "text/html"), PageError("empty-body", ""), "run", datetime.now(UTC))
    run = Run(["report"], settings)
    run.admit(crawler)
    release = QuarantineRelease.from_crawler(crawler)
    release.spider_opened()
    release.item_scraped(read(*page(2))["item"])
    release.item_scraped(read(*page(3))["item"])
    assert [one.url for one in listed(tmp_path)] == [page(1)[0]]
    assert crawler.stats.get_value("quarantine/released") == 1
    run.store.close()
