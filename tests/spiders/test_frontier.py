from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from crawler.extensions.run import Known
from crawler.items import Article, Headline
from crawler.pages.addresses import describe
from crawler.spiders.frontier import Frontier

NOW = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)
KNOWN, OTHER, REFUSED = (f"https://report.az/en/military/{name}" for name in ("known", "other", "refused"))
HEADLINE = "Azerbaijan’s Minister  meets guest"


class Run:
    """A run whose source knows one article, read when it was published, and was polled an hour ago."""

    started = NOW

    def __init__(self, published, polled=None):
        self._published, self._polled = published, polled or NOW - timedelta(hours=1)
        headline = Headline(lang="en", text=HEADLINE, raw=HEADLINE)
        article = Article(url=KNOWN, outlet="report.az", lang="en", headline=headline, paragraphs=("Text.",))
        self.store = SimpleNamespace(article={KNOWN: article}.get)

    def is_settled(self, url):
        return url == REFUSED

    def last_poll(self, _source, _langs, *, good):
        assert not good
        return self._polled

    def recent(self, _source, since):
        return [Known(KNOWN, self._published, self._published)] if since is None or self._published >= since else []


def frontier(published=NOW - timedelta(days=30), *, fresh=False):
    return Frontier(Run(published), "report", ("en",), fresh=fresh, after=[timedelta(hours=h) for h in (1, 6, 24, 72)])


@pytest.mark.parametrize(
    ("url", "headline", "how"),
    [
        (OTHER, None, "fetch"),
        (REFUSED, "Another provider's story", "skip"),
        (KNOWN, None, "skip"),
        (KNOWN, HEADLINE, "skip"),
        (KNOWN, "AZERBAIJAN'S MINISTER MEETS GUEST", "skip"),  # case and typography are no change
        (KNOWN, "Azerbaijan's Minister meets...", "skip"),  # a listing that cuts long headlines
        (KNOWN, f"{HEADLINE} - UPDATED", "refresh"),
        (KNOWN, "Azerbaijan's Minister receives guest", "refresh"),
    ],
)
def test_decision(url, headline, how):
    assert frontier().decide(describe(url), headline).how == how


def test_what_was_asked_for_is_fetched_however_well_it_is_known():
    fresh = frontier(NOW - timedelta(minutes=90), fresh=True)
    assert {fresh.decide(describe(url)).how for url in (KNOWN, OTHER, REFUSED)} == {"fetch"}
    assert list(fresh.due()) == []


@pytest.mark.parametrize(
    ("age", "due"),
    [
        (timedelta(minutes=30), False),
        (timedelta(minutes=90), True),
        (timedelta(hours=3), False),
        (timedelta(hours=6, minutes=30), True),
        (timedelta(hours=24, minutes=30), True),
        (timedelta(hours=72, minutes=30), True),
        (timedelta(hours=73), False),
        (timedelta(days=30), False),
    ],
)
def test_known_articles_are_due_by_their_age(age, due):
    chosen = frontier(NOW - age)
    assert [address.url for address in chosen.due()] == ([KNOWN] if due else [])
    assert chosen.decide(describe(KNOWN)).how == ("refresh" if due else "skip")
