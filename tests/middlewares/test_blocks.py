from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from crawler.middlewares import blocks
from crawler.middlewares.blocks import BlockedError, BlockMiddleware, is_challenge


class Stats:
    def inc_value(self, key, count=1):
        pass


class Crawler:
    stats = Stats()


def page(status=200, body=b"<html><body><h1>Minister meets</h1></body></html>"):
    return HtmlResponse("https://report.az/en/military/x", status=status, body=body)


@pytest.fixture
def closed(monkeypatch):
    reasons = []
    monkeypatch.setattr(blocks, "close_source", lambda _crawler, reason: reasons.append(reason))
    return reasons


@pytest.mark.parametrize(
    ("statuses", "blocked_at"),
    [
        ([403], 0),  # the first answer of all
        ([401], 0),
        ([429], 0),
        ([200, 429], 1),  # it comes here after the retries
        ([200, 403, 200, 403, 200, 403], None),  # stories that were withdrawn
        ([200, 403, 403, 200], None),
        ([200, 403, 403, 403], 3),
        ([200, 404, 500, 200], None),
    ],
)
def test_a_refusal_is_told_from_a_page_that_is_not_to_be_had(statuses, blocked_at, closed):
    middleware = BlockMiddleware(Crawler())
    for at, status in enumerate(statuses):
        if at == blocked_at:
            with pytest.raises(BlockedError):
                middleware.process_spider_input(page(status))
            assert closed == ["blocked"]
            return
        middleware.process_spider_input(page(status))
    assert blocked_at is None
    assert closed == []


@pytest.mark.parametrize(
    ("body", "challenge"),
    [
        (b"<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h/b/orchestrate'></script>", True),
        (b"<title>Attention Required! | Cloudflare</title><div class='cf-browser-verification'>", True),
        # a site behind the same wall carries its script on every page
        (b"<h1>Minister meets</h1><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>", False),
        (b"<h1>Hackers beat a page that says Just a moment</h1>", False),
    ],
)
def test_challenge_pages(body, challenge):
    assert is_challenge(page(body=body)) is challenge
