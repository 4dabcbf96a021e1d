"""The way of an article: read its meetings, store it. Each step is thin and calls the package that knows how."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy.crawler import Crawler
from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions.item_faults import UnstoredError
from crawler.extensions.run import Run
from crawler.feeds.printing import say
from crawler.items import Article

if TYPE_CHECKING:
    from crawler.mentions import Reading

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article with what was read out of it."""

    article: Article
    reading: Reading


class _Step:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = Run.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> _Step:
        """Build the step for one crawl."""
        return cls(crawler)

    def _count(self, key: str, count: int = 1) -> None:
        assert self._crawler.stats is not None
        self._crawler.stats.inc_value(key, count)


class MentionsPipeline(_Step):
    """Article to ReadArticle: every meeting the text reports, or the reason why it reports none."""

    def process_item(self, item: Article) -> ReadArticle:
        """Read the mentions; an article without any goes on too, so that it is known."""
        from crawler.mentions import read_mentions  # noqa: PLC0415 - a poll with nothing new reads nothing

        reading = read_mentions(item)
        self._count("mention/read", len(reading.mentions))
        if not reading.mentions:
            self._count(f"mention/none/{reading.dropped}")
        if self._crawler.settings.getbool("EXPLAIN"):
            from crawler.mentions.explain import explain  # noqa: PLC0415 - few runs need it

            say(explain(item, reading))
        return ReadArticle(item, reading)


class StorePipeline(_Step):
    """ReadArticle to the store, in one transaction with its mentions and meetings."""

    def process_item(self, item: ReadArticle) -> ReadArticle:
        """Store the article; a store that cannot be written fails the verdict, not the other items.

        Raises UnstoredError.
        """
        run = self._run
        try:
            recorded = run.store.record(
                item.article,
                item.reading.mentions,
                run=run.id,
                now=datetime.now(UTC),
                dropped=item.reading.dropped,
            )
        except SQLAlchemyError as error:
            raise UnstoredError(item.article.url, error) from error
        assert self._crawler.spider is not None
        run.note(self._crawler.spider.name, recorded)
        self._count("store/new", int(recorded.new))
        self._count("store/changed", int(recorded.changed and not recorded.new))
        return item
