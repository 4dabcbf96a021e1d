"""``scrapy browse``: the analysts' pages on loopback."""

from __future__ import annotations

import argparse
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions.run import data_dir, store_url
from crawler.extensions.setting_names import check_names
from crawler.store import StoreError


class Command(ScrapyCommand):
    """Serve the analysts' database as pages, after bringing it up to date with the store."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the usage line."""
        return "[options]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Show the meetings as pages: charts, search, tables"

    def long_desc(self) -> str:
        """Return what the help page says."""
        return (
            "Bring DATA_DIR/browse/analysts.db up to date with the store and serve it as pages, read-only, on this "
            "machine only, until interrupted."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=8001, help="0 takes a free one (default: 8001)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve. Raises UsageError (exit 2) when there is no store, a package is missing or the port is taken."""
        from crawler.browse.rebuilding import bring_up_to_date
        from crawler.browse.server import BrowseError, serve
        from crawler.feeds.analysts import AnalystsDatabaseError

        assert self.settings is not None
        check_names(self.settings)
        if args:
            raise UsageError(f"unknown argument {args[0]!r}", print_help=False)
        path = data_dir(self.settings) / "browse" / "analysts.db"
        try:
            bring_up_to_date(path, store_url(self.settings))
            serve(path, host=opts.host, port=opts.port)
        except (BrowseError, AnalystsDatabaseError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None
        except (OSError, SQLAlchemyError) as error:
            raise UsageError(f"{type(error).__name__}: {error}", print_help=False) from None
