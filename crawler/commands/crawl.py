"""``scrapy crawl`` for one or several sources, ending with a verdict a shell script can read."""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import NoReturn

from scrapy.commands import BaseRunSpiderCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions import logs
from crawler.extensions.ending import end
from crawler.extensions.locks import SourceLocks
from crawler.extensions.log_lines import sentence
from crawler.extensions.readiness import check
from crawler.extensions.run import Run, data_dir, store_url
from crawler.extensions.senders import Send
from crawler.extensions.setting_names import SettingError
from crawler.extensions.verdict import Outcome, Verdict, judge, worst
from crawler.feeds.atomic import sweep
from crawler.feeds.printing import say
from crawler.feeds.publication import LostStoreError
from crawler.meetings.overrides import OverridesError
from crawler.spiders.arguments import ArgumentError
from crawler.spiders.base import check_given
from crawler.store import StoreError

ALL = ("report", "azernews", "menafn")
"""What ``scrapy crawl all`` crawls, the proven source first."""

_log = logging.getLogger(__name__)

_GC_THRESHOLDS = (10_000, 20, 100)  # Python's 700, 10, 10: objects, collections of the young, of the middle-aged


class Command(BaseRunSpiderCommand):
    """Crawl sources; exit with the code of the worst verdict (docs/operations.md)."""

    requires_project = True
    _channels: Mapping[str, Send] = MappingProxyType({})
    _run_id = ""

    def syntax(self) -> str:
        """Return the usage line."""
        return "[options] <source>... | all"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Crawl one or several sources and publish the meetings"

    def long_desc(self) -> str:
        """Return what the help page says."""
        return (
            "Crawl sources (report, azernews, menafn, archive; all = the three sites) in one run. "
            "-O/-o FILE.jsonl writes the meetings this run touched, each once, in its final state. "
            "Exit codes: 0 done, 1 program error, 2 usage, 3 blocked, 4 site changed, 5 unreachable, 6 incomplete, "
            "7 already running, 8 store or feed not writable."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add -q to Scrapy's options."""
        super().add_options(parser)
        parser.add_argument("-q", "--quiet", action="store_true", help="no line of progress, no log but of errors")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options. Raises UsageError (exit 2) when the log cannot be written."""
        super().process_options(args, opts)
        assert self.settings is not None
        if opts.quiet:
            self.settings.set("PROGRESS", value=False, priority="cmdline")
            if not opts.loglevel:
                self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
        try:
            logs.install(self.settings)
        except (OSError, ValueError) as error:
            raise UsageError(f"the log cannot be written: {error}", print_help=False) from None

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the crawl. Raises UsageError (exit 2) for anything wrong with the command line."""
        assert self.settings is not None
        try:
            self._run(args, opts)
        except UsageError as error:
            if self.settings["LOG_FILE"]:
                _log.error("wrong usage, nothing was crawled: %s", error)
            raise

    def _run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        assert self.crawler_process is not None
        names = self._names(args)
        self._check(names, opts.spargs)
        with self._lock(names) as locks:
            busy = "the source is being crawled by another run"
            outcomes = [Outcome(name, Verdict.BUSY, busy, {}) for name in locks.busy]
            if locks.free:
                outcomes += self._crawl(locks, opts)
        self._report(outcomes)

    def _names(self, args: list[str]) -> list[str]:
        assert self.crawler_process is not None
        names = list(dict.fromkeys(name for arg in args for name in (ALL if arg == "all" else (arg,))))
        known = self.crawler_process.spider_loader.list()
        if not names:
            raise UsageError(f"name a source: {', '.join(sorted(known))} or all", print_help=False)
        if unknown := [name for name in names if name not in known]:
            hint = "unknown option" if unknown[0].startswith("-") else "unknown source"
            raise UsageError(f"{hint} {unknown[0]!r}; sources are {', '.join(sorted(known))} and all", print_help=False)
        return names

    def _check(self, names: list[str], arguments: dict[str, str]) -> None:
        assert self.settings is not None
        assert self.crawler_process is not None
        spiders = [self.crawler_process.spider_loader.load(name) for name in names]
        try:
            check_given([spider(**arguments) for spider in spiders])
            self._channels = check(self.settings, spiders)
        except (ArgumentError, SettingError) as error:
            raise UsageError(str(error), print_help=False) from None

    def _lock(self, names: list[str]) -> SourceLocks:
        assert self.settings is not None
        try:
            return SourceLocks(names, data_dir(self.settings), store_url(self.settings))
        except (OSError, SQLAlchemyError) as error:
            self._fail_storage(names, error)

    def _crawl(self, locks: SourceLocks, opts: argparse.Namespace) -> list[Outcome]:
        assert self.settings is not None
        assert self.crawler_process is not None
        names = locks.free
        try:
            sweep(data_dir(self.settings))
            run = Run(names, self.settings)
            self._run_id = run.id
            run.holds = locks.holds
        except (OverridesError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None
        except (LostStoreError, OSError, SQLAlchemyError) as error:
            self._fail_storage(names, error)
        crawlers = {name: self.crawler_process.create_crawler(name) for name in names}
        for crawler in crawlers.values():
            run.admit(crawler)
            self.crawler_process.crawl(crawler, **opts.spargs)
        # What is loaded stays to the end, and tables of names follow: looking through all of it for garbage again and
        # again takes a tenth of a run's time.
        gc.freeze()
        gc.set_threshold(*_GC_THRESHOLDS)
        self.crawler_process.start()
        for name in names:
            run.outcomes.setdefault(name, _unclosed(name, crawlers[name]))
        return end(run, self.settings, opts.spargs)

    def _fail_storage(self, names: list[str], error: Exception) -> NoReturn:
        self._report([Outcome(name, Verdict.STORAGE, sentence(error), {}) for name in names])
        sys.exit(self.exitcode)

    def _report(self, outcomes: list[Outcome]) -> None:
        assert self.settings is not None
        # a feed on standard output is not to be mixed with words
        stream = sys.stderr if "stdout:" in self.settings.getdict("FEEDS") else sys.stdout
        sys.stderr.flush()
        for outcome in outcomes:
            line = outcome.log_line(self._run_id)
            say(line, stream)
            if self.settings["LOG_FILE"]:  # all that scrapyd shows of a job
                _log.info(line)
        self.exitcode = worst([outcome.verdict for outcome in outcomes]).code
        if self._channels:
            from crawler.extensions.notifications import ended, notify

            notify(self._run_id, ended(outcomes, data_dir(self.settings), self._run_id), self._channels)


def _unclosed(name: str, crawler: Crawler) -> Outcome:
    """Return the outcome of a crawl whose spider was never closed: a second signal ends the process at once."""
    stats = crawler.stats.get_stats() if crawler.stats is not None else {}
    if "start_time" in stats:
        return judge(name, "a second signal", stats)
    return Outcome(name, Verdict.PROGRAM_ERROR, "the crawl did not start", {})
