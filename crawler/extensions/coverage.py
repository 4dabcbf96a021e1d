"""Which template gave each article, by which level, and how far its body stands from the generic extractor's."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse

from crawler import pages
from crawler.extensions.figures import FIELDS
from crawler.extensions.run import Run
from crawler.items import Article
from crawler.knowledge import table
from crawler.pages import Page, PageError
from crawler.pipelines import ReadArticle

if TYPE_CHECKING:
    from crawler.pages.parser import Parser

# Levels that any page of any site may have: they still answer when a template is gone.
_OF_ANY_PAGE: Final = ("json-ld ", "meta ", "title")


@cache
def _parsers() -> dict[str, type[Parser]]:
    from crawler.pages.reading import PARSERS  # noqa: PLC0415 - the readers are there once an article is

    return {parser.name: type(parser) for parsers in PARSERS.values() for parser in parsers}


class Coverage:
    """Extension that counts ``layout/...`` for every stored article and compares a few bodies a run.

    The comparison costs milliseconds a page, and a second once: the first pages of a run are taken, then one each time
    their number has doubled, eight at most.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._sample = table("floors")["sample"]
        self._eligible = 0
        self._next = 1
        self._agreements: list[float] = []
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Coverage:
        """Build the extension for one crawl of a run."""
        Run.of(crawler)
        return cls(crawler)

    def item_scraped(self, item: ReadArticle, response: Response | None) -> None:
        """Count one article that was read and stored."""
        from crawler.pages.parser import GENERIC  # noqa: PLC0415

        article = item.article
        self._count(f"layout/page/{article.parser or 'text'}")
        if article.published is None:
            self._count("article/undated")
        parser = _parsers().get(article.parser)
        if parser is None:
            return
        for name in FIELDS:
            self._count_level(name, parser, article.matched.get(name))
        if isinstance(response, TextResponse) and article.matched.get("body") not in GENERIC:
            self._compare(article, response)

    def _count_level(self, name: str, parser: type[Parser], level: str | None) -> None:
        from crawler.pages.parser import GENERIC  # noqa: PLC0415

        levels = {"headline": parser.headline, "published": parser.published, "body": parser.body}[name]
        primary = level == levels[0][0]
        self._count(f"layout/judged/{name}")
        self._count(f"layout/primary/{name}", int(primary))
        own = level is not None and level not in GENERIC and not level.startswith(_OF_ANY_PAGE)
        self._count(f"layout/own/{name}", int(primary or own))

    def _compare(self, article: Article, response: TextResponse) -> None:
        if len(self._agreements) >= self._sample["most"] or len(article.text.split()) < self._sample["words"]:
            return
        self._eligible += 1
        if self._eligible < self._next:
            return
        self._next = self._eligible + 1 if self._eligible < self._sample["first"] else self._eligible * 2
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        try:
            value = pages.agreement(article, Page(url=response.url, body=response.body, content_type=content_type))
        except PageError:
            return
        if value > 0:  # 0: the extractor found no text at all, which says nothing of ours
            self._agreements.append(round(value, 3))
            assert self._crawler.stats is not None
            self._crawler.stats.set_value("layout/agreement", list(self._agreements))

    def _count(self, key: str, count: int = 1) -> None:
        assert self._crawler.stats is not None
        self._crawler.stats.inc_value(key, count)
