from __future__ import annotations

import pytest

from crawler.extensions.verdict import Verdict, judge, worst


@pytest.mark.parametrize(
    ("reason", "stats", "verdict"),
    [
        ("finished", {"downloader/response_count": 9, "article/read": 5}, Verdict.DONE),
        ("finished", {"downloader/response_count": 3}, Verdict.DONE),
        ("finished", {"spider_exceptions/count": 1, "article/read": 5}, Verdict.PROGRAM_ERROR),
        ("finished", {"pipeline/failed": 1, "article/read": 5}, Verdict.PROGRAM_ERROR),
        ("start_error", {}, Verdict.PROGRAM_ERROR),
        ("storage", {"store/away": 1, "downloader/response_count": 9}, Verdict.STORAGE),
        ("busy", {"downloader/response_count": 9, "article/read": 5}, Verdict.BUSY),
        ("blocked", {"block/403": 1, "downloader/response_count": 1}, Verdict.BLOCKED),
        ("finished", {"robotstxt/forbidden": 8, "downloader/response_count": 1}, Verdict.BLOCKED),
        ("finished", {"downloader/exception_count": 4, "fetch/failed": 1}, Verdict.UNREACHABLE),
        ("finished", {"downloader/response_count": 9, "article/read": 5, "fetch/failed": 1}, Verdict.INCOMPLETE),
        ("shutdown", {"downloader/response_count": 9, "article/read": 5}, Verdict.INCOMPLETE),
        ("finished", {"downloader/response_count": 9, "channel/section/az/empty": 1}, Verdict.CHANGED),
        ("finished", {"downloader/response_count": 9, "article/read": 2, "article/unreadable/empty-body": 3}, Verdict.CHANGED),
        ("finished", {"downloader/response_count": 9, "article/read": 50, "article/unreadable/empty-body": 3}, Verdict.DONE),
        ("finished", {"downloader/response_count": 9, "article/read": 1, "article/unreadable/provider-not-accepted": 30}, Verdict.DONE),
        ("finished", {"downloader/response_count": 9, "store/failed": 1}, Verdict.STORAGE),
        ("unreachable", {"downloader/response_count": 4, "outage/timeout": 1}, Verdict.UNREACHABLE),
        ("finished", {"downloader/response_count": 9, "channel/feed/failed": 1, "channel/home/failed": 1, "fetch/failed": 2, "fetch/http-503": 2}, Verdict.UNREACHABLE),
        ("finished", {"downloader/response_count": 9, "channel/feed/failed": 1, "channel/home/pages": 1, "fetch/failed": 1}, Verdict.INCOMPLETE),
        ("finished", {"downloader/response_count": 9, "channel/feed/pages": 1, "channel/search/forbidden": 1, "robotstxt/forbidden": 1}, Verdict.DONE),
        ("finished", {"downloader/response_count": 2, "channel/feed/failed": 1, "channel/search/forbidden": 1, "robotstxt/forbidden": 2, "fetch/failed": 1}, Verdict.BLOCKED),
        ("finished", {"downloader/response_count": 3, "channel/feed/pages": 1, "channel/feed/not-modified": 1}, Verdict.DONE),
    ],
)  # fmt: skip
def test_statistics_to_verdict(reason, stats, verdict):
    assert judge("report", reason, stats).verdict is verdict


def test_the_worst_of_several_counts():
    assert worst([Verdict.DONE, Verdict.BUSY, Verdict.BLOCKED, Verdict.INCOMPLETE]) is Verdict.BLOCKED
    assert worst([Verdict.DONE, Verdict.DONE]) is Verdict.DONE
    assert worst([]) is Verdict.PROGRAM_ERROR


def test_codes_are_those_of_the_contract():
    assert {verdict.name: verdict.code for verdict in Verdict} == {
        "DONE": 0, "PROGRAM_ERROR": 1, "USAGE": 2, "BLOCKED": 3, "CHANGED": 4, "UNREACHABLE": 5, "INCOMPLETE": 6,
        "BUSY": 7, "STORAGE": 8,
    }  # fmt: skip


def test_the_line_says_what_to_do():
    line = judge("azernews", "finished", {"article/read": 12, "store/new": 3, "downloader/response_count": 20}).line()
    assert line == "azernews: done - 12 articles read (3 new); next: nothing to do"


def test_the_line_names_what_failed():
    stats = {
        "downloader/response_count": 9,
        "article/read": 5,
        "fetch/failed": 3,
        "fetch/timeout": 1,
        "fetch/http-503": 2,
    }
    outcome = judge("report", "finished", stats)
    assert outcome.detail == "3 pages failed after all retries: http-503 (2), timeout (1)"
    assert outcome.figures.failed_how == {"http-503": 2, "timeout": 1}


@pytest.mark.parametrize(
    ("stats", "detail"),
    [
        ({"pipeline/failed": 1}, "1 article failed in the program"),
        ({"pipeline/failed": 2, "spider_exceptions/count": 1}, "2 articles failed in the program; 1 page failed in the program"),
        ({"store/failed": 1}, "1 page could not be stored"),
        ({"store/failed": 3, "store/away": 2}, "3 pages could not be stored; the store could not be asked"),
    ],
)  # fmt: skip
def test_the_line_says_what_failed_of_our_own(stats, detail):
    assert judge("report", "finished", {"article/read": 5, **stats}).detail == detail


def test_raw_pages_that_were_lost_show_in_the_line():
    outcome = judge("report", "finished", {"article/read": 5, "raw_pages/failed": 7})
    assert outcome.verdict is Verdict.DONE
    assert outcome.line() == "report: done - 5 articles read, 7 raw pages not kept; next: nothing to do"


def test_an_outage_names_how_connections_failed():
    stats = {
        "downloader/exception_type_count/scrapy.exceptions.CannotResolveHostError": 4,
        "downloader/exception_type_count/crawler.middlewares.pacing.UnsentError": 9,
    }
    assert judge("report", "unreachable", stats).detail == "CannotResolveHostError"
