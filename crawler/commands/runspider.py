"""``scrapy runspider FILE``, which ends with the exit code of the run when the file has a source of this program."""

from __future__ import annotations

import argparse

from scrapy import Spider
from scrapy.commands import runspider
from scrapy.crawler import Crawler

from crawler.extensions.standalone import EXIT_CODE
from crawler.spiders.source import SourceSpider


class Command(runspider.Command):
    """Run the spider of a file; the exit codes of a source are those of ``scrapy crawl``."""

    _source: Crawler | None = None

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        assert self.crawler_process is not None
        if isinstance(spidercls, str) or not issubclass(spidercls, SourceSpider):
            return super()._create_crawler(spidercls)  # and Scrapy's warning when it is asked for a feed
        self._source = self.crawler_process.create_crawler(spidercls)
        return self._source

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider. Raises UsageError (exit 2) when there is none in the file."""
        super().run(args, opts)
        if self._source is not None and not self.exitcode:
            self.exitcode = self._source.stats.get_value(EXIT_CODE, 1)
