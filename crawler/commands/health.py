"""``scrapy health``: a line a source for people, JSON for programs, a text file for Prometheus."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from crawler.extensions.condition import SOURCES, Condition, conditions, length
from crawler.extensions.figures import FIELDS
from crawler.extensions.quarantine import QuarantinedPage, listed
from crawler.extensions.run import data_dir, store_url
from crawler.extensions.setting_names import check_names
from crawler.feeds.atomic import write_bytes
from crawler.feeds.printing import say
from crawler.store import StoreError
from crawler.store.database import Database

_HEADINGS = (
    "source",
    "health",
    "last good run",
    "last new article",
    "usual gap",
    "last verdict",
    "coverage",
    "selectors",
)


class Command(ScrapyCommand):
    """Tell the condition of the sources; exit 1 if any is unhealthy (docs/operations.md)."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own form

    def syntax(self) -> str:
        """Return the usage line."""
        return "[options] [source...]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Tell the condition of the sources; exit 1 if any is unhealthy"

    def long_desc(self) -> str:
        """Return what the help page says."""
        return (
            "A line a source: last good run, last new article, the usual gap between articles, the verdict of the last "
            "run, the share of pages with headline, body and date, the share read by the first selector, quarantine. "
            "Exit 1 if any source is unhealthy, 0 if all are well. A source that has never run counts only when named."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the forms of output."""
        super().add_options(parser)
        forms = parser.add_mutually_exclusive_group()
        forms.add_argument("--json", action="store_true", help="print one JSON object with every figure")
        forms.add_argument("--quarantine", action="store_true", help="list the pages that could not be trusted")
        parser.add_argument("--prometheus", metavar="FILE", help="write metrics to FILE (*.prom) too, atomically")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the condition. Raises UsageError (exit 2) for anything wrong with the command line."""
        assert self.settings is not None
        check_names(self.settings)
        if unknown := sorted(set(args) - set(SOURCES)):
            raise UsageError(f"unknown source {unknown[0]!r}; sources are {', '.join(SOURCES)}", print_help=False)
        now, folder = datetime.now(UTC), data_dir(self.settings)
        if opts.quarantine:
            self._print_quarantine(folder, now)
            return
        url = store_url(self.settings)
        try:
            found = self._conditions(url, folder, now, args)
            if opts.prometheus:
                from crawler.extensions import metrics

                write_bytes(Path(opts.prometheus), metrics.exposition(found))
        except (OSError, SQLAlchemyError, StoreError) as error:
            say(f"scrapy health: {type(error).__name__}: {error}", sys.stderr)
            self.exitcode = 1
            return
        healthy = all(condition.is_healthy for condition in found)
        if opts.json:
            sources = {condition.source: condition.as_dict() for condition in found}
            say(json.dumps({"time": now.isoformat(), "healthy": healthy, "sources": sources}, ensure_ascii=False))
        else:
            say(table(found, now))
            if not any(condition.runs for condition in found):
                say(f"there was no run yet into {folder}: scrapy crawl all -s CONTACT=you@example.org")
        self.exitcode = 0 if healthy else 1

    def _conditions(self, url: URL, data_dir: Path, now: datetime, args: list[str]) -> list[Condition]:
        wanted = [source for source in SOURCES if source in args]
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
            return [
                Condition(source=source, problems=("there was no run yet",)) for source in wanted or SOURCES
            ]  # asking makes no store
        database = Database(url)
        try:
            return conditions(data_dir, database, now, wanted)
        finally:
            database.close()

    def _print_quarantine(self, data_dir: Path, now: datetime) -> None:
        pages = listed(data_dir)
        for page in pages:
            say("  ".join(_quarantine_cells(page, now)))
        if pages:
            pages_said = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
            say(f"{pages_said}; read again: scrapy crawl archive -a path={data_dir / 'quarantine'}")
        else:
            say("no page is in quarantine")


def table(found: list[Condition], now: datetime) -> str:
    """Lay the conditions out, a line a source, then what is wrong and which selectors stood in for the first ones."""
    rows = [_HEADINGS, *(_cells(condition, now) for condition in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    for condition in found:
        lines += [f"{condition.source}: {problem}" for problem in condition.problems]
        if condition.verdict not in {None, "done"}:
            lines.append(f"{condition.source}: next: {condition.action}")
        lines += [f"{condition.source}: {line}" for line in _stand_ins(condition)]
        if condition.quarantine:
            reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(condition.quarantine.items()))
            lines.append(f"{condition.source}: in quarantine: {reasons} (scrapy health --quarantine)")
    return "\n".join(lines)


def _cells(condition: Condition, now: datetime) -> tuple[str, ...]:
    figures = condition.figures
    verdict = "running" if condition.running_since and condition.is_healthy else (condition.verdict or "-")
    health = ("ok" if condition.runs else "never run") if condition.is_healthy else "UNHEALTHY"
    return (
        condition.source,
        health,
        _ago(condition.last_good_run, now),
        _ago(condition.last_new_article, now),
        length(condition.usual_gap) if condition.usual_gap is not None else "-",
        verdict.replace("_", " "),
        _percents(figures.coverage) if figures else "-",
        _percents(figures.shares(figures.primary)) if figures else "-",
    )


def _stand_ins(condition: Condition) -> list[str]:
    """Say which selector levels gave a field when the first one did not always."""
    figures = condition.figures
    if figures is None:
        return []
    shares = figures.shares(figures.primary)
    said = []
    for name in FIELDS:
        if shares.get(name, 1.0) < 1.0:
            levels = sorted(figures.levels.get(name, {}).items(), key=lambda item: -item[1])
            said.append(f"{name} was given by {', '.join(f'{level} ({count})' for level, count in levels)}")
    return said


def _quarantine_cells(page: QuarantinedPage, now: datetime) -> tuple[Any, ...]:
    return (str(page.path), page.reason, page.url, length(now - page.since), page.detail)


def _percents(shares: dict[str, float]) -> str:
    """Return shares as ``100/98/100 %``, in the order headline, body, date."""
    return f"{'/'.join(f'{shares[name]:.0%}'.rstrip('%') if name in shares else '-' for name in FIELDS)} %"


def _ago(moment: datetime | None, now: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z, {length(now - moment)}" if moment else "never"
