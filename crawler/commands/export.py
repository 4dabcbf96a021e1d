"""``scrapy export``: the deduplicated set from the store, in the formats of analysts and databases."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, get_args

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions.run import data_dir, store_url
from crawler.extensions.setting_names import check_names
from crawler.extensions.verdict import Verdict
from crawler.feeds.extras import MissingExtraError
from crawler.feeds.printing import say
from crawler.feeds.progress import showing
from crawler.feeds.publication import LostStoreError, check_store
from crawler.items import Kind, Status
from crawler.store import Filters, Store, StoreError

if TYPE_CHECKING:
    from crawler.feeds.destinations import Destination

_COUNTRY: Final = re.compile(r"[A-Z]{2}")


class Command(ScrapyCommand):
    """Export meetings; exit with 0, 2 (wrong usage) or 8 (a destination or the store fails)."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the usage line."""
        return "[options] DEST..."

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Export the meetings to files and databases"

    def long_desc(self) -> str:
        """Return what the help page says."""
        from crawler.feeds.destinations import DATABASE, FORMATS
        from crawler.feeds.remote import SCHEMES

        remotes = ", ".join(f"{scheme}://" for scheme in SCHEMES)
        return (
            "Export the meetings of the store to each DEST: a file whose ending tells the format "
            f"({', '.join(FORMATS)}, {DATABASE}), such a file at {remotes}, or tables at "
            "postgresql://... A file is replaced as a whole; tables "
            "are brought up to date. Exit codes: 0 done, 2 wrong usage, 8 not writable."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the filters and the schema."""
        super().add_options(parser)
        group = parser.add_argument_group("Which meetings")
        group.add_argument("--since", metavar="DAY", help="of this day (2026-02-06) or later")
        group.add_argument("--until", metavar="DAY", help="of this day or earlier")
        group.add_argument("--country", metavar="CODE", help="with this country as a party (ISO 3166-1 alpha-2)")
        group.add_argument("--kind", choices=get_args(Kind))
        group.add_argument("--status", choices=get_args(Status))
        group.add_argument("--changed-since", metavar="WHEN", help="changed at this UTC moment or day, or later")
        parser.add_argument("--schema", metavar="NAME", help="schema of the PostgreSQL tables (default: public)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Export to every destination. Raises UsageError (exit 2) before anything is written."""
        from crawler.feeds.destinations import DestinationError, destination

        assert self.settings is not None
        check_names(self.settings)
        if not args:
            raise UsageError("name a destination, for example meetings.csv", print_help=False)
        if unknown := next((arg for arg in args if arg.startswith("-")), None):
            raise UsageError(f"unknown option {unknown!r}", print_help=False)
        filters = _filters(opts)
        try:
            places = [destination(arg, self.settings, schema=opts.schema) for arg in args]
        except (DestinationError, MissingExtraError) as error:
            raise UsageError(str(error), print_help=False) from None
        if opts.schema and not any(place.shown.startswith("postgres") for place in places):
            raise UsageError("--schema is for postgresql:// destinations", print_help=False)
        url = store_url(self.settings)
        _check_exists(url)
        try:
            with Store.open(url) as store:
                check_store(data_dir(self.settings), store)
                total = store.count(**filters) if sys.stderr.isatty() else None
                for place in places:
                    self._export(store, place, filters, total)
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None
        except LostStoreError as error:
            self._fail(str(error))
        except (OSError, SQLAlchemyError) as error:
            self._fail(f"the store cannot be read: {type(error).__name__}: {error}")

    def _export(self, store: Store, place: Destination, filters: Filters, total: int | None) -> None:
        """Export to one place; ``total`` is how many meetings are expected, for the bar on a terminal."""
        from crawler.feeds.destinations import UnwritableError

        chosen = (store.records if place.takes_records else store.meetings)(**filters)
        try:
            written = place.deliver(showing(chosen, place.shown, total=total), store.withdrawn())
        except UnwritableError as error:
            self._fail(str(error))
        else:
            say(f"{place.shown}: {written} meeting{'' if written == 1 else 's'}")

    def _fail(self, message: str) -> None:
        say(message, sys.stderr)
        self.exitcode = Verdict.STORAGE.code


def _check_exists(url: URL) -> None:
    """Refuse a SQLite store that is not there, which opening would make."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise UsageError(
            f"there is no store at {url.database}: crawl first, or name it with -s DATA_DIR=... or -s STORE_URL=...",
            print_help=False,
        )


def _filters(opts: argparse.Namespace) -> Filters:
    since, until = _day("--since", opts.since), _day("--until", opts.until)
    if since and until and since > until:
        raise UsageError(f"--since {since} is later than --until {until}", print_help=False)
    country = opts.country.upper() if opts.country else None
    if country and not _COUNTRY.fullmatch(country):
        raise UsageError(f"--country {opts.country!r}: use two letters, as in TR", print_help=False)
    return {
        "since": since,
        "until": until,
        "country": country,
        "kind": opts.kind,
        "status": opts.status,
        "changed_since": _moment("--changed-since", opts.changed_since),
    }


def _day(option: str, text: str | None) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r}: use a day as in 2026-02-06", print_help=False) from None


def _moment(option: str, text: str | None) -> dt.datetime | None:
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r}: use a day or a moment as in 2026-02-06T12:00", print_help=False) from None
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment
