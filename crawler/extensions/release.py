"""A page leaves quarantine when its article has been read and stored, by a newer parser or from a mended page."""

from __future__ import annotations

import logging

from scrapy import signals
from scrapy.crawler import Crawler
from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions.quarantine import files, page_name
from crawler.extensions.run import Run
from crawler.pages.addresses import describe
from crawler.pipelines import ReadArticle

logger = logging.getLogger(__name__)


class QuarantineRelease:
    """Extension that removes the quarantined file of every article that has just been stored."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = Run.of(crawler)
        self._names: set[str] = set()
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> QuarantineRelease:
        """Build the extension for one crawl."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """Note what is in quarantine before the crawl."""
        paths = files(self._run.data_dir)
        self._names = {path.name.split(".", 1)[0].rpartition("-")[2] for path in paths}

    def item_scraped(self, item: ReadArticle) -> None:
        """Remove the file of an article that is in the store now."""
        if not self._names or (name := page_name(item.article.url)) not in self._names:
            return
        self._names.discard(name)
        run, url = self._run, item.article.url
        assert self._crawler.stats is not None
        try:
            run.store.release(describe(url).url)
            for path in files(run.data_dir, name):
                path.unlink(missing_ok=True)
                self._crawler.stats.inc_value("quarantine/released")
                logger.info("%s leaves quarantine: it can be read now", url)
        except (OSError, SQLAlchemyError) as error:
            self._crawler.stats.inc_value("store/failed")
            logger.error("%s cannot leave quarantine: %s", url, error)
