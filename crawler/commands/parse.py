"""``scrapy parse URL``: what is read out of one page. Nothing is stored and nothing published."""

from __future__ import annotations

import argparse
import json
import sys
import warnings

from scrapy.commands import parse
from scrapy.exceptions import ScrapyDeprecationWarning, UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from crawler.extensions.readiness import check
from crawler.extensions.setting_names import SettingError
from crawler.feeds.printing import leaving, say
from crawler.items import Article
from crawler.pages.addresses import describe


class Command(parse.Command):
    """Fetch a page of a source; print its article, the meetings it reports, and what it links."""

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Fetch a page of a source and print its article and meetings, without storing them"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options. Raises UsageError (exit 2) for a feed, which only a run writes."""
        super().process_options(args, opts)
        assert self.settings is not None
        if (self.settings.getpriority("LOG_LEVEL") or 0) < SETTINGS_PRIORITIES["cmdline"]:
            self.settings.set("LOG_LEVEL", "WARNING", priority="cmdline")  # what is printed is the answer
        if opts.output or opts.overwrite_output:
            raise UsageError(
                "parse only prints: a feed is written by scrapy crawl SOURCE -a urls=FILE -O FEED", print_help=False
            )

    def set_spidercls(self, url: str, opts: argparse.Namespace) -> None:
        """Take the spider of the address's site. Raises UsageError when it has none, or a setting is wrong."""
        assert self.settings is not None
        assert self.crawler_process is not None
        known = self.crawler_process.spider_loader.list()
        opts.spider = opts.spider or describe(url).source
        if opts.spider not in known:
            raise UsageError(
                f"{url} is of no source; sources are {', '.join(sorted(known))}, chosen with --spider", print_help=False
            )
        try:
            check(self.settings, [self.crawler_process.spider_loader.load(opts.spider)])
        except SettingError as error:
            raise UsageError(str(error), print_help=False) from None
        super().set_spidercls(url, opts)

    def start_parsing(self, url: str, opts: argparse.Namespace) -> None:
        """Fetch and read the page; exit with 1 when there was none."""
        # Scrapy's own command does what Scrapy deprecates
        warnings.filterwarnings("ignore", ".* returned a Deferred", ScrapyDeprecationWarning)
        super().start_parsing(url, opts)
        if self.first_response is None:
            self.exitcode = 1

    def print_results(self, opts: argparse.Namespace) -> None:
        """Print everything, as long as somebody reads."""
        with leaving(sys.stdout):
            super().print_results(opts)

    def print_items(self, lvl: int | None = None, colour: bool = True) -> None:  # noqa: ARG002 - Scrapy's
        """Print how each article was read and, as records of the feed, the meetings it reports."""
        from crawler import api
        from crawler.mentions import read_mentions
        from crawler.mentions.explain import explain

        found = self.items.values() if lvl is None else [self.items.get(lvl, [])]
        for article in (item for items in found for item in items if isinstance(item, Article)):
            say(f"# Article  {'-' * 66}")
            say(explain(article, read_mentions(article)))
            say(f"# Meetings  {'-' * 65}")
            say(json.dumps(api.resolve([article]), ensure_ascii=False, indent=2))
