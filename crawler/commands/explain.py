"""``scrapy explain``: why a meeting holds the reports it does, and what keeps two meetings apart."""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.extensions.run import data_dir, store_url
from crawler.extensions.setting_names import check_names
from crawler.feeds.printing import say
from crawler.meetings.explain import in_lines, why_apart, why_together
from crawler.meetings.overrides import OverridesError, read_overrides
from crawler.store import Store, StoreError

_TWO = 2


class Command(ScrapyCommand):
    """Explain one meeting, or the difference of two."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return the usage line."""
        return "<meeting id> [<other meeting id>]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Print why a meeting holds its reports, or what keeps two meetings apart"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        """Print the explanation. Raises UsageError (exit 2) for an unknown id."""
        assert self.settings is not None
        check_names(self.settings)
        if not 1 <= len(args) <= _TWO:
            raise UsageError("name one meeting or two", print_help=False)
        try:
            overrides = read_overrides(data_dir(self.settings) / "overrides.toml")
            store = Store.open(store_url(self.settings))
        except (OverridesError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None
        with store:
            reports = [store.reports(meeting) for meeting in args]
            for meeting, found in zip(args, reports, strict=True):
                if not found:
                    raise UsageError(f"there is no meeting {meeting}", print_help=False)
            if len(reports) == 1:
                reasons = why_together(reports[0], overrides)
            elif reports[0][0].id in {report.id for report in reports[1]}:
                raise UsageError("both ids are of one meeting", print_help=False)
            else:
                reasons = why_apart(reports[0], reports[1], overrides)
            for line in in_lines(reasons):
                say(line)
