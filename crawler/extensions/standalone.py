"""A crawl that a script or ``scrapy runspider`` starts: it begins, locks and publishes as ``scrapy crawl`` does."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions.ending import end
from crawler.extensions.locks import SourceLocks
from crawler.extensions.log_lines import PlainLines, sentence
from crawler.extensions.readiness import check
from crawler.extensions.run import Run, data_dir, store_url
from crawler.extensions.senders import Send
from crawler.extensions.setting_names import SettingError
from crawler.extensions.verdict import Outcome, Verdict, worst
from crawler.feeds.atomic import sweep
from crawler.feeds.publication import LostStoreError
from crawler.meetings.overrides import OverridesError
from crawler.spiders.source import SourceSpider
from crawler.store import StoreError

logger = logging.getLogger(__name__)

EXIT_CODE: Final = "run/exit_code"
VERDICT: Final = "run/verdict"
"""Names under which a script finds in the statistics of its crawler how the run ended."""


def is_source(crawler: Crawler) -> bool:
    """Tell whether a source is crawled from its own start.

    The shell starts no crawl, ``scrapy fetch`` and ``scrapy parse`` put another start into a spider, and a spider that
    is none of this program's has one of its own.
    """
    return crawler.crawling and crawler.spidercls.start is SourceSpider.start


class Standalone:
    """Extension that makes a run of its own for a source that nobody has admitted to one.

    The run is published when the crawl has ended. A run that cannot begin ends the crawl before anything is asked for.
    Its verdict is one line of the log, and stands in the statistics as ``run/verdict`` and ``run/exit_code``. It comes
    before all components that belong to a run.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._name: Final = crawler.spidercls.name
        self._channels: Mapping[str, Send] = MappingProxyType({})
        self._locks: SourceLocks | None = None
        self._run: Run | None = None
        self._refused = self._begin()
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Standalone:
        """Build the extension for one crawl. Raises NotConfigured where there is nothing to do."""
        if Run.is_known(crawler) or not is_source(crawler):
            raise NotConfigured
        return cls(crawler)

    def _begin(self) -> Outcome | None:
        """Begin the run; return the outcome of one that cannot begin."""
        settings = self._crawler.settings
        try:
            self._channels = check(settings, [self._crawler.spidercls])
            folder = data_dir(settings)
            self._locks = SourceLocks([self._name], folder, store_url(settings))
            if self._locks.busy:
                return Outcome(self._name, Verdict.BUSY, "the source is being crawled by another run", {})
            sweep(folder)
            self._run = Run([self._name], settings)
        except (OverridesError, SettingError, StoreError) as error:
            return Outcome(self._name, Verdict.USAGE, str(error), {})
        except (LostStoreError, OSError, SQLAlchemyError) as error:
            return Outcome(self._name, Verdict.STORAGE, sentence(error), {})
        self._run.holds = self._locks.holds
        self._run.admit(self._crawler)
        return None

    def spider_opened(self, spider: Spider) -> None:  # noqa: ARG002 - the signal's argument
        """Keep pages from writing lines of the log; end a crawl whose run could not begin. Raises CloseSpider."""
        for handler in logging.root.handlers:  # Scrapy has just put its own there again
            if not any(isinstance(one, PlainLines) for one in handler.filters):
                handler.addFilter(PlainLines())
        if self._refused is None:
            return
        self._tell([self._refused])
        self._let_go()
        raise CloseSpider(self._refused.verdict.name.lower())

    def engine_stopped(self) -> None:
        """Publish what the crawl has found."""
        if self._run is None:
            return
        given = getattr(self._crawler.spider, "given", {})
        try:
            self._tell(end(self._run, self._crawler.settings, given), self._run.id)
        finally:
            self._run.store.close()
            self._let_go()

    def _tell(self, outcomes: Sequence[Outcome], run: str = "") -> None:
        assert self._crawler.stats is not None
        verdict = worst([outcome.verdict for outcome in outcomes])
        self._crawler.stats.set_value(VERDICT, verdict.name.lower())
        self._crawler.stats.set_value(EXIT_CODE, verdict.code)
        for outcome in outcomes:
            level = logging.INFO if outcome.verdict is Verdict.DONE else logging.ERROR
            logger.log(level, "%s", outcome.log_line(run))
        if self._channels:
            from crawler.extensions.notifications import ended, notify  # noqa: PLC0415 - few runs need it

            notify(run, ended(outcomes, data_dir(self._crawler.settings), run), self._channels)

    def _let_go(self) -> None:
        if self._locks is not None:
            self._locks.close()
